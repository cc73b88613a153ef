/* edition.json: written, read back, kept line by line; what is not ours or damaged is as if it were not there. */
#include "support/support.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "publish/manifest.h"
#include "support/scratch.h"

static const Cue CUES[] = {
    { ROLE_TITLE, { "标题", 6 }, 0, 22050 },
    { ROLE_BODY, { "\"引号\"\\\n\x01", 11 }, 33075, 44100 },
};

static ManifestArticle article(Str file)
{
    return (ManifestArticle){ .id = STR("01"), .page = STR("报.md"), .title = STR("标题"), .kicker = STR("引题"), .file = file, .key = STR("abc"),
                              .frames = 60000, .file_bytes = 120044, .rate_hz = 22050, .cue_hz = 22050, .has_loudness = true, .loudness_lufs = -16.004,
                              .true_peak_dbtp = -1.25, .cues = CUES, .cue_count = 2 };
}

static OutputFolder open_folder(Arena *arena, const char *name)
{
    OutputFolder folder;
    Error error;
    assert_ok(folder_open(&folder, arena, arena_printf(arena, "%s/%s", scratch_folder(), name).s, &error), &error);
    return folder;
}

/* Writes an edition with these files; false when nothing changed. */
static bool write_edition(const OutputFolder *folder, const Str *files, size_t count)
{
    Previous previous;
    Manifest *manifest;
    Error error;
    bool changed;
    previous_open(&previous, folder);
    assert_ok(manifest_create(&manifest, folder, &previous, STR("dubao 9"), STR("man"), &error), &error);
    for (size_t i = 0; i < count; i++) {
        ManifestArticle entry = article(files[i]);
        assert_ok(manifest_add(manifest, &entry, &error), &error);
    }
    assert_ok(manifest_finish(manifest, &changed, &error), &error);
    manifest_destroy(manifest);
    previous_close(&previous);
    return changed;
}

static Str read_edition(Arena *arena, const OutputFolder *folder)
{
    Str text;
    Error error;
    assert_ok(file_read(arena, arena_printf(arena, "%s/edition.json", folder->path).s, &text, &error), &error);
    return text;
}

static void what_is_written_is_json_with_every_key(void **state)
{
    (void)state;
    Arena arena = { 0 };
    OutputFolder folder = open_folder(&arena, "keys");
    assert_true(write_edition(&folder, (Str[]){ STR("a-01.wav"), STR("a-02.wav") }, 2));
    Str text = read_edition(&arena, &folder);
    json_t *root = json_loadb(text.s, text.n, 0, NULL);
    assert_non_null(root);
    const char *id, *page, *title, *kicker, *file, *role, *words;
    json_int_t frames, bytes;
    int rate, channels;
    double loudness, peak, start, end;
    json_t *section, *sentences;
    assert_int_equal(json_array_size(json_object_get(root, "articles")), 2);
    assert_int_equal(json_unpack(json_array_get(json_object_get(root, "articles"), 0), "{s:s,s:s,s:s,s:o,s:s,s:n,s:s,s:I,s:I,s:i,s:i,s:F,s:F,s:o}", "id", &id,
                                 "page", &page, "title", &title, "section", &section, "kicker", &kicker, "subtitle", "file", &file, "frames",
                                 &frames, "bytes", &bytes, "rate_hz", &rate, "channels", &channels, "loudness_lufs", &loudness, "true_peak_dbtp", &peak,
                                 "sentences", &sentences), 0);
    assert_true(json_is_null(section));
    assert_true(frames == 60000 && bytes == 120044 && rate == 22050 && channels == 1 && loudness == -16.0 && peak == -1.25);
    assert_string_equal(page, "报.md");
    assert_int_equal(json_array_size(sentences), 2);
    assert_int_equal(json_unpack(json_array_get(sentences, 1), "{s:s,s:s,s:F,s:F}", "role", &role, "text", &words, "start_s", &start, "end_s", &end), 0);
    assert_string_equal(words, "\"引号\"\\\n\x01");
    assert_true(start == 1.5 && end == 2.0);
    json_decref(root);
    folder_close(&folder);
    arena_finish(&arena);
}

