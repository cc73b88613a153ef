/* Readings: tests/cases/readings.tsv, and what must hold for any text. */
#include "support/pinyin_support.h"

#include <string.h>

#include "base/utf8.h"

static Str reading_of(const Sentence *sentence, Arena *arena)
{
    Str out = { 0 };
    for (size_t i = 0; i < sentence->word_count; i++)
        for (size_t j = 0; j < sentence->words[i].syllable_count; j++) {
            const Syllable *syllable = &sentence->words[i].syllables[j];
            out = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(syllable->base), syllable->tone);
        }
    return out;
}

static bool check_reading(void *context, const Table *row, Arena *arena, Str *got)
{
    Sentence sentence = pinyin_sentence(context, row->field[0], arena);
    *got = reading_of(&sentence, arena);
    return str_equal(*got, row->field[1]);
}

static void readings_are_right(void **state)
{
    check_cases("tests/cases/readings.tsv", 250, check_reading, *state);
}

/* "OpenAI 4, Times 2": the words that are said in English, with their syllables; "-" for none. */
static bool check_english(void *context, const Table *row, Arena *arena, Str *got)
{
    Sentence sentence = pinyin_sentence(context, row->field[0], arena);
    *got = (Str){ 0 };
    for (size_t i = 0; i < sentence.word_count; i++) {
        const Word *word = &sentence.words[i];
        if (word->english == 0) continue;
        *got = arena_printf(arena, "%.*s%s%.*s %d", STR_ARG(*got), got->n ? ", " : "", STR_ARG(word->text), word->english);
        for (size_t j = 0; j < word->syllable_count; j++) assert_int_equal(word->syllables[j].source, SOURCE_ENGLISH);
    }
    if (got->n == 0) *got = STR("-");
    return str_equal(*got, row->field[1]);
}

static void english_words_are_told_from_letters(void **state)
{
    check_cases("tests/cases/english.tsv", 64, check_english, *state);
}

static void names_are_right(void **state)
{
    check_cases("tests/cases/names.tsv", 30, check_reading, *state);
}

/* A sentence of an article that holds another text as well. */
static bool check_carried(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    Block block = { .persons = pinyin_find_persons(pinyin->lexicon, pinyin->readings, NULL, row->field[0], arena) };
    Sentence sentence = pinyin_sentence_of(pinyin, &block, row->field[1], arena);
    *got = reading_of(&sentence, arena);
    return str_equal(*got, row->field[2]);
}

static void names_are_carried_through_an_article(void **state)
{
    check_cases("tests/cases/names_carried.tsv", 14, check_carried, *state);
}

/* An article may name thousands. */
static void many_persons_are_found(void **state)
{
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    Persons *persons = NULL;
    for (int i = 0; i < 3000; i++) {
        char given[4] = { (char)0xE4, (char)(0xB8 + i / 64 % 8), (char)(0x80 + i % 64), 0 };
        Str text = arena_printf(&arena, "记者任%s%s说", given, given);
        persons = pinyin_find_persons(pinyin->lexicon, pinyin->readings, persons, text, &arena);
    }
    Block block = { .persons = persons };
    Sentence sentence = pinyin_sentence_of(pinyin, &block, STR("任丁丁破门"), &arena);
    assert_string_equal(reading_of(&sentence, &arena).s, "ren2 ding1 ding1 po4 men2");
    arena_finish(&arena);
}

/* A place by itself, and in a sentence, where the model is asked. */
static bool check_place(void *context, const Table *row, Arena *arena, Str *got)
{
    Sentence alone = pinyin_sentence(context, row->field[0], arena);
    Sentence among = pinyin_sentence(context, arena_printf(arena, "他们在%.*s采访。", STR_ARG(row->field[0])), arena);
    Str around = reading_of(&among, arena), wanted = arena_printf(arena, "ta1 men5 zai4 %.*s cai3 fang3", STR_ARG(row->field[1]));
    *got = reading_of(&alone, arena);
    if (!str_equal(around, wanted)) *got = around;
    return str_equal(*got, row->field[1]);
}

static void places_are_right(void **state)
{
    check_cases("tests/cases/places.tsv", 400, check_place, *state);
}

