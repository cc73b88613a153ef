/* words -> breaks: how far apart two words are read, and the silence that makes of it. */
#ifndef DUBAO_SPEECH_PROSODY_H
#define DUBAO_SPEECH_PROSODY_H

#include "base/error.h"
#include "edition.h"
#include "speech/phrasing.h"

typedef struct Prosody Prosody; /* the rows of marks.tsv (break column) and pauses.tsv, and the phrasing */

Prosody *prosody_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void prosody_destroy(Prosody *prosody);

/* Fills Word.after from the marks between the words, and phrases the stretches between marks (phrasing.h). The last spoken word
 * bears the sentence's own break. */
void prosody_breaks(const Prosody *prosody, Sentence *sentence);
/* Its two steps, for the trainer: the breaks of marks alone; and the words of the next stretch that no mark divides, from words[*at] on, which is moved behind
 * it. `words` has room for PHRASE_WORDS_MAX; returns how many, 0 at the sentence's end. */
void prosody_marks(const Prosody *prosody, Sentence *sentence);
size_t prosody_stretch(const Sentence *sentence, size_t *at, PhraseWord *words);
/* The silence at a break in milliseconds. */
int prosody_pause_ms(const Prosody *prosody, Break at, double scale);

#endif
