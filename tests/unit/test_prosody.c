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
    Error error;
    Voice voice = { .speed = 200, .pause_scale = 2, .pauses = { { STR("clause"), 333 } }, .pause_count = 1 };
    Delivery delivery;
    assert_ok(delivery_of(&delivery, prosody, &voice, &error), &error);
    assert_int_equal(delivery_pause_ms(&delivery, BREAK_WORD), 0);
    assert_int_equal(delivery_pause_ms(&delivery, BREAK_CLAUSE), 666);
    for (int at = BREAK_PHRASE; at < BREAK_COUNT; at++) {
        assert_true(delivery_pause_ms(&delivery, (size_t)at) > delivery_pause_ms(&delivery, (size_t)at - 1));
        if (at != BREAK_CLAUSE) assert_int_equal(delivery_pause_ms(&delivery, (size_t)at), 2 * prosody->pauses.rows[at].ms);
    }
    delivery_faster(&delivery, 2);
    assert_int_equal(delivery_pause_ms(&delivery, BREAK_CLAUSE), 333);
    assert_true(delivery.speed > 390 && delivery.speed < 440);
    voice.pauses[0].name = STR("comma");
    assert_true(delivery_of(&delivery, prosody, &voice, &error) < 0);
    assert_non_null(strstr(error.text, "pauses.tsv has no row 'comma'"));
    prosody_destroy(prosody);
}

/* Lists, quotations, brackets and dashes have a silence of their own, and so has a long breath. */
static void marks_have_their_own_pauses(void **state)
{
    (void)state;
    static const struct {
        const char *notation, *pause;
    } CASES[] = {
        { "ni3 、 hao3 。", "list" },      { "ni3 （ hao3 ） 。", "bracket" }, { "ni3 — hao3 。", "dash" },   { "ni3 … hao3 。", "ellipsis" },
        { "ni3 ： “ hao3 。", "colon" },   { "ni3 ； hao3 。", "semicolon" },  { "ni3 “ hao3 ” 。", "quote" }, { "ni3 hao3 。", "none" },
        { "ni3 ， hao3 。", "brief" },     { "gong1-he2-guo2-le5 ， hao3 。", "brief" },
        { "gong1-he2-guo2-de5-ren2 ， hao3 。", "clause" }, { "yi1-er4-san1-si4-wu3-liu4-qi1-ba1-jiu3-shi2-yi1-er4-san1-si4-wu3-liu4-qi1 ， hao3 。", "full" },
        { "yi1-er4-san1-si4-wu3-liu4-qi1-ba1-jiu3-shi2-yi1-er4-san1-si4-wu3-liu4-qi1 ； hao3 。", "semicolon" },
    };
    Prosody *prosody = open_prosody();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Sentence sentence = sentence_from(&arena, CASES[i].notation);
        prosody_breaks(prosody, &sentence);
        assert_str_equal(prosody->pauses.rows[sentence.words[0].pause].name, CASES[i].pause);
        arena_finish(&arena);
    }
    prosody_destroy(prosody);
}

static void a_question_is_known_by_its_mark(void **state)
{
    (void)state;
    static const struct {
        const char *notation;
        bool question;
    } CASES[] = { { "ni3 hao3 ？", true }, { "ni3 hao3 ？ ”", true }, { "ni3 ？ hao3 。", false }, { "ni3 hao3 。", false }, { "ni3 hao3", false } };
    Prosody *prosody = open_prosody();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Sentence sentence = sentence_from(&arena, CASES[i].notation);
        prosody_breaks(prosody, &sentence);
        if (sentence.question != CASES[i].question) fail_msg("%s", CASES[i].notation);
        arena_finish(&arena);
    }
    prosody_destroy(prosody);
}

#define BREAKS "none\tnone\t0\t100\t0\nword\tword\t0\t100\t0\nphrase\tphrase\t1\t100\t0\nclause\tclause\t2\t100\t0\nsentence\tsentence\t3\t100\t0\n" \
               "paragraph\tparagraph\t4\t100\t0\nheading\theading\t5\t100\t0\narticle\tarticle\t6\t100\t0\n"

static void a_damaged_table_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *marks, *pauses, *melody, *words;
    } CASES[] = {
        { "，\tclause\tclause\nab\tclause\tother\n", BREAKS, "", "marks.tsv:2: 'ab' is not one character" },
        { "，\tpause\tclause\n", BREAKS, "", "marks.tsv:1: pauses.tsv has no row 'pause'" },
        { "U+30GG\tnone\tother\n", BREAKS, "", "marks.tsv:1: 'U+30GG' is not one character" },
        { "，\tclause\n", BREAKS, "", "marks.tsv:1: 3 fields wanted, 2 found" },
        { "", "none\tnone\t-1\t100\t0\n", "", "pauses.tsv:1: a pause is 0 to 10000" },
        { "", "none\tnone\t0\t100\t501\n", "", "pauses.tsv:1: a voice dies away over 0 to 500" },
        { "", "none\tnone\t0\t49\t0\n", "", "pauses.tsv:1: a pace is 50 to 100" },
        { "", "none\tnone\t0\t100\t0\ncomma\tword\t1\t100\t0\n", "", "pauses.tsv:2: this row is for 'word'" },
        { "", "none\tnone\t0\t100\t0\n", "", "pauses.tsv:1: the row for 'word' is missing" },
        { "", BREAKS "comma\tcomma\t1\t100\t0\n", "", "pauses.tsv:9: there is no break 'comma'" },
        { "", BREAKS, "song\t1\t1\t1\t1\t100\t-\n", "melody.tsv:1: there is no contour 'song'" },
        { "", BREAKS, "statement\t13\t1\t1\t1\t100\t-\n", "melody.tsv:1: '13' is no number of semitones" },
        { "", BREAKS, "statement\t1\t1\t1\t1\t20\t-\n", "melody.tsv:1: a pace is 50 to 200" },
        { "", BREAKS, "statement\t1\t1\t1\t1\t100\t45\n", "melody.tsv:1: '45' is no level from 11 to 55" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        scratch_file(&arena, "marks.tsv", CASES[i].marks);
        scratch_file(&arena, "pauses.tsv", CASES[i].pauses);
        scratch_file(&arena, "melody.tsv", CASES[i].melody);
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
        cmocka_unit_test(marks_have_their_own_pauses),
        cmocka_unit_test(a_question_is_known_by_its_mark),
        cmocka_unit_test(a_damaged_table_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
