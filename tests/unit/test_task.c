/* Work in a child: its answer, its error, its death. */
#include "support/support.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/task.h"

static int work(const void *context, void *answer, Error *error)
{
    const int *kind = context;
    if (*kind == 1) return error_set(error, STATUS_IO, "no room for %d", *kind);
    if (*kind == 2) raise(SIGKILL);
    if (*kind == 3) pause();
    *(int *)answer = 40 + *kind;
    return 0;
}

static void an_answer_an_error_and_a_death_come_back(void **state)
{
    (void)state;
    Error error;
    Task *tasks[5];
    int kinds[] = { 2, 1, 0, 4, 5 }, answer = 0;
    for (int i = 0; i < 5; i++) assert_ok(task_start(&tasks[i], work, &kinds[i], sizeof answer, &error), &error);
    assert_true(task_finish(tasks[0], &answer, &error) < 0 && error.status == STATUS_UNAVAILABLE);
    assert_true(task_finish(tasks[1], &answer, &error) < 0 && error.status == STATUS_IO);
    assert_string_equal(error.text, "no room for 1");
    for (int i = 2; i < 5; i++) {
        assert_ok(task_finish(tasks[i], &answer, &error), &error);
        assert_int_equal(answer, 40 + kinds[i]);
    }
}

static void one_that_hangs_is_ended(void **state)
{
    (void)state;
    Error error;
    Task *task, *quick;
    int hangs = 3, ends = 0, answer;
    assert_ok(task_start(&task, work, &hangs, sizeof answer, &error), &error);
    assert_ok(task_start(&quick, work, &ends, sizeof answer, &error), &error);
    while (!task_is_done(quick)) usleep(1000);
    assert_false(task_is_done(task));
    task_cancel(task);
    task_cancel(NULL);
    assert_ok(task_finish(quick, &answer, &error), &error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_an_error_and_a_death_come_back),
        cmocka_unit_test(one_that_hangs_is_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
