#include "text/thousands.h"

static size_t run_of_digits(const Chars *chars, size_t at)
{
    size_t to = at;
    while (to < chars->n && code_is_digit(chars->code[to])) to++;
    return to - at;
}

/* 1，234: as many groups of three as follow the figures that end at `to`; 0 where one of the commas has something else behind it. */
static size_t groups_of_three(const Chars *chars, size_t to)
{
    size_t groups = 0;
    for (size_t comma = to; chars_at(chars, comma) == CHARS_FULL_WIDTH_COMMA; comma += 4, groups++) {
        size_t n = run_of_digits(chars, comma + 1);
        if (n == 0) break;
        if (n != 3) return 0;
    }
    return groups;
}

/* Whether the n digits at `at` can be the first of a figure in groups: 100，200，300 are three numbers. */
static bool is_first(const Chars *chars, size_t at, size_t n)
{
    uint32_t before = at > 0 ? chars->code[at - 1] : 0;
    bool goes_on = before == CHARS_FULL_WIDTH_COMMA || before == ',' || before == '.' || code_is_latin(before);
    return n > 0 && n < 3 && chars->code[at] != '0' && !goes_on;
}

static bool ends_clause(const Chars *chars, size_t at, size_t comma, const WordList *before, const WordList *behind)
{
    if (chars_at(chars, comma + 1) == '0') return false;
    return words_before(before, chars, at) || words_after(behind, chars, comma + 1);
}

void thousands_fold(Chars *chars, const WordList *before, const WordList *behind)
{
    for (size_t at = 0, n; at < chars->n; at += n > 0 ? n : 1) {
        n = run_of_digits(chars, at);
        size_t groups = is_first(chars, at, n) ? groups_of_three(chars, at + n) : 0;
        if (groups == 1 && ends_clause(chars, at, at + n, before, behind)) groups = 0;
        for (; groups > 0; groups--) {
            chars->code[at + n] = ',';
            n += 4;
            chars->folded = true;
        }
    }
}
