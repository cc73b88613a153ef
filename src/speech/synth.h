/* script -> sound. synth.c is the one file that includes the synthesiser's header.
 *
 * The synthesiser keeps global state, and some of it outlives an utterance: synth_open once a process, before any fork; synth_say only in a forked child
 * that ends with _exit. So what a child says sounds the same whatever others said, and a crash inside the library ends one child, not the program. */
#ifndef DUBAO_SPEECH_SYNTH_H
#define DUBAO_SPEECH_SYNTH_H

#include "base/error.h"
#include "edition.h"
#include "speech/voice.h"

enum { SYNTH_RATE_HZ = 22050 }; /* fixed in the library; synth_open checks it */

/* Initialises the library and loads the voice. STATUS_UNAVAILABLE when the library or its data is not there. */
int synth_open(const Voice *voice, Error *error);
/* Another voice, or another speed, for the children forked from now on. */
int synth_use(const Voice *voice, Error *error);
/* Appends the sound of one utterance to the clip, as it comes: silence at its ends is not trimmed. Negative when the
 * library refuses, when nothing came, or when memory ran out. */
int synth_say(const Voice *voice, const Utterance *utterance, Clip *clip, Error *error);
/* The same for utterance->english. The voice speaks English ever after: only in a process that ends with it (english.h). */
int synth_say_english(const Voice *voice, const Utterance *utterance, Clip *clip, Error *error);

#endif
