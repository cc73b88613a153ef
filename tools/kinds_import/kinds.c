/* Spherical k-means: each point goes to the kind whose mean points most nearly the same way, until none changes. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "kinds_import/kinds.h"

enum { STARTS = 8, ROUNDS = 40, FIRST_OF = 3000 }; /* the kinds begin at characters among so many frequent ones */

static double dot(const float *a, const float *b)
{
    double sum = 0;
    for (size_t i = 0; i < DIMENSIONS; i++) sum += (double)(a[i] * b[i]);
    return sum;
}

static void means_start(float (*means)[DIMENSIONS], const float *points, size_t symbols, uint64_t *chance)
{
    size_t first_of = symbols - 1 < FIRST_OF ? symbols - 1 : FIRST_OF;
    for (size_t k = 0; k < KINDS; k++) {
        *chance = *chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        memcpy(means[k], points + (1 + (size_t)(*chance >> 33) % first_of) * DIMENSIONS, sizeof means[k]);
    }
}

/* Returns how nearly all points and their means point the same way. */
static double kinds_choose(float (*means)[DIMENSIONS], const float *points, const float *weights, size_t symbols, int *kind)
{
    double sum = 0;
    for (size_t i = 1; i < symbols; i++) {
        double most = -HUGE_VAL;
        for (int k = 0; k < KINDS; k++) {
            double near = dot(means[k], points + i * DIMENSIONS);
            if (near > most) most = near, kind[i] = k;
        }
        sum += most * (double)weights[i];
    }
    return sum;
}

static void means_make(float (*means)[DIMENSIONS], const float *points, const float *weights, size_t symbols, const int *kind)
{
    memset(means, 0, KINDS * sizeof *means);
    for (size_t i = 1; i < symbols; i++)
        for (size_t k = 0; k < DIMENSIONS; k++) means[kind[i]][k] += weights[i] * points[i * DIMENSIONS + k];
    for (size_t k = 0; k < KINDS; k++) {
        float length = (float)sqrt(dot(means[k], means[k]));
        for (size_t i = 0; i < DIMENSIONS && length > 0; i++) means[k][i] /= length;
    }
}

int *points_gather(const float *points, const float *weights, size_t symbols)
{
    float (*means)[DIMENSIONS] = calloc(KINDS, sizeof *means);
    int *kind = calloc(symbols, sizeof *kind), *best = calloc(symbols, sizeof *best);
    double most = -HUGE_VAL;
    uint64_t chance = 1;
    if (!means || !kind || !best) abort();
    for (int start = 0; start < STARTS; start++) {
        double sum = 0, before = -1;
        means_start(means, points, symbols, &chance);
        for (int round = 0; round < ROUNDS && sum > before; round++) {
            before = sum;
            sum = kinds_choose(means, points, weights, symbols, kind);
            means_make(means, points, weights, symbols, kind);
        }
        if (sum <= most) continue;
        most = sum;
        memcpy(best, kind, symbols * sizeof *best);
    }
    free(means);
    free(kind);
    return best;
}
