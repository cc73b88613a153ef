#include "pinyin/collocations.h"

#include "base/utf8.h"
#include "pinyin/lexicon_format.h"

enum { SIDE = COLLOCATION_MOST - 1, HAN_BYTES = 3 };

/* How many characters of a phrase stand before and behind ours: the longest phrases first, of them the one that begins last. */
static const struct {
    uint8_t before, behind;
} SHAPES[] = { { 4, 0 }, { 3, 1 }, { 2, 2 }, { 1, 3 }, { 0, 4 }, { 3, 0 }, { 2, 1 }, { 1, 2 }, { 0, 3 }, { 2, 0 }, { 1, 1 }, { 0, 2 }, { 1, 0 }, { 0, 1 } };
enum { SHAPE_COUNT = sizeof SHAPES / sizeof *SHAPES };
_Static_assert((int)COLLOCATION_MOST == 5 && (int)COLLOCATION_LEAST == 2, "SHAPES are those of two to five characters");

/* What stands on one side of a character, counted outwards. */
typedef struct Side {
    uint64_t hash[SIDE + 1]; /* of so many characters */
    size_t count;
} Side;

static uint32_t key_of(uint32_t code, uint64_t before, uint64_t after)
{
    uint32_t key = (uint32_t)(hash_mix(hash_mix(before, code), after) >> 32) & ~(uint32_t)COLLOCATION_CHOICE;
    return key ? key : COLLOCATION_CHOICE + 1; /* 0 is a free place */
}

uint32_t collocation_key(const uint32_t *codes, size_t length, size_t place)
{
    uint64_t before = HASH_START, after = HASH_START;
    for (size_t i = place; i > 0; i--) before = hash_mix(before, codes[i - 1]);
    for (size_t i = place + 1; i < length; i++) after = hash_mix(after, codes[i]);
    return key_of(codes[place], before, after);
}

/* The Chinese character of three bytes at `s`; 0: another. No phrase goes on beyond a mark, a figure, a letter. */
static uint32_t han_at(const char *s)
{
    uint32_t code;
    return utf8_decode((Str){ s, HAN_BYTES }, &code) == HAN_BYTES && utf8_is_han(code) ? code : 0;
}

static void side_before(Side *side, Str text, size_t at)
{
    uint32_t code;
    side->hash[0] = HASH_START;
    for (side->count = 0; side->count < SIDE && at >= HAN_BYTES && (code = han_at(text.s + at - HAN_BYTES)) != 0; at -= HAN_BYTES, side->count++)
        side->hash[side->count + 1] = hash_mix(side->hash[side->count], code);
}

static void side_after(Side *side, Str text, size_t at)
{
    uint32_t code;
    side->hash[0] = HASH_START;
    for (side->count = 0; side->count < SIDE && text.n - at >= HAN_BYTES && (code = han_at(text.s + at)) != 0; at += HAN_BYTES, side->count++)
        side->hash[side->count + 1] = hash_mix(side->hash[side->count], code);
}

bool collocation_find(const Lexicon *lexicon, Str text, size_t at, Collocation *found)
{
    uint32_t code, keys[SHAPE_COUNT];
    uint8_t shapes[SHAPE_COUNT];
    Side before, behind;
    size_t n = utf8_decode(str_slice(text, at, text.n), &code), count = 0, choice;
    side_before(&before, text, at);
    side_after(&behind, text, at + n);
    for (uint8_t i = 0; i < SHAPE_COUNT; i++) {
        if (SHAPES[i].before > before.count || SHAPES[i].behind > behind.count) continue;
        shapes[count] = i;
        keys[count++] = key_of(code, before.hash[SHAPES[i].before], behind.hash[SHAPES[i].behind]);
    }
    size_t first = lexicon_collocation(lexicon, keys, count, &choice);
    if (first == count) return false;
    size_t place = SHAPES[shapes[first]].before, rest = SHAPES[shapes[first]].behind;
    *found = (Collocation){ choice, place + 1 + rest, place, at - place * HAN_BYTES, at + n + rest * HAN_BYTES };
    return true;
}
