#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

static const char *path_under(Arena *arena, const char *variable, const char *relative)
{
    const char *folder = getenv(variable);
    if (!folder) fail_msg("%s is not set; run the tests through ctest", variable);
    return arena_printf(arena, "%s/%s", folder, relative).s;
}

const char *source_path(Arena *arena, const char *relative)
{
    return path_under(arena, "DUBAO_SOURCE", relative);
}

const char *data_path(Arena *arena, const char *relative)
{
    return path_under(arena, "DUBAO_DATA", relative);
}

void assert_ok(int result, const Error *error)
{
    if (result < 0) fail_msg("status %d: %s", (int)error->status, error->text);
}

void assert_str_equal(Str got, const char *wanted)
{
    if (!str_equal(got, str_from(wanted))) fail_msg("got \"%.*s\", wanted \"%s\"", STR_ARG(got), wanted);
}

void check_cases(const char *relative, int least, CaseCheck *check, void *context)
{
    Arena arena = { 0 };
    Error error;
    Table table;
    int rows = 0, wrong = 0, more;
    assert_ok(table_open(&table, &arena, source_path(&arena, relative), &error), &error);
    while ((more = table_next(&table, 2, &error)) > 0) {
        ArenaMark mark = arena_mark(&arena);
        Str got = { 0 };
        rows++;
        if (!check(context, &table, &arena, &got)) {
            wrong++;
            fprintf(stderr, "%s:%d: %.*s: wanted \"%.*s\", got \"%.*s\"\n", relative, table.line, STR_ARG(table.field[0]),
                    STR_ARG(table.field[1]), STR_ARG(got));
        }
        arena_reset(&arena, mark);
    }
    assert_ok(more, &error);
    arena_finish(&arena);
    printf("%s: %d of %d cases right\n", relative, rows - wrong, rows);
    assert_int_equal(wrong, 0);
    assert_true(rows >= least);
}
