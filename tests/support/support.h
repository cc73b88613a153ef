/* What every test needs: cmocka, the project's folders, tables of cases. */
#ifndef DUBAO_TESTS_SUPPORT_H
#define DUBAO_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/table.h"

/* Paths, in the arena. They come from the environment that ctest sets, so that a test program runs anywhere. */
const char *source_path(Arena *arena, const char *relative); /* in the checkout: "tests/cases/years.tsv" */
const char *data_path(Arena *arena, const char *relative);   /* in the data folder: "voices/mandarin" */

/* Fails the test with the error's words when `result` is negative. */
void assert_ok(int result, const Error *error);
void assert_str_equal(Str got, const char *wanted);

/* Runs `check` on each row of a table of cases and fails once, at the end, after every wrong row was printed with its
 * line. A check returns false for a wrong row and puts what it got into `got`. At least `least` rows must be there: a
 * table that lost its rows cannot pass. */
typedef bool CaseCheck(void *context, const Table *row, Arena *arena, Str *got);
void check_cases(const char *relative, int least, CaseCheck *check, void *context);

#endif
