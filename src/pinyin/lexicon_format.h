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
    LEXICON_FORMAT = 1,
    LEXICON_PAGE = 256,         /* characters of one page */
    LEXICON_PAGES = 0x110000 / LEXICON_PAGE,
    LEXICON_TAG_BYTES = 8,
    LEXICON_NO_WORD = 0xFFFF,   /* cost of a unit that ends no word */
    LEXICON_COST_ONE = 1024     /* cost 1.0, before the lowest bit is added */
};

typedef enum LexiconSection {
    SECTION_PAGE_INDEX, /* uint16_t[LEXICON_PAGES]: which page; 0 is the empty page */
    SECTION_CHARACTERS, /* LexiconCharacter[LEXICON_PAGE] a page */
    SECTION_LISTS,      /* uint32_t: offset in the pool of the readings of a character; list 0 is the empty text */
    SECTION_UNITS,      /* LexiconUnit; unit 0 is the root */
    SECTION_OWNERS,     /* uint32_t, ascending: units of words with a reading of their own */
    SECTION_READINGS,   /* uint32_t, one an owner: offset in the pool */
    SECTION_TAGS,       /* char[LEXICON_TAG_BYTES], filled up with NUL */
    SECTION_POOL,       /* texts, each after a byte with its length */
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

/* The hash of a file: its header (whose `hash` is taken as 0) and all behind it. Four lanes of eight bytes: the whole file is
 * checked at each start, in a fraction of a millisecond. */
uint64_t lexicon_hash(const LexiconHeader *header, const void *behind, size_t n);

#endif
