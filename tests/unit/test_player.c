/* Keys, their table, requests, the place that is kept, phrases. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "player/keys.h"
#include "player/phrases.h"
#include "player/places.h"
#include "support/scratch.h"

/* "\e" and "\xHH" */
static Str unescape(Str text, Arena *arena)
{
    char *bytes = arena_alloc(arena, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '\\' && i + 1 < text.n && text.s[i + 1] == 'e') {
            bytes[n++] = 0x1B;
            i++;
        } else if (text.s[i] == '\\' && i + 3 < text.n && text.s[i + 1] == 'x') {
            char digits[3] = { text.s[i + 2], text.s[i + 3], '\0' };
            bytes[n++] = (char)strtol(digits, NULL, 16);
            i += 3;
        } else {
            bytes[n++] = text.s[i];
        }
    }
    return (Str){ bytes, n };
}

static bool check_keys(void *context, const Table *row, Arena *arena, Str *got)
{
    (void)context;
    char name[KEY_NAME_MAX];
    size_t took;
    *got = (Str){ 0 };
    for (Str rest = unescape(row->field[0], arena); (took = key_decode(rest, true, name)) > 0; rest = str_slice(rest, took, rest.n))
        if (*name) *got = arena_printf(arena, "%.*s%s%s", STR_ARG(*got), got->n ? " " : "", name);
    return str_equal(*got, row->field[1]);
}

static void bytes_become_keys(void **state)
{
    (void)state;
    check_cases("tests/cases/keys.tsv", 20, check_keys, NULL);
}

static void a_key_is_waited_for(void **state)
{
    (void)state;
    char name[KEY_NAME_MAX];
    assert_int_equal(key_decode(STR("\x1B"), false, name), 0);
    assert_int_equal(key_decode(STR("\x1B["), false, name), 0);
    assert_int_equal(key_decode(STR("\x1B[5"), false, name), 0);
    assert_int_equal(key_decode(STR("\xE5\xBC"), false, name), 0);
    assert_int_equal(key_decode(STR("\x1B[5~"), false, name), 4);
    assert_string_equal(name, "pageup");
}

/* Whatever a terminal sends, each key takes at least a byte and no more than there are. */
static void any_bytes_come_to_an_end(void **state)
{
    (void)state;
    char bytes[64], name[KEY_NAME_MAX];
    srand(7);
    for (int round = 0; round < 20000; round++) {
        size_t n = 1 + (size_t)rand() % sizeof bytes, at = 0, took;
        for (size_t i = 0; i < n; i++) bytes[i] = (char)(rand() % 4 ? "\x1B[O;~19A"[rand() % 9] : rand());
        while ((took = key_decode((Str){ bytes + at, n - at }, true, name)) > 0) at += took;
        assert_int_equal(at, n);
    }
}

static void our_keys_are_whole(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    KeyMap map;
    assert_ok(keymap_read(&map, &arena, data_path(&arena, "voices/keys.tsv"), &error), &error);
    for (int act = ACT_NONE + 1; act < (int)ACT_COUNT; act++) {
        if (!act_info((Act)act)->about) continue;
        bool has = act == ACT_PLAY || act == ACT_PAUSE || act == ACT_STOP; /* the space bar does both */
        for (size_t i = 0; i < map.count; i++) has |= map.rows[i].act == (Act)act;
        if (!has) fail_msg("no key for %s", act_info((Act)act)->name);
    }
    assert_int_equal(keymap_find(&map, STR("space")), ACT_PLAY_PAUSE);
    assert_int_equal(keymap_find(&map, STR("张")), ACT_NONE);
    assert_int_equal(keymap_find(&map, STR("N")), ACT_NEXT_ARTICLE); /* Caps Lock */
    assert_str_equal(keymap_key(&map, ACT_HELP), "?");
    /* The number pad does the same with NumLock as where a program keeps it apart. */
    const char *const pad[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "-", "*", "/", ".", "enter" };
    for (size_t i = 0; i < sizeof pad / sizeof *pad; i++) {
        Act act = keymap_find(&map, str_from(pad[i]));
        assert_int_not_equal(act, ACT_NONE);
        assert_int_equal(keymap_find(&map, arena_printf(&arena, "kp%s", pad[i])), act);
    }
    arena_finish(&arena);
}

