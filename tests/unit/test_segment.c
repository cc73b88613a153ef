/* Word segmentation: tests/cases/segments.tsv. */
#include "support/pinyin_support.h"

#include <string.h>

#include "pinyin/readings.h"

static bool check_segments(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    Sentence sentence = { .spoken = row->field[0] };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, arena);
    for (size_t i = 0; i < sentence.word_count; i++)
        *got = arena_printf(arena, "%.*s%s%.*s", STR_ARG(*got), i ? "/" : "", STR_ARG(sentence.words[i].text));
    return str_equal(*got, row->field[1]);
}

static void segments_are_right(void **state)
{
    check_cases("tests/cases/segments.tsv", 25, check_segments, *state);
}

static void words_bear_their_class(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Sentence sentence = { .spoken = STR("银行，鿿") };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, &arena);
    assert_int_equal(sentence.word_count, 3);
    assert_str_equal(sentence.words[0].tag, "n");
    assert_int_equal(sentence.words[1].kind, WORD_MARK);
    assert_int_equal(sentence.words[2].tag.n, 0);
    arena_finish(&arena);
}

/* One run of a million letters, and one of a million characters, take one pass. */
static void long_runs_take_one_pass(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    size_t n = 1000000;
    char *letters = arena_alloc(&arena, n);
    memset(letters, 'a', n);
    Sentence sentence = { .spoken = { letters, n } };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, &arena);
    assert_int_equal(sentence.word_count, 1);
    pinyin_read(pinyin->lexicon, pinyin->readings, &sentence, &arena);
    assert_int_equal(sentence.words[0].syllable_count, n);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(segments_are_right),
        cmocka_unit_test(words_bear_their_class),
        cmocka_unit_test(long_runs_take_one_pass),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
