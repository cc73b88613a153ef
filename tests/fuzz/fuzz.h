/* What the fuzz targets share: a promise that does not hold ends the run, and libFuzzer keeps the input. */
#ifndef DUBAO_TESTS_FUZZ_H
#define DUBAO_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

#define PROMISE(holds)                                                          \
    do {                                                                        \
        if (!(holds)) {                                                         \
            fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #holds); \
            abort();                                                            \
        }                                                                       \
    } while (0)

/* Without the data nothing can be fuzzed: said and ended, not taken for a find. */
static inline void need(int result, const Error *error)
{
    if (result >= 0) return;
    fprintf(stderr, "%s\n", error->text);
    exit(1);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#endif
