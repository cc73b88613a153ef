/* The n-grams of Chinese characters that a page has more than once: evidence of what its articles are about. Names and words need no lexicon to be found so, and a
 * long word counts more than a short one, because it holds more of them.
 *
 * Nine of ten n-grams stand on a page once and tell nothing. So the page is gone through twice: first it is noted in bits, by hash, what comes and what comes
 * again; then only what may have come again gets a row. Two that share a bit may let one of them pass that came once: no matter. */
#ifndef DUBAO_PAGE_GRAMS_H
#define DUBAO_PAGE_GRAMS_H

#include "page/rules.h"

enum { GRAM_LEAST = 2, GRAM_MOST = 4 /* characters */ };

typedef struct Gram { /* a large page has 100,000: 16 bytes */
    uint64_t key;          /* the lower 16 bits of each character's code */
    uint16_t article[2];   /* the first two that hold it */
    uint8_t times[2];      /* in how many of their paragraphs and headings; 255: or more */
    uint8_t length;
    bool more : 1;         /* a third holds it, too: it tells nothing */
    bool first_anchored : 1, second_anchored : 1; /* in the head or the first paragraph of that article */
} Gram;

typedef struct Grams {
    Arena *arena;
    const PageRules *rules; /* figures (一, 两) are in none */
    Gram *rows;             /* in the order in which they are met, from number 1 on */
    uint32_t count;
    size_t room;
    uint32_t *places;       /* a hash table of their numbers, a quarter empty at least: small, because it is gone through at random; 0: free */
    size_t place_mask;
    uint64_t *once, *again; /* the bits */
    size_t bit_mask;
    uint32_t *found;        /* of one text */
    size_t found_room;
} Grams;

/* For texts of so many bytes together. Numbers that are found are in `arena`. */
Grams grams_start(Arena *arena, const PageRules *rules, size_t bytes);
void grams_finish(Grams *grams);
/* First for every text ... */
void grams_note(Grams *grams, Str text);
/* ... then for every text again: the numbers of those it holds, in ascending order, each once. Returns how many. */
size_t grams_find(Grams *grams, Str text, uint32_t **numbers);
/* Whether it is among them. */
bool grams_have(const uint32_t *numbers, size_t count, uint32_t number);

#endif
