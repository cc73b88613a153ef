/* The mapped file: what it answers, and that a damaged or foreign one is refused. */
#include "support/pinyin_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"

static size_t matches(const Pinyin *pinyin, Str text, LexiconEntry *entries, Arena *arena)
{
    LexiconText characters = lexicon_text(pinyin->lexicon, text, arena);
    return lexicon_matches(pinyin->lexicon, &characters, 0, characters.count, entries);
}

static Str reading_of(const Pinyin *pinyin, uint32_t word)
{
    bool by_hand;
    return lexicon_reading(pinyin->lexicon, word, &by_hand);
}

static void matches_come_shortest_first(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    LexiconEntry entries[LEXICON_MATCHES_MAX];
    size_t count = matches(pinyin, STR("银行业务"), entries, &arena);
    assert_true(count >= 2);
    for (size_t i = 1; i < count; i++) assert_true(entries[i].characters > entries[i - 1].characters);
    for (size_t i = 0; i < count; i++)
        if (entries[i].characters == 2) assert_str_equal(reading_of(pinyin, entries[i].word), "yin2 hang2");
    assert_int_equal(matches(pinyin, STR(""), entries, &arena), 0);
    assert_int_equal(matches(pinyin, STR("\xFF\xFE"), entries, &arena), 0);
    arena_finish(&arena);
}

static void matches_end_at_the_limit(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    LexiconEntry entries[LEXICON_MATCHES_MAX];
    LexiconText text = lexicon_text(pinyin->lexicon, STR("在银行"), &arena);
    assert_int_equal(text.count, 3);
    assert_int_equal(text.at[3], STR("在银行").n);
    assert_int_equal(lexicon_matches(pinyin->lexicon, &text, 1, 2, entries), 1);
    assert_int_equal(entries[0].characters, 1);
    assert_int_equal(lexicon_matches(pinyin->lexicon, &text, 1, 1, entries), 0);
    arena_finish(&arena);
}

static void a_word_is_found_whole(void **state)
{
    const Pinyin *pinyin = *state;
    uint32_t word = lexicon_word(pinyin->lexicon, STR("银行"));
    assert_int_not_equal(word, 0);
    assert_str_equal(reading_of(pinyin, word), "yin2 hang2");
    assert_str_equal(lexicon_tag(pinyin->lexicon, word), "n");
    assert_int_equal(lexicon_word(pinyin->lexicon, STR("银行鿿")), 0);
    assert_int_equal(lexicon_word(pinyin->lexicon, STR("")), 0);
}

static void characters_beside_the_same_are_of_a_kind(void **state)
{
    const Lexicon *lexicon = ((const Pinyin *)*state)->lexicon;
    unsigned township = lexicon_kind(lexicon, 0x4E61), town = lexicon_kind(lexicon, 0x9547), fry = lexicon_kind(lexicon, 0x7092);
    assert_int_not_equal(township, 0);
    assert_int_equal(town, township);
    assert_int_not_equal(fry, 0);
    assert_int_not_equal(fry, township);
    assert_int_equal(lexicon_kind(lexicon, 'x'), 0);
    assert_int_equal(lexicon_kind(lexicon, 0xFFFFFFFF), 0);
}

static void a_frequent_word_costs_less(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    LexiconEntry frequent[LEXICON_MATCHES_MAX], rare[LEXICON_MATCHES_MAX];
    size_t a = matches(pinyin, STR("我们"), frequent, &arena), b = matches(pinyin, STR("柬埔寨"), rare, &arena);
    assert_true(a > 0 && b > 0);
    assert_true(frequent[a - 1].cost < rare[b - 1].cost);
    arena_finish(&arena);
}

static void a_character_has_its_readings(void **state)
{
    const Pinyin *pinyin = *state;
    assert_str_equal(str_slice(lexicon_character(pinyin->lexicon, 0x884C), 0, 11), "xing2 hang2");
    assert_int_equal(lexicon_character(pinyin->lexicon, 'x').n, 0);
    assert_int_equal(lexicon_character(pinyin->lexicon, 0xFFFFFFFF).n, 0);
}

/* Every syllable that a word, a character or a letter can give has a sound. */
static void assert_sounds(Str reading, char *const *sounds, size_t count)
{
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) {
        char name[32];
        snprintf(name, sizeof name, "%.*s%d", STR_ARG(base), tone);
        size_t i = 0;
        while (i < count && strcmp(sounds[i], name) != 0) i++;
        if (i == count) fail_msg("%s is no row of phonemes.tsv", name);
    }
}

static void letters_and_characters_can_be_said(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Error error = { 0 };
    Table table;
    char **sounds = ARENA_NEW(&arena, char *, 10000);
    size_t count = 0;
    assert_ok(table_open(&table, &arena, data_path(&arena, "voices/mandarin/phonemes.tsv"), &error), &error);
    while (table_next(&table, 2, &error) > 0) sounds[count++] = (char *)(uintptr_t)arena_str(&arena, table.field[0]).s;
    for (size_t i = 0; i < pinyin->readings->letter_count; i++) assert_sounds(pinyin->readings->letters[i], sounds, count);
    for (uint32_t code = 0x4E00; code < 0x5200; code++) assert_sounds(lexicon_character(pinyin->lexicon, code), sounds, count);
    for (size_t i = 0; i < pinyin->readings->contexts.count; i++) assert_sounds(pinyin->readings->contexts.rows[i].reading, sounds, count);
    arena_finish(&arena);
}

