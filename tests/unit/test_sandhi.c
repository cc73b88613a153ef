/* Tone sandhi: tests/cases/sandhi.tsv. */
#include "support/pinyin_support.h"

static bool check_sandhi(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    Sentence sentence = pinyin_sentence(pinyin, row->field[0], arena);
    pinyin_sandhi(pinyin->readings, &sentence);
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++)
            *got = arena_printf(arena, "%.*s%d", STR_ARG(*got), sentence.words[i].syllables[j].surface);
    return str_equal(*got, row->field[1]);
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
        cmocka_unit_test(sandhi_keeps_lexical_tones),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
