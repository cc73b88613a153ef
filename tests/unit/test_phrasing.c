/* Phrasing: against what a reader does (tests/cases/phrasing.txt), and what must hold of every phrasing (tests/cases/phrases.tsv). */
#include "support/pinyin_support.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "speech/prosody.h"
#include "support/scratch.h"

static Prosody *open_prosody(Arena *arena)
{
    Error error = { 0 };
    Prosody *prosody = prosody_create(data_path(arena, "voices/mandarin"), &error);
    if (!prosody) fail_msg("%s", error.text);
    return prosody;
}

/* The line without its labels; labels[i]: that character stood before byte i. */
static Str take_labels(Arena *arena, Str line, char *labels)
{
    char *text = arena_alloc(arena, line.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (strchr("/+", line.s[i])) labels[n] = line.s[i];
        else text[n++] = line.s[i];
    }
    return (Str){ text, n };
}

static Sentence phrased(const Pinyin *pinyin, const Prosody *prosody, Str text, Arena *arena)
{
    Sentence sentence = { .spoken = text, .after = BREAK_SENTENCE };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, arena);
    pinyin_read(pinyin->lexicon, pinyin->readings, &sentence, arena);
    prosody_breaks(prosody, &sentence);
    return sentence;
}

typedef struct Score {
    double right, given, wanted, places;
} Score;

/* Places between two words without a mark. */
static void score_add(Score *score, const Sentence *sentence, const char *labels)
{
    for (size_t i = 0; i + 1 < sentence->word_count; i++) {
        const Word *word = &sentence->words[i], *next = word + 1;
        if (word->kind != WORD_SPOKEN || next->kind != WORD_SPOKEN) continue;
        bool wanted = labels[next->text.s - sentence->spoken.s] == '/', given = word->after >= BREAK_PHRASE;
        score->right += wanted && given;
        score->given += given;
        score->wanted += wanted;
        score->places++;
    }
}

static double f1(double right, double given, double wanted)
{
    return 2 * right / (given + wanted);
}

static void score_print(const Score *score, Str part)
{
    double ours = f1(score->right, score->given, score->wanted), everywhere = f1(score->wanted, score->places, score->wanted);
    print_message("%4.0f breaks, %4.0f given, %4.0f right: F1 %.3f; a break at every word %.3f: %.*s\n", score->wanted, score->given, score->right, ours,
                  everywhere, STR_ARG(part));
}

static void score_part(Score *all, Score *part, Str name)
{
    if (part->wanted > 0) score_print(part, name);
    *all = (Score){ all->right + part->right, all->given + part->given, all->wanted + part->wanted, all->places + part->places };
    *part = (Score){ 0 };
}

/* The fifth of the labelled sentences that the model was not trained on; a comment names the part of the file that follows. */
static void phrases_end_where_a_reader_ends_them(void **state)
{
    Arena arena = { 0 };
    Prosody *prosody = open_prosody(&arena);
    Error error = { 0 };
    Score all = { 0 }, part = { 0 };
    Str text, name = { 0 };
    assert_ok(file_read(&arena, source_path(&arena, "tests/cases/phrasing.txt"), &text, &error), &error);
    for (int number = 0; text.n > 0;) {
        Str line = str_split(&text, '\n');
        if (line.n > 2 && line.s[0] == '#') {
            score_part(&all, &part, name);
            name = str_slice(line, 2, line.n);
        }
        if (line.n == 0 || line.s[0] == '#' || number++ % 5 != 4) continue;
        char *labels = arena_alloc(&arena, line.n + 1);
        Sentence sentence = phrased(*state, prosody, take_labels(&arena, line, labels), &arena);
        score_add(&part, &sentence, labels);
    }
    score_part(&all, &part, name);
    score_print(&all, STR("all"));
    assert_true(all.wanted > 600);
    assert_true(f1(all.right, all.given, all.wanted) > 0.70);
    prosody_destroy(prosody);
    arena_finish(&arena);
}

