#include "page/cut.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { WORDS_BYTES_MOST = 4 << 20, BITS_A_BYTE = 8, SIGN_POINTS = 3 /* no paragraph begins so */ };

/* ---- the page's words ---- */

static size_t bit_of(const CutWords *words, const uint32_t *codes, int n)
{
    uint64_t key = (uint64_t)n;
    for (int i = 0; i < n; i++) key = hash_mix(key, codes[i]);
    return (size_t)key & words->mask;
}

static void put(CutWords *words, const uint32_t *codes, int n)
{
    size_t bit = bit_of(words, codes, n);
    words->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has(const CutWords *words, const uint32_t *codes, int n)
{
    size_t bit = bit_of(words, codes, n);
    for (int i = 0; i < n; i++)
        if (!utf8_is_han(codes[i])) return false;
    return words->bits[bit / 64] >> bit % 64 & 1;
}

static void put_text(CutWords *words, Str text)
{
    uint32_t codes[3] = { 0 };
    for (int run = 0; text.n > 0;) {
        codes[0] = codes[1];
        codes[1] = codes[2];
        utf8_decode(utf8_next(&text), &codes[2]);
        run = utf8_is_han(codes[2]) ? run + 1 : 0;
        if (run >= 2) put(words, codes + 1, 2);
        if (run >= 3) put(words, codes, 3);
    }
}

CutWords cut_words(const PageBlocks *blocks)
{
    CutWords words = { 0 };
    size_t bytes = 0, bits = 1 << 16;
    for (const PageBlock *block = blocks->first; block; block = block->next) bytes += block->text.n;
    if (bytes > WORDS_BYTES_MOST) return words;
    while (bits < bytes * BITS_A_BYTE) bits *= 2;
    words.bits = memory_new(bits / 64, sizeof *words.bits);
    words.mask = bits - 1;
    for (const PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind != KIND_SILENT) put_text(&words, block->text);
    return words;
}

void cut_words_finish(CutWords *words)
{
    free(words->bits);
    *words = (CutWords){ 0 };
}

/* ---- evidence ---- */

/* A word of the page that begins before the cut and ends after it. Two characters may meet by chance, three hardly. */
static int word_points(const CutWords *words, Str before, Str after)
{
    uint32_t codes[4] = { 0 };
    Str last = utf8_last(before);
    utf8_decode(last, &codes[1]);
    utf8_decode(utf8_last(str_slice(before, 0, before.n - last.n)), &codes[0]);
    utf8_decode(utf8_next(&after), &codes[2]);
    utf8_decode(after, &codes[3]);
    if (!words->bits) return 0;
    return has(words, codes + 1, 2) + (has(words, codes, 3) || has(words, codes + 1, 3) ? 2 : 0);
}

/* Brackets and quotes that the text leaves open, or closes without having opened them (below 0). */
static int depth_of(const PageRules *rules, Str text)
{
    int depth = 0, least = 0;
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        bool bracket = code == ')' || code == ']' || code == 0xFF09 || code == 0x3011;
        if (rules_mark(rules, RULE_OPEN, code)) depth++;
        else if (bracket || (code >= 0x80 && rules_mark(rules, RULE_CLOSE, code))) depth--;
        if (depth < least) least = depth;
    }
    return least < 0 ? least : depth;
}

static int bracket_points(const PageRules *rules, Str before, Str after)
{
    bool open = depth_of(rules, before) > 0, closes = depth_of(rules, after) < 0;
    if (open == closes) return open ? 3 : 0;
    return open ? -2 : -3;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static int latin_points(Str before, Str after)
{
    char last = before.s[before.n - 1];
    bool figure = is_digit(after.s[0]) && is_digit(last), fraction = is_digit(after.s[0]) && last == '.' && before.n > 1 && is_digit(before.s[before.n - 2]);
    return fraction || (is_small(last) && is_small(after.s[0])) ? 3 : figure;
}

/* 酒，也送过人: no paragraph begins with one character and a comma. */
static bool begins_with_end(const PageRules *rules, Str text)
{
    uint32_t code;
    utf8_next(&text);
    return utf8_decode(text, &code) > 0 && (rules_mark(rules, RULE_PAUSE, code) || code == 0x3002);
}

/* What the marks and figures on both sides of the cut say. */
static int sign_points(const PageRules *rules, Str before, Str after)
{
    uint32_t code;
    utf8_decode(after, &code);
    int points = bracket_points(rules, before, after) + latin_points(before, after);
    return points + (rules_mark(rules, RULE_INNER, code) || begins_with_end(rules, after) ? SIGN_POINTS : 0);
}

bool cut_is_plain(const PageRules *rules, Str before, Str after)
{
    return before.n > 0 && after.n > 0 && sign_points(rules, before, after) >= SIGN_POINTS;
}

int cut_points(const PageRules *rules, const CutWords *words, Str before, Str after)
{
    Folded folded;
    if (before.n == 0 || after.n == 0) return 0;
    rules_fold(str_slice(after, 0, sizeof folded.bytes), &folded);
    int points = word_points(words, before, after) + sign_points(rules, before, after);
    if (rules_match(rules, RULE_DATELINE, &folded, NULL) || rules_match(rules, RULE_LEAD, &folded, NULL)) points -= 4;
    return points;
}
