/* The melody over a sentence: it falls, begins anew, rises in a question, and sets headlines off. */
#include "support/support.h"

#include "speech/melody.h"

enum { PHRASES = 4, EACH = 5 };

static Melody melody_of_data(void)
{
    Arena arena = { 0 };
    Error error;
    Melody melody;
    assert_ok(melody_read(&melody, data_path(&arena, "voices/mandarin"), &error), &error);
    arena_finish(&arena);
    return melody;
}

/* Four phrases of five syllables; `clause`: after which of them a clause ends. */
static void sing(const Melody *melody, const Sentence *sentence, size_t clause, Utterance *utterances)
{
    for (size_t i = 0; i < PHRASES; i++)
        utterances[i] = (Utterance){ .at = (uint32_t)(EACH * i), .after = i + 1 == PHRASES ? BREAK_SENTENCE : i == clause ? BREAK_CLAUSE : BREAK_PHRASE };
    Script script = { .utterances = utterances, .count = PHRASES };
    Contour contour = melody_contour(melody, sentence);
    melody_apply(&contour, &script, PHRASES * EACH);
}

static void a_statement_falls(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Utterance said[PHRASES];
    sing(&melody, &(Sentence){ .role = ROLE_BODY, .text_at = 9 }, PHRASES, said);
    for (size_t i = 1; i < PHRASES; i++) assert_true(said[i].pitch < said[i - 1].pitch);
    assert_in_range(said[0].pitch - said[PHRASES - 1].pitch, 30, 70); /* three to seven semitones */
    assert_true(said[PHRASES - 1].last_pitch < said[PHRASES - 1].pitch);
}

static void a_clause_begins_anew(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Utterance said[PHRASES];
    sing(&melody, &(Sentence){ .role = ROLE_BODY, .text_at = 9 }, 1, said);
    assert_true(said[1].pitch < said[0].pitch);
    assert_true(said[2].pitch >= said[1].pitch - 5);
    assert_true(said[3].pitch < said[2].pitch && said[2].pitch < said[0].pitch);
}

static void a_paragraph_begins_higher(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Utterance first[PHRASES], second[PHRASES];
    sing(&melody, &(Sentence){ .role = ROLE_BODY, .text_at = 0 }, PHRASES, first);
    sing(&melody, &(Sentence){ .role = ROLE_BODY, .text_at = 9 }, PHRASES, second);
    assert_true(first[0].pitch > second[0].pitch);
    assert_int_equal(first[PHRASES - 1].pitch, second[PHRASES - 1].pitch);
}

/* Each sentence of a paragraph begins below the one before; they end alike, but for the last word of all. */
static void a_paragraph_falls_from_sentence_to_sentence(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Block next = { .role = ROLE_BODY }, block = { .role = ROLE_BODY, .text = { NULL, 400 }, .next = &next };
    Utterance said[4][PHRASES];
    for (size_t i = 0; i < 4; i++)
        sing(&melody, &(Sentence){ .block = &block, .role = ROLE_BODY, .text_at = 100 * i, .after = i < 3 ? BREAK_SENTENCE : BREAK_PARAGRAPH }, PHRASES, said[i]);
    for (size_t i = 1; i < 4; i++) {
        assert_true(said[i][0].pitch <= said[i - 1][0].pitch - 3);
        assert_int_equal(said[i][PHRASES - 1].pitch, said[0][PHRASES - 1].pitch);
    }
    assert_int_equal(said[2][PHRASES - 1].last_pitch, said[0][PHRASES - 1].last_pitch);
    assert_true(said[3][PHRASES - 1].last_pitch < said[0][PHRASES - 1].last_pitch);
}

static void an_articles_last_sentence_falls_lowest(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Block silent = { .role = ROLE_BODY, .silent = true }, more = { .role = ROLE_BODY };
    Block block = { .role = ROLE_BODY, .text = { NULL, 400 }, .next = &silent };
    Sentence sentence = { .block = &block, .role = ROLE_BODY, .text_at = 300, .after = BREAK_PARAGRAPH };
    Contour last = melody_contour(&melody, &sentence);
    silent.next = &more;
    Contour before = melody_contour(&melody, &sentence);
    assert_true(last.end < before.end && last.last < before.last && last.pace < before.pace && last.start >= before.start && last.start <= before.start);
    silent.next = NULL;
    sentence.question = true; /* rises all the same */
    assert_true(melody_contour(&melody, &sentence).last > 0);
    sentence = (Sentence){ .block = &block, .role = ROLE_BODY, .text_at = 200, .after = BREAK_SENTENCE };
    assert_true(melody_contour(&melody, &sentence).end >= before.end);
}

static void a_question_rises_at_its_end(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Utterance asked[PHRASES], said[PHRASES];
    static const Role ROLES[] = { ROLE_BODY, ROLE_TITLE };
    for (size_t i = 0; i < sizeof ROLES / sizeof *ROLES; i++) {
        sing(&melody, &(Sentence){ .role = ROLES[i], .text_at = 9, .question = true }, PHRASES, asked);
        sing(&melody, &(Sentence){ .role = ROLES[i], .text_at = 9 }, PHRASES, said);
        assert_true(asked[PHRASES - 1].last_pitch > asked[PHRASES - 1].pitch);
        assert_true(asked[PHRASES - 1].last_pitch > said[PHRASES - 1].last_pitch + 30);
    }
}

static void headlines_are_set_off(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Contour title = melody.roles[ROLE_TITLE], kicker = melody.roles[ROLE_KICKER], body = melody.roles[ROLE_BODY], caption = melody.roles[ROLE_CAPTION];
    assert_true(title.start > body.start && title.pace < body.pace);
    assert_true(kicker.start < title.start);
    assert_true(caption.start >= body.start && caption.start <= body.start); /* no row of its own: a statement */
}

static void one_phrase_and_none_are_sentences_too(void **state)
{
    (void)state;
    Melody melody = melody_of_data();
    Contour contour = melody.roles[ROLE_BODY];
    Utterance alone = { .after = BREAK_SENTENCE };
    Script script = { .utterances = &alone, .count = 1 }, none = { 0 };
    melody_apply(&contour, &script, 3);
    assert_in_range(alone.pitch + 100, 70, 130);
    melody_apply(&contour, &none, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_falls),
        cmocka_unit_test(a_clause_begins_anew),
        cmocka_unit_test(a_paragraph_begins_higher),
        cmocka_unit_test(a_paragraph_falls_from_sentence_to_sentence),
        cmocka_unit_test(an_articles_last_sentence_falls_lowest),
        cmocka_unit_test(a_question_rises_at_its_end),
        cmocka_unit_test(headlines_are_set_off),
        cmocka_unit_test(one_phrase_and_none_are_sentences_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
