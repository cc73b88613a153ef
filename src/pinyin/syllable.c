#include "pinyin/syllable.h"

#include <sys/types.h>

#include <utf8proc.h>

bool syllable_next(Str *rest, Str *base, uint8_t *tone)
{
    const char *at = rest->s, *end = at + rest->n, *from;
    while (at < end && *at == ' ') at++;
    for (from = at; at < end && *at >= 'a' && *at <= 'z';) at++;
    if (at == from || at == end || *at < '1' || *at > '5') return false;
    if (at + 1 < end && at[1] != ' ') return false;
    *base = (Str){ from, (size_t)(at - from) };
    *tone = (uint8_t)(*at - '0');
    *rest = (Str){ at + 1, (size_t)(end - at - 1) };
    return true;
}

size_t syllable_count(Str reading)
{
    size_t count = 0;
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) count++;
    return str_trim(reading).n == 0 ? count : 0;
}

size_t syllable_characters(Str reading)
{
    size_t count = 0;
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) count += syllable_is_erhua(base) ? 2 : 1;
    return count;
}

bool syllable_is_erhua(Str base)
{
    return base.n > 1 && base.s[base.n - 1] == 'r' && !str_equal(base, STR("er"));
}

/* Unicode's decomposition sets each mark apart from its letter. */
static uint8_t tone_of_mark(uint32_t code)
{
    static const struct {
        uint16_t code;
        uint8_t tone;
    } MARKS[] = { { 0x304, 1 }, { 0x301, 2 }, { 0x30C, 3 }, { 0x306, 3 }, { 0x300, 4 } };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (MARKS[i].code == code) return MARKS[i].tone;
    return 0;
}

Str syllable_from_marked(Str marked, Arena *arena)
{
    enum { DIAERESIS = 0x308, CIRCUMFLEX = 0x302 };
    int32_t code[32];
    char plain[64];
    size_t used = 0;
    int tone = 5;
    ssize_t n = utf8proc_decompose((const uint8_t *)marked.s, (ssize_t)marked.n, code, 32, UTF8PROC_DECOMPOSE);
    for (ssize_t i = 0; i < n && i < 32; i++) {
        uint8_t mark = tone_of_mark((uint32_t)code[i]);
        if (mark && tone != 5) return (Str){ 0 }; /* two syllables */
        if (mark) tone = mark;
        else if (code[i] == DIAERESIS && used > 0) plain[used - 1] = 'v';
        else if (code[i] == CIRCUMFLEX && used > 0) plain[used++] = 'h'; /* ê (欸) is "eh" */
        else if (code[i] == 0x261) plain[used++] = 'g';
        else if (code[i] >= 'a' && code[i] <= 'z') plain[used++] = (char)code[i];
        else return (Str){ 0 };
    }
    return used ? arena_printf(arena, "%.*s%d", (int)used, plain, tone) : (Str){ 0 };
}
