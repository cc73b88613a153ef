/* The model of characters with several readings: how much it gets right, where it must keep off, and that a file without it is refused. */
#include "support/pinyin_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "pinyin/features.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/polyphones.h"

enum { SAMPLE_LEAST = 190, SAMPLE_WRONG_MOST = 12 };

static const Str MARK = { "\xE2\x96\x81", 3 };

static const Syllable *syllable_at(const Sentence *sentence, size_t at)
{
    for (size_t i = 0; i < sentence->word_count; i++)
        for (size_t k = 0; k < sentence->words[i].syllable_count; k++)
            if (sentence->words[i].syllables[k].spoken_at == at) return &sentence->words[i].syllables[k];
    return NULL;
}

static Str marked_reading(const Pinyin *pinyin, Str text, Arena *arena)
{
    size_t at = str_find(text, MARK);
    Str rest = str_slice(text, at + MARK.n, text.n), character = utf8_next(&rest);
    Str tail = str_slice(rest, MARK.n, rest.n);
    Sentence sentence = pinyin_sentence(pinyin, arena_printf(arena, "%.*s%.*s%.*s", (int)at, text.s, STR_ARG(character), STR_ARG(tail)), arena);
    const Syllable *syllable = syllable_at(&sentence, at);
    return syllable ? arena_printf(arena, "%.*s%d", STR_ARG(syllable->base), syllable->tone) : STR("none");
}

/* A change that helps some sentences may cost others; what counts is the sum. */
static void the_sample_stays_right(void **state)
{
    Arena arena = { 0 };
    Error error = { 0 };
    Table table;
    int rows = 0, wrong = 0;
    assert_ok(table_open(&table, &arena, source_path(&arena, "tests/cases/polyphones.tsv"), &error), &error);
    while (table_next(&table, 3, &error) > 0) {
        Str got = marked_reading(*state, table.field[0], &arena);
        rows++;
        if (str_equal(got, table.field[1])) continue;
        wrong++;
        printf("%.*s: wanted %.*s, got %.*s\n", STR_ARG(table.field[0]), STR_ARG(table.field[1]), STR_ARG(got));
    }
    printf("%d of %d right\n", rows - wrong, rows);
    arena_finish(&arena);
    assert_true(rows >= SAMPLE_LEAST);
    assert_true(wrong <= SAMPLE_WRONG_MOST);
}

/* Words decide about the neutral tone of their characters, and a merged erhua is nobody else's. */
static void neutral_tones_of_words_stay(void **state)
{
    Arena arena = { 0 };
    assert_str_equal(marked_reading(*state, STR("路边的石▁头▁很大"), &arena), "tou5");
    assert_str_equal(marked_reading(*state, STR("这▁花▁儿真香"), &arena), "huar1");
    arena_finish(&arena);
}

static void features_survive_their_names(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(pinyin, STR("他 为A村3里，的"), &arena);
    FeatureView view;
    size_t word = 0, all = 0;
    while (!str_equal(sentence.words[word].text, STR("为"))) word++;
    for (int scope = FEATURES_OF_WORD; scope <= FEATURES_OF_PHRASE; scope++) {
        uint32_t keys[FEATURES_MAX];
        uint8_t numbers[FEATURES_MAX];
        if (scope == FEATURES_OF_PHRASE) features_view_phrase(&view, &sentence, word, &(Collocation){ .length = 4, .place = 1 }, STR("wei4"));
        else features_view(&view, (FeatureScope)scope, pinyin->lexicon, &sentence, word, 0);
        size_t count = features_keys(&view, (FeatureScope)scope, 0x4E3A, keys, numbers);
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(feature_number(str_from(feature_name(numbers[i]))), numbers[i]);
            assert_int_equal(feature_key(numbers[i], 0x4E3A, feature_text(&view, numbers[i], &arena)), keys[i]);
            assert_int_not_equal(keys[i], 0);
        }
        all += count;
    }
    assert_int_equal(all, features_count());
    assert_int_equal(feature_number(STR("no such")), -1);
    arena_finish(&arena);
}

static void characters_of_one_reading_are_unknown(void **state)
{
    const Pinyin *pinyin = *state;
    LexiconChoices choices;
    assert_true(lexicon_choices(pinyin->lexicon, 0x4E3A, &choices));
    assert_true(str_starts(choices.readings, STR("wei2")));
    assert_false(lexicon_choices(pinyin->lexicon, 0x4EBA, &choices));
    assert_false(lexicon_choices(pinyin->lexicon, 0, &choices));
    assert_false(lexicon_choices(pinyin->lexicon, 0xFFFFFFFF, &choices));
}

