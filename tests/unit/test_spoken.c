#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "text/rulebook.h"
#include "text/spoken.h"
#include "text/splitter.h"

typedef struct State {
    Arena arena;
    SpokenRules *rules;
    bool *used; /* by a case, of each rule */
} State;

static int setup(void **context)
{
    static State state;
    Error error;
    state.rules = spoken_create(data_path(&state.arena, "voices/mandarin"), &error);
    if (!state.rules) fail_msg("%s", error.text);
    state.used = ARENA_NEW(&state.arena, bool, state.rules->count);
    *context = &state;
    return 0;
}

static int teardown(void **context)
{
    State *state = *context;
    spoken_destroy(state->rules);
    arena_finish(&state->arena);
    return 0;
}

static void note_used(const State *state, const Sentence *sentence)
{
    for (size_t i = 0; i < sentence->piece_count; i++)
        for (size_t k = 0; k < state->rules->count; k++) state->used[k] |= sentence->pieces[i].rule == state->rules->rules[k].row;
}

static bool check_row(void *context, const Table *row, Arena *arena, Str *got)
{
    State *state = context;
    Sentence sentence = { .text = row->field[0] };
    spoken_form(state->rules, &sentence, arena);
    note_used(state, &sentence);
    *got = sentence.spoken;
    return str_equal(*got, row->field[1]) && row->field[2].n > 0;
}

static void test_cases(void **context)
{
    static const struct {
        const char *table;
        int least;
    } TABLES[] = {
        { "tests/cases/spoken_numbers.tsv", 100 }, { "tests/cases/spoken_years.tsv", 60 },  { "tests/cases/spoken_times.tsv", 35 },
        { "tests/cases/spoken_units.tsv", 60 },    { "tests/cases/spoken_ranges.tsv", 40 }, { "tests/cases/spoken_serial.tsv", 50 },
        { "tests/cases/spoken_latin.tsv", 40 },    { "tests/cases/spoken_signs.tsv", 40 }, { "tests/cases/spoken_pages.tsv", 100 },
    };
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) check_cases(TABLES[i].table, TABLES[i].least, check_row, *context);
}

/* A rule that no case needs is one that another row shadows, or that nobody could change and see. The row of a sign answers for the sign. */
static void test_every_rule(void **context)
{
    const State *state = *context;
    size_t unused = 0;
    for (size_t i = 0; i < state->rules->count; i++) {
        const Rule *rule = &state->rules->rules[i];
        bool sign = rule->match_count == 1 && rule->match[0].kind == ELEMENT_WORD;
        if (state->used[i] || sign) continue;
        print_error("no case for %s\n", rule->row);
        unused++;
    }
    assert_int_equal(unused, 0);
}

/* ---- what must hold for any text ---- */

static void assert_gapless(const Sentence *sentence)
{
    uint32_t spoken = 0, text = 0;
    for (size_t i = 0; i < sentence->piece_count; i++) {
        const Piece *piece = &sentence->pieces[i];
        assert_int_equal(piece->spoken_at, spoken);
        assert_int_equal(piece->text_at, text);
        spoken += piece->spoken_n;
        text += piece->text_n;
        assert_true(piece->text_n > 0);
        if (piece->rule) continue;
        assert_int_equal(piece->spoken_n, piece->text_n);
        assert_memory_equal(sentence->spoken.s + piece->spoken_at, sentence->text.s + piece->text_at, piece->text_n);
    }
    assert_int_equal(spoken, sentence->spoken.n);
    assert_int_equal(text, sentence->text.n);
}

static void assert_no_digit(Str spoken)
{
    while (spoken.n > 0) {
        uint32_t code;
        spoken = str_slice(spoken, utf8_decode(spoken, &code), spoken.n);
        assert_false(code >= '0' && code <= '9');
        assert_false(code >= 0xFF10 && code <= 0xFF19);
    }
}