/* '+' where no break may be, '/' where one must be. */
static bool check_phrases(void *context, const Table *row, Arena *arena, Str *got)
{
    const Pinyin *pinyin = context;
    Prosody *prosody = open_prosody(arena);
    char *labels = arena_alloc(arena, row->field[0].n + 1);
    Sentence sentence = phrased(pinyin, prosody, take_labels(arena, row->field[0], labels), arena);
    bool right = true;
    for (size_t i = 0; i < sentence.word_count; i++) {
        const Word *word = &sentence.words[i];
        size_t end = (size_t)(word->text.s + word->text.n - sentence.spoken.s);
        bool breaks = end < sentence.spoken.n && word->after >= BREAK_PHRASE;
        right &= !(labels[end] == '+' && breaks) && !(labels[end] == '/' && !breaks);
        *got = arena_printf(arena, "%.*s%.*s%s", STR_ARG(*got), STR_ARG(word->text), breaks ? "/" : " ");
    }
    prosody_destroy(prosody);
    return right;
}

static void what_belongs_together_stays_together(void **state)
{
    check_cases("tests/cases/phrases.tsv", 79, check_phrases, *state);
}

/* Whatever the words are: no phrase of more than one word is too long, and each is found. */
static void no_phrase_is_too_long(void **state)
{
    static const char *const PARTS[] = { "的", "中国", "三", "运动会", "呢", "A", "——", "中华人民共和国", "我", "了" };
    Arena arena = { 0 };
    Prosody *prosody = open_prosody(&arena);
    uint32_t random = 1;
    for (int run = 0; run < 300; run++) {
        Str text = { 0 };
        for (int i = 0; i < 1 + run; i++) {
            random = random * 1664525 + 1013904223;
            text = arena_printf(&arena, "%.*s%s", STR_ARG(text), PARTS[(random >> 24) % 10]);
        }
        Sentence sentence = phrased(*state, prosody, text, &arena);
        size_t said = 0, words = 0;
        for (size_t i = 0; i < sentence.word_count; i++) {
            if (sentence.words[i].kind != WORD_SPOKEN) continue;
            said += sentence.words[i].syllable_count;
            words++;
            if (words > 1 && said > PHRASE_SYLLABLES_MAX) fail_msg("%zu syllables in one breath: %.*s", said, STR_ARG(text));
            if (sentence.words[i].after >= BREAK_PHRASE) said = words = 0;
        }
    }
    prosody_destroy(prosody);
    arena_finish(&arena);
}

static void a_damaged_table_is_named_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *model, *words;
    } CASES[] = {
        { "any\t*\tmuch\n", "phrasing_model.tsv:1: a weight is a number" },
        { "any\t*\t2001\n", "phrasing_model.tsv:1: a weight is a number" },
        { "any\t*\n", "phrasing_model.tsv:1: 3 fields wanted" },
        { "anything\t*\t1\n", "phrasing_model.tsv:1: there is no feature 'anything'" },
        { "class\tn v\t1\n", "phrasing_model.tsv:1: there is no feature 'class'" },
        { "phrase\tfirst 15\t1\n", "phrasing_model.tsv:1: 'first 15' is no kind and length" },
        { "\nphrase\tsecond 1\t1\n", "phrasing_model.tsv:2: 'second 1' is no kind and length" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Arena arena = { 0 };
        Error error = { 0 };
        scratch_file(&arena, "phrasing_model.tsv", CASES[i].model);
        scratch_file(&arena, "phrasing.tsv", "");
        assert_null(phrasing_create(scratch_folder(), &error));
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
        cmocka_unit_test(phrases_end_where_a_reader_ends_them),
        cmocka_unit_test(what_belongs_together_stays_together),
        cmocka_unit_test(no_phrase_is_too_long),
        cmocka_unit_test(a_damaged_table_is_named_with_its_line),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
