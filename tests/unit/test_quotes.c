/* Direct speech is found whole, and nothing else is. */
#include "support/support.h"

#include "text/splitter.h"

static void add_part(Arena *arena, Str *got, Str part)
{
    *got = arena_printf(arena, "%.*s%s%.*s", STR_ARG(*got), got->n ? " | " : "", STR_ARG(part));
}

static Block *blocks_of(Arena *arena, Str text)
{
    Block *first = NULL, **last = &first;
    while (text.n > 0) {
        size_t end = str_find(text, STR(" / "));
        *last = ARENA_NEW(arena, Block, 1);
        **last = (Block){ .role = ROLE_BODY, .text = str_slice(text, 0, end) };
        last = &(*last)->next;
        text = str_slice(text, end < text.n ? end + 3 : text.n, text.n);
    }
    return first;
}

static bool check_row(void *context, const Table *row, Arena *arena, Str *got)
{
    *got = STR("");
    for (const Block *block = blocks_of(arena, row->field[0]); block; block = block->next) {
        Splitter splitter = splitter_start(context, block);
        Sentence sentence = { 0 };
        for (; splitter_next(&splitter, &sentence); sentence = (Sentence){ 0 })
            for (uint32_t i = 0; i < sentence.speech.count; i++)
                add_part(arena, got, str_slice(sentence.text, sentence.speech.from[i], sentence.speech.to[i]));
    }
    if (got->n == 0) *got = STR("-");
    return str_equal(*got, row->field[1]) && row->field[2].n > 0;
}

static void test_cases(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Marks *marks = marks_create(data_path(&arena, "voices/mandarin"), &error);
    if (!marks) fail_msg("%s", error.text);
    check_cases("tests/cases/direct_speech.tsv", 20, check_row, marks);
    marks_destroy(marks);
    arena_finish(&arena);
}

/* Marks without end: every place is looked at a few times at most, and no part reaches beyond its sentence. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = { "“", "”", "“”", "“。", "“好。”", "\"", "「『", "他说：“好，" };
    enum { TIMES = 40000 };
    Arena arena = { 0 };
    Error error;
    Marks *marks = marks_create(data_path(&arena, "voices/mandarin"), &error);
    if (!marks) fail_msg("%s", error.text);
    for (size_t p = 0; p < sizeof PATTERNS / sizeof *PATTERNS; p++) {
        Str pattern = str_from(PATTERNS[p]);
        char *text = arena_alloc(&arena, pattern.n * TIMES);
        for (size_t i = 0; i < TIMES; i++)
            for (size_t k = 0; k < pattern.n; k++) text[i * pattern.n + k] = pattern.s[k];
        Block block = { .role = ROLE_BODY, .text = { text, pattern.n * TIMES } };
        Splitter splitter = splitter_start(marks, &block);
        Sentence sentence = { 0 };
        for (; splitter_next(&splitter, &sentence); sentence = (Sentence){ 0 })
            for (uint32_t i = 0; i < sentence.speech.count; i++)
                assert_true(sentence.speech.from[i] < sentence.speech.to[i] && sentence.speech.to[i] <= sentence.text.n);
    }
    marks_destroy(marks);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_cases), cmocka_unit_test(test_hostile) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
