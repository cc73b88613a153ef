/* What the synthesiser is asked to say: mnemonics in brackets and nothing else, in pieces it can bear. */
#include "support/support.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "speech/script.h"
#include "support/scratch.h"
#include "support/words.h"

typedef struct Fixture {
    Arena arena;
    Phonemes *phonemes;
    Prosody *prosody;
    Delivery delivery;
} Fixture;

static int open_fixture(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    Error error = { 0 };
    const char *folder = data_path(&fixture->arena, "voices/mandarin");
    fixture->phonemes = phonemes_create(folder, &error);
    fixture->prosody = prosody_create(folder, &error);
    if (!fixture->phonemes || !fixture->prosody) fail_msg("%s", error.text);
    assert_ok(delivery_of(&fixture->delivery, fixture->prosody, &(Voice){ .speed = 200, .pause_scale = 1 }, &error), &error);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    Fixture *fixture = *state;
    phonemes_destroy(fixture->phonemes);
    prosody_destroy(fixture->prosody);
    arena_finish(&fixture->arena);
    free(fixture);
    return 0;
}

/* Only "[[mnemonics]] [[mnemonics]]", within the synthesiser's limits. How many syllables (each has its tone's digits). */
static size_t check_utterance(const char *phonemes)
{
    size_t syllables = 0;
    assert_true(strlen(phonemes) <= 512);
    for (const char *at = phonemes; *at;) {
        assert_int_equal(strncmp(at, "[[", 2), 0);
        size_t in_bracket = 0;
        for (at += 2; strncmp(at, "]]", 2) != 0; at++) {
            assert_true(*at > ' ' && *at < 0x7F && *at != ']' && strncmp(at, "[[", 2) != 0); /* a single [ is the vowel of zi */
            if (isdigit((unsigned char)*at) && !isdigit((unsigned char)at[1])) in_bracket++;
        }
        assert_in_range(in_bracket, 1, 20);
        syllables += in_bracket;
        at += 2;
        if (!*at) break;
        assert_int_equal(*at, ' ');
        at++;
    }
    return syllables;
}

static Script write_script(Fixture *fixture, Sentence *sentence)
{
    Script script;
    Error error = { 0 };
    prosody_breaks(fixture->prosody, sentence);
    assert_ok(script_write(&script, fixture->phonemes, &fixture->delivery, sentence, &fixture->arena, &error), &error);
    return script;
}

static void every_syllable_can_be_written(void **state)
{
    Fixture *fixture = *state;
    Error error = { 0 };
    Table table;
    size_t rows = 0;
    assert_ok(table_open(&table, &fixture->arena, data_path(&fixture->arena, "voices/mandarin/phonemes.tsv"), &error), &error);
    while (table_next(&table, 2, &error) > 0) {
        Sentence sentence = sentence_from(&fixture->arena, arena_str(&fixture->arena, table.field[0]).s);
        Script script = write_script(fixture, &sentence);
        rows++;
        assert_int_equal(script.count, 1);
        size_t syllables = check_utterance(script.utterances[0].phonemes);
        if (syllables != 1) fail_msg("%.*s is written as %s", STR_ARG(table.field[0]), script.utterances[0].phonemes);
        assert_true(script.utterances[0].pause_ms == sentence.pause_ms && sentence.pause_ms > 0);
    }
    assert_true(rows > 2000);
}