/* ---- files that are none ---- */

typedef struct Copy {
    Arena arena;
    char folder[32];
    const char *path;
    Str bytes;
} Copy;

static void copy_make(Copy *copy)
{
    Error error = { 0 };
    *copy = (Copy){ .folder = "/tmp/dubao-lexicon-XXXXXX" };
    assert_non_null(mkdtemp(copy->folder));
    copy->path = arena_printf(&copy->arena, "%s/lexicon.bin", copy->folder).s;
    assert_ok(file_read(&copy->arena, data_path(&copy->arena, "lexicon.bin"), &copy->bytes, &error), &error);
}

static void copy_finish(Copy *copy)
{
    unlink(copy->path);
    rmdir(copy->folder);
    arena_finish(&copy->arena);
}

static void assert_refused(const Copy *copy, Str bytes)
{
    Error error = { 0 };
    FILE *file = fopen(copy->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.s, 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
    assert_null(lexicon_open(copy->folder, &error));
    assert_int_equal(error.status, STATUS_DATA);
    assert_true(error.text[0] != '\0');
}

static void a_damaged_file_is_refused(void **state)
{
    (void)state;
    Copy copy;
    Error error = { 0 };
    copy_make(&copy);
    assert_null(lexicon_open(copy.folder, &error)); /* missing */
    assert_int_equal(error.status, STATUS_DATA);
    char *bytes = (char *)(uintptr_t)copy.bytes.s;
    static const size_t PLACES[] = { 0, 5, 9, 17, 25, 41, 90, 5000, 100001, 1000000 };
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        bytes[PLACES[i]] ^= 0x40;
        assert_refused(&copy, copy.bytes);
        bytes[PLACES[i]] ^= 0x40;
    }
    assert_refused(&copy, STR(""));
    assert_refused(&copy, STR("not a lexicon"));
    assert_refused(&copy, str_slice(copy.bytes, 0, sizeof(LexiconHeader)));
    assert_refused(&copy, str_slice(copy.bytes, 0, copy.bytes.n - 8));
    copy_finish(&copy);
}

/* Even with its hash mended, a file whose numbers point nowhere must not be read beyond its end. */
static void wild_numbers_stay_inside(void **state)
{
    (void)state;
    Copy copy;
    copy_make(&copy);
    LexiconHeader header;
    memcpy(&header, copy.bytes.s, sizeof header);
    char *bytes = (char *)(uintptr_t)copy.bytes.s;
    memset(bytes + sizeof header, 0xFF, copy.bytes.n - sizeof header);
    header.hash = lexicon_hash(&header, bytes + sizeof header, copy.bytes.n - sizeof header);
    memcpy(bytes, &header, sizeof header);
    FILE *file = fopen(copy.path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, copy.bytes.n, file), copy.bytes.n);
    assert_int_equal(fclose(file), 0);
    Error error = { 0 };
    Lexicon *lexicon = lexicon_open(copy.folder, &error);
    assert_ok(lexicon ? 0 : -1, &error);
    Pinyin damaged = { .lexicon = lexicon };
    Arena arena = { 0 };
    LexiconEntry entries[LEXICON_MATCHES_MAX];
    assert_int_equal(matches(&damaged, STR("银行"), entries, &arena), 0);
    assert_int_equal(lexicon_character(lexicon, 0x4E00).n, 0);
    assert_int_equal(reading_of(&damaged, 7).n, 0);
    assert_int_equal(reading_of(&damaged, UINT32_MAX).n, 0);
    assert_int_equal(lexicon_tag(lexicon, UINT32_MAX).n, 0);
    arena_finish(&arena);
    lexicon_close(lexicon);
    copy_finish(&copy);
}

static void the_file_is_small(void **state)
{
    (void)state;
    Arena arena = { 0 };
    struct stat about;
    assert_int_equal(stat(data_path(&arena, "lexicon.bin"), &about), 0);
    assert_true(about.st_size <= 2700000);
    arena_finish(&arena);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    lexicon_close(NULL);
    readings_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_found_whole),              cmocka_unit_test(matches_come_shortest_first),
        cmocka_unit_test(matches_end_at_the_limit),
        cmocka_unit_test(characters_beside_the_same_are_of_a_kind), cmocka_unit_test(a_frequent_word_costs_less),
        cmocka_unit_test(a_character_has_its_readings),       cmocka_unit_test(letters_and_characters_can_be_said),
        cmocka_unit_test(a_damaged_file_is_refused),          cmocka_unit_test(wild_numbers_stay_inside),
        cmocka_unit_test(the_file_is_small),                  cmocka_unit_test(closing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
