/* Arena, views, UTF-8, tables, errors. */
#include "support/support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "support/scratch.h"

/* ---- arena ---- */

static void arena_gives_zeroed_aligned_memory_again_and_again(void **state)
{
    (void)state;
    Arena arena = { 0 };
    for (int round = 0; round < 3; round++) {
        ArenaMark mark = arena_mark(&arena);
        for (size_t n = 0; n < 300; n++) {
            unsigned char *memory = arena_alloc(&arena, n);
            assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < n; i++)
                if (memory[i] != 0) fail_msg("byte %zu of %zu is not zeroed", i, n);
            memset(memory, 0xAA, n); /* the next round must not see it */
        }
        arena_reset(&arena, mark);
    }
    arena_finish(&arena);
    assert_null(arena.chunk);
}

static void arena_reset_keeps_what_is_older(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Str before = arena_str(&arena, STR("读报"));
    ArenaMark mark = arena_mark(&arena);
    for (int i = 0; i < 5; i++) memset(arena_alloc(&arena, 100000), 'x', 100000); /* chunks of their own */
    arena_reset(&arena, mark);
    assert_str_equal(before, "读报");
    arena_reset(&arena, (ArenaMark){ NULL, 0 });
    assert_null(arena.chunk);
    arena_finish(&arena);
}

static void arena_grows_in_place_and_elsewhere(void **state)
{
    (void)state;
    Arena arena = { 0 };
    uint32_t *numbers = NULL;
    for (uint32_t i = 0; i < 100000; i++) {
        if (i % 1000 == 0) arena_alloc(&arena, 1); /* something stands in the way */
        numbers = arena_grow(&arena, numbers, i, i + 1, sizeof *numbers);
        if (numbers[i] != 0) fail_msg("element %u is not zeroed", i);
        numbers[i] = i;
    }
    for (uint32_t i = 0; i < 100000; i++)
        if (numbers[i] != i) fail_msg("element %u was lost", i);
    arena_finish(&arena);
}

/* An array that is larger than a chunk and grows by one: it must not be copied each time. */
static void arena_growth_is_linear(void **state)
{
    (void)state;
    Arena arena = { 0 };
    char *bytes = NULL;
    size_t moved = 0;
    for (size_t i = 0; i < 4000000; i++) {
        char *grown = arena_grow(&arena, bytes, i, i + 1, 1);
        moved += grown != bytes;
        bytes = grown;
        bytes[i] = 'x';
    }
    assert_true(moved < 40);
    assert_null(memchr(bytes, 0, 4000000));
    char *next = arena_alloc(&arena, 10); /* what comes after it does not lie in it */
    assert_true(next < bytes || next >= bytes + 4000000);
    arena_finish(&arena);
}

static void arena_text_ends_in_nul(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Str copy = arena_str(&arena, str_slice(STR("abcdef"), 0, 3));
    assert_int_equal(copy.n, 3);
    assert_string_equal(copy.s, "abc");
    assert_string_equal(arena_str(&arena, (Str){ 0 }).s, "");
    assert_string_equal(arena_printf(&arena, "%d-%.*s", 7, STR_ARG(copy)).s, "7-abc");
    arena_finish(&arena);
}

/* ---- views ---- */

static void views_compare_and_cut(void **state)
{
    (void)state;
    assert_true(str_equal((Str){ 0 }, str_from(NULL)));
    assert_true(str_equal((Str){ 0 }, STR("")));
    assert_false(str_equal(STR("ab"), STR("abc")));
    assert_true(str_compare(STR("ab"), STR("abc")) < 0 && str_compare(STR("b"), STR("abc")) > 0 && str_compare(STR("a"), STR("a")) == 0);
    assert_true(str_starts(STR("读报"), STR("读")) && !str_starts(STR("读"), STR("读报")) && str_ends(STR("读报"), STR("报")));
    assert_int_equal(str_find(STR("aXbX"), STR("X")), 1);
    assert_int_equal(str_find(STR("aXbX"), STR("Y")), 4);
    assert_str_equal(str_slice(STR("abc"), 2, 9), "c");
    assert_str_equal(str_slice(STR("abc"), 7, 9), "");
    assert_str_equal(str_trim(STR(" \t\xE3\x80\x80 读 报\xE3\x80\x80\r\n")), "读 报");
    assert_str_equal(str_trim(STR("\xE3\x80\x80")), "");
}

