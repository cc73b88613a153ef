/* The tone of a 一 that the page has as a figure, from the text on: tests/cases/sandhi_figures.tsv. */
#include "support/support.h"

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

static bool check_figure(void *context, const Table *row, Arena *arena, Str *got)
{
    Sentence sentence = { .text = row->field[0], .line = 1 };
    reader_read(context, &sentence, arena);
    for (size_t i = 0; i < sentence.word_count; i++)
        for (size_t j = 0; j < sentence.words[i].syllable_count; j++)
            *got = arena_printf(arena, "%.*s%d", STR_ARG(*got), sentence.words[i].syllables[j].surface);
    return str_equal(*got, row->field[1]);
}

static void figures_keep_their_tone(void **state)
{
    check_cases("tests/cases/sandhi_figures.tsv", 15, check_figure, *state);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(figures_keep_their_tone) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