static void no_syllable_is_lost_in_long_sentences(void **state)
{
    Fixture *fixture = *state;
    static const char *const PATTERNS[] = { "zhuang4", "zhuang4 ", "xin1-wen2 ", "xin1 ， ", "er2 de5 ", "zhong1-hua2-ren2-min2-gong4-he2-guo2 " };
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        for (size_t repeat = 1; repeat <= 400; repeat = repeat * 3 / 2 + 1) {
            ArenaMark mark = arena_mark(&fixture->arena);
            char *text = arena_alloc(&fixture->arena, repeat * 48 + 1);
            for (size_t k = 0, used = 0; k < repeat; k++) used += (size_t)sprintf(text + used, "%s%s", PATTERNS[i], i == 0 && k + 1 < repeat ? "-" : "");
            Sentence sentence = sentence_from(&fixture->arena, text);
            size_t wanted = 0, got = 0;
            for (size_t k = 0; k < sentence.word_count; k++) wanted += sentence.words[k].syllable_count;
            Script script = write_script(fixture, &sentence);
            for (size_t k = 0; k < script.count; k++) got += check_utterance(script.utterances[k].phonemes);
            assert_int_equal(got, wanted);
            assert_int_equal(script.utterances[script.count - 1].pause_ms, sentence.pause_ms);
            arena_reset(&fixture->arena, mark);
        }
}

/* A particle that ends a question is high; a neutral tone behind another comes back from the floor; elsewhere it follows the tone before it. */
static void neutral_tones_have_their_place(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *notation, *wanted;
    } CASES[] = {
        { "qu4 le5 ma5 ？", "tS;hy51]] [[l@11]] [[mA44" }, { "qu4 le5 ma5 。", "tS;hy51]] [[l@11]] [[mA22" }, { "qu4 ma5 ？", "tS;hy51]] [[mA44" },
        { "lai2 ma5 。", "lai35]] [[mA11" },              { "qu4 na3 ？", "nA214" },                         { "ma1-ma5 le5 ， ma5 。", "mA55mA11]] [[l@22" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Sentence sentence = sentence_from(&fixture->arena, CASES[i].notation);
        Utterance *utterance = write_script(fixture, &sentence).utterances;
        if (!strstr(utterance->phonemes, CASES[i].wanted)) fail_msg("%s is written %s", CASES[i].notation, utterance->phonemes);
    }
}

/* A word of long syllables is said faster, one of short ones slower; each bracket has its pace. */
static void words_are_evened(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *notation;
        char least, most;
    } CASES[] = {
        { "chuang2-guang1 jin1-tian1", 110, 120 }, { "ba1-da4 jin1-tian1", 83, 92 }, { "xing1-qi1 jin1-tian1", 97, 112 }, { "de5 jin1-tian1", 90, 110 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Sentence sentence = sentence_from(&fixture->arena, CASES[i].notation);
        Utterance *utterance = write_script(fixture, &sentence).utterances;
        size_t brackets = 0;
        for (const char *at = utterance->phonemes; (at = strstr(at, "]]")) != NULL; at += 2) brackets++;
        assert_int_equal(strlen(utterance->paces), brackets);
        if (utterance->paces[0] < CASES[i].least || utterance->paces[0] > CASES[i].most) fail_msg("%s: %d %%", CASES[i].notation, utterance->paces[0]);
    }
}

static void third_tones_are_written_as_decided(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *notation, *why;
        int halves, fulls;
    } CASES[] = {
        { "ni3-hao3", "two thirds that sandhi left: the synthesiser must not raise the first", 1, 1 },
        { "ni3 hao3", "across words too", 1, 1 },
        { "hao3 ， hao3", "a pause between: each is full", 0, 2 },
        { "hao3-ma5", "a full third before a neutral tone", 0, 1 },
        { "hao3-ren2", "the synthesiser halves it by itself", 0, 1 },
        { "wo3 ye3 you3 hao3", "in a row", 3, 1 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Sentence sentence = sentence_from(&fixture->arena, CASES[i].notation);
        Script script = write_script(fixture, &sentence);
        int halves = 0, fulls = 0;
        for (size_t k = 0; k < script.count; k++)
            for (const char *at = script.utterances[k].phonemes; (at = strstr(at, "21")) != NULL; at += 2) at[2] == '4' ? fulls++ : halves++;
        if (halves != CASES[i].halves || fulls != CASES[i].fulls) fail_msg("%s: %s", CASES[i].notation, CASES[i].why);
    }
}

