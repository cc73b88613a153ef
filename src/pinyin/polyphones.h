/* The reading of a character that has several, by what stands around it: a linear model (multinomial logistic regression), trained
 * by tools/polyphone_train.c. Its weights are voices/mandarin/polyphones.txt, compiled into lexicon.bin. */
#ifndef DUBAO_PINYIN_POLYPHONES_H
#define DUBAO_PINYIN_POLYPHONES_H

#include "pinyin/pinyin.h"

/* Chooses among the readings that the model knows for a character. A reading that it does not know is left as it is: a correction can give
 * one that no training sentence had. Words decide about the neutral tone of their characters, and about erhua. */
void polyphones_apply(const Lexicon *lexicon, Sentence *sentence);
/* Whether the model may be asked about this syllable at all. */
bool polyphones_may_ask(const Word *word, const Syllable *syllable, Str character);

/* Reads by words, contexts.tsv and names.tsv alone, as pinyin_read does before it asks the model: what the trainer has to start from. */
void pinyin_read_words(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena);

#endif
