/* English words in a Mandarin sentence, said by the English of the voice.
 *
 * The synthesiser's state outlives an utterance, and an English voice outlives it wholly. So the words are said in a process of their own, forked from the
 * one that says the sentence: what follows them sounds as if they were not there, to the sample. */
#ifndef DUBAO_SPEECH_ENGLISH_H
#define DUBAO_SPEECH_ENGLISH_H

#include "edition.h"
#include "speech/voice.h"

/* Appends the sound of utterance->english to the clip. False when the voice has no English or the synthesiser cannot say the words: the caller has
 * their spelling. Only where synth_say may be called. */
bool english_say(const Voice *voice, const Utterance *utterance, Clip *clip);

#endif
