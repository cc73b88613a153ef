/* Readings written into the text (tests/cases/rubies.tsv): they decide, they are silent, and what only looks like one is spoken and warned about. */
#include "support/support.h"

#include <string.h>

#include "commands/reader.h"

static int setup(void **state)
{
    static Reader reader;
    Error error = { 0 };
    assert_ok(reader_open(&reader, &(Settings){ 0 }, NULL, &error), &error);
    *state = &reader;
    return 0;
}

static int teardown(void **state)
{
    reader_close(*state);
    return 0;
}

static void keep(void *context, const char *text)
{
    char *warned = context;
    strncat(warned, text, 511 - strlen(warned));
}

static void assert_silent(const Sentence *sentence, const Ruby *ruby)
{
    size_t i = 0;
    while (i < sentence->piece_count && sentence->pieces[i].text_at != ruby->text_at) i++;
    assert_true(i < sentence->piece_count);
    assert_int_equal(sentence->pieces[i].spoken_n, 0);
    assert_int_equal(sentence->pieces[i].text_n, ruby->text_n);
}

static bool check_ruby(void *context, const Table *row, Arena *arena, Str *got)
{
    Sentence sentence = { .text = row->field[0], .line = 7 };
    char warned[512] = "";
    size_t decided = 0;
    reader_read(context, &sentence, arena);
    reader_report_unread(&sentence, STR("page"), &(Unread){ 0 }, &(Report){ keep, warned });
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++) {
            const Syllable *syllable = &sentence.words[i].syllables[j];
            *got = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(*got), got->n ? " " : "", STR_ARG(syllable->base), syllable->tone);
            decided += syllable->source == SOURCE_TEXT;
        }
    for (size_t i = 0; i < sentence.ruby_count; i++)
        if (!sentence.rubies[i].fault) assert_silent(&sentence, &sentence.rubies[i]);
    if (str_equal(row->field[2], STR("-"))) return str_equal(*got, row->field[1]) && *warned == '\0';
    Str wanted = arena_printf(arena, "page:7: '%.*s' ", STR_ARG(row->field[2]));
    *got = arena_printf(arena, "%.*s (%s)", STR_ARG(*got), warned);
    return decided == 0 && str_starts(*got, row->field[1]) && strstr(warned, wanted.s);
}

static void readings_in_the_text_decide(void **state)
{
    check_cases("tests/cases/rubies.tsv", 35, check_ruby, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(readings_in_the_text_decide) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
