/* A user's lexicon: pinyin as people write it, lines and W3C PLS that are wrong, and readings that win. */
#include "support/pinyin_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pinyin/user_lexicon.h"
#include "pinyin/written.h"

typedef struct Said {
    char lines[2048];
    int count;
} Said;

static void warn(void *context, const char *text)
{
    Said *said = context;
    strncat(said->lines, text, sizeof said->lines - strlen(said->lines) - 2);
    strcat(said->lines, "\n");
    said->count++;
}

static bool check_written(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    *got = reading_as_ours(pinyin->readings, row->field[0], strtoul(row->field[1].s, NULL, 10), arena);
    if (got->n == 0) *got = STR("-");
    return str_equal(*got, row->field[2]);
}

static void readings_are_understood_as_people_write_them(void **state)
{
    check_cases("tests/cases/written_readings.tsv", 25, check_written, *state);
}

/* Fresh readings with a lexicon of the user's. */
static int with_lexicon(Pinyin *pinyin, const char *text, Said *said, Error *error)
{
    readings_destroy(pinyin->readings);
    pinyin->readings = readings_create(data_path(&pinyin->arena, "voices/mandarin"), error);
    assert_non_null(pinyin->readings);
    return user_lexicon_read(pinyin->readings, str_from(text), "words", &(Report){ warn, said }, error);
}

static void put_word(void *context, Str word, Str reading)
{
    FILE *out = context;
    fprintf(out, "%.*s=%.*s;", STR_ARG(word), STR_ARG(reading));
}

static void assert_words(const Pinyin *pinyin, const char *wanted)
{
    char *got;
    size_t n;
    FILE *out = open_memstream(&got, &n);
    pinyin_each_user_word(pinyin->readings, put_word, out);
    fclose(out);
    assert_string_equal(got, wanted);
    free(got);
}

static void assert_reading(const Pinyin *pinyin, const char *text, const char *wanted)
{
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(pinyin, str_from(text), &arena);
    Str out = { 0 };
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++) {
            const Syllable *syllable = &sentence.words[i].syllables[j];
            out = arena_printf(&arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(syllable->base), syllable->tone);
        }
    assert_str_equal(out, wanted);
    arena_finish(&arena);
}

static void bad_lines_are_named_and_the_rest_is_used(void **state)
{
    Said said = { "", 0 };
    Error error = { 0 };
    assert_ok(with_lexicon(*state, "\xEF\xBB\xBF# mine\n\n银行\tyin2 hang3\n单个\n三字 san1\n和/或 he2 huo4\n银行　yín xíng\r\n行 xyz9\n", &said, &error), &error);
    assert_words(*state, "银行=yin2 xing2;"); /* the last of two counts */
    assert_int_equal(said.count, 5);
    assert_non_null(strstr(said.lines, "words:7: line 3 has another reading of 银行"));
    assert_non_null(strstr(said.lines, "words:4: "));
    assert_non_null(strstr(said.lines, "words:5: "));
    assert_non_null(strstr(said.lines, "words:6: "));
    assert_non_null(strstr(said.lines, "words:8: "));
}

static void a_line_with_a_bad_byte_costs_no_other(void **state)
{
    Said said = { "", 0 };
    Error error = { 0 };
    assert_ok(with_lexicon(*state, "银行 yin2 xing2\n行\xff xing2\n#\xff\n行家 hang2 jia5\n银行 yín xíng\n", &said, &error), &error);
    assert_words(*state, "行家=hang2 jia5;银行=yin2 xing2;");
    assert_int_equal(said.count, 1); /* the same again is no other reading */
    assert_non_null(strstr(said.lines, "words:2: "));
    assert_true(with_lexicon(*state, "\xD2\xF8\xD0\xD0 yin2 xing2\n# ASCII\n", &said, &error) < 0); /* GB18030 */
}

static void the_users_word_wins_over_ours(void **state)
{
    Said said = { "", 0 };
    Error error = { 0 };
    assert_ok(with_lexicon(*state, "银行 yin2 xing2\n重庆路 zhong4qing4lu4\nNASA nei1 ai1\n玩儿 wan2 er2\n行家 hang2 jia5\n", &said, &error), &error);
    assert_int_equal(said.count, 0);
    assert_reading(*state, "银行", "yin2 xing2");
    assert_reading(*state, "中国银行家", "zhong1 guo2 yin2 xing2 jia1"); /* the leftmost word, across the bounds of ours */
    assert_reading(*state, "去重庆路", "qu4 zhong4 qing4 lu4");
    assert_reading(*state, "重庆", "chong2 qing4");
    assert_reading(*state, "NASA", "nei1 ai1");
    assert_reading(*state, "玩儿", "wan2 er2");
}

static void letters_are_no_word_inside_a_longer_run(void **state)
{
    Said said = { "", 0 };
    Error error = { 0 };
    assert_ok(with_lexicon(*state, "AB ei1\n", &said, &error), &error);
    assert_reading(*state, "AB", "ei1");
    assert_reading(*state, "去AB", "qu4 ei1");
    assert_int_equal(said.count, 0);
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(*state, STR("ABC"), &arena);
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++) assert_int_not_equal(sentence.words[i].syllables[j].source, SOURCE_USER);
    arena_finish(&arena);
}

static const char PLS[] =
    "<?xml version=\"1.0\"?>\n<lexicon version=\"1.0\" alphabet=\"x-pinyin\" xml:lang=\"zh-CN\" xmlns=\"http://www.w3.org/2005/01/pronunciation-lexicon\">\n"
    "<lexeme><grapheme>行</grapheme><grapheme>銀行</grapheme><phoneme>xing2</phoneme></lexeme>\n"
    "<lexeme><grapheme>长</grapheme><phoneme>chang2</phoneme><phoneme prefer=\"true\">zhang3</phoneme></lexeme>\n"
    "<lexeme><grapheme>好</grapheme><phoneme alphabet=\"ipa\">xɑʊ</phoneme></lexeme>\n"
    "<lexeme><grapheme>坏</grapheme><alias>好</alias></lexeme>\n"
    "</lexicon>\n";

static void pls_is_read(void **state)
{
    Said said = { "", 0 };
    Error error = { 0 };
    assert_ok(with_lexicon(*state, PLS, &said, &error), &error);
    assert_words(*state, "行=xing2;长=zhang3;");
    assert_int_equal(said.count, 3);
    assert_non_null(strstr(said.lines, "words:3: ")); /* 銀行 has two characters */
    assert_non_null(strstr(said.lines, "words:5: "));
    assert_non_null(strstr(said.lines, "words:6: "));
}

static void what_is_no_lexicon_is_an_error(void **state)
{
    static const char *const TEXTS[] = {
        "<html><body>page</body></html>", "<lexicon><lexeme>", "<", "\xff\xfe",
        "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><html>&b;</html>",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        Said said = { "", 0 };
        Error error = { 0 };
        assert_true(with_lexicon(*state, TEXTS[i], &said, &error) < 0);
        assert_int_equal(error.status, STATUS_DATA);
        assert_words(*state, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings_are_understood_as_people_write_them),
        cmocka_unit_test(bad_lines_are_named_and_the_rest_is_used),
        cmocka_unit_test(a_line_with_a_bad_byte_costs_no_other),
        cmocka_unit_test(the_users_word_wins_over_ours),
        cmocka_unit_test(letters_are_no_word_inside_a_longer_run),
        cmocka_unit_test(pls_is_read),
        cmocka_unit_test(what_is_no_lexicon_is_an_error),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