static void views_split_at_every_separator(void **state)
{
    (void)state;
    Str rest = STR("a,,b,");
    assert_str_equal(str_split(&rest, ','), "a");
    assert_str_equal(str_split(&rest, ','), "");
    assert_str_equal(str_split(&rest, ','), "b");
    assert_int_equal(rest.n, 0);
    assert_str_equal(str_split(&rest, ','), "");
}

static void numbers_are_whole_texts(void **state)
{
    (void)state;
    long whole;
    double decimal;
    assert_true(str_to_long(STR("-42"), &whole) && whole == -42);
    assert_true(str_to_long(STR("+9223372036854775807"), &whole) && whole == INT64_MAX);
    assert_true(str_to_long(STR("-9223372036854775808"), &whole) && whole == INT64_MIN);
    assert_true(str_to_double(STR("-16.5"), &decimal) && decimal == -16.5);
    const char *const no_whole[] = { "", " 1", "1 ", "1x", "x", "1.5", "99999999999999999999", "9223372036854775808", "-9223372036854775809", "-", "--1", "1\n" };
    for (size_t i = 0; i < sizeof no_whole / sizeof *no_whole; i++) assert_false(str_to_long(str_from(no_whole[i]), &whole));
    const char *const no_decimal[] = { "", " 1", "nan", "inf", "-inf", "1e999", "1,5", "0x" };
    for (size_t i = 0; i < sizeof no_decimal / sizeof *no_decimal; i++) assert_false(str_to_double(str_from(no_decimal[i]), &decimal));
    assert_false(str_to_long((Str){ "1\0", 2 }, &whole)); /* a NUL is no end */
}

static void hash_tells_where_one_text_ends(void **state)
{
    (void)state;
    assert_true(hash_str(hash_str(HASH_START, STR("ab")), STR("c")) != hash_str(hash_str(HASH_START, STR("a")), STR("bc")));
    assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c)); /* FNV-1a's own test value */
}

/* ---- UTF-8 ---- */

static void utf8_round_trip_of_every_character(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        uint32_t back;
        size_t n = utf8_encode(code, bytes);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF, right = utf8_decode((Str){ bytes, n }, &back) == n;
        right = right && back == (surrogate ? 0xFFFD : code) && n == (code < 0x80 ? 1U : code < 0x800 ? 2U : code < 0x10000 ? 3U : 4U);
        right = right && (n == 1 || utf8_decode((Str){ bytes, n - 1 }, &back) == 1); /* cut short: one stray byte */
        if (!right) fail_msg("U+%04X is written or read wrong", code);
    }
    char bytes[4];
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void utf8_invalid_bytes_are_one_replacement_each(void **state)
{
    (void)state;
    const char *const bad[] = { "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
                                "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE4\xBD", "\xE4\xBD-",
                                "\xF0\x9F\x98" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t code;
        Str text = str_from(bad[i]);
        assert_int_equal(utf8_decode(text, &code), 1);
        assert_int_equal(code, 0xFFFD);
        assert_int_equal(utf8_valid_prefix(text), 0);
        size_t steps = 0;
        while (utf8_next(&text).n > 0) steps++;
        assert_int_equal(steps, str_from(bad[i]).n);
    }
    assert_int_equal(utf8_valid_prefix(STR("读报\xFF")), 6);
    assert_int_equal(utf8_valid_prefix(STR("\xEF\xBF\xBDok")), 5); /* U+FFFD itself is valid */
    assert_int_equal(utf8_count(STR("读x报")), 3);
}

static void utf8_last_character(void **state)
{
    (void)state;
    assert_str_equal(utf8_last(STR("a读")), "读");
    assert_str_equal(utf8_last(STR("读a")), "a");
    assert_str_equal(utf8_last(STR("读\xF0\xA0\x80\x80")), "\xF0\xA0\x80\x80");
    assert_int_equal(utf8_last((Str){ 0 }).n, 0);
    assert_int_equal(utf8_last(STR("\x80\x80\x80\x80\x80\x80")).n, 4); /* never more than a character can have */
}