/* What the phrase's end leads on to follows at once; where the reader takes breath, it is a pause like others. */
static void a_third_tone_is_full_before_a_pause_alone(void **state)
{
    Fixture *fixture = *state;
    const uint8_t ROWS[] = { BREAK_PHRASE, fixture->prosody->pauses.breath };
    for (size_t i = 0; i < 2; i++) {
        Script script;
        Error error = { 0 };
        Sentence sentence = sentence_from(&fixture->arena, "wo3 qu4-guo5 na3-li3 chi1-fan4");
        prosody_marks(fixture->prosody, &sentence);
        sentence.words[2].after = BREAK_PHRASE;
        sentence.words[2].pause = ROWS[i];
        assert_ok(script_write(&script, fixture->phonemes, &fixture->delivery, &sentence, &fixture->arena, &error), &error);
        assert_int_equal(script.count, 2);
        if (!strstr(script.utterances[0].phonemes, i == 0 ? "li21]]" : "li214]]")) fail_msg("row %d: %s", ROWS[i], script.utterances[0].phonemes);
    }
}

static void pauses_part_utterances(void **state)
{
    Fixture *fixture = *state;
    Sentence sentence = sentence_from(&fixture->arena, "xing1-qi1-yi1-shang4-wu3 ， tian1-qi4 、 hen3 hao3 。");
    Script script = write_script(fixture, &sentence);
    assert_int_equal(script.count, 3);
    assert_int_equal(script.utterances[0].pause_ms, delivery_pause_ms(&fixture->delivery, BREAK_CLAUSE));
    assert_in_range(script.utterances[1].pause_ms, delivery_pause_ms(&fixture->delivery, BREAK_PHRASE), script.utterances[0].pause_ms);
    assert_int_equal(script.utterances[2].pause_ms, delivery_pause_ms(&fixture->delivery, BREAK_SENTENCE));
    Sentence silent = sentence_from(&fixture->arena, "， 。");
    assert_int_equal(write_script(fixture, &silent).count, 0);
}

/* Letters of the notation ("da2-bu5-liu5") that stand for an English word. */
static void say_in_english(Word *word, const char *english, uint8_t syllables)
{
    word->text = str_from(english);
    word->english = syllables;
}

static void english_words_are_utterances_of_their_own(void **state)
{
    Fixture *fixture = *state;
    Sentence sentence = sentence_from(&fixture->arena, "wo3 ei1-ai4 kei4-ti4 hao3 ， wai4-ou1 。");
    say_in_english(&sentence.words[1], "Times", 2);
    say_in_english(&sentence.words[2], "Square", 2);
    say_in_english(&sentence.words[5], "Apple\xE2\x80\x99s", 2);
    Script script;
    Error error = { 0 };
    prosody_marks(fixture->prosody, &sentence);
    assert_ok(script_write(&script, fixture->phonemes, &fixture->delivery, &sentence, &fixture->arena, &error), &error);
    static const char *const WANTED[] = { NULL, "Times Square", NULL, "Apple's" }; /* with the apostrophe of a typewriter */
    static const Break AFTER[] = { BREAK_NONE, BREAK_NONE, BREAK_CLAUSE, BREAK_SENTENCE };
    static const uint32_t AT[] = { 0, 1, 5, 6 }; /* as it is heard, not as it is spelled */
    assert_int_equal(script.count, 4);
    for (size_t i = 0; i < script.count; i++) {
        const Utterance *utterance = &script.utterances[i];
        check_utterance(utterance->phonemes);
        if (WANTED[i]) assert_string_equal(utterance->english, WANTED[i]);
        else assert_null(utterance->english);
        assert_int_equal(utterance->after, AFTER[i]);
        assert_int_equal(utterance->at, AT[i]);
    }
    assert_in_range(script.utterances[0].pause_ms, 5, 60);
    Tally tally = { 0 };
    script_tally(&tally, fixture->phonemes, &fixture->delivery, &sentence);
    assert_int_equal(tally.syllables, 8);
}

