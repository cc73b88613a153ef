/* Lists of words that the rules of the spoken form speak of: measure words, units, signs, contexts. A word may have
 * something to say in its place. Found by their first character forwards and by their last one backwards. */
#ifndef DUBAO_TEXT_WORDS_H
#define DUBAO_TEXT_WORDS_H

#include "base/arena.h"
#include "base/error.h"
#include "text/chars.h"

/* What a row says of all its words. */
typedef struct WordRow {
    const char *name; /* where it stands, for a person */
    Str say;          /* what is said in their place; where `mapped` is not set, the word itself */
    bool mapped;
    bool two;         /* 2 before them is 两 */
} WordRow;

typedef struct Word32 {
    Str text;
    uint32_t *code;
    size_t n;
    const WordRow *row; /* NULL: it stands in a rule */
} Word32;

/* Whether its row says something in its place. */
static inline bool word_is_mapped(const Word32 *word)
{
    return word->row && word->row->mapped;
}

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
    struct WordList *next, *same; /* made before it: of all, of those whose names share a place */
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

/* All lists, found by their names. All zero: none. */
enum { WORD_LISTS_PLACES = 512 };
typedef struct WordLists {
    WordList *newest;
    WordList *named[WORD_LISTS_PLACES];
} WordLists;

WordList *words_find(const WordLists *lists, Str name); /* NULL: none */
WordList *words_list(WordLists *lists, Str name, Arena *arena); /* an empty one when the name is new */
/* Adds "word word word" to a list; `row` (may be NULL) outlives it.
 * U+XXXX stands for a character that could not be seen, U+XXXX..U+YYYY for a range. False: a word is damaged. */
bool words_add(WordList *list, Str words, char separator, const WordRow *row, Arena *arena);
void words_index(WordLists *lists, Arena *arena); /* once, after the last words_add */

/* The longest word of the list that begins at `at` / ends before `at`; NULL when there is none. A word that begins or
 * ends in a letter or a digit is not found inside a longer run of them. */
const Word32 *words_after(const WordList *list, const Chars *chars, size_t at);
const Word32 *words_before(const WordList *list, const Chars *chars, size_t at);

#endif
