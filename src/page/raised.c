#include "page/raised.h"

#include <ctype.h>

#include "base/utf8.h"

static const Str FORMS[][3] = { /* on the line, raised, lowered */
    { STR("0"), STR("⁰"), STR("₀") }, { STR("1"), STR("¹"), STR("₁") }, { STR("2"), STR("²"), STR("₂") }, { STR("3"), STR("³"), STR("₃") },
    { STR("4"), STR("⁴"), STR("₄") }, { STR("5"), STR("⁵"), STR("₅") }, { STR("6"), STR("⁶"), STR("₆") }, { STR("7"), STR("⁷"), STR("₇") },
    { STR("8"), STR("⁸"), STR("₈") }, { STR("9"), STR("⁹"), STR("₉") }, { STR("+"), STR("⁺"), STR("₊") }, { STR("＋"), STR("⁺"), STR("₊") },
    { STR("-"), STR("⁻"), STR("₋") }, { STR("−"), STR("⁻"), STR("₋") }, { STR("–"), STR("⁻"), STR("₋") }, { STR("－"), STR("⁻"), STR("₋") }, { STR("n"), STR("ⁿ"), STR("n") /* aₙ is said as an */ },
};

static const Str *forms_of(Str character)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (str_equal(FORMS[i][0], character)) return FORMS[i];
    return NULL;
}

/* xⁿ, 2ⁿ, (x+1)ⁿ: the only letter with a raised form that is said as a power. */
static bool is_power_n(Str before, Str text)
{
    if (!str_is(text, "n") || before.n == 0) return false;
    unsigned char last = (unsigned char)before.s[before.n - 1];
    return isalnum(last) || last == ')' || str_ends(before, STR("）"));
}

bool raised_is_figure(Str before, Str text)
{
    if (is_power_n(before, text)) return true;
    bool any = text.n > 0;
    while (any && text.n > 0) {
        Str character = utf8_next(&text);
        any = forms_of(character) != NULL && !str_is(character, "n");
    }
    return any;
}

Str raised_next(Str *text, bool lowered)
{
    Str character = utf8_next(text);
    const Str *forms = forms_of(character);
    return forms ? forms[lowered ? 2 : 1] : character;
}

static bool is_bracketed(Str text)
{
    static const Str PAIRS[][2] = { { STR("["), STR("]") }, { STR("［"), STR("］") }, { STR("〔"), STR("〕") }, { STR("【"), STR("】") } };
    enum { CHARACTERS_MOST = 8 };
    for (size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i++)
        if (str_starts(text, PAIRS[i][0]) && str_ends(text, PAIRS[i][1])) return utf8_count(text) <= CHARACTERS_MOST;
    return false;
}

static bool is_sign(Str character)
{
    static const Str SIGNS[] = { STR("*"), STR("＊"), STR("※"), STR("†"), STR("‡") };
    uint32_t code;
    utf8_decode(character, &code);
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++)
        if (str_equal(character, SIGNS[i])) return true;
    return (code >= 0x2460 && code <= 0x2473) || (code >= 0x2776 && code <= 0x2793); /* figures in circles */
}

static bool ends_clause(Str before)
{
    static const Str MARKS[] = { STR("。"), STR("，"), STR("；"), STR("："), STR("！"), STR("？"), STR("、"), STR("”"), STR("》") };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (str_ends(before, MARKS[i])) return true;
    return false;
}

bool raised_is_mark(Str before, Str text)
{
    if (text.n == 0) return false;
    if (is_bracketed(text) || (raised_is_figure(before, text) && ends_clause(before))) return true;
    while (text.n > 0)
        if (!is_sign(utf8_next(&text))) return false;
    return true;
}
