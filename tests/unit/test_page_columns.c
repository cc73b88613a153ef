/* Cuts paragraphs of clean pages where a column could end, and wants the original text back. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "page/page.h"
#include "page/rules.h"
#include "support/support.h"

static const char *const PAGES[] = { "articles/晨报头版.md", "articles/science.md", "articles/economy.md", "articles/culture.md",
                                     "tests/golden/halfwidth.md", "tests/golden/kicker-two-lines.md", "tests/golden/interview.md" };
enum { PAGE_COUNT = sizeof PAGES / sizeof *PAGES, CUTS_A_PAGE = 1500 };

typedef struct Tally {
    int cuts, mended;
} Tally;

/* All body text of the page, paragraphs set apart by "\n". */
static Str body_text(Arena *arena, const PageRules *rules, Str page)
{
    Edition edition = { 0 };
    char *out = arena_alloc(arena, page.n * 2 + 2);
    size_t used = 0;
    page_split(&edition, rules, page);
    for (const Article *article = edition.articles; article; article = article->next)
        for (const Block *block = article->blocks; block; block = block->next) {
            if (block->role != ROLE_BODY || block->silent) continue;
            memcpy(out + used, block->text.s, block->text.n);
            used += block->text.n;
            out[used++] = '\n';
        }
    edition_finish(&edition);
    return (Str){ out, used };
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* A place inside a paragraph of prose where a cut can be seen: not after a stop (two whole paragraphs would be left), and not in
 * the first line's beginning, as a column is at least `margin` characters deep. 0: this place will not do. */
static bool is_good_cut(const PageRules *rules, Str page, size_t at)
{
    enum { MARGIN_BYTES = 12 * 3 };
    if (at < MARGIN_BYTES || at + MARGIN_BYTES > page.n || ((unsigned char)page.s[at] & 0xC0) == 0x80) return false;
    Str around = str_slice(page, at - MARGIN_BYTES, at + MARGIN_BYTES);
    if (memchr(around.s, '\n', around.n)) return false;
    const char *line = memrchr(page.s, '\n', at);
    Str before = str_slice(page, line ? (size_t)(line - page.s) + 1 : 0, at);
    Str whole = before;
    const char *end = memchr(before.s, '\n', page.n - (size_t)(before.s - page.s));
    whole.n = end ? (size_t)(end - before.s) : page.n - (size_t)(before.s - page.s);
    return strchr("#>*[!-", before.s[0]) == NULL && rules_is_closed(rules, whole) && !rules_is_closed(rules, before) &&
           !memchr(whole.s, '`', whole.n) && !memchr(whole.s, '*', whole.n) && page.s[at] != ' ' && page.s[at - 1] != ' ';
}

static Str with_cut(Arena *arena, Str page, size_t at)
{
    return arena_printf(arena, "%.*s\n\n%.*s", (int)at, page.s, (int)(page.n - at), page.s + at);
}

static void cut_page(const PageRules *rules, const char *name, Tally *tally)
{
    Arena arena = { 0 };
    Error error = { 0 };
    Str page;
    assert_ok(file_read(&arena, source_path(&arena, name), &page, &error), &error);
    Str wanted = body_text(&arena, rules, page);
    uint32_t seed = 11;
    for (int tries = 0; tries < CUTS_A_PAGE; tries++) {
        size_t at = next_random(&seed) % page.n;
        if (!is_good_cut(rules, page, at)) continue;
        ArenaMark mark = arena_mark(&arena);
        Str got = body_text(&arena, rules, with_cut(&arena, page, at));
        tally->cuts++;
        if (str_equal(got, wanted)) tally->mended++;
        else fprintf(stderr, "%s: not mended: ...%.*s | %.*s...\n", name, 30, page.s + at - 30, 30, page.s + at);
        arena_reset(&arena, mark);
    }
    arena_finish(&arena);
}

static void cut_paragraphs_are_mended(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    Tally tally = { 0, 0 };
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    for (int i = 0; i < PAGE_COUNT; i++) cut_page(rules, PAGES[i], &tally);
    printf("%d of %d cuts mended\n", tally.mended, tally.cuts);
    assert_true(tally.cuts > 500);
    assert_true(tally.mended * 100 >= tally.cuts * 99);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cut_paragraphs_are_mended) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
