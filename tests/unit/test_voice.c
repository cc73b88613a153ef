/* Voice files: every one of ours loads; a bad one is named with its line; an unknown name lists those there are. */
#include "support/support.h"

#include <string.h>
#include <sys/stat.h>

#include "speech/voice.h"
#include "support/scratch.h"

static void every_voice_loads(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str *names;
    size_t count;
    const char *data = data_path(&arena, "");
    assert_ok(voice_names(&arena, data, &names, &count, &error), &error);
    assert_true(count >= 3);
    bool male = false, female = false;
    for (size_t i = 0; i < count; i++) {
        Voice voice;
        assert_ok(voice_load(&voice, &arena, data, names[i].s, &error), &error);
        assert_true(str_equal(voice.name, names[i]) && voice.title.n > 0 && voice.title_zh.n > 0 && voice.version != 0);
        assert_true(str_find(voice.definition, STR("phonemes cmn\n")) < voice.definition.n); /* the mnemonics are of this table */
        assert_true(voice.volume <= 70); /* above it the synthesiser distorts */
        assert_true(voice.speed >= 80 && voice.pause_scale > 0 && voice.level_lufs < -10);
        male = male || str_equal(voice.gender, STR("male"));
        female = female || str_equal(voice.gender, STR("female"));
        if (i > 0) assert_true(str_compare(names[i - 1], names[i]) < 0);
    }
    assert_true(male && female);
    arena_finish(&arena);
}

static int load(Arena *arena, const char *text, Voice *voice, Error *error)
{
    mkdir(arena_printf(arena, "%s/voices", scratch_folder()).s, 0700);
    scratch_file(arena, "voices/own.voice", text);
    return voice_load(voice, arena, scratch_folder(), "own", error);
}

static void a_bad_row_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
    } CASES[] = {
        { "title\tx\nspeed\tfast\n", "own.voice:2: speed wants a number from 80 to 450" },
        { "speed\t79\n", "own.voice:1: speed wants" },
        { "\n\nvolume\t101\n", "own.voice:3: volume wants" },
        { "pause_scale\tnan\n", "own.voice:1: pause_scale wants" },
        { "#\nspede\t200\n", "own.voice:2: a voice has no key 'spede'" },
        { "title\n", "own.voice:1: 2 fields wanted, 1 found" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error;
        Voice voice;
        assert_true(load(&arena, CASES[i].text, &voice, &error) < 0);
        assert_int_equal(error.status, STATUS_DATA);
        if (!strstr(error.text, CASES[i].words)) fail_msg("\"%s\" does not say \"%s\"", error.text, CASES[i].words);
        arena_finish(&arena);
    }
}

static void settings_and_version_come_from_the_file(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Voice first, second;
    assert_ok(load(&arena, "speed\t150\npause_scale\t1.5\nsynth\tpitch 1 2\nsynth\twords 1\n", &first, &error), &error);
    assert_true(first.speed == 150 && first.pause_scale > 1.49 && first.pause_scale < 1.51 && first.volume == 60);
    assert_str_equal(first.definition, "pitch 1 2\nwords 1\n");
    assert_ok(load(&arena, "speed\t151\npause_scale\t1.5\nsynth\tpitch 1 2\nsynth\twords 1\n", &second, &error), &error);
    assert_true(first.version != second.version);
    arena_finish(&arena);
}

static void an_unknown_name_lists_the_voices(void **state)
{
    (void)state;
    static const char *const NAMES[] = { "nobody", "", "../voices/man", "man.voice", "Man" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Arena arena = { 0 };
        Error error;
        Voice voice;
        assert_true(voice_load(&voice, &arena, data_path(&arena, ""), NAMES[i], &error) < 0);
        assert_int_equal(error.status, STATUS_USAGE);
        assert_non_null(strstr(error.text, "dialogue, fast, man, pair, slow, woman"));
        arena_finish(&arena);
    }
    Arena arena = { 0 };
    Error error;
    Str *names;
    size_t count;
    assert_true(voice_names(&arena, "/nowhere", &names, &count, &error) < 0);
    assert_int_equal(error.status, STATUS_DATA);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_voice_loads),
        cmocka_unit_test(a_bad_row_is_named_with_its_line),
        cmocka_unit_test(settings_and_version_come_from_the_file),
        cmocka_unit_test(an_unknown_name_lists_the_voices),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
