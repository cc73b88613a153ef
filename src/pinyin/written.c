#include "pinyin/written.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"

/* A run without a space, cut into syllables: table[n][at] is where the last of n syllables that end at `at` begins, plus one. */
enum { RUN_BYTES_MAX = 96, RUN_SYLLABLES_MAX = 16 };
typedef struct Cuts {
    const Readings *readings;
    Arena *arena;
    Str run;
    uint8_t begin[RUN_SYLLABLES_MAX + 1][RUN_BYTES_MAX + 1];
} Cuts;

static bool exists(const Readings *readings, Str syllable)
{
    Str base;
    uint8_t tone;
    return syllable_count(syllable) == 1 && syllable_next(&syllable, &base, &tone) && readings_has_syllable(readings, base, tone);
}

/* One syllable with a tone digit, a tone mark or, neutral, with neither. */
static Str one_syllable(const Readings *readings, Str text, Arena *arena)
{
    bool digit = text.n > 1 && text.s[text.n - 1] >= '0' && text.s[text.n - 1] <= '5';
    Str plain = syllable_from_marked(digit ? str_slice(text, 0, text.n - 1) : text, arena); /* ü is v here, too */
    if (plain.n == 0) return plain;
    if (digit) plain = arena_printf(arena, "%.*s%c", (int)(plain.n - 1), plain.s, text.s[text.n - 1] == '0' ? '5' : text.s[text.n - 1]);
    return exists(readings, plain) ? plain : (Str){ 0 };
}

static void cuts_fill(Cuts *cuts)
{
    enum { SYLLABLE_BYTES_MAX = 12 };
    ArenaMark mark = arena_mark(cuts->arena);
    for (size_t from = 0; from < cuts->run.n; from++) {
        for (size_t to = from + 1; to <= cuts->run.n && to - from <= SYLLABLE_BYTES_MAX; to++) {
            bool reached = from == 0;
            for (int n = 1; n < RUN_SYLLABLES_MAX && !reached; n++) reached = cuts->begin[n][from] > 0;
            if (!reached || one_syllable(cuts->readings, str_slice(cuts->run, from, to), cuts->arena).n == 0) continue;
            for (int n = 0; n < RUN_SYLLABLES_MAX; n++) {
                bool here = n == 0 ? from == 0 : cuts->begin[n][from] > 0;
                /* Of two ways the longer last syllable: one that begins with a vowel would bear an apostrophe (GB/T 16159). */
                if (here && cuts->begin[n + 1][to] == 0) cuts->begin[n + 1][to] = (uint8_t)(from + 1);
            }
        }
    }
    arena_reset(cuts->arena, mark);
}

static Str cuts_take(const Cuts *cuts, size_t n, size_t to)
{
    size_t from = (size_t)cuts->begin[n][to] - 1;
    Str last = one_syllable(cuts->readings, str_slice(cuts->run, from, to), cuts->arena);
    if (n == 1) return last;
    Str before = cuts_take(cuts, n - 1, from);
    return arena_printf(cuts->arena, "%.*s %.*s", STR_ARG(before), STR_ARG(last));
}

/* "yínháng" as "yin2 hang2". */
static Str run_as_ours(const Readings *readings, Str run, size_t syllables, Arena *arena)
{
    Str whole = one_syllable(readings, run, arena);
    if (run.n > RUN_BYTES_MAX || whole.n > 0) return whole;
    Cuts cuts = { readings, arena, run, { { 0 } } };
    cuts_fill(&cuts);
    if (syllables > 0 && syllables <= RUN_SYLLABLES_MAX && cuts.begin[syllables][run.n]) return cuts_take(&cuts, syllables, run.n);
    for (size_t n = 1; n <= RUN_SYLLABLES_MAX; n++)
        if (cuts.begin[n][run.n]) return cuts_take(&cuts, n, run.n);
    return (Str){ 0 };
}

/* Small letters of half width, each in one with its mark, and spaces; "u:" as some dictionaries have it. */
static Str cleaned(Str written, Arena *arena)
{
    enum { APOSTROPHE = 0x2019 };
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    ssize_t count = utf8proc_decompose((const uint8_t *)written.s, (ssize_t)written.n, NULL, 0, options);
    if (count <= 0) return (Str){ 0 };
    int32_t *code = ARENA_NEW(arena, int32_t, (size_t)count);
    char *out = arena_alloc(arena, (size_t)count * 4);
    size_t n = 0;
    utf8proc_decompose((const uint8_t *)written.s, (ssize_t)written.n, code, count, options);
    count = utf8proc_normalize_utf32(code, count, UTF8PROC_COMPOSE);
    for (ssize_t i = 0; i < count; i++) {
        int32_t c = code[i];
        if (c == APOSTROPHE || c == '\'' || c == '-' || c == '\t') out[n++] = ' ';
        else if (c == ':' && n > 0 && out[n - 1] == 'u') out[n - 1] = 'v';
        else n += utf8_encode((uint32_t)c, out + n);
    }
    return str_trim((Str){ out, n });
}

Str reading_as_ours(const Readings *readings, Str written, size_t syllables, Arena *arena)
{
    Str rest = cleaned(written, arena), all = { 0 };
    if (rest.n == 0) return rest;
    bool single = str_find(rest, STR(" ")) == rest.n;
    while (rest.n > 0) {
        Str run = str_split(&rest, ' ');
        if (run.n == 0) continue;
        Str ours = run_as_ours(readings, run, single ? syllables : 0, arena);
        if (ours.n == 0) return (Str){ 0 };
        all = all.n ? arena_printf(arena, "%.*s %.*s", STR_ARG(all), STR_ARG(ours)) : ours;
    }
    return all;
}

static size_t count_of(Str text, const char *signs)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) count += strchr(signs, text.s[i]) && text.s[i] ? 1 : 0;
    return count;
}

/* With digits each syllable wants one; with marks one without is neutral, but not all of them: then the tones were forgotten. */
bool reading_lacks_tones(Str written, Str ours)
{
    size_t neutral = count_of(ours, "5");
    if (count_of(written, "012345") > 0) return neutral > count_of(written, "05");
    return count_of(ours, "1234") == 0;
}
