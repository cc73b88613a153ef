/* Readings that somebody has given: the words of a user's lexicon (user_words.h), which win over everything of ours, and readings written in the text
 * itself, 行<hang2> (ruby.c), which win over those. */
#ifndef DUBAO_PINYIN_GIVEN_H
#define DUBAO_PINYIN_GIVEN_H

#include "pinyin/pinyin.h"

/* A stretch of the spoken form whose reading is given. */
typedef struct Given {
    uint32_t at, n; /* bytes of the spoken form */
    Str reading;
    bool whole;     /* a word by itself, whatever ours would be; else the reading of characters inside of any word */
    ReadingSource source;
} Given;

/* All of a sentence, in their order, none over another; in the arena. */
size_t given_find(const Readings *readings, const Sentence *sentence, Given **given, Arena *arena);
/* Gives the syllables of those that are no words of their own what they are given. */
void given_apply(const Sentence *sentence, const Given *given, size_t count, Arena *arena);

#endif
