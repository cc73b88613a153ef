/* The parts of tools/kinds_import.c. */
#ifndef DUBAO_TOOLS_KINDS_H
#define DUBAO_TOOLS_KINDS_H

#include <stddef.h>

enum {
    KINDS = 64,
    SIDE_DIMENSIONS = 60, /* of what stands behind; as many for what stands before */
    DIMENSIONS = 2 * SIDE_DIMENSIONS
};

/* Symbols are numbered from 1, the frequent ones first; symbol 0 is none. */
typedef struct Counts {
    size_t symbols;  /* one more than there are */
    float *follows;  /* [symbol][symbol]: how often the second stands behind the first */
} Counts;

/* A point for each symbol, [symbol][DIMENSIONS], of length 1 on each side: symbols with alike neighbours point the same way. For free(). */
float *counts_embed(const Counts *counts);
/* The kind of each symbol, from 0; a point counts as much as its weight says. For free(). */
int *points_gather(const float *points, const float *weights, size_t symbols);

#endif
