/* Phrases that fix the reading of a character in them: 掷地有声 has di4, 参将 jiang4 (one sense per collocation: Yarowsky 1993). There are more of them
 * than the lexicon has words, and they may cross its words: they cut nothing, they only speak to the model. The rows of
 * voices/mandarin/collocations.txt, in lexicon.bin as keys alone. */
#ifndef DUBAO_PINYIN_COLLOCATIONS_H
#define DUBAO_PINYIN_COLLOCATIONS_H

#include "pinyin/lexicon.h"

enum { COLLOCATION_LEAST = 2, COLLOCATION_MOST = 5 }; /* characters of a phrase */

typedef struct Collocation {
    size_t choice;        /* the reading, by its number in LexiconChoices */
    size_t length, place; /* characters of the phrase, and before ours in it */
    size_t from, to;      /* of the phrase in the text, in bytes */
} Collocation;

/* The longest phrase around the character of `text` at byte `at`, of the equally long ones the one that begins last. False when there is none. */
bool collocation_find(const Lexicon *lexicon, Str text, size_t at, Collocation *found);
/* The key of the character at `place` of a phrase of so many characters. */
uint32_t collocation_key(const uint32_t *codes, size_t length, size_t place);

#endif
