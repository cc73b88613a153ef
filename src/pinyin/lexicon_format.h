/* lexicon.bin, as tools/lexicon_compile.c writes it and lexicon.c maps it. Numbers have the machine's byte order; a file
 * of the other order is refused by its magic. Sections follow the header, each aligned to 8 bytes, in the order of LexiconSection.
 *
 * The words are a double-array trie over characters. Each character that occurs in a word has a label (1, 2, ...; frequent
 * ones first, so that the array is dense). The child of a node by `label` is unit `base + label`, if that unit bears the label. No two nodes
 * share a base, so the label alone proves the parent. */
#ifndef DUBAO_PINYIN_LEXICON_FORMAT_H
#define DUBAO_PINYIN_LEXICON_FORMAT_H

#include "base/str.h"

enum {
    LEXICON_MAGIC = 0x4C424401, /* "\1DBL": also tells the byte order */
    LEXICON_FORMAT = 6,
    LEXICON_PAGE = 256,         /* characters of one page */
    LEXICON_PAGES = 0x110000 / LEXICON_PAGE,
    LEXICON_TAG_BYTES = 8,
    LEXICON_NO_WORD = 0xFFFF,   /* cost of a unit that ends no word */
    LEXICON_COST_ONE = 1024     /* cost 1.0, before the lowest bit is added */
};

#define LEXICON_BY_HAND UINT32_C(0x80000000) /* a reading from corrections.tsv, which nothing of ours may overrule */

typedef enum LexiconSection {
    SECTION_PAGE_INDEX, /* uint16_t[LEXICON_PAGES]: which page; 0 is the empty page */
    SECTION_CHARACTERS, /* LexiconCharacter[LEXICON_PAGE] a page */
    SECTION_LISTS,      /* uint32_t: offset in the pool of the readings of a character; list 0 is the empty text */
    SECTION_UNITS,      /* LexiconUnit; unit 0 is the root */
    SECTION_OWNERS,     /* uint32_t, ascending: units of words with a reading of their own */
    SECTION_READINGS,   /* uint32_t, one an owner: offset in the pool, and LEXICON_BY_HAND */
    SECTION_TAGS,       /* char[LEXICON_TAG_BYTES], filled up with NUL */
    SECTION_POOL,       /* texts, each after a byte with its length */
    SECTION_POLYPHONES, /* LexiconPolyphone, a hash table by code (polyphone_place) */
    SECTION_WEIGHTS,    /* LexiconWeight, a hash table by key (key_place), keys ascending */
    SECTION_KINDS,      /* uint8_t: the kind of the character with that label (lexicon_kind) */
    SECTION_COLLOCATIONS, /* uint32_t, a hash table by key (key_place), ascending: a key and below it the choice */
    SECTION_WEIGHT_FILTER, SECTION_COLLOCATION_FILTER, /* uint64_t: which keys may be there (filter_has) */
    SECTION_COUNT
} LexiconSection;

typedef struct LexiconHeader {
    uint32_t magic, format;
    uint64_t hash; /* of the whole file, this field being 0 */
    uint64_t size; /* of the file, in bytes */
    struct {
        uint32_t at, count; /* byte offset, elements */
    } section[SECTION_COUNT];
} LexiconHeader;

typedef struct LexiconCharacter {
    uint16_t label; /* 0: in no word */
    uint16_t list;  /* its readings */
} LexiconCharacter;

typedef struct LexiconUnit {
    uint32_t base_tag; /* base << 8 | tag; base 0: no children */
    uint16_t label;    /* 0: a free unit */
    uint16_t cost;     /* (-ln p * LEXICON_COST_ONE) << 1 | has a reading of its own */
} LexiconUnit;

/* A character that the model knows (polyphones.h): its readings in the pool, at most LEXICON_CHOICES, and how likely each is at the outset. */
enum { LEXICON_CHOICES = 4 };
typedef struct LexiconPolyphone {
    uint32_t code; /* 0: a free place */
    uint32_t readings;
    int8_t bias[LEXICON_CHOICES];
} LexiconPolyphone;

/* What a feature adds for each reading; a shared feature has one weight, for the lexicon's reading. */
typedef struct LexiconWeight {
    uint32_t key; /* 0: a free place */
    int8_t weight[LEXICON_CHOICES];
} LexiconWeight;

/* Where to begin to look in a table of `count` places; a taken place gives way to the next one, wrapping round for polyphones. Places of weights
 * and collocations ascend with the key, and behind the last there are free ones: the search ends at the first larger key or free place. */
static inline uint32_t polyphone_place(uint32_t code, uint32_t count)
{
    return (uint32_t)((uint64_t)(uint32_t)(code * UINT32_C(0x9E3779B1)) * count >> 32);
}
static inline uint32_t key_place(uint32_t key, uint32_t count)
{
    return (uint32_t)((uint64_t)key * (count - count / 64) >> 32);
}

/* Most keys that are asked for are in no table. A bit for each that is, told by the key's upper bits (a Bloom filter of one hash), says so of eight
 * in ten, in a tenth of the memory. */
enum { WEIGHT_FILTER_BITS = 18, COLLOCATION_FILTER_BITS = 18, FILTER_ELEMENT_BITS = 64 };
static inline size_t filter_elements(unsigned bits)
{
    return ((size_t)1 << bits) / FILTER_ELEMENT_BITS;
}
static inline bool filter_has(const uint64_t *filter, unsigned bits, uint32_t key)
{
    uint32_t at = key >> (32 - bits);
    return filter[at / FILTER_ELEMENT_BITS] >> at % FILTER_ELEMENT_BITS & 1;
}
static inline void filter_add(uint64_t *filter, unsigned bits, uint32_t key)
{
    uint32_t at = key >> (32 - bits);
    filter[at / FILTER_ELEMENT_BITS] |= UINT64_C(1) << at % FILTER_ELEMENT_BITS;
}

/* A character inside a phrase (collocations.h): a key without its two lowest bits, in which stands a choice of LexiconPolyphone. 0: a free place. */
enum { COLLOCATION_CHOICE = LEXICON_CHOICES - 1 };

/* The hash of a file: its header (whose `hash` is taken as 0) and all behind it. Four lanes of eight bytes: the whole file is
 * checked at each start, in a fraction of a millisecond. */
uint64_t lexicon_hash(const LexiconHeader *header, const void *behind, size_t n);

#endif
