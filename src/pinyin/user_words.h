/* The words of a user's lexicon, whatever kind of file they come from. */
#ifndef DUBAO_PINYIN_USER_WORDS_H
#define DUBAO_PINYIN_USER_WORDS_H

#include "pinyin/pinyin.h"

typedef struct UserWord {
    struct UserWord *next;     /* with the same first character, the longest first */
    struct UserWord *in_order; /* the one that was given after it */
    Str word, reading, lookup; /* lookup: the word in simplified characters */
    bool superseded;           /* by a later reading of the same word */
    int file, line;            /* where it stands */
} UserWord;

enum { USER_BUCKETS = 4096, USER_WORD_BYTES_MAX = 96 };

typedef struct UserLexicon {
    UserWord **buckets; /* NULL: there is none */
    UserWord *first, *last;
    uint64_t version;   /* a hash of all words and readings */
    int file;           /* the one that is being read */
} UserLexicon;

/* What is wrong with an entry, for a person, or NULL; then it counts. `written`: pinyin as people write it (written.h). `line`: where it stands.
 * *other: the line of the same file that gave the word another reading, which counts no more; else 0. */
const char *user_words_add(Readings *readings, Str word, Str written, int line, int *other);
/* A file begins: what it says again of words in an earlier one is meant. */
void user_words_begin(Readings *readings);
/* The longest word that begins at `at`, or NULL; one in letters is not found inside a longer run of them. */
const UserWord *user_words_at(const UserLexicon *user, Str text, size_t at);

#endif
