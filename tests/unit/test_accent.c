/* Which words are brought out and which are passed over (tests/cases/accents.tsv), and that it is heard. */
#include "support/pinyin_support.h"

#include <string.h>

#include "speech/prosody.h"
#include "support/scratch.h"

typedef struct Context {
    const Pinyin *pinyin;
    const Prosody *prosody;
} Context;

static Role role_from(Str name)
{
    for (int role = 0; role < ROLE_COUNT; role++)
        if (str_equal(name, str_from(role_name((Role)role)))) return (Role)role;
    fail_msg("there is no role '%.*s'", STR_ARG(name));
    return ROLE_BODY;
}

/* "只 ^北京 =三百 ~的": the words that are not usual, behind the sign of their degree. */
static bool accents_match(void *pointer, const Table *row, Arena *arena, Str *got)
{
    static const char SIGNS[ACCENT_DEGREES] = { ' ', '~', '=', '^' };
    const Context *context = pointer;
    Sentence sentence = { .role = role_from(row->field[0]), .spoken = row->field[1], .after = BREAK_SENTENCE };
    pinyin_segment(context->pinyin->lexicon, context->pinyin->readings, &sentence, arena);
    pinyin_read(context->pinyin->lexicon, context->pinyin->readings, &sentence, arena);
    prosody_breaks(context->prosody, &sentence);
    *got = STR("");
    for (size_t i = 0; i < sentence.word_count; i++) {
        if (sentence.words[i].kind != WORD_SPOKEN) continue;
        Accent accent = accent_of(&context->prosody->accents, &sentence, i);
        int degree = 0;
        while (memcmp(&accent, &context->prosody->accents.degrees[degree], sizeof accent) != 0) degree++;
        if (degree != ACCENT_USUAL) *got = arena_printf(arena, "%.*s%s%c%.*s", STR_ARG(*got), got->n ? " " : "", SIGNS[degree], STR_ARG(sentence.words[i].text));
    }
    if (got->n == 0) *got = STR("-");
    return str_equal(*got, row->field[2]);
}

static void words_are_brought_out_and_passed_over(void **state)
{
    Arena arena = { 0 };
    Error error = { 0 };
    Prosody *prosody = prosody_create(data_path(&arena, "voices/mandarin"), &error);
    if (!prosody) fail_msg("%s", error.text);
    Context context = { *state, prosody };
    check_cases("tests/cases/accents.tsv", 20, accents_match, &context);
    prosody_destroy(prosody);
    arena_finish(&arena);
}

/* More range and a slower pace by degrees; none so far that a tone is flattened, or a syllable drawled. */
static void degrees_are_in_order(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    Accents accents;
    assert_ok(accents_read(&accents, &arena, data_path(&arena, "voices/mandarin"), &error), &error);
    static const AccentDegree ORDER[] = { ACCENT_WEAK, ACCENT_USUAL, ACCENT_MILD, ACCENT_STRONG };
    for (size_t i = 1; i < ACCENT_DEGREES; i++) {
        assert_true(accents.degrees[ORDER[i]].range > accents.degrees[ORDER[i - 1]].range);
        assert_true(accents.degrees[ORDER[i]].pace < accents.degrees[ORDER[i - 1]].pace);
    }
    assert_in_range(accents.degrees[ACCENT_WEAK].range, 80, 95);
    assert_in_range(accents.degrees[ACCENT_STRONG].range, 110, 125);
    assert_in_range(accents.degrees[ACCENT_STRONG].pace, 85, 97);
    arena_finish(&arena);
}

static void a_damaged_table_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *words;
    } CASES[] = {
        { "word\tloud\t只\tx\n", "accent.tsv:1: there is no degree 'loud'" },
        { "\ndegree\tweak\t49\t100\n", "accent.tsv:2: '49' is no percentage from 50 to 127" },
        { "degree\tweak\t90\t128\n", "accent.tsv:1: '128' is no percentage from 50 to 127" },
        { "first\tstrong\ttitle end\tx\n", "accent.tsv:1: there is no part 'end' of an article" },
        { "words\tstrong\t只\tx\n", "accent.tsv:1: there is no kind 'words'" },
        { "word\tstrong\t只\n", "accent.tsv:1: 4 fields wanted" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        Accents accents;
        scratch_file(&arena, "accent.tsv", CASES[i].rows);
        assert_true(accents_read(&accents, &arena, scratch_folder(), &error) < 0);
        assert_int_equal(error.status, STATUS_DATA);
        if (!strstr(error.text, CASES[i].words)) fail_msg("\"%s\" does not say \"%s\"", error.text, CASES[i].words);
        arena_finish(&arena);
    }
}

static int setup(void **state)
{
    return scratch_make(state) || pinyin_setup(state);
}

static int teardown(void **state)
{
    return pinyin_teardown(state) || scratch_remove(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_brought_out_and_passed_over),
        cmocka_unit_test(degrees_are_in_order),
        cmocka_unit_test(a_damaged_table_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
