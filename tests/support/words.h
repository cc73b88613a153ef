/* Sentences for the tests of speech/, made without the stages before it.
 *
 * "ni3-hao3 ， shi4-jie4 。": words of toned syllables joined by '-', marks, each set off by a space. */
#ifndef DUBAO_TESTS_WORDS_H
#define DUBAO_TESTS_WORDS_H

#include "edition.h"

Sentence sentence_from(Arena *arena, const char *notation);

#endif
