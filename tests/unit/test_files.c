/* Files: read whole, and written so that they appear whole or not at all. */
#include "support/support.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/file.h"
#include "support/scratch.h"

static void files_are_read_whole(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str bytes, path = scratch_file(&arena, "file", "读报");
    FileMap map;
    assert_ok(file_read(&arena, path.s, &bytes, &error), &error);
    assert_str_equal(bytes, "读报");
    assert_ok(file_map(&map, path.s, &error), &error);
    assert_str_equal(map.bytes, "读报");
    file_unmap(&map);
    file_unmap(&map);
    assert_ok(file_map(&map, scratch_file(&arena, "empty", "").s, &error), &error);
    assert_int_equal(map.bytes.n, 0);
    file_unmap(&map);
    assert_true(file_read(&arena, scratch_folder(), &bytes, &error) < 0);
    assert_int_equal(error.status, STATUS_NO_INPUT);
    assert_true(file_map(&map, "/nowhere/at/all", &error) < 0);
    assert_int_equal(error.status, STATUS_NO_INPUT);
    arena_finish(&arena);
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str path = arena_printf(&arena, "%s/pipe", scratch_folder()), bytes;
    enum { BLOCKS = 50, BLOCK = 10007 };
    assert_int_equal(mkfifo(path.s, 0600), 0);
    pid_t writer = fork();
    if (writer == 0) {
        char block[BLOCK];
        int fd = open(path.s, O_WRONLY);
        for (int i = 0; i < BLOCKS; i++) {
            memset(block, 'a' + i % 26, sizeof block);
            if (write_fully(fd, block, sizeof block, "", &error) < 0) _exit(1);
        }
        _exit(0);
    }
    assert_ok(file_read(&arena, path.s, &bytes, &error), &error);
    assert_int_equal(bytes.n, BLOCKS * BLOCK);
    for (size_t i = 0; i < bytes.n; i++)
        if (bytes.s[i] != 'a' + (int)(i / BLOCK) % 26) fail_msg("byte %zu is wrong", i);
    unlink(path.s);
    arena_finish(&arena);
}

static bool lies_there(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

static size_t count_files(const char *folder)
{
    size_t count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

static void a_file_appears_whole_or_not_at_all(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder;
    AtomicFile file;
    const char *path = arena_printf(&arena, "%s/deep/er", scratch_folder()).s;
    assert_ok(folder_open(&folder, &arena, path, &error), &error);
    assert_ok(atomic_open(&file, &folder, "a.txt", &error), &error);
    assert_ok(write_fully(file.fd, "one", 3, "a.txt", &error), &error);
    assert_false(lies_there(path, "a.txt"));
    assert_ok(atomic_commit(&file, &error), &error);
    atomic_discard(&file); /* after a commit, does nothing */
    assert_true(lies_there(path, "a.txt"));
    assert_int_equal(count_files(path), 1);

    assert_ok(atomic_open(&file, &folder, "a.txt", &error), &error);
    assert_ok(write_fully(file.fd, "two", 3, "a.txt", &error), &error);
    atomic_discard(&file);
    atomic_discard(&file);
    Str bytes;
    assert_ok(file_read(&arena, arena_printf(&arena, "%s/a.txt", path).s, &bytes, &error), &error);
    assert_str_equal(bytes, "one");
    assert_int_equal(count_files(path), 1);

    /* The name cannot be taken: the error says so, nothing stays. */
    assert_int_equal(mkdirat(folder.fd, "taken", 0700), 0);
    assert_ok(atomic_open(&file, &folder, "taken", &error), &error);
    assert_true(atomic_commit(&file, &error) < 0);
    assert_int_equal(error.status, STATUS_IO);
    assert_int_equal(count_files(path), 2);
    assert_ok(folder_sync(&folder, &error), &error);
    assert_ok(folder_remove(&folder, "a.txt", &error), &error);
    assert_ok(folder_remove(&folder, "a.txt", &error), &error); /* gone is gone */
    assert_false(lies_there(path, "a.txt"));
    folder_close(&folder);
    folder_close(&folder);
    arena_finish(&arena);
}

static void a_folder_belongs_to_one_and_is_cleaned(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder, other;
    const char *path = arena_printf(&arena, "%s/owned", scratch_folder()).s;
    assert_ok(folder_open(&folder, &arena, path, &error), &error);
    close(openat(folder.fd, ".dubao-part-x.wav", O_CREAT | O_WRONLY, 0600));
    close(openat(folder.fd, "kept.wav", O_CREAT | O_WRONLY, 0600));
    assert_true(folder_open(&other, &arena, path, &error) < 0);
    assert_int_equal(error.status, STATUS_CANNOT_CREATE);
    assert_int_equal(other.fd, -1);
    assert_true(lies_there(path, ".dubao-part-x.wav")); /* it may be the other one's */
    folder_close(&folder);
    assert_ok(folder_open(&other, &arena, path, &error), &error);
    assert_false(lies_there(path, ".dubao-part-x.wav"));
    assert_true(lies_there(path, "kept.wav"));
    int scratch = folder_scratch(&other, &error);
    assert_true(scratch >= 0);
    assert_int_equal(count_files(path), 1); /* it has no name */
    close(scratch);
    folder_close(&other);
    arena_finish(&arena);
}

/* As when the program is killed: nobody discards or commits it. */
static void what_is_not_finished_leaves_no_name(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder;
    AtomicFile file;
    const char *path = arena_printf(&arena, "%s/unfinished", scratch_folder()).s;
    assert_ok(folder_open(&folder, &arena, path, &error), &error);
    for (int i = 0; i < 2; i++) { /* the second time in the place of a file */
        assert_ok(atomic_open(&file, &folder, "x.wav", &error), &error);
        if (file.nameless) assert_int_equal(count_files(path), i);
        close(file.fd);
        folder_sweep(&folder);
        assert_int_equal(count_files(path), i);
        assert_ok(atomic_open(&file, &folder, "x.wav", &error), &error);
        assert_ok(write_fully(file.fd, "12", (size_t)i + 1, "x.wav", &error), &error);
        assert_ok(atomic_commit(&file, &error), &error);
        assert_int_equal(count_files(path), 1);
        struct stat about;
        assert_int_equal(fstatat(folder.fd, "x.wav", &about, 0), 0);
        assert_int_equal(about.st_size, i + 1);
    }
    folder_close(&folder);
    arena_finish(&arena);
}

static void a_folder_that_cannot_be(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder;
    Str file = scratch_file(&arena, "in-the-way", "x");
    const char *const paths[] = { "", file.s, arena_printf(&arena, "%s/below", file.s).s, "/proc/dubao/out" };
    for (size_t i = 0; i < 4; i++) {
        assert_true(folder_open(&folder, &arena, paths[i], &error) < 0);
        assert_int_equal(error.status, STATUS_CANNOT_CREATE);
        folder_close(&folder);
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_read_whole),
        cmocka_unit_test(a_pipe_is_read_to_its_end),
        cmocka_unit_test(a_file_appears_whole_or_not_at_all),
        cmocka_unit_test(a_folder_belongs_to_one_and_is_cleaned),
        cmocka_unit_test(what_is_not_finished_leaves_no_name),
        cmocka_unit_test(a_folder_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
