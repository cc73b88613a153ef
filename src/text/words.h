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

/* A set of characters, told by two sixths of their code: it may hold more than was put in, never less. Most lookups end at it. */
typedef struct CharSet {
    uint64_t low, high;
} CharSet;

#define CHAR_SET_ALL ((CharSet){ UINT64_MAX, UINT64_MAX })

static inline CharSet char_set(uint32_t code)
{
    return (CharSet){ UINT64_C(1) << (code & 63), UINT64_C(1) << (code >> 6 & 63) };
}

static inline CharSet char_set_join(CharSet a, CharSet b)
{
    return (CharSet){ a.low | b.low, a.high | b.high };
}

static inline bool char_set_meets(CharSet a, CharSet b)
{
    return (a.low & b.low) && (a.high & b.high);
}

typedef struct WordEdge {
    uint32_t code, word; /* a word's first or last character, and its index */
} WordEdge;

enum { WORD_TOKENS = 3 };

typedef struct WordList {
    struct WordList *next;
    Str name;
    Word32 *words;
    size_t count, capacity;
    unsigned number;              /* 1, 2, ... of the lists that are worth remembering an answer of; 0: a short one */
    WordEdge *forward, *backward; /* sorted by first / last character, the longest word first */
    CharSet firsts, lasts;        /* of each word's first / last character */
    CharSet inner[WORD_TOKENS];   /* what the tokens behind a word's first one begin with: the second, the third ... (a token: text/rule_index.h) */
    unsigned lengths;             /* bit n: there is a word of n tokens; words of more than WORD_TOKENS need none */
    WordRange *ranges;
    size_t range_count;
} WordList;

WordList *words_find(WordList *lists, Str name); /* NULL: none */
/* Adds "word word word" to the list `name`, which is made when it is new; each takes what it says, `two` and `row` from `like`.
 * U+XXXX stands for a character that could not be seen, U+XXXX..U+YYYY for a range. False: a word is damaged. */
bool words_add(WordList **lists, Str name, Str words, Word32 like, Arena *arena);
void words_index(WordList *lists, Arena *arena); /* once, after the last words_add */

/* The longest word of the list that begins at `at` / ends before `at`; NULL when there is none. A word that begins or
 * ends in a letter or a digit is not found inside a longer run of them. */
const Word32 *words_after(const WordList *list, const Chars *chars, size_t at);
const Word32 *words_before(const WordList *list, const Chars *chars, size_t at);

#endif
