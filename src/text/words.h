/* Lists of words that the rules of the spoken form speak of: measure words, units, signs, contexts. A word may have
 * something to say in its place. Found by their first character forwards and by their last one backwards. */
#ifndef DUBAO_TEXT_WORDS_H
#define DUBAO_TEXT_WORDS_H

#include "base/arena.h"
#include "base/error.h"
#include "text/chars.h"

typedef struct Word32 {
    Str text;
    uint32_t *code;
    size_t n;
    Str say;      /* what is said in its place; where `mapped` is not set, the word itself */
    bool mapped;
    bool two;     /* 2 before it is 两 */
    const char *row; /* where it stands, for a person; NULL: in a rule */
} Word32;

typedef struct WordRange { /* a run of characters with one thing to say, e.g. all emoji */
    uint32_t first, last;
    Word32 word;
} WordRange;

typedef struct WordList {
    struct WordList *next;
    Str name;
    Word32 *words;
    size_t count, capacity;
    uint32_t *forward, *backward; /* indexes sorted by first / last character, the longest word first */
    uint64_t firsts, lasts;       /* bit code % 64 of each first / last character: most lookups end there */
    WordRange *ranges;
    size_t range_count;
} WordList;

WordList *words_find(WordList *lists, Str name); /* NULL: none */
/* Adds "word word word" to the list `name`, which is made when it is new; each takes what it says, `two` and `row` from `like`.
 * U+XXXX stands for a character that could not be seen, U+XXXX..U+YYYY for a range. False: a word is damaged. */
bool words_add(WordList **lists, Str name, Str words, Word32 like, Arena *arena);
void words_index(WordList *lists, Arena *arena); /* once, after the last words_add */

static inline uint64_t words_bit(uint32_t code)
{
    return UINT64_C(1) << (code & 63);
}

/* The longest word of the list that begins at `at` / ends before `at`; NULL when there is none. A word that begins or
 * ends in a letter or a digit is not found inside a longer run of them. */
const Word32 *words_after(const WordList *list, const Chars *chars, size_t at);
const Word32 *words_before(const WordList *list, const Chars *chars, size_t at);

#endif
