/* Cuts paragraphs of clean pages where a column could end, and wants the original text back. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "page/page.h"
#include "page/rules.h"
#include "support/support.h"

typedef struct TestPage {
    const char *name;
    bool stripped; /* of its marks: a page without any sign for headings */
} TestPage;

static const TestPage PAGES[] = {
    { "articles/晨报头版.md", false }, { "articles/science.md", false }, { "articles/economy.md", false }, { "articles/culture.md", false },
    { "tests/golden/halfwidth.md", false }, { "tests/golden/kicker-two-lines.md", false }, { "tests/golden/interview.md", false },
    { "tests/golden/five-articles.md", false }, { "tests/golden/halfwidth-stops.md", false }, { "tests/golden/traditional-plain.txt", false },
    { "articles/晨报头版.md", true }, { "articles/science.md", true }, { "articles/economy.md", true }, { "articles/culture.md", true },
    { "tests/golden/halfwidth.md", true }, { "tests/golden/kicker-two-lines.md", true }, { "tests/golden/interview.md", true },
    { "tests/golden/five-articles.md", true }, { "tests/golden/halfwidth-stops.md", true }, { "tests/golden/section-over-three.md", true },
    { "tests/golden/list-of-briefs.md", true }, { "tests/golden/plain-signed.txt", true }, { "tests/golden/taiwan-plain.txt", true },
};
enum { PAGE_COUNT = sizeof PAGES / sizeof *PAGES, CUTS_A_PAGE = 1500 };

/* What stands where the column ended. */
static const struct {
    const char *name, *text;
    int cuts;
} BREAKS[] = {
    { "the next column", "\n\n", 1 },
    { "a picture story", "\n\n# 学徒进车间\n\n5月6日，青石镇技工学校的学生在机床厂里跟着师傅学习车削加工。\n\n本报记者 何青 摄\n\n", 1 },
    { "a picture and its text", "\n\n![](picture.jpg)\n\n图为学徒在机床厂里学习车削加工。何青 摄\n\n", 1 },
    { "a heading", "\n\n## 办法总比困难多\n\n", 1 },
    { "a page's number", "\n\n12\n\n", 1 },
    { "two columns", "\n\n", 2 },
};
enum { BREAK_KINDS = sizeof BREAKS / sizeof *BREAKS };

typedef struct Tally {
    int cuts, mended;
} Tally;

/* Without the signs before headings, and with a blank line around each line as before. */
static Str without_marks(Arena *arena, Str page)
{
    char *out = arena_alloc(arena, page.n + 1);
    size_t used = 0;
    while (page.n > 0) {
        Str line = str_split(&page, '\n');
        while (line.n > 0 && *line.s == '#') line = str_slice(line, 1, line.n);
        line = str_trim(line);
        memcpy(out + used, line.s, line.n);
        used += line.n;
        out[used++] = '\n';
    }
    return (Str){ out, used };
}

static Str read_test_page(Arena *arena, const TestPage *test)
{
    Error error = { 0 };
    Str page;
    assert_ok(file_read(arena, source_path(arena, test->name), &page, &error), &error);
    return test->stripped ? without_marks(arena, page) : page;
}

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

/* The page with `text` put in at `at`, and again further down in the same paragraph where two cuts are wanted; empty when there is no place for a second. */
static Str with_cut(Arena *arena, const PageRules *rules, Str page, size_t at, int kind)
{
    enum { APART_BYTES = 25 * 3 };
    Str text = str_from(BREAKS[kind].text);
    size_t second = page.n;
    if (BREAKS[kind].cuts == 2) {
        second = at + APART_BYTES;
        while (second < page.n && page.s[second] != '\n' && !is_good_cut(rules, page, second)) second++;
        if (second >= page.n || memchr(page.s + at, '\n', second - at + 1)) return (Str){ 0 };
    }
    Str between = second < page.n ? text : STR("");
    return arena_printf(arena, "%.*s%.*s%.*s%.*s%.*s", (int)at, page.s, STR_ARG(text), (int)(second - at), page.s + at, STR_ARG(between), (int)(page.n - second),
                        page.s + second);
}

static void cut_page(const PageRules *rules, const TestPage *test, Tally *tallies)
{
    Arena arena = { 0 };
    Str page = read_test_page(&arena, test);
    Str wanted = body_text(&arena, rules, page);
    uint32_t seed = 11;
    for (int tries = 0; tries < CUTS_A_PAGE; tries++) {
        size_t at = next_random(&seed) % page.n;
        int kind = tries % BREAK_KINDS;
        bool plain = test->stripped || !strstr(test->name, ".md"); /* a page without "#" stays one */
        if (!is_good_cut(rules, page, at) || (plain && strchr(BREAKS[kind].text, '#'))) continue;
        ArenaMark mark = arena_mark(&arena);
        Str cut = with_cut(&arena, rules, page, at, kind);
        bool mended = cut.n > 0 && str_equal(body_text(&arena, rules, cut), wanted);
        tallies[kind].cuts += cut.n > 0;
        tallies[kind].mended += mended;
        if (cut.n > 0 && !mended) fprintf(stderr, "%s%s: not mended over %s: ...%.*s | %.*s...\n", test->stripped ? "plain " : "", test->name, BREAKS[kind].name, 30, page.s + at - 30, 30, page.s + at);
        arena_reset(&arena, mark);
    }
    arena_finish(&arena);
}

/* All paragraphs of the page, and none in one with the next: as many as there are lines of prose. */
static void count_glued(const PageRules *rules, const TestPage *test, int *paragraphs, int *glued)
{
    Arena arena = { 0 };
    Str page = read_test_page(&arena, test);
    Str bodies = body_text(&arena, rules, page);
    while (page.n > 0) {
        Str line = str_trim(str_split(&page, '\n'));
        if (!rules_is_closed(rules, line) || strchr("#>*[!-`", *line.s) || memchr(line.s, '*', line.n)) continue;
        Str found = str_slice(bodies, str_find(bodies, line), bodies.n);
        (*paragraphs)++;
        if (found.n > line.n && found.s[line.n] == '\n') continue;
        if (found.n > 0) fprintf(stderr, "%s%s: glued: %.*s\n", test->stripped ? "plain " : "", test->name, STR_ARG(line));
        *glued += found.n > 0;
    }
    arena_finish(&arena);
}

static void check_tallies(const char *pages, const Tally *tallies, int percent_least)
{
    int cuts = 0, mended = 0;
    for (int i = 0; i < BREAK_KINDS; i++) {
        if (tallies[i].cuts == 0) continue;
        printf("%s pages: %d of %d cuts mended over %s\n", pages, tallies[i].mended, tallies[i].cuts, BREAKS[i].name);
        assert_true(tallies[i].cuts > 100);
        cuts += tallies[i].cuts;
        mended += tallies[i].mended;
    }
    printf("%s pages: %d of %d cuts mended in all\n", pages, mended, cuts);
    assert_true(mended * 100 >= cuts * percent_least);
}

static void cut_paragraphs_are_mended(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    Tally tallies[2][BREAK_KINDS] = { 0 };
    int paragraphs = 0, glued = 0;
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    for (int i = 0; i < PAGE_COUNT; i++) {
        cut_page(rules, &PAGES[i], tallies[PAGES[i].stripped]);
        count_glued(rules, &PAGES[i], &paragraphs, &glued);
    }
    check_tallies("marked", tallies[false], 99);
    check_tallies("plain", tallies[true], 97);
    printf("%d of %d uncut paragraphs glued\n", glued, paragraphs);
    assert_int_equal(glued, 0);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(cut_paragraphs_are_mended) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
