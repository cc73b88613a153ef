#include "page/grams.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { BITS_A_BYTE = 4, PLACES_FIRST = 1024 };
_Static_assert(sizeof(Gram) == 16, "what a page takes for a moment is mostly these");

/* ---- going through a text ---- */

typedef struct Walk {
    Str rest;
    uint32_t codes[GRAM_MOST]; /* the last ones */
    size_t run;                /* of which so many stand in a row and count */
} Walk;

/* The next character; false at the end. */
static bool step(Walk *walk, const PageRules *rules)
{
    uint32_t code;
    if (walk->rest.n == 0) return false;
    utf8_decode(utf8_next(&walk->rest), &code);
    walk->run = utf8_is_han(code) && !rules_mark(rules, RULE_COUNTS, code) ? walk->run + 1 : 0;
    memmove(walk->codes, walk->codes + 1, sizeof walk->codes - sizeof *walk->codes);
    walk->codes[GRAM_MOST - 1] = code;
    return true;
}

/* keys[i]: of the last GRAM_LEAST + i characters. Returns how many end here. */
static size_t keys_here(const Walk *walk, uint64_t keys[GRAM_MOST])
{
    size_t count = 0;
    uint64_t key = walk->codes[GRAM_MOST - 1] & 0xFFFF;
    for (size_t n = GRAM_LEAST; n <= GRAM_MOST && n <= walk->run; n++) keys[count++] = key = key << 16 | (walk->codes[GRAM_MOST - n] & 0xFFFF);
    return count;
}

/* ---- what comes again ---- */

Grams grams_start(Arena *arena, const PageRules *rules, size_t bytes)
{
    Grams grams = { .arena = arena, .rules = rules, .place_mask = PLACES_FIRST - 1 };
    size_t bits = 1 << 12;
    while (bits < bytes * BITS_A_BYTE) bits *= 2;
    grams.bit_mask = bits - 1;
    grams.once = memory_new(bits / 64, sizeof *grams.once);
    grams.again = memory_new(bits / 64, sizeof *grams.again);
    grams.places = memory_new(PLACES_FIRST, sizeof *grams.places);
    return grams;
}

void grams_finish(Grams *grams)
{
    free(grams->rows);
    free(grams->places);
    free(grams->once);
    free(grams->again);
    *grams = (Grams){ 0 };
}

/* Two bits of an n-gram's; the place is of the lower half of its hash. */
static size_t bit_of(const Grams *grams, uint64_t hash, int which)
{
    return (size_t)(which == 0 ? hash >> 32 : hash_mix(1, hash) >> 32) & grams->bit_mask;
}

static bool has_bits(const Grams *grams, const uint64_t *set, uint64_t hash)
{
    size_t first = bit_of(grams, hash, 0), second = bit_of(grams, hash, 1);
    return (set[first / 64] >> first % 64 & 1) && (set[second / 64] >> second % 64 & 1);
}

static void put_bits(const Grams *grams, uint64_t *set, uint64_t hash)
{
    size_t first = bit_of(grams, hash, 0), second = bit_of(grams, hash, 1);
    set[first / 64] |= UINT64_C(1) << first % 64;
    set[second / 64] |= UINT64_C(1) << second % 64;
}

void grams_note(Grams *grams, Str text)
{
    uint64_t keys[GRAM_MOST];
    for (Walk walk = { .rest = text }; step(&walk, grams->rules);) {
        for (size_t i = 0, n = keys_here(&walk, keys); i < n; i++) {
            uint64_t hash = hash_mix(0, keys[i]);
            put_bits(grams, has_bits(grams, grams->once, hash) ? grams->again : grams->once, hash);
        }
    }
}

/* ---- numbers ---- */

static uint32_t *place_of(const Grams *grams, uint64_t key, uint64_t hash)
{
    size_t at = (size_t)hash & grams->place_mask;
    while (grams->places[at] != 0 && grams->rows[grams->places[at]].key != key) at = (at + 1) & grams->place_mask;
    return &grams->places[at];
}

static void widen(Grams *grams)
{
    size_t places = 2 * (grams->place_mask + 1);
    free(grams->places);
    grams->places = memory_new(places, sizeof *grams->places);
    grams->place_mask = places - 1;
    for (uint32_t i = 1; i <= grams->count; i++) *place_of(grams, grams->rows[i].key, hash_mix(0, grams->rows[i].key)) = i;
}

static uint32_t number_of(Grams *grams, uint64_t key, uint64_t hash, size_t length)
{
    uint32_t *place = place_of(grams, key, hash);
    if (*place != 0) return *place;
    if (grams->count + 2 > grams->room) {
        grams->room = grams->room ? 2 * grams->room : PLACES_FIRST;
        grams->rows = memory_grow(grams->rows, grams->room, sizeof *grams->rows);
    }
    grams->rows[++grams->count] = (Gram){ .key = key, .length = (uint8_t)length };
    *place = grams->count;
    if (grams->count > grams->place_mask / 4 * 3) widen(grams);
    return grams->count;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static size_t each_once(uint32_t *numbers, size_t count)
{
    size_t kept = 0;
    qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i]) numbers[kept++] = numbers[i];
    return kept;
}

size_t grams_find(Grams *grams, Str text, uint32_t **numbers)
{
    uint64_t keys[GRAM_MOST];
    free(grams->once);
    grams->once = NULL;
    size_t most = (text.n / 3 + 1) * (GRAM_MOST - GRAM_LEAST + 1), count = 0;
    if (most > grams->found_room) grams->found = ARENA_ROOM(grams->arena, uint32_t, grams->found_room = 2 * most);
    for (Walk walk = { .rest = text }; step(&walk, grams->rules);) {
        for (size_t i = 0, n = keys_here(&walk, keys); i < n; i++) {
            uint64_t hash = hash_mix(0, keys[i]);
            if (has_bits(grams, grams->again, hash)) grams->found[count++] = number_of(grams, keys[i], hash, GRAM_LEAST + i);
        }
    }
    count = each_once(grams->found, count);
    *numbers = ARENA_ROOM(grams->arena, uint32_t, count);
    memcpy(*numbers, grams->found, count * sizeof **numbers);
    return count;
}

bool grams_have(const uint32_t *numbers, size_t count, uint32_t number)
{
    return bsearch(&number, numbers, count, sizeof number, by_number) != NULL;
}