static void a_wrong_row_is_named(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    KeyMap map;
    const char *path = arena_printf(&arena, "%s/keys", scratch_folder()).s;
    FILE *file = fopen(path, "w");
    fputs("pause\tx\ndance\ty\n", file);
    fclose(file);
    assert_int_equal(keymap_read(&map, &arena, path, &error), -1);
    assert_non_null(strstr(error.text, ":2:"));
    assert_non_null(strstr(error.text, "dance"));
    arena_finish(&arena);
}

static void requests_have_what_they_want(void **state)
{
    (void)state;
    Request request;
    assert_int_equal(request_parse(&request, STR("  next ")), REQUEST_GOOD);
    assert_int_equal(request.act, ACT_NEXT_ARTICLE);
    assert_int_equal(request_parse(&request, STR("Search 今天 下雨")), REQUEST_GOOD);
    assert_str_equal(request.text, "今天 下雨");
    assert_int_equal(request_parse(&request, STR("Article 0")), REQUEST_VALUE);
    assert_int_equal(request_parse(&request, STR("Rate")), REQUEST_VALUE);
    assert_int_equal(request_parse(&request, STR("none")), REQUEST_UNKNOWN);
    assert_int_equal(request_parse(&request, STR("")), REQUEST_UNKNOWN);
}

static void a_place_comes_back(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Places places, later;
    setenv("XDG_STATE_HOME", scratch_folder(), 1);
    assert_ok(places_start(&places, &arena, &error), &error);
    places_load(&places, 42);
    assert_false(places.known);
    places.known = true;
    places.place = (Place){ 3, 7 };
    places.bookmarks[places.bookmark_count++] = (Place){ 1, 2 };
    assert_ok(places_save(&places, &error), &error);
    assert_ok(places_start(&later, &arena, &error), &error);
    places_load(&later, 42);
    assert_true(later.known && later.place.article == 3 && later.place.sentence == 7);
    assert_int_equal(later.bookmark_count, 1);
    assert_ok(places_forget(&later, &error), &error);
    places_load(&places, 42);
    assert_false(places.known);
    assert_int_equal(places.bookmark_count, 1);
    places_load(&places, 43);
    assert_int_equal(places.bookmark_count, 0);
    arena_finish(&arena);
}

static void a_damaged_place_is_none(void **state)
{
    (void)state;
    static const char *const DAMAGED[] = { "place\t1\n", "place\t0\t1\n", "place\tx\ty\n", "\xff\xff\0\n", "place\t99999999999999999999\t1\n" };
    Arena arena = { 0 };
    Error error;
    Places places;
    setenv("XDG_STATE_HOME", scratch_folder(), 1);
    assert_ok(places_start(&places, &arena, &error), &error);
    places.known = true;
    places_load(&places, 77);
    places.known = true;
    assert_ok(places_save(&places, &error), &error);
    for (size_t i = 0; i < sizeof DAMAGED / sizeof *DAMAGED; i++) {
        FILE *file = fopen(arena_printf(&arena, "%s/%s", places.folder, places.name).s, "w");
        fputs(DAMAGED[i], file);
        fclose(file);
        places_load(&places, 77);
        assert_false(places.known);
    }
    arena_finish(&arena);
}

static void characters_are_spelled(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Phrases *phrases = phrases_create(data_path(&arena, "voices/mandarin"), &error);
    assert_non_null(phrases);
    assert_str_equal(phrases_spell(phrases, STR("张")), "弓长张");
    assert_true(phrases_spell(phrases, STR("行")).n > 0);
    assert_int_equal(phrases_spell(phrases, STR("，")).n, 0);
    PhraseValue values[] = { { "minutes", STR("3") }, { "seconds", STR("9") } };
    assert_str_equal(phrases_fill(phrases, "minutes", values, 2, &arena), "3分9秒");
    assert_int_equal(phrases_fill(phrases, "no such key", values, 2, &arena).n, 0);
    phrases_destroy(phrases);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_keys),
        cmocka_unit_test(a_key_is_waited_for),
        cmocka_unit_test(any_bytes_come_to_an_end),
        cmocka_unit_test(our_keys_are_whole),
        cmocka_unit_test_setup_teardown(a_wrong_row_is_named, scratch_make, scratch_remove),
        cmocka_unit_test(requests_have_what_they_want),
        cmocka_unit_test_setup_teardown(a_place_comes_back, scratch_make, scratch_remove),
        cmocka_unit_test_setup_teardown(a_damaged_place_is_none, scratch_make, scratch_remove),
        cmocka_unit_test(characters_are_spelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
