/* Traditional characters are read by their simplified form, and stay in what is spoken. */
#include "support/pinyin_support.h"

#include "base/utf8.h"

static Sentence read_sentence(const Pinyin *pinyin, Str text, Arena *arena)
{
    Sentence sentence = { .text = text, .spoken = text };
    Str written = pinyin_simplify(pinyin->readings, &sentence, arena);
    assert_int_equal(sentence.spoken.n, text.n);
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, arena);
    pinyin_read(pinyin->lexicon, pinyin->readings, &sentence, arena);
    pinyin_keep_readings(pinyin->readings, &sentence, written);
    pinyin_restore(&sentence, written);
    assert_ptr_equal(sentence.spoken.s, text.s);
    size_t at = 0;
    for (size_t i = 0; i < sentence.word_count; at += sentence.words[i++].text.n) assert_ptr_equal(sentence.words[i].text.s, text.s + at);
    assert_int_equal(at, text.n);
    return sentence;
}

static Str reading_of(const Pinyin *pinyin, Str text, Arena *arena)
{
    Sentence sentence = read_sentence(pinyin, text, arena);
    Str out = { 0 };
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++) {
            const Syllable *syllable = &sentence.words[i].syllables[j];
            out = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(syllable->base), syllable->tone);
        }
    return out;
}

static bool check_pair(void *context, const Table *row, Arena *arena, Str *got)
{
    *got = reading_of(context, row->field[0], arena);
    return str_equal(*got, reading_of(context, row->field[1], arena));
}

static bool check_reading(void *context, const Table *row, Arena *arena, Str *got)
{
    *got = reading_of(context, row->field[0], arena);
    return str_equal(*got, row->field[1]);
}

static void pairs_are_read_alike(void **state)
{
    check_cases("tests/cases/traditional.tsv", 65, check_pair, *state);
}

static void what_is_written_decides_between_merged_characters(void **state)
{
    check_cases("tests/cases/traditional_readings.tsv", 7, check_reading, *state);
}

static void simplified_text_is_left_alone(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Sentence sentence = { .spoken = STR("慰藉乾坤，沈阳瞭望") };
    Str written = pinyin_simplify(pinyin->readings, &sentence, &arena);
    assert_ptr_equal(sentence.spoken.s, written.s);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_read_alike),
        cmocka_unit_test(what_is_written_decides_between_merged_characters),
        cmocka_unit_test(simplified_text_is_left_alone),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
