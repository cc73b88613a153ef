/* syllables -> script: what the synthesiser is asked to say, as phoneme mnemonics and planned silence. */
#ifndef DUBAO_SPEECH_SCRIPT_H
#define DUBAO_SPEECH_SCRIPT_H

#include "base/error.h"
#include "edition.h"
#include "speech/pace.h"
#include "speech/prosody.h"

typedef struct Phonemes Phonemes; /* the rows of phonemes.tsv */

Phonemes *phonemes_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void phonemes_destroy(Phonemes *phonemes);
/* The mnemonics of a syllable with a tone; empty when there is no such row. */
Str phonemes_find(const Phonemes *phonemes, Str base, int tone);

/* Turns words, surface tones and breaks into utterances, in `arena`: one utterance a phrase, short enough for the synthesiser, with its speed and pitch. Fills
 * sentence->pause_ms, which is also the last utterance's pause. A syllable without a row is a fault of our own data:
 * STATUS_DATA with the syllable named, never silence. */
int script_write(Script *script, const Phonemes *phonemes, const Delivery *delivery, Sentence *sentence, Arena *arena, Error *error);

/* Adds a sentence to what an article will take. */
void script_tally(Tally *tally, const Phonemes *phonemes, const Delivery *delivery, const Sentence *sentence);

#endif