static void check_long_row(Fixture *fixture, const char *word, size_t bytes)
{
    enum { WORDS = 1000, LETTERS = 16 };
    char notation[LETTERS * 16] = "", *text = arena_alloc(&fixture->arena, WORDS * sizeof notation), *end = text;
    for (size_t i = 0; i < LETTERS; i++) strcat(notation, i ? "-da2-bu5-liu5" : "da2-bu5-liu5");
    for (size_t i = 0; i < WORDS; i++) end += sprintf(end, "%s ", notation);
    Sentence sentence = sentence_from(&fixture->arena, text);
    for (size_t i = 0; i < WORDS; i++) say_in_english(&sentence.words[i], word, 2);
    Script script = write_script(fixture, &sentence);
    size_t words = 0, spelled = 0;
    for (size_t i = 0; i < script.count; i++) {
        const char *english = script.utterances[i].english;
        spelled += check_utterance(script.utterances[i].phonemes);
        assert_non_null(english);
        assert_true(strlen(english) <= ENGLISH_BYTES_MAX);
        words += (strlen(english) + 1) / (bytes + 1);
    }
    assert_int_equal(words, WORDS);
    assert_int_equal(spelled, WORDS * LETTERS * 3);
}

/* The longest names of letters, a thousand words: each is said once, and spelled whole beside it. */
static void long_rows_of_english_are_whole(void **state)
{
    check_long_row(*state, "Wwwwwwwwwwwwwwaw", 16);
    check_long_row(*state, "W’w’w’w’w’w’w’w’w’w’w’w’w’w’a’w", 31); /* as many signs as have room */
}

/* Whatever a page holds, only syllables with a row are written; a wrong one is an error, not silence. */
static void what_has_no_row_is_refused(void **state)
{
    Fixture *fixture = *state;
    static const char *const NOTATIONS[] = { "xyz1", "[[1", "a]]1", "\0011", "A1", "NNP1", "hao-1" };
    for (size_t i = 0; i < sizeof NOTATIONS / sizeof *NOTATIONS; i++) {
        Script script;
        Error error = { 0 };
        Sentence sentence = sentence_from(&fixture->arena, NOTATIONS[i]);
        sentence.words[0].kind = WORD_SPOKEN;
        prosody_breaks(fixture->prosody, &sentence);
        assert_true(script_write(&script, fixture->phonemes, &fixture->delivery, &sentence, &fixture->arena, &error) < 0);
        assert_int_equal(error.status, STATUS_DATA);
        assert_non_null(strstr(error.text, "phonemes.tsv has no row"));
    }
    assert_int_equal(phonemes_find(fixture->phonemes, STR("hao"), 9).n, 0);
}

static void a_damaged_table_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *words;
    } CASES[] = {
        { "a1\tA55\t3\t2\t1\na1\tA55\t3\t2\t1\n", "phonemes.tsv:2: 'a1' stands here twice" },
        { "a6\tA55\t3\t2\t1\n", "phonemes.tsv:1: 'a6' is no syllable" },
        { "#\na\tA55\t3\t2\t1\n", "phonemes.tsv:2: 'a' is no syllable" },
        { "a1\n", "phonemes.tsv:1: 5 fields wanted" },
        { "a1\tA55\t3\t0\t1\n", "phonemes.tsv:1: '0' is no length" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        scratch_file(&arena, "phonemes.tsv", CASES[i].rows);
        assert_null(phonemes_create(scratch_folder(), &error));
        if (!strstr(error.text, CASES[i].words)) fail_msg("\"%s\" does not say \"%s\"", error.text, CASES[i].words);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_syllable_can_be_written, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(no_syllable_is_lost_in_long_sentences, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(neutral_tones_have_their_place, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(words_are_evened, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(third_tones_are_written_as_decided, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(a_third_tone_is_full_before_a_pause_alone, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(pauses_part_utterances, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(english_words_are_utterances_of_their_own, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(long_rows_of_english_are_whole, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(what_has_no_row_is_refused, open_fixture, close_fixture),
        cmocka_unit_test(a_damaged_table_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
