#include "pinyin/collocations.h"

#include "base/utf8.h"
#include "pinyin/lexicon_format.h"

enum { SIDE = COLLOCATION_MOST - 1, KEYS_MAX = (COLLOCATION_MOST * (COLLOCATION_MOST + 1) - COLLOCATION_LEAST) / 2 };

/* What stands on one side of a character, counted outwards. */
typedef struct Side {
    uint64_t hash[SIDE + 1]; /* of so many characters */
    size_t end[SIDE + 1];    /* where they end, in bytes */
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

static Side side_start(size_t end)
{
    return (Side){ .hash = { HASH_START }, .end = { end } };
}

/* False when no phrase goes on there: at a mark, a figure, a letter. */
static bool side_add(Side *side, Str character, size_t end)
{
    uint32_t code;
    if (character.n != 3 || !utf8_is_han((utf8_decode(character, &code), code))) return false;
    side->hash[side->count + 1] = hash_mix(side->hash[side->count], code);
    side->end[++side->count] = end;
    return true;
}

static Side side_before(Str text, size_t at)
{
    Side side = side_start(at);
    for (Str rest = str_slice(text, 0, at); side.count < SIDE && rest.n > 0;) {
        Str last = utf8_last(rest);
        rest.n -= last.n;
        if (!side_add(&side, last, rest.n)) break;
    }
    return side;
}

static Side side_after(Str text, size_t at)
{
    Side side = side_start(at);
    for (Str rest = str_slice(text, at, text.n); side.count < SIDE && rest.n > 0;) {
        Str first = utf8_next(&rest);
        if (!side_add(&side, first, text.n - rest.n)) break;
    }
    return side;
}

bool collocation_find(const Lexicon *lexicon, Str text, size_t at, Collocation *found)
{
    uint32_t code, keys[KEYS_MAX];
    Collocation tried[KEYS_MAX];
    size_t n = utf8_decode(str_slice(text, at, text.n), &code), count = 0, choice;
    Side before = side_before(text, at), after = side_after(text, at + n);
    for (size_t length = COLLOCATION_MOST; length >= COLLOCATION_LEAST; length--) {
        for (size_t place = length; place-- > 0;) {
            size_t behind = length - 1 - place;
            if (place > before.count || behind > after.count) continue;
            tried[count] = (Collocation){ .length = length, .place = place, .from = before.end[place], .to = after.end[behind] };
            keys[count++] = key_of(code, before.hash[place], after.hash[behind]);
        }
    }
    size_t first = lexicon_collocation(lexicon, keys, count, &choice);
    if (first == count) return false;
    *found = tried[first];
    found->choice = choice;
    return true;
}
