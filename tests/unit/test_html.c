/* HTML that no newspaper writes: nothing is lost, nothing takes long, nothing nests too deep. What pages look like is in tests/cases/page_split.tsv and
 * tests/golden. */
#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "support/support.h"

static char *repeat(char *to, const char *unit, size_t times)
{
    for (size_t n = strlen(unit); times > 0; times--, to += n) memcpy(to, unit, n);
    return to;
}

/* A page of `open` a hundred thousand times, a sentence, `close` as often, and another sentence: both must be there. */
static void check_both_sentences(const PageRules *rules, const char *open, const char *close)
{
    static const char FIRST[] = "<p>第一句话在很深的地方，它有三十多个汉字，所以一定会被当成正文来读。</p>";
    static const char SECOND[] = "<p>第二句话在更后面的地方，它也有三十多个汉字，所以一定会被当成正文。</p>";
    enum { TIMES = 100000 };
    Edition edition = { 0 };
    char *page = malloc((strlen(open) + strlen(close)) * TIMES + sizeof FIRST + sizeof SECOND + 64), *to = page;
    assert_non_null(page);
    to = repeat(to, "<html><body>", 1);
    to = repeat(to, open, TIMES);
    to = repeat(to, FIRST, 1);
    to = repeat(to, close, TIMES);
    to = repeat(to, SECOND, 1);
    page_split(&edition, rules, (Str){ page, (size_t)(to - page) });
    int found = 0;
    for (const Article *article = edition.articles; article; article = article->next)
        for (const Block *block = article->blocks; block; block = block->next)
            found += str_find(block->text, STR("第一句话")) < block->text.n || str_find(block->text, STR("第二句话")) < block->text.n;
    edition_finish(&edition);
    free(page);
    assert_int_equal(found, 2);
}

static void hostile_nesting_loses_nothing(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    check_both_sentences(rules, "<div>", "</div>");
    check_both_sentences(rules, "<div>", "</span>");
    check_both_sentences(rules, "<b><i>", "</b>");
    check_both_sentences(rules, "<table><tr><td>", "</div>");
    check_both_sentences(rules, "<h1>题</h1>", "<h2>目</h2>");
    check_both_sentences(rules, "<!-- x -->", "<li>");
    check_both_sentences(rules, "<a href='x'>链", "</a>");
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(hostile_nesting_loses_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