static void it_is_read_back_and_kept_byte_for_byte(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder = open_folder(&arena, "kept");
    const Str files[] = { STR("a-01.wav"), STR("a-02.wav"), STR("b-01.wav") };
    write_edition(&folder, files, 3);
    Str before = read_edition(&arena, &folder);
    Previous previous;
    Manifest *manifest;
    bool changed;
    previous_open(&previous, &folder);
    assert_int_equal(previous.count, 3);
    assert_ok(manifest_create(&manifest, &folder, &previous, STR("dubao 9"), STR("man"), &error), &error);
    for (size_t i = 0; i < 3; i++) {
        const PreviousArticle *old = previous_find(&previous, files[i]);
        assert_non_null(old);
        assert_str_equal(old->key, "abc");
        assert_str_equal(old->page, "报.md");
        assert_true(old->frames == 60000 && old->file_bytes == 120044);
        assert_ok(manifest_keep(manifest, old, &error), &error);
    }
    assert_non_null(previous_find(&previous, files[0])); /* looked for from the start again */
    assert_null(previous_find(&previous, STR("c-01.wav")));
    assert_ok(manifest_finish(manifest, &changed, &error), &error);
    assert_false(changed);
    manifest_destroy(manifest);
    previous_close(&previous);
    assert_true(str_equal(before, read_edition(&arena, &folder)));
    assert_false(write_edition(&folder, files, 3)); /* written anew, the same words: left alone */
    assert_true(write_edition(&folder, files, 2));
    assert_true(write_edition(&folder, files, 0));
    folder_close(&folder);
    arena_finish(&arena);
}

/* As a run that is killed: these files are written, or begun when their name starts with '>'. */
static void begin_edition(const OutputFolder *folder, const Str *files, size_t count)
{
    Previous previous;
    Manifest *manifest;
    Error error;
    previous_open(&previous, folder);
    assert_ok(manifest_create(&manifest, folder, &previous, STR("dubao 9"), STR("man"), &error), &error);
    for (size_t i = 0; i < count; i++) {
        bool begun = files[i].s[0] == '>';
        Str file = str_slice(files[i], begun, files[i].n);
        ManifestArticle entry = article(file);
        entry.key = STR("new");
        if (previous_find(&previous, file)) assert_ok(manifest_replacing(manifest, file, &error), &error);
        if (!begun) assert_ok(manifest_add(manifest, &entry, &error), &error);
    }
    manifest_destroy(manifest);
    previous_close(&previous);
}

/* What is known of the files: "FILE=KEY " of each. */
static Str known(Arena *arena, const OutputFolder *folder)
{
    Previous previous;
    Str all = { 0 };
    previous_open(&previous, folder);
    for (size_t i = 0; i < previous.count; i++)
        all = arena_printf(arena, "%.*s%.*s=%.*s ", STR_ARG(all), STR_ARG(previous.articles[i].file), STR_ARG(previous.articles[i].key));
    previous_close(&previous);
    return all;
}

static void the_journal_of_a_killed_run_is_read(void **state)
{
    (void)state;
    Arena arena = { 0 };
    OutputFolder folder = open_folder(&arena, "journal");
    begin_edition(&folder, (Str[]){ STR("a-01.wav"), STR("a-02.wav") }, 2);
    assert_str_equal(known(&arena, &folder), "a-01.wav=new a-02.wav=new ");
    assert_int_equal(faccessat(folder.fd, "edition.json", F_OK, 0), -1);
    /* Half a line at its end is not whole, and the next run goes on behind what is. */
    Str text;
    Error error;
    assert_ok(file_read(&arena, arena_printf(&arena, "%s/" JOURNAL_NAME, folder.path).s, &text, &error), &error);
    for (size_t cut = 1; cut < 40; cut += 3) {
        scratch_file(&arena, "journal/" JOURNAL_NAME, arena_str(&arena, str_slice(text, 0, text.n - cut)).s);
        assert_str_equal(known(&arena, &folder), "a-01.wav=new ");
        begin_edition(&folder, (Str[]){ STR("b-01.wav") }, 1);
        assert_str_equal(known(&arena, &folder), "a-01.wav=new b-01.wav=new ");
    }
    /* edition.json ends it. */
    write_edition(&folder, (Str[]){ STR("a-01.wav") }, 1);
    assert_str_equal(known(&arena, &folder), "a-01.wav=abc ");
    assert_int_equal(faccessat(folder.fd, JOURNAL_NAME, F_OK, 0), -1);
    folder_close(&folder);
    arena_finish(&arena);
}

/* Nobody takes a file that was being replaced for the one it was before. */
static void the_journal_knows_better_than_the_edition(void **state)
{
    (void)state;
    Arena arena = { 0 };
    OutputFolder folder = open_folder(&arena, "better");
    write_edition(&folder, (Str[]){ STR("a-01.wav"), STR("a-02.wav"), STR("a-03.wav") }, 3);
    begin_edition(&folder, (Str[]){ STR("a-01.wav"), STR(">a-02.wav") }, 2);
    assert_str_equal(known(&arena, &folder), "a-01.wav=new a-02.wav= a-03.wav=abc ");
    begin_edition(&folder, (Str[]){ STR("a-02.wav"), STR(">a-01.wav"), STR("a-04.wav") }, 3);
    assert_str_equal(known(&arena, &folder), "a-01.wav= a-02.wav=new a-03.wav=abc a-04.wav=new ");
    /* One file of all articles. */
    write_edition(&folder, (Str[]){ STR("all.wav"), STR("all.wav") }, 2);
    begin_edition(&folder, (Str[]){ STR(">all.wav") }, 1);
    assert_str_equal(known(&arena, &folder), "all.wav= all.wav= ");
    folder_close(&folder);
    arena_finish(&arena);
}