static void utf8_han(void **state)
{
    (void)state;
    const uint32_t han[] = { 0x4E00, 0x9FFF, 0x3400, 0x3007, 0x20000, 0x323AF, 0xF900 }, other[] = { 'a', 0x3001, 0x3042, 0xAC00, 0x3006, 0x1F600 };
    for (size_t i = 0; i < sizeof han / sizeof *han; i++) assert_true(utf8_is_han(han[i]));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) assert_false(utf8_is_han(other[i]));
}

/* ---- tables ---- */

static void table_rows_and_their_lines(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Table table;
    Str path = scratch_file(&arena, "rows.tsv", "# why\n\na\tb\r\n  x  \t y \tz\n#\nlast\tline");
    assert_ok(table_open(&table, &arena, path.s, &error), &error);
    assert_int_equal(table_next(&table, 2, &error), 1);
    assert_int_equal(table.line, 3);
    assert_str_equal(table.field[1], "b");
    assert_int_equal(table_next(&table, 2, &error), 1);
    assert_int_equal(table.count, 3);
    assert_str_equal(table.field[0], "x");
    assert_int_equal(table_next(&table, 2, &error), 1);
    assert_int_equal(table.line, 6);
    assert_str_equal(table.field[1], "line");
    assert_int_equal(table.field[2].n, 0);
    assert_int_equal(table_next(&table, 2, &error), 0);
    assert_int_equal(table_next(&table, 2, &error), 0);
    arena_finish(&arena);
}

static void table_faults_name_file_and_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } CASES[] = {
        { "a\tb\nonly\n", "faults.tsv:2: 2 fields wanted, 1 found" },
        { "#\n#\n1\t2\t3\t4\t5\t6\t7\t8\t9\n", "faults.tsv:3: more than 8 fields" },
    };
    for (size_t i = 0; i < 2; i++) {
        Arena arena = { 0 };
        Error error;
        Table table;
        assert_ok(table_open(&table, &arena, scratch_file(&arena, "faults.tsv", CASES[i].text).s, &error), &error);
        int more;
        while ((more = table_next(&table, 2, &error)) > 0) continue;
        assert_true(more < 0);
        assert_int_equal(error.status, STATUS_DATA);
        assert_non_null(strstr(error.text, CASES[i].words));
        arena_finish(&arena);
    }
    Arena arena = { 0 };
    Error error;
    Table table;
    assert_true(table_open(&table, &arena, "no/such.tsv", &error) < 0);
    assert_int_equal(error.status, STATUS_NO_INPUT);
    arena_finish(&arena);
}

/* ---- errors ---- */

static void errors_are_cut_at_their_size(void **state)
{
    (void)state;
    char longer[2000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    Error error;
    assert_int_equal(error_set(&error, STATUS_USAGE, "%s", longer), -1);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
    errno = ENOSPC;
    assert_int_equal(error_set_errno(&error, STATUS_CANNOT_CREATE, "%s", longer), -1);
    assert_int_equal(error.status, STATUS_IO); /* a full disk is a full disk */
    errno = EACCES;
    error_set_errno(&error, STATUS_CANNOT_CREATE, "cannot create %s", "x");
    assert_int_equal(error.status, STATUS_CANNOT_CREATE);
    assert_string_equal(error.text, "cannot create x: Permission denied");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_memory_again_and_again),
        cmocka_unit_test(arena_reset_keeps_what_is_older),
        cmocka_unit_test(arena_grows_in_place_and_elsewhere),
        cmocka_unit_test(arena_growth_is_linear),
        cmocka_unit_test(arena_text_ends_in_nul),
        cmocka_unit_test(views_compare_and_cut),
        cmocka_unit_test(views_split_at_every_separator),
        cmocka_unit_test(numbers_are_whole_texts),
        cmocka_unit_test(hash_tells_where_one_text_ends),
        cmocka_unit_test(utf8_round_trip_of_every_character),
        cmocka_unit_test(utf8_invalid_bytes_are_one_replacement_each),
        cmocka_unit_test(utf8_last_character),
        cmocka_unit_test(utf8_han),
        cmocka_unit_test(table_rows_and_their_lines),
        cmocka_unit_test(table_faults_name_file_and_line),
        cmocka_unit_test(errors_are_cut_at_their_size),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
