/* The index only saves work: a rule that it turns down must not match. Asked at every place of every case of the spoken form, and of two cases that are joined. */
#include "support/support.h"

#include <string.h>

#include "text/rulebook.h"

enum { TEXT_MAX = 1024 };

typedef struct State {
    Arena arena;
    SpokenRules *rules;
    char last[TEXT_MAX / 2]; /* the case before */
    size_t last_n;
} State;

static int setup(void **context)
{
    static State state;
    Error error;
    state.rules = spoken_create(data_path(&state.arena, "voices/mandarin"), &error);
    if (!state.rules) fail_msg("%s", error.text);
    *context = &state;
    return 0;
}

static int teardown(void **context)
{
    State *state = *context;
    spoken_destroy(state->rules);
    arena_finish(&state->arena);
    return 0;
}

static bool keep_known(const void *context, uint32_t code)
{
    const SpokenRules *rules = context;
    return code < PLANE && (codeset_has(&rules->kept, code) || marks_class(rules->marks, code) != MARK_NONE);
}

/* The first rule that matches at `at` and is not among the chances; NULL: there is none. */
static const Rule *lost_at(const SpokenRules *rules, Matcher *matcher, size_t at)
{
    RuleSet chances;
    Match match;
    rule_index_chances(&rules->index, matcher, at, &chances);
    for (size_t i = 0; i < rules->count; i++) {
        bool chance = chances.bits[i / RULES_A_WORD] >> i % RULES_A_WORD & 1;
        if (!chance && match_rule(matcher, &rules->rules[i], at, &match)) return &rules->rules[i];
    }
    return NULL;
}

/* Once as if no rule had spoken before, and once as if each rule that others name had just said what stands there. */
static const Rule *lost_in(const SpokenRules *rules, Str text, Arena *arena)
{
    static const char *const SAID[] = { NULL, "score", "telephone", "mobile", "stock", "day-slash", "compare", "fraction", "difference", "hotline" };
    Chars chars = chars_fold(text, &rules->hanzi, keep_known, rules, arena);
    for (size_t i = 0; i < sizeof SAID / sizeof *SAID; i++) {
        Rule rule = { .name = SAID[i] ? str_from(SAID[i]) : (Str){ 0 } };
        Matcher matcher = { .chars = &chars, .marks = rules->marks, .domains = rules->domains, .run_from = SIZE_MAX, .number_from = SIZE_MAX };
        matcher.said = SAID[i] ? &rule : NULL;
        for (size_t at = 0; at < chars.n; at++) {
            if (!codeset_has(&rules->index.starts, chars.code[at])) continue;
            /* Rules are asked where a token begins. */
            bool inside = at > 0 && ((code_is_digit(chars.code[at]) && code_is_digit(chars.code[at - 1])) ||
                                     (code_is_latin(chars.code[at]) && code_is_latin(chars.code[at - 1])));
            matcher.said_to = at;
            const Rule *lost = inside ? NULL : lost_at(rules, &matcher, at);
            if (lost) return lost;
        }
    }
    return NULL;
}

static bool check_row(void *context, const Table *row, Arena *arena, Str *got)
{
    State *state = context;
    char joined[TEXT_MAX];
    Str text = row->field[0];
    if (text.n > sizeof state->last) text.n = sizeof state->last;
    memcpy(joined, state->last, state->last_n);
    memcpy(joined + state->last_n, text.s, text.n);
    const Rule *lost = lost_in(state->rules, (Str){ joined, state->last_n + text.n }, arena);
    memcpy(state->last, text.s, text.n);
    state->last_n = text.n;
    *got = lost ? str_from(lost->row) : (Str){ 0 };
    return !lost;
}

static void test_nothing_lost(void **context)
{
    static const char *const TABLES[] = {
        "tests/cases/spoken_numbers.tsv", "tests/cases/spoken_years.tsv", "tests/cases/spoken_times.tsv", "tests/cases/spoken_units.tsv", "tests/cases/spoken_ranges.tsv",
        "tests/cases/spoken_serial.tsv",  "tests/cases/spoken_latin.tsv", "tests/cases/spoken_signs.tsv", "tests/cases/spoken_pages.tsv",
    };
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++) check_cases(TABLES[i], 1, check_row, *context);
}

/* And it does save work: where a figure stands with nothing around it that rules ask for, few are left. */
static void test_few_left(void **context)
{
    const State *state = *context;
    const SpokenRules *rules = state->rules;
    Arena arena = { 0 };
    Chars chars = chars_fold(STR("我们有37棵树"), &rules->hanzi, keep_known, rules, &arena);
    Matcher matcher = { .chars = &chars, .marks = rules->marks, .domains = rules->domains, .run_from = SIZE_MAX, .number_from = SIZE_MAX };
    RuleSet chances;
    size_t left = 0;
    rule_index_chances(&rules->index, &matcher, 3, &chances);
    for (size_t i = 0; i < rules->count; i++) left += chances.bits[i / RULES_A_WORD] >> i % RULES_A_WORD & 1;
    assert_in_range(left, 1, 5);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_nothing_lost), cmocka_unit_test(test_few_left) };
    return cmocka_run_group_tests(tests, setup, teardown);
}
