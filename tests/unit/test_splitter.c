#include "support/support.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "text/splitter.h"

static int setup(void **context)
{
    Arena arena = { 0 };
    Error error;
    Marks *marks = marks_create(data_path(&arena, "voices/mandarin"), &error);
    if (!marks) fail_msg("%s", error.text);
    *context = marks;
    arena_finish(&arena);
    return 0;
}

static int teardown(void **context)
{
    marks_destroy(*context);
    return 0;
}

/* Sentences joined by " | ". */
static bool check_row(void *context, const Table *row, Arena *arena, Str *got)
{
    Block block = { .role = ROLE_BODY, .text = row->field[0] };
    Splitter splitter = splitter_start(context, &block);
    Sentence sentence = { 0 };
    *got = STR("");
    while (splitter_next(&splitter, &sentence)) {
        *got = arena_printf(arena, "%.*s%s%.*s", STR_ARG(*got), got->n ? " | " : "", STR_ARG(sentence.text));
        sentence = (Sentence){ 0 };
    }
    return str_equal(*got, row->field[1]) && row->field[2].n > 0;
}

static void test_cases(void **context)
{
    check_cases("tests/cases/sentences.tsv", 30, check_row, *context);
}

typedef struct Tally {
    size_t sentences, longest;
    Break last;
} Tally;

/* Reads a block to its end and asserts what holds for any block. */
static Tally read_block(const Marks *marks, Role role, Str text)
{
    Block block = { .role = role, .line = 3, .text = text };
    Splitter splitter = splitter_start(marks, &block);
    Tally tally = { 0 };
    size_t covered = 0;
    Sentence sentence = { 0 };
    while (splitter_next(&splitter, &sentence)) {
        assert_true(sentence.text.n > 0);
        assert_int_equal(sentence.line, 3);
        assert_ptr_equal(sentence.text.s, text.s + sentence.text_at);
        assert_true(sentence.text_at >= covered);
        assert_int_equal(str_trim(str_slice(text, covered, sentence.text_at)).n, 0);
        assert_int_equal(utf8_valid_prefix(sentence.text), sentence.text.n);
        covered = sentence.text_at + sentence.text.n;
        size_t count = utf8_count(sentence.text);
        if (count > tally.longest) tally.longest = count;
        tally.sentences++;
        tally.last = sentence.after;
        sentence = (Sentence){ 0 };
    }
    assert_int_equal(str_trim(str_slice(text, covered, text.n)).n, 0);
    return tally;
}

static void test_breaks(void **context)
{
    assert_int_equal(read_block(*context, ROLE_TITLE, STR("题")).last, BREAK_HEADING);
    assert_int_equal(read_block(*context, ROLE_BODY, STR("甲。乙。 ")).last, BREAK_PARAGRAPH);
    assert_int_equal(read_block(*context, ROLE_BODY, STR("  ")).sentences, 0);
    assert_int_equal(read_block(*context, ROLE_BODY, STR("")).sentences, 0);
    Block block = { .role = ROLE_BODY, .text = STR("甲。乙。") };
    Splitter splitter = splitter_start(*context, &block);
    Sentence sentence = { 0 };
    assert_true(splitter_next(&splitter, &sentence));
    assert_int_equal(sentence.after, BREAK_SENTENCE);
}

static Str repeated(Arena *arena, const char *unit, size_t times)
{
    size_t n = strlen(unit);
    char *text = arena_alloc(arena, n * times);
    for (size_t i = 0; i < times; i++) memcpy(text + i * n, unit, n);
    return (Str){ text, n * times };
}

/* A text that never stops is cut, each sentence short, in linear time (the test would not end otherwise). */
static void test_endless(void **context)
{
    static const char *const UNITS[] = { "读", "读报，", "1", "a", "1.", "。", "-", "“", "”", "a.", "\"", "》", "，", "读。”", "读报 " };
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        Arena arena = { 0 };
        Tally tally = read_block(*context, ROLE_BODY, repeated(&arena, UNITS[i], 3000000 / strlen(UNITS[i])));
        assert_in_range(tally.longest, 1, 40 * SENTENCE_CHARACTERS_MAX);
        arena_finish(&arena);
    }
}

/* The cut is behind a clause where there is one, and never in a number. */
static void test_cut(void **context)
{
    Arena arena = { 0 };
    Str head = repeated(&arena, "读", 150), tail = repeated(&arena, "报", 100);
    Str text = arena_printf(&arena, "%.*s，%.*s", STR_ARG(head), STR_ARG(tail));
    Block block = { .role = ROLE_BODY, .text = text };
    Splitter splitter = splitter_start(*context, &block);
    Sentence sentence = { 0 };
    assert_true(splitter_next(&splitter, &sentence));
    assert_int_equal(sentence.text.n, 151 * 3);
    assert_int_equal(sentence.after, BREAK_CLAUSE);
    Str number = arena_printf(&arena, "%.*s%.*s1234567.5万", STR_ARG(head), STR_ARG(str_slice(head, 0, 46 * 3)));
    block.text = number;
    splitter = splitter_start(*context, &block);
    sentence = (Sentence){ 0 };
    assert_true(splitter_next(&splitter, &sentence));
    assert_int_equal(sentence.text.n, 196 * 3);
    arena_finish(&arena);
}

/* No sentence of a block that says something is marks alone. */
static void test_random(void **context)
{
    static const char *const PIECES[] = { "读", "报", "。", "”", "“", "，", "》", "！", "…", "\"", ".", "1", "a", " ", "—", "）", "、", "?" };
    uint32_t seed = 5;
    for (int round = 0; round < 20000; round++) {
        char text[256];
        size_t n = 0;
        for (int i = 0; i < 20; i++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = PIECES[(seed >> 8) % (sizeof PIECES / sizeof *PIECES)];
            memcpy(text + n, piece, strlen(piece));
            n += strlen(piece);
        }
        Block block = { .role = ROLE_BODY, .text = { text, n } };
        Splitter splitter = splitter_start(*context, &block);
        Sentence sentence = { 0 };
        read_block(*context, ROLE_BODY, block.text);
        while (splitter_next(&splitter, &sentence)) {
            bool says = false;
            for (Str rest = sentence.text; rest.n > 0;) {
                uint32_t code;
                rest = str_slice(rest, utf8_decode(rest, &code), rest.n);
                says |= marks_class(*context, code) == MARK_NONE;
            }
            if (!says && splitter.said_end > 0) fail_msg("\"%.*s\" of \"%.*s\" says nothing", STR_ARG(sentence.text), (int)n, text);
            sentence = (Sentence){ 0 };
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_breaks), cmocka_unit_test(test_endless),
        cmocka_unit_test(test_cut),   cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