static void what_is_not_finished_leaves_nothing(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    OutputFolder folder = open_folder(&arena, "unfinished");
    Manifest *manifest;
    Previous previous = { 0 };
    assert_ok(manifest_create(&manifest, &folder, &previous, STR("dubao 9"), STR("man"), &error), &error);
    manifest_destroy(manifest);
    manifest_destroy(NULL);
    assert_int_equal(faccessat(folder.fd, JOURNAL_NAME, F_OK, 0), -1);
    assert_int_equal(faccessat(folder.fd, "edition.json", F_OK, 0), -1);
    assert_int_equal(faccessat(folder.fd, ".dubao-part-edition.json", F_OK, 0), -1);
    folder_close(&folder);
    arena_finish(&arena);
}

/* Replaces the first `from` of the text. */
static Str replaced(Arena *arena, Str text, const char *from, const char *to)
{
    size_t at = str_find(text, str_from(from));
    assert_true(at < text.n);
    return arena_printf(arena, "%.*s%s%.*s", (int)at, text.s, to, (int)(text.n - at - strlen(from)), text.s + at + strlen(from));
}

/* Every article before the damage still counts; from it on nothing does, and nothing of it is copied. */
static void damage_is_seen(void **state)
{
    (void)state;
    Arena arena = { 0 };
    OutputFolder folder = open_folder(&arena, "damaged");
    write_edition(&folder, (Str[]){ STR("a-01.wav") }, 1);
    Str good = read_edition(&arena, &folder);
    static const char *const DAMAGES[][2] = { { "\"start_s\"", "start_s" }, { "},\n", "}\n" },        { "{\"role\"", "\"role\"" }, { "\"frames\"", "frames" },
                                              { "\"file\"", "\"fill\"" },   { "\"sentences\":[", "" }, { "\n]}", "]}" },           { "\n]}\n]}", "" } };
    for (size_t i = 0; i < sizeof DAMAGES / sizeof *DAMAGES; i++) {
        scratch_file(&arena, "damaged/edition.json", replaced(&arena, good, DAMAGES[i][0], DAMAGES[i][1]).s);
        Previous previous;
        previous_open(&previous, &folder);
        if (previous.count != 0 && i != 6) fail_msg("'%s' without damage is taken", DAMAGES[i][0]);
        previous_close(&previous);
    }
    static const char *const FOREIGN[] = { "", "{}", "[]", "\n", "{\"articles\":[{\"file\":\"a-01.wav\",\"key\":\"abc\"}]}", "nonsense\n\n\n{{{\n]}" };
    for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++) {
        scratch_file(&arena, "damaged/edition.json", FOREIGN[i]);
        Previous previous;
        previous_open(&previous, &folder);
        assert_int_equal(previous.count, 0);
        assert_null(previous_find(&previous, STR("a-01.wav")));
        previous_close(&previous);
    }
    folder_close(&folder);
    arena_finish(&arena);
}

/* Any prefix of the file, as a machine that lost its power may have left it. */
static void every_prefix_is_borne(void **state)
{
    (void)state;
    Arena arena = { 0 };
    OutputFolder folder = open_folder(&arena, "prefix");
    write_edition(&folder, (Str[]){ STR("a-01.wav"), STR("a-02.wav") }, 2);
    Str whole = read_edition(&arena, &folder);
    for (size_t n = 0; n < whole.n; n += 3) {
        ArenaMark mark = arena_mark(&arena);
        scratch_file(&arena, "prefix/edition.json", arena_str(&arena, str_slice(whole, 0, n)).s);
        Previous previous;
        previous_open(&previous, &folder);
        assert_true(previous.count <= 2);
        for (size_t i = 0; i < previous.count; i++) assert_true(previous.articles[i].lines.s + previous.articles[i].lines.n <= previous.map.bytes.s + n);
        previous_close(&previous);
        arena_reset(&arena, mark);
    }
    folder_close(&folder);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_json_with_every_key), cmocka_unit_test(it_is_read_back_and_kept_byte_for_byte),
        cmocka_unit_test(what_is_not_finished_leaves_nothing),    cmocka_unit_test(damage_is_seen),
        cmocka_unit_test(every_prefix_is_borne),                  cmocka_unit_test(the_journal_of_a_killed_run_is_read),
        cmocka_unit_test(the_journal_knows_better_than_the_edition),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
