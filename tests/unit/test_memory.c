/* Without memory: a sentence and a status of its own, never a crash. */
#include "support/support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

/* A sanitizer would end the program itself where an allocation is too big; this is what the tests are about. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void arena_asks(void)
{
    Arena arena = { 0 };
    arena_alloc(&arena, SIZE_MAX / 2);
}

static void array_asks(void)
{
    Arena arena = { 0 };
    arena_alloc_array(&arena, SIZE_MAX / 2, 16);
}

static void new_asks(void)
{
    memory_new(SIZE_MAX / 4, 2);
}

static void grown_asks(void)
{
    memory_grow(malloc(8), SIZE_MAX / 2, 16);
}

static void without_memory(void (*ask)(void), char *said, size_t room)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        ask();
        _exit(0);
    }
    close(ends[1]);
    size_t n = 0;
    for (ssize_t got; (got = read(ends[0], said + n, room - 1 - n)) > 0;) n += (size_t)got;
    said[n] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_SYSTEM);
}

static void whoever_asks_for_too_much_is_told(void **state)
{
    (void)state;
    void (*const asks[])(void) = { arena_asks, array_asks, new_asks, grown_asks };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
        char said[4096];
        without_memory(asks[i], said, sizeof said);
        assert_non_null(strstr(said, "dubao: there is not enough memory"));
        assert_int_equal(said[strlen(said) - 1], '\n');
    }
}

static void no_elements_are_memory_too(void **state)
{
    (void)state;
    void *none = memory_new(0, 8), *grown = memory_grow(NULL, 0, 8);
    assert_non_null(none);
    assert_non_null(grown);
    free(none);
    free(grown);
}

static void a_file_that_memory_is_too_small_for_is_not_missing(void **state)
{
    (void)state;
    Error error;
    errno = ENOMEM;
    error_set_errno(&error, STATUS_NO_INPUT, "cannot read %s", "lexicon.bin");
    error_own_data(&error);
    assert_int_equal(error.status, STATUS_SYSTEM);
    errno = ENOENT;
    error_set_errno(&error, STATUS_NO_INPUT, "cannot read %s", "lexicon.bin");
    error_own_data(&error);
    assert_int_equal(error.status, STATUS_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_asks_for_too_much_is_told),
        cmocka_unit_test(no_elements_are_memory_too),
        cmocka_unit_test(a_file_that_memory_is_too_small_for_is_not_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
