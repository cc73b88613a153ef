/* What a message needs before it reaches a person: whole characters, columns, names for people. */
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/report.h"
#include "base/utf8.h"
#include "commands/console.h"
#include "support/support.h"

static void cut_texts_keep_whole_characters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n, whole;
    } CASES[] = {
        { "", 0, 0 },          { "ab", 2, 2 },          { "读报", 6, 6 },   { "读报", 5, 3 },       { "读报", 4, 3 },
        { "读", 2, 0 },        { "读", 1, 0 },          { "é", 1, 0 },      { "a𠀀", 5, 5 },        { "a𠀀", 4, 1 },
        { "a𠀀", 2, 1 },       { "\x80\x80\x80", 3, 3 }, { "a\x80", 2, 2 }, { "\x80\x80\x80\x80\x80", 5, 5 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) assert_int_equal(utf8_whole(CASES[i].text, CASES[i].n), CASES[i].whole);
}

static void keep_last(void *context, const char *text)
{
    strcpy(context, text);
}

static void long_messages_end_in_a_whole_character(void **state)
{
    (void)state;
    char name[1024] = "", said[1024];
    for (int i = 0; i < 300; i++) strcat(name, "长");
    for (int shift = 0; shift < 3; shift++) {
        Error error;
        error_set(&error, STATUS_DATA, "%.*s%s", shift, "ab", name);
        assert_int_equal(utf8_valid_prefix(str_from(error.text)), strlen(error.text));
        error_set_errno(&error, STATUS_DATA, "%.*s%s", shift, "ab", name);
        assert_int_equal(utf8_valid_prefix(str_from(error.text)), strlen(error.text));
        report_warn(&(Report){ keep_last, said }, "%.*s%s", shift, "ab", name);
        assert_int_equal(utf8_valid_prefix(str_from(said)), strlen(said));
        assert_true(strlen(said) > 500);
    }
}

static void chinese_takes_two_columns(void **state)
{
    (void)state;
    assert_int_equal(console_columns(STR("")), 0);
    assert_int_equal(console_columns(STR("-o DIR")), 6);
    assert_int_equal(console_columns(STR("-o 文件夹（x）")), 3 + 6 + 4 + 1);
    assert_int_equal(console_columns(STR("e\xCC\x81")), 1);
}

static void standard_input_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(file_title(STR("-")).s, "standard input");
    assert_string_equal(file_title(STR("a-.md")).s, "a-.md");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cut_texts_keep_whole_characters),
        cmocka_unit_test(long_messages_end_in_a_whole_character),
        cmocka_unit_test(chinese_takes_two_columns),
        cmocka_unit_test(standard_input_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
