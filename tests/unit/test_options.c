/* Settings: flag over environment over configuration file over default; what is wrong is named with its place. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/options.h"
#include "commands/presets.h"
#include "support/scratch.h"

static int prepare(void **state)
{
    Arena arena = { 0 };
    static const char *const NAMES[] = { "OUTPUT", "VOICE", "JOBS", "FORMAT", "PRESET", "LOUDNESS", "DRIVER", "JSON", "QUIET" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) unsetenv(arena_printf(&arena, "DUBAO_%s", NAMES[i]).s);
    if (scratch_make(state) < 0) return -1;
    mkdir(arena_printf(&arena, "%s/dubao", scratch_folder()).s, 0700);
    setenv("XDG_CONFIG_HOME", scratch_folder(), 1);
    arena_finish(&arena);
    return 0;
}

/* The arguments are one text, split at spaces. */
static int read_options(Settings *settings, Arena *arena, unsigned command, const char *arguments, Error *error)
{
    char *argv[32] = { (char *)(uintptr_t) "dubao" };
    int argc = 1;
    for (Str rest = str_from(arguments); rest.n > 0;) argv[argc++] = (char *)(uintptr_t)arena_str(arena, str_split(&rest, ' ')).s;
    int result = options_read(settings, arena, command, argc, argv, error);
    if (result == 0) { /* argv ends with this function */
        char **kept = ARENA_NEW(arena, char *, 32);
        memcpy(kept, settings->arguments, (size_t)settings->argument_count * sizeof *kept);
        settings->arguments = kept;
    }
    return result;
}

static void the_nearest_setting_wins(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Settings settings;
    assert_ok(read_options(&settings, &arena, FOR_EXPORT, "a.md", &error), &error);
    assert_string_equal(settings.voice, "man");
    assert_true(settings.jobs == 0 && settings.loudness_lufs > 0 && !settings.quiet && !settings.format);

    scratch_file(&arena, "dubao/config", "# mine\nvoice = woman\n  jobs 3  \nloudness=-20.5\nquiet yes\r\noutput\tnews out\n");
    assert_ok(read_options(&settings, &arena, FOR_EXPORT, "a.md", &error), &error);
    assert_string_equal(settings.voice, "woman");
    assert_string_equal(settings.output, "news out");
    assert_true(settings.jobs == 3 && settings.loudness_lufs == -20.5 && settings.quiet);

    setenv("DUBAO_VOICE", "slow", 1);
    setenv("DUBAO_QUIET", "no", 1);
    assert_ok(read_options(&settings, &arena, FOR_EXPORT, "a.md", &error), &error);
    assert_string_equal(settings.voice, "slow");
    assert_true(settings.jobs == 3 && !settings.quiet);

    assert_ok(read_options(&settings, &arena, FOR_EXPORT, "a.md -v man -qj 5 b.md --loudness=-18", &error), &error);
    assert_string_equal(settings.voice, "man");
    assert_true(settings.jobs == 5 && settings.quiet && settings.loudness_lufs == -18.0);
    assert_int_equal(settings.argument_count, 2);
    assert_string_equal(settings.arguments[0], "a.md");
    assert_string_equal(settings.arguments[1], "b.md");
    unsetenv("DUBAO_VOICE");
    unsetenv("DUBAO_QUIET");
    unlink(arena_printf(&arena, "%s/dubao/config", scratch_folder()).s);
    arena_finish(&arena);
}

/* A setting of another command in the file or the environment is no fault, and has no effect. */
static void other_commands_settings_are_passed_over(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Settings settings;
    scratch_file(&arena, "dubao/config", "driver null\njobs 2\n");
    setenv("DUBAO_JOBS", "nonsense", 1);
    assert_ok(read_options(&settings, &arena, FOR_TEXT, "--json -- -x", &error), &error);
    assert_true(settings.json && settings.jobs == 0 && !settings.driver);
    assert_string_equal(settings.arguments[0], "-x");
    unsetenv("DUBAO_JOBS");
    unlink(arena_printf(&arena, "%s/dubao/config", scratch_folder()).s);
    arena_finish(&arena);
}