static void assert_sound(const State *state, Str text)
{
    Arena arena = { 0 };
    Sentence sentence = { .text = text };
    spoken_form(state->rules, &sentence, &arena);
    assert_int_equal(utf8_valid_prefix(sentence.spoken), sentence.spoken.n);
    assert_no_digit(sentence.spoken);
    assert_gapless(&sentence);
    arena_finish(&arena);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Pieces that rules are made of, so that random joins come near to what the rules look for. */
static const char *const PIECES[] = {
    "0", "1", "2", "12", "2021", "100%", "1,234", "3.5", ".", ",", ":", "-", "—", "~", "/", "%", "‰", "年", "月", "日", "个", "第", "万",
    "km", "m²", "㎡", "℃", "A", "GDP", "@", "www.", ".com", "+", "=", "<", "①", "Ⅳ", "½", "０", "９", "Ａ", "．", "＋", "￥", "$", "￥",
    "“", "”", "（", "）", " ", "电话", "比分", "后", "班", "队", "·", "′", "″", "😀", "️", "α", "\x01", "\xEF\xBF\xBD", "ﷺ", "㍿", "²", "⁄", "٣", "㍘", "㏕", "㋉", "㍻",
};

static void test_random_text(void **context)
{
    uint32_t seed = 20210407;
    for (int round = 0; round < 20000; round++) {
        char text[512];
        size_t n = 0, parts = next_random(&seed) % 24;
        for (size_t i = 0; i < parts; i++) {
            const char *piece = PIECES[next_random(&seed) % (sizeof PIECES / sizeof *PIECES)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        assert_sound(*context, (Str){ text, n });
    }
}

/* Any character of Unicode, also where it makes no sense. */
static void test_random_characters(void **context)
{
    uint32_t seed = 7;
    for (int round = 0; round < 5000; round++) {
        char text[256];
        size_t n = 0;
        for (int i = 0; i < 40; i++) {
            uint32_t limit = i % 3 == 0 ? 0x80 : i % 3 == 1 ? 0x10000 : 0x110000;
            n += utf8_encode(next_random(&seed) % limit, text + n);
        }
        assert_sound(*context, (Str){ text, n });
    }
}

/* What is not copied has a rule that answers for it, also where that rule is silent; so each character of Unicode, of every block,
 * between figures that rules want to read together. */
static void test_every_character(void **context)
{
    enum { AT_ONCE = 64, LAST = 0x10FFFF };
    for (uint32_t first = 1; first <= LAST; first += AT_ONCE) {
        char text[AT_ONCE * 8];
        size_t n = 0;
        for (uint32_t code = first; code < first + AT_ONCE && code <= LAST; code++) {
            if (code >= 0xD800 && code < 0xE000) continue; /* halves of a pair in UTF-16: no characters */
            n += utf8_encode(code, text + n);
            if (code % 3 == 0) text[n++] = '1';
        }
        assert_sound(*context, (Str){ text, n });
    }
}

/* The tail can keep a rule that has read so far from matching. */
static void repeat(const State *state, const char *unit, size_t times, const char *tail)
{
    Arena arena = { 0 };
    size_t n = strlen(unit);
    char *text = arena_alloc(&arena, n * times + strlen(tail));
    for (size_t i = 0; i < times; i++) memcpy(text + i * n, unit, n);
    memcpy(text + n * times, tail, strlen(tail));
    assert_sound(state, (Str){ text, n * times + strlen(tail) });
    arena_finish(&arena);
}

/* Each of these made some rule read on and on; a quadratic reader would not end within the test's time limit. */
static void test_hostile_length(void **context)
{
    enum { LENGTH = 40000 };
    static const char *const UNITS[] = { "1",   "1.",  "1,234,", "1-",  "1 234 ", "a",    "a1",   "-",   "1/",  "1:",
                                         "a.b", "a@b", "www.",   "1、", "%",      "²",    "０",   "ﷺ",   "年",  "1年",
                                         "+",   "'1",  "(1",     "1·",  "A-1",    "1~1",  "¥1",   "1km", "电话", "𠀀1",
                                         "1:1:1", "1:1、", "1/1/", "1/2+", "((((", "·", "^", "1^", "x^", "¹²³", "10²⁰", "⁻", "1.1.1.1",
                                         " 234", " - ", "1 - ", "1-1-1-1-", "编号1-", "a_1", "A1-A1-", "元/", "1元/", "m/s/", "1℃/", "-1℃",
                                         "第1/", "No.", "#1", "1#", "…+1", "x-1=", "a:b=", "1多%", "+86 ", "13800138000", "1,000,", "臺2個",
                                         "1月1-", "2021.1", "1:00-", "《", "<a1 ", "<hang2>", "★", "̀", "00", "10 2 3/4 " };
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        repeat(*context, UNITS[i], LENGTH / strlen(UNITS[i]), "");
        repeat(*context, UNITS[i], LENGTH / strlen(UNITS[i]), "x");
    }
}

/* 10,000 figures in a row are read one by one. */
static void test_long_number(void **context)
{
    const State *state = *context;
    Arena arena = { 0 };
    char text[10000];
    memset(text, '7', sizeof text);
    Sentence sentence = { .text = { text, sizeof text } };
    spoken_form(state->rules, &sentence, &arena);
    assert_int_equal(utf8_count(sentence.spoken), sizeof text);
    arena_finish(&arena);
}

static void test_empty(void **context)
{
    assert_sound(*context, (Str){ "", 0 });
}

/* The piece says which row wrote it and what it stands for. */
static void test_pieces(void **context)
{
    const State *state = *context;
    Arena arena = { 0 };
    Sentence sentence = { .text = STR("增长５％。") };
    spoken_form(state->rules, &sentence, &arena);
    assert_int_equal(sentence.piece_count, 3);
    assert_null(sentence.pieces[0].rule);
    assert_non_null(strstr(sentence.pieces[1].rule, "spoken.tsv:"));
    assert_non_null(strstr(sentence.pieces[1].rule, " percent"));
    assert_int_equal(sentence.pieces[1].text_n, 6);
    assert_str_equal(str_slice(sentence.spoken, sentence.pieces[1].spoken_at, sentence.pieces[2].spoken_at), "百分之五");
    arena_finish(&arena);
}

static void test_no_folder(void **context)
{
    (void)context;
    Error error;
    assert_null(spoken_create("no-such-folder", &error));
    spoken_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),       cmocka_unit_test(test_every_rule), cmocka_unit_test(test_random_text), cmocka_unit_test(test_random_characters),
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_long_number), cmocka_unit_test(test_empty),       cmocka_unit_test(test_hostile_length),
        cmocka_unit_test(test_pieces),      cmocka_unit_test(test_no_folder),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
