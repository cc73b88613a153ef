/* words -> breaks: how far apart two words are read, and the silence that makes of it. */
#ifndef DUBAO_SPEECH_PROSODY_H
#define DUBAO_SPEECH_PROSODY_H

#include "base/error.h"
#include "edition.h"

/* A stretch without a break is no longer than this: a newsreader breathes, and the synthesiser drops what is too long. In syllables. */
enum { PHRASE_SYLLABLES_MAX = 14 };

typedef struct Prosody Prosody; /* the rows of marks.tsv (break column) and pauses.tsv */

Prosody *prosody_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void prosody_destroy(Prosody *prosody);

/* Fills Word.after from the marks between the words, and cuts long stretches at word boundaries. The last spoken word
 * bears the sentence's own break. */
void prosody_breaks(const Prosody *prosody, Sentence *sentence);
/* The silence at a break in milliseconds. */
int prosody_pause_ms(const Prosody *prosody, Break at, double scale);

#endif
