/* voices/mandarin/polyphones.txt, kinds.tsv and collocations.txt -> the tables of the model in lexicon.bin. */
#ifndef DUBAO_TOOLS_POLYPHONES_H
#define DUBAO_TOOLS_POLYPHONES_H

#include "base/error.h"
#include "base/table.h"
#include "pinyin/lexicon_format.h"

typedef struct PolyphoneTables {
    LexiconPolyphone *polyphones;
    Str *readings; /* of each polyphone */
    LexiconWeight *weights;
    uint32_t *collocations;
    uint64_t *weight_filter, *collocation_filter;
    uint8_t *kinds; /* by code; 0: none */
    uint32_t polyphone_places, weight_places, collocation_places;
} PolyphoneTables;

/* Where a text goes that the tables point to; returns its place there. */
typedef uint32_t PoolAdd(void *context, Str text);

int polyphones_compile(PolyphoneTables *tables, Arena *arena, const char *folder, PoolAdd *add, void *context, Error *error);
/* After polyphones_compile. What a phrase says of a character, or of a reading, that polyphones.txt does not have is left out. */
int collocations_compile(PolyphoneTables *tables, Arena *arena, const char *folder, Error *error);

int kinds_compile(PolyphoneTables *tables, Arena *arena, const char *folder, Error *error);

#endif
