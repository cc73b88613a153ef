/* Readings that somebody has given: a user's lexicon, which wins over everything of ours, and readings written in the text itself, 行<hang2>, which
 * win over that. */
#ifndef DUBAO_PINYIN_GIVEN_H
#define DUBAO_PINYIN_GIVEN_H

#include "base/report.h"
#include "edition.h"

typedef struct Readings Readings;

/* A word of the user's lexicon. */
typedef struct UserWord {
    struct UserWord *next;     /* with the same first character, the longest first */
    struct UserWord *in_order; /* the one that was given after it */
    Str word, reading, lookup; /* lookup: the word in simplified characters */
    bool superseded;           /* by a later reading of the same word */
} UserWord;

enum { USER_BUCKETS = 4096, USER_WORD_BYTES_MAX = 96 };

typedef struct UserLexicon {
    UserWord **buckets; /* NULL: there is none */
    UserWord *first, *last;
    uint64_t version;   /* a hash of all words and readings */
} UserLexicon;

/* Adds a word with a reading in the data's form. False when the reading does not fit the word's characters; *why says it for a person. */
bool given_add(Readings *readings, Str word, Str reading, const char **why);

/* A stretch of the spoken form whose reading is given. */
typedef struct Given {
    uint32_t at, n; /* bytes of the spoken form */
    Str reading;
    bool whole;     /* a word by itself, whatever ours would be; else the reading of characters inside of any word */
    ReadingSource source;
} Given;

/* All of a sentence, in their order, none over another; in the arena. Looks for pieces of the spoken form that say nothing and hold a reading. */
size_t given_find(const Readings *readings, const Sentence *sentence, Given **given, Arena *arena);
/* Gives the syllables of those that are no words of their own what they are given. */
void given_apply(const Sentence *sentence, const Given *given, size_t count, Arena *arena);

#endif