/* Words cover the text without a gap, and syllables lie inside their word, in order, on whole characters. */
static void assert_whole(const Sentence *sentence)
{
    size_t at = 0;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        assert_ptr_equal(word->text.s, sentence->spoken.s + at);
        size_t spoken_at = at;
        for (size_t j = 0; j < word->syllable_count; j++) {
            const Syllable *syllable = &word->syllables[j];
            bool again = j > 0 && word->syllables[j - 1].spoken_at == syllable->spoken_at; /* a letter of several syllables */
            if (again) spoken_at -= syllable->spoken_n;
            assert_int_equal(syllable->spoken_at, spoken_at);
            assert_in_range(syllable->tone, 1, 5);
            spoken_at += syllable->spoken_n;
        }
        at += word->text.n;
        assert_int_equal(word->kind == WORD_SPOKEN, word->syllable_count > 0);
        if (word->kind == WORD_SPOKEN) assert_int_equal(spoken_at, at);
        if (word->kind == WORD_UNREAD) assert_int_equal(utf8_count(word->text), 1);
    }
    assert_int_equal(at, sentence->spoken.n);
}

static void unread_characters_stand_alone(void **state)
{
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(*state, STR("银行か鿿行人\x01"), &arena);
    int unread = 0;
    for (size_t i = 0; i < sentence.word_count; i++) unread += sentence.words[i].kind == WORD_UNREAD;
    assert_whole(&sentence);
    assert_int_equal(unread, 3);
    assert_str_equal(reading_of(&sentence, &arena), "yin2 hang2 xing2 ren2");
    arena_finish(&arena);
}

static void erhua_reads_two_characters(void **state)
{
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(*state, STR("花儿"), &arena);
    assert_int_equal(sentence.words[0].syllable_count, 1);
    assert_int_equal(sentence.words[0].syllables[0].spoken_n, 6);
    arena_finish(&arena);
}

/* Characters of all kinds in a fixed random order. */
static Str text_random(uint32_t seed, size_t characters, Arena *arena)
{
    static const uint32_t SOME[] = { 0x4E00, 0x4E0D, 0x513F, 0x7684, 0x5F97, 'A', 'w', ' ', 0xFF0C, 0x3001, 0x82B1, 0x70B9, 0x597D, 0x6211, 1, 0x3042, 0x1F600, 0x20000 };
    char *bytes = arena_alloc(arena, characters * 4);
    size_t used = 0;
    for (size_t i = 0; i < characters; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t code = seed >> 30 ? SOME[(seed >> 12) % (sizeof SOME / sizeof *SOME)] : 0x4E00 + (seed >> 8) % 0x5200;
        used += utf8_encode(code, bytes + used);
    }
    return (Str){ bytes, used };
}

static void any_text_is_whole(void **state)
{
    Arena arena = { 0 };
    for (uint32_t seed = 1; seed <= 300; seed++) {
        ArenaMark mark = arena_mark(&arena);
        Sentence sentence = pinyin_sentence(*state, text_random(seed, seed, &arena), &arena);
        pinyin_sandhi(((Pinyin *)*state)->readings, &sentence);
        assert_whole(&sentence);
        arena_reset(&arena, mark);
    }
    arena_finish(&arena);
}

static void an_empty_text_has_no_words(void **state)
{
    Arena arena = { 0 };
    Sentence sentence = pinyin_sentence(*state, STR(""), &arena);
    assert_int_equal(sentence.word_count, 0);
    arena_finish(&arena);
}

static void names_are_ascii(void **state)
{
    static const struct {
        const char *text;
        size_t limit;
        const char *wanted;
    } NAMES[] = {
        { "工人日报", 40, "gongrenribao" }, { "银行.md", 40, "yinhang-md" },  { "2021年 版面", 40, "2021nian-banmian" },
        { "，。", 40, "page" },             { "重庆晨报", 9, "chongqing" },  { "重庆晨报", 8, "chong" },
        { "--a--b--", 40, "a-b" },          { "绿", 40, "lv" },             { "", 40, "page" },
        { "../etc", 40, "etc" },
    };
    const Pinyin *pinyin = *state;
    Arena arena = { 0 };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        assert_str_equal(pinyin_ascii_name(pinyin->lexicon, str_from(NAMES[i].text), NAMES[i].limit, &arena), NAMES[i].wanted);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings_are_right),  cmocka_unit_test(unread_characters_stand_alone), cmocka_unit_test(erhua_reads_two_characters),
        cmocka_unit_test(any_text_is_whole),   cmocka_unit_test(an_empty_text_has_no_words),    cmocka_unit_test(names_are_ascii),
        cmocka_unit_test(places_are_right),
        cmocka_unit_test(english_words_are_told_from_letters),
        cmocka_unit_test(names_are_right), cmocka_unit_test(names_are_carried_through_an_article), cmocka_unit_test(many_persons_are_found),
    };
    return cmocka_run_group_tests(tests, pinyin_setup, pinyin_teardown);
}
