/* Words and readings of a text without the stages around them, for the tests of src/pinyin. */
#ifndef DUBAO_TESTS_PINYIN_SUPPORT_H
#define DUBAO_TESTS_PINYIN_SUPPORT_H

#include "pinyin/pinyin.h"
#include "support/support.h"

typedef struct Pinyin {
    Arena arena;
    Lexicon *lexicon;
    Readings *readings;
} Pinyin;

int pinyin_setup(void **state);    /* *state becomes a Pinyin* */
int pinyin_teardown(void **state);
/* Segmented and read; breaks by the marks in it: phrase for 、, clause for any other; | is a breath, a
 * phrase's end without a mark, and stands between words. */
Sentence pinyin_sentence(const Pinyin *pinyin, Str text, Arena *arena);
Sentence pinyin_sentence_of(const Pinyin *pinyin, const Block *block, Str text, Arena *arena); /* of a page */

#endif
