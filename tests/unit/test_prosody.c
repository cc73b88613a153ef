/* Breaks between words, breath in long stretches, and the silence of each. */
#include "support/support.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "speech/prosody.h"
#include "support/scratch.h"
#include "support/words.h"

static Prosody *open_prosody(void)
{
    Arena arena = { 0 };
    Error error = { 0 };
    Prosody *prosody = prosody_create(data_path(&arena, "voices/mandarin"), &error);
    if (!prosody) fail_msg("%s", error.text);
    arena_finish(&arena);
    return prosody;
}

static void marks_make_breaks(void **state)
{
    (void)state;
    static const struct {
        const char *notation;
        Break after;
    } CASES[] = {
        { "ni3 hao3 。", BREAK_WORD },      { "ni3 、 hao3 。", BREAK_PHRASE },   { "ni3 ， hao3 。", BREAK_CLAUSE },   { "ni3 ； hao3 。", BREAK_CLAUSE },
        { "ni3 ： hao3 。", BREAK_CLAUSE },  { "ni3 。 hao3 。", BREAK_SENTENCE }, { "ni3 ？ hao3 。", BREAK_SENTENCE }, { "ni3 ” ， hao3 。", BREAK_CLAUSE },
        { "ni3 ， “ hao3 。", BREAK_CLAUSE }, { "ni3 “ hao3 ” 。", BREAK_WORD },   { "ni3 （ hao3 ） 。", BREAK_PHRASE }, { "ni3 — hao3 。", BREAK_CLAUSE },
        { "ni3 , hao3 .", BREAK_CLAUSE },   { "ni3 、 ， hao3 。", BREAK_CLAUSE }, { "ni3 《 hao3 》 。", BREAK_WORD },
    };
    Prosody *prosody = open_prosody();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Sentence sentence = sentence_from(&arena, CASES[i].notation);
        prosody_breaks(prosody, &sentence);
        if (sentence.words[0].after != CASES[i].after) fail_msg("%s: break %d, not %d", CASES[i].notation, sentence.words[0].after, CASES[i].after);
        arena_finish(&arena);
    }
    prosody_destroy(prosody);
}

static void the_last_word_bears_the_sentences_break(void **state)
{
    (void)state;
    Prosody *prosody = open_prosody();
    static const Break ENDS[] = { BREAK_CLAUSE, BREAK_SENTENCE, BREAK_PARAGRAPH, BREAK_HEADING };
    for (size_t i = 0; i < 4; i++) {
        Arena arena = { 0 };
        Sentence sentence = sentence_from(&arena, "“ ni3-hao3 ， shi4-jie4 。 ”");
        sentence.after = ENDS[i];
        prosody_breaks(prosody, &sentence);
        assert_int_equal(sentence.words[1].after, BREAK_CLAUSE);
        assert_int_equal(sentence.words[3].after, ENDS[i]);
        arena_finish(&arena);
    }
    Sentence silent = { .after = BREAK_SENTENCE };
    prosody_breaks(prosody, &silent);
    prosody_destroy(prosody);
}

/* Phrases without a class to go by: of what length they may be, and where they end, holds all the same. */
static void a_long_stretch_is_phrased(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = { "da4 ", "xin1-wen2 ", "xin1-wen2 de5 ", "bo1-yin1-yuan2 ", "da4 le5 ", "gong1-he2-guo2 xin1-wen2 men5 " };
    Prosody *prosody = open_prosody();
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++)
        for (size_t repeat = 1; repeat < 60; repeat++) {
            Arena arena = { 0 };
            char text[4096] = "";
            for (size_t k = 0; k < repeat; k++) strcat(text, PATTERNS[i]);
            Sentence sentence = sentence_from(&arena, text);
            prosody_breaks(prosody, &sentence);
            size_t said = 0;
            for (size_t k = 0; k < sentence.word_count; k++) {
                if (said == 0 && k > 0 && sentence.words[k].syllables[0].tone == 5) fail_msg("%zu times \"%s\": a neutral tone begins a phrase", repeat, PATTERNS[i]);
                said += sentence.words[k].syllable_count;
                if (said > PHRASE_SYLLABLES_MAX) fail_msg("%zu times \"%s\": %zu syllables in one breath", repeat, PATTERNS[i], said);
                if (sentence.words[k].after >= BREAK_PHRASE) said = 0;
            }
            arena_finish(&arena);
        }
    prosody_destroy(prosody);
}

static void stronger_breaks_are_longer(void **state)
{
    (void)state;
    Prosody *prosody = open_prosody();
    assert_int_equal(prosody_pause_ms(prosody, BREAK_NONE, 1), 0);
    assert_int_equal(prosody_pause_ms(prosody, BREAK_WORD, 1), 0);
    for (int at = BREAK_PHRASE; at < BREAK_COUNT; at++) {
        assert_true(prosody_pause_ms(prosody, (Break)at, 1) > prosody_pause_ms(prosody, (Break)(at - 1), 1));
        assert_int_equal(prosody_pause_ms(prosody, (Break)at, 2), 2 * prosody_pause_ms(prosody, (Break)at, 1));
    }
    prosody_destroy(prosody);
}

static void a_damaged_table_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *marks, *pauses, *words;
    } CASES[] = {
        { "，\tclause\tclause\nab\tclause\tother\n", "", "marks.tsv:2: 'ab' is not one character" },
        { "，\tpause\tclause\n", "", "marks.tsv:1: there is no break 'pause'" },
        { "U+30GG\tnone\tother\n", "", "marks.tsv:1: 'U+30GG' is not one character" },
        { "，\tclause\n", "", "marks.tsv:1: 3 fields wanted, 2 found" },
        { "", "clause\t-1\n", "pauses.tsv:1: a pause is 0 to 10000" },
        { "", "clause\t1\ncomma\t1\n", "pauses.tsv:2: there is no break 'comma'" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        scratch_file(&arena, "marks.tsv", CASES[i].marks);
        scratch_file(&arena, "pauses.tsv", CASES[i].pauses);
        assert_null(prosody_create(scratch_folder(), &error));
        assert_int_equal(error.status, STATUS_DATA);
        if (!strstr(error.text, CASES[i].words)) fail_msg("\"%s\" does not say \"%s\"", error.text, CASES[i].words);
        arena_finish(&arena);
    }
    prosody_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_make_breaks),
        cmocka_unit_test(the_last_word_bears_the_sentences_break),
        cmocka_unit_test(a_long_stretch_is_phrased),
        cmocka_unit_test(stronger_breaks_are_longer),
        cmocka_unit_test(a_damaged_table_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
