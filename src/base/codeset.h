/* A set of characters, a bit each: to ask it costs less than to look for a character in a table that seldom has it. */
#ifndef DUBAO_BASE_CODESET_H
#define DUBAO_BASE_CODESET_H

#include <stdbool.h>
#include <stdint.h>

enum { CODESET_CODES = 0x10000 };

/* All zero: the empty set. */
typedef struct CodeSet {
    uint64_t bits[CODESET_CODES / 64];
    bool beyond; /* all characters above U+FFFF are in it, or none of them */
} CodeSet;

static inline void codeset_add(CodeSet *set, uint32_t code)
{
    if (code < CODESET_CODES) set->bits[code / 64] |= UINT64_C(1) << code % 64;
    else set->beyond = true;
}

/* Of codes up to U+FFFF. */
static inline void codeset_remove(CodeSet *set, uint32_t code)
{
    if (code < CODESET_CODES) set->bits[code / 64] &= ~(UINT64_C(1) << code % 64);
}

/* Whether `code` was added; above U+FFFF, whether any was. */
static inline bool codeset_has(const CodeSet *set, uint32_t code)
{
    return code < CODESET_CODES ? set->bits[code / 64] >> code % 64 & 1 : set->beyond;
}

#endif
