/* The parts of tools/lexicon_import.c. */
#ifndef DUBAO_TOOLS_LEXICON_IMPORT_H
#define DUBAO_TOOLS_LEXICON_IMPORT_H

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum {
    FREQUENCY_LEAST = 28,  /* rarer words stay out unless they have a reading of their own */
    READING_CHARACTERS = 8, /* words longer than this are left out */
    VARIANTS_MAX = 0x30000,
    READING_FOREIGN = 1000,
    SOURCE_PINYIN_PRO = 1,
    SOURCE_TERRA = 2
};

typedef struct Entry {
    Str word, tag;
    Str reading;     /* the one chosen so far */
    double frequency;
    bool sure;       /* `reading` comes from corrections.tsv */
    int source;      /* which source gave `reading` */
    size_t rank;     /* of `reading`, see reading_rank */
} Entry;

typedef struct Words { /* open addressing */
    Entry *entries;
    size_t count, size;
} Words;

typedef struct Import {
    Arena arena;
    Words words;      /* jieba's */
    Words readings;   /* word -> reading, all sources */
    Words surnames;
    Words neutral;    /* words whose last syllable is neutral */
    Words endings;    /* character -> reading at the end of a word that no source has */
    Words habits;     /* character -> likeliest reading within a word */
    Words characters; /* character -> likeliest reading; `tag` is the list of all */
    uint32_t *simplified;
    double total;
} Import;

Entry *words_find(const Words *words, Str word); /* NULL when it is not there */
Entry *words_add(Words *words, Str word);        /* the one that is there, or a new one */
void   words_init(Words *words, size_t size, Arena *arena); /* size: a power of two, twice what will come */

/* The reading of a character that corrections.tsv allows no other; empty when it has several, or no row. */
Str    only_reading(const Import *import, Str character);

/* sources.c: each reads one file or ends the program with its fault. */
void characters_read(Import *import, const char *folder);
void priors_read(Import *import, const char *folder);
void corrections_read(Import *import, const char *folder);
void neutral_read(Import *import, const char *folder);
void dict_read(Import *import, const char *path);
void variants_read(Import *import, const char *path);
void terra_read(Import *import, const char *path);
void habits_read(Import *import, const char *path);
void pinyin_pro_read(Import *import, const char *path);

#endif