static void a_switch_is_said_in_several_words(void **state)
{
    (void)state;
    static const char *const WORDS[][2] = { { "yes", "no" }, { "1", "0" }, { "true", "false" }, { "on", "off" }, { "Yes", "FALSE" } };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        for (int off = 0; off < 2; off++) {
            Arena arena = { 0 };
            Error error;
            Settings settings;
            scratch_file(&arena, "dubao/config", arena_printf(&arena, "from-start %s\n", WORDS[i][off]).s);
            assert_ok(read_options(&settings, &arena, FOR_PLAY, "a.md", &error), &error);
            assert_int_equal(settings.from_start, !off);
            unlink(arena_printf(&arena, "%s/dubao/config", scratch_folder()).s);
            arena_finish(&arena);
        }
    }
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *config, *environment, *arguments, *words;
    } CASES[] = {
        { "voice man\nspeed 3\n", NULL, "", "dubao/config:2: there is no setting 'speed'" },
        { "\n\njobs 0\n", NULL, "", "dubao/config:3 wants a number from 1 to 64, not '0'" },
        { "voice\n", NULL, "", "dubao/config:1 wants a value" },
        { "help\n", NULL, "", "there is no setting 'help'" },
        { "= man\n", NULL, "", "there is no setting ''" },
        { "quiet maybe\n", NULL, "", "dubao/config:1 wants yes or no, not 'maybe'" },
        { "quiet\n", NULL, "", "dubao/config:1 wants yes or no, not ''" },
        { "", "65", "", "DUBAO_JOBS wants a number from 1 to 64, not '65'" },
        { "", "", "", "DUBAO_JOBS wants a number" },
        { "", NULL, "--jobs=1.5", "--jobs wants a number" },
        { "", NULL, "-j", "the option '-j' wants a value" },
        { "", NULL, "-qx", "there is no option '-x'" },
        { "", NULL, "a.md -xq", "there is no option '-x'" },
        { "", NULL, "--driver null", "there is no option '--driver'" },
        { "", NULL, "--loudness -41", "--loudness wants a number from -40 to -8" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        Settings settings;
        scratch_file(&arena, "dubao/config", CASES[i].config);
        if (CASES[i].environment) setenv("DUBAO_JOBS", CASES[i].environment, 1);
        int result = read_options(&settings, &arena, FOR_EXPORT, CASES[i].arguments, &error);
        unsetenv("DUBAO_JOBS");
        if (result == 0 || !strstr(error.text, CASES[i].words)) fail_msg("\"%s\" does not say \"%s\"", error.text, CASES[i].words);
        assert_int_equal(error.status, STATUS_USAGE);
        arena_finish(&arena);
    }
}

static void presets_and_what_wins_over_them(void **state)
{
    (void)state;
    static const struct {
        const char *preset, *format;
        double loudness, lufs;
        const char *extension;
    } CASES[] = { { "listen", NULL, 1, -16, "wav" }, { "podcast", NULL, 1, -16, "mp3" }, { "radio", NULL, 1, -23, "wav" }, { "radio", "flac", -20, -20, "flac" } };
    Error error = { 0 };
    Output output;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Settings settings = { .preset = CASES[i].preset, .format = CASES[i].format, .loudness_lufs = CASES[i].loudness };
        assert_ok(presets_apply(&settings, &output, &error), &error);
        assert_true(output.level.target_lufs == CASES[i].lufs && output.level.ceiling_dbtp == -1.0);
        assert_string_equal(output.format->extension, CASES[i].extension);
    }
    assert_true(presets_apply(&(Settings){ .preset = "loud" }, &output, &error) < 0 && error.status == STATUS_USAGE);
    assert_true(presets_apply(&(Settings){ .preset = "listen", .format = "aac" }, &output, &error) < 0 && error.status == STATUS_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_setting_wins),
        cmocka_unit_test(other_commands_settings_are_passed_over),
        cmocka_unit_test(a_switch_is_said_in_several_words),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(presets_and_what_wins_over_them),
    };
    return cmocka_run_group_tests(tests, prepare, scratch_remove);
}
