/* Tone sandhi: tests/cases/sandhi.tsv; what a style lets go: weak.tsv. */
#include "support/pinyin_support.h"

static Str surface_of(const Pinyin *pinyin, Str text, Arena *arena)
{
    Str out = { 0 };
    Sentence sentence = pinyin_sentence(pinyin, text, arena);
    pinyin_sandhi(pinyin->readings, &sentence);
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++)
            out = arena_printf(arena, "%.*s%d", STR_ARG(out), sentence.words[i].syllables[j].surface);
    return out;
}

static bool check_sandhi(void *context, const Table *row, Arena *arena, Str *got)
{
    *got = surface_of(context, row->field[0], arena);
    return str_equal(*got, row->field[1]);
}

static bool check_styles(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    Str broadcast = surface_of(pinyin, row->field[0], arena);
    assert_true(pinyin_set_style(pinyin->readings, STR("colloquial")));
    Str colloquial = surface_of(pinyin, row->field[0], arena);
    assert_true(pinyin_set_style(pinyin->readings, STR("broadcast")));
    *got = arena_printf(arena, "%.*s %.*s", STR_ARG(broadcast), STR_ARG(colloquial));
    return str_equal(broadcast, row->field[1]) && str_equal(colloquial, row->field[2]);
}

static void styles_let_tones_go(void **state)
{
    const Pinyin *pinyin = *state;
    check_cases("tests/cases/weak.tsv", 15, check_styles, *state);
    assert_false(pinyin_set_style(pinyin->readings, STR("solemn")));
}

static void surface_tones_are_right(void **state)
{
    check_cases("tests/cases/sandhi.tsv", 100, check_sandhi, *state);
}

/* The lexical tone stays what it was, and a second run changes nothing. */
static void sandhi_keeps_lexical_tones(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(pinyin, STR("你好"), &arena);
    for (int run = 0; run < 2; run++) {
        pinyin_sandhi(pinyin->readings, &sentence);
        assert_int_equal(sentence.words[0].syllables[0].tone, 3);
        assert_int_equal(sentence.words[0].syllables[0].surface, 2);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surface_tones_are_right),
        cmocka_unit_test(styles_let_tones_go),
        cmocka_unit_test(sandhi_keeps_lexical_tones),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
