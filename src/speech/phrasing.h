/* Phrasing: where a reader breaks a stretch of words that has no mark in it.
 *
 * A phrasing's score is the sum of a weight for every break, by the words around it, and one for every phrase, by its length in syllables: a semi-Markov
 * conditional random field (Sarawagi and Cohen, NIPS 2004). The phrasing with the best score is found by dynamic programming in
 * time linear in the words. phrasing_model.tsv has the weights that were learned, phrasing.tsv what must never be. */
#ifndef DUBAO_SPEECH_PHRASING_H
#define DUBAO_SPEECH_PHRASING_H

#include "base/error.h"
#include "speech/phrase_features.h"

/* No phrase of more than one word is longer: a newsreader breathes, and the synthesiser drops what is too long. In syllables. */
enum { PHRASE_SYLLABLES_MAX = 14 };
enum { PHRASE_WORDS_MAX = 128 }; /* of a stretch that is phrased as a whole */

typedef struct Phrasing Phrasing;

Phrasing *phrasing_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void phrasing_destroy(Phrasing *phrasing);

/* Finds the sorts of a stretch's words, of which the tables speak. */
void phrasing_sorts(const Phrasing *phrasing, PhraseWord *words, size_t count);
/* Phrases words[0, count), count at most PHRASE_WORDS_MAX: cut[i] says whether a break is after words[i]. The last is not decided here. */
void phrasing_cut(const Phrasing *phrasing, const PhraseWord *words, size_t count, bool *cut);

#endif