/* What a phrase around the marked character says, with its length: "di4 of 4"; empty when there is none. */
static Str phrase_reading(const Lexicon *lexicon, Str text, Arena *arena)
{
    size_t at = str_find(text, MARK);
    Str rest = str_slice(text, at + MARK.n, text.n), character = utf8_next(&rest), tail = str_slice(rest, MARK.n, rest.n), reading = { 0 };
    uint32_t code;
    LexiconChoices choices;
    Collocation found;
    Str plain = arena_printf(arena, "%.*s%.*s%.*s", (int)at, text.s, STR_ARG(character), STR_ARG(tail));
    utf8_decode(character, &code);
    if (!lexicon_choices(lexicon, code, &choices) || !collocation_find(lexicon, plain, at, &found)) return STR("");
    for (size_t i = 0; i <= found.choice; i++) reading = str_split(&choices.readings, ' ');
    return arena_printf(arena, "%.*s of %zu", STR_ARG(reading), found.length);
}

static void phrases_are_found(void **state)
{
    static const char *const CASES[][3] = {
        { "她的话掷▁地▁有声", "di4 of 2", "the shortest that says it is kept" },
        { "参▁将▁", "jiang4 of 2", "at the end of the text" },
        { "▁缝▁衣服", "feng2 of 2", "at its beginning" },
        { "一丈▁差▁九尺", "cha1 of 5", "the longest" },
        { "掷，▁地▁有", "", "no phrase goes over a mark" },
        { "▁地▁", "", "nor is a character one by itself" },
        { "A▁地▁1", "", "nor does a letter or a figure belong to one" },
    };
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_str_equal(phrase_reading(pinyin->lexicon, str_from(CASES[i][0]), &arena), CASES[i][1]);
    arena_finish(&arena);
}

/* ---- files ---- */

typedef struct Copy {
    Arena arena;
    char folder[40];
    const char *path;
    char *bytes;
    size_t n;
    LexiconHeader header;
} Copy;

static void copy_make(Copy *copy)
{
    Error error = { 0 };
    Str bytes;
    *copy = (Copy){ .folder = "/tmp/dubao-polyphones-XXXXXX" };
    assert_non_null(mkdtemp(copy->folder));
    copy->path = arena_printf(&copy->arena, "%s/lexicon.bin", copy->folder).s;
    assert_ok(file_read(&copy->arena, data_path(&copy->arena, "lexicon.bin"), &bytes, &error), &error);
    copy->bytes = memcpy(arena_alloc(&copy->arena, bytes.n), bytes.s, bytes.n);
    copy->n = bytes.n;
    memcpy(&copy->header, bytes.s, sizeof copy->header);
}

static Lexicon *copy_open(Copy *copy, Error *error)
{
    memcpy(copy->bytes, &copy->header, sizeof copy->header);
    FILE *file = fopen(copy->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(copy->bytes, 1, copy->n, file), copy->n);
    assert_int_equal(fclose(file), 0);
    return lexicon_open(copy->folder, error);
}

static void copy_finish(Copy *copy)
{
    unlink(copy->path);
    rmdir(copy->folder);
    arena_finish(&copy->arena);
}

static void a_damaged_weight_is_refused(void **state)
{
    (void)state;
    Copy copy;
    Error error = { 0 };
    copy_make(&copy);
    copy.bytes[copy.header.section[SECTION_WEIGHTS].at + 4] ^= 1;
    assert_null(copy_open(&copy, &error));
    assert_int_equal(error.status, STATUS_DATA);
    assert_non_null(strstr(error.text, "lexicon.bin is damaged"));
    copy_finish(&copy);
}

static void a_lexicon_before_the_model_is_refused(void **state)
{
    (void)state;
    Copy copy;
    Error error = { 0 };
    copy_make(&copy);
    copy.header.format = 1;
    assert_null(copy_open(&copy, &error));
    assert_int_equal(error.status, STATUS_DATA);
    assert_non_null(strstr(error.text, "not a lexicon of this version"));
    copy_finish(&copy);
}

/* A hand that mends the hash gets wrong readings at worst. */
static void a_wild_model_stays_inside(void **state)
{
    const Pinyin *pinyin = *state;
    Copy copy;
    Error error = { 0 };
    copy_make(&copy);
    for (int section = SECTION_POLYPHONES; section <= SECTION_COLLOCATIONS; section++) {
        size_t at = copy.header.section[section].at;
        memset(copy.bytes + at, section >= SECTION_WEIGHTS ? 0xFF : 0x7F, copy.n - at);
    }
    copy.header.hash = lexicon_hash(&copy.header, copy.bytes + sizeof copy.header, copy.n - sizeof copy.header);
    Lexicon *lexicon = copy_open(&copy, &error);
    assert_ok(lexicon ? 0 : -1, &error);
    Pinyin wild = { .lexicon = lexicon, .readings = pinyin->readings };
    assert_str_equal(marked_reading(&wild, STR("我在银▁行▁"), &copy.arena), "hang2");
    lexicon_close(lexicon);
    copy_finish(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_stays_right),       cmocka_unit_test(neutral_tones_of_words_stay),
        cmocka_unit_test(features_survive_their_names), cmocka_unit_test(characters_of_one_reading_are_unknown),
        cmocka_unit_test(phrases_are_found),
        cmocka_unit_test(a_damaged_weight_is_refused),  cmocka_unit_test(a_lexicon_before_the_model_is_refused),
        cmocka_unit_test(a_wild_model_stays_inside),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
