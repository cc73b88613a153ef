/* Paragraphs that stand under the wrong article: displaced ones come back or stay where they are with the rest; never does one go to a third
 * article, and on pages in order nothing moves. */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "page/page.h"
#include "support/support.h"

enum { ARTICLES = 4, PARAGRAPHS_MOST = 5 };

/* The golden page with its two displaced paragraphs back in place, as a table to take apart. */
typedef struct PageText {
    Str titles[ARTICLES];
    Str paragraphs[ARTICLES][PARAGRAPHS_MOST];
    int counts[ARTICLES];
} PageText;

static PageRules *rules_of(Arena *arena)
{
    Error error = { 0 };
    PageRules *rules = page_rules_create(data_path(arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    return rules;
}

static void read_page(PageText *page, const Edition *edition)
{
    int i = 0;
    for (const Article *article = edition->articles; article; article = article->next, i++) {
        assert_true(i < ARTICLES);
        page->titles[i] = article_part(article, ROLE_TITLE);
        for (const Block *block = article->blocks; block; block = block->next)
            if (block->role == ROLE_BODY) page->paragraphs[i][page->counts[i]++] = block->text;
    }
    assert_int_equal(i, ARTICLES);
}

/* The page as text, but with paragraph `moved` of article `from` at the end of article `to`. */
static Str written(Arena *arena, const PageText *page, int from, int moved, int to)
{
    Str out = STR("");
    for (int i = 0; i < ARTICLES; i++) {
        out = arena_printf(arena, "%.*s# %.*s\n\n", STR_ARG(out), STR_ARG(page->titles[i]));
        for (int k = 0; k < page->counts[i]; k++)
            if (i != from || k != moved) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(page->paragraphs[i][k]));
        if (i == to) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(page->paragraphs[from][moved]));
    }
    return out;
}

/* In which article the paragraph stands; -1: in none. */
static int place_of(const Edition *edition, Str paragraph)
{
    int i = 0;
    for (const Article *article = edition->articles; article; article = article->next, i++)
        for (const Block *block = article->blocks; block; block = block->next)
            if (str_equal(block->text, paragraph)) return i;
    return -1;
}

typedef struct Tally {
    int tried, back, wrong;
} Tally;

static void displace(const PageRules *rules, const PageText *page, int from, int moved, int to, Tally *tally)
{
    Arena arena = { 0 };
    Edition edition = { 0 };
    page_split(&edition, rules, written(&arena, page, from, moved, to));
    tally->tried++;
    for (int i = 0; i < ARTICLES; i++)
        for (int k = 0; k < page->counts[i]; k++) {
            int now = place_of(&edition, page->paragraphs[i][k]);
            bool was_displaced = i == from && k == moved;
            if (was_displaced) tally->back += now == from;
            if (now == i || (was_displaced && now == to)) continue;
            tally->wrong++;
            fprintf(stderr, "paragraph %d of article %d was put into %d: went from %d to %d\n", moved, from, to, i, now);
        }
    edition_finish(&edition);
    arena_finish(&arena);
}

static void displaced_paragraphs_come_back(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Edition edition = { 0 };
    Error error = { 0 };
    PageText page = { 0 };
    Tally tally = { 0 };
    PageRules *rules = rules_of(&arena);
    assert_ok(page_read(&edition, rules, source_path(&arena, "tests/golden/displaced.md"), NULL, &error), &error);
    read_page(&page, &edition);
    for (int from = 0; from < ARTICLES; from++)
        for (int moved = 1; moved < page.counts[from]; moved++)
            for (int to = from - 1; to <= from + 1; to += 2)
                if (to >= 0 && to < ARTICLES) displace(rules, &page, from, moved, to, &tally);
    printf("%d displaced, %d came back, %d went wrong\n", tally.tried, tally.back, tally.wrong);
    assert_true(tally.tried >= 10);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.back * 2 >= tally.tried);
    edition_finish(&edition);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

static int notes_on(const PageRules *rules, const char *path)
{
    Edition edition = { 0 };
    Error error = { 0 };
    int notes = 0;
    assert_ok(page_read(&edition, rules, path, NULL, &error), &error);
    for (const Article *article = edition.articles; article; article = article->next)
        for (const Note *note = article->notes; note; note = note->next) {
            fprintf(stderr, "%s: article %.*s: %.*s\n", path, STR_ARG(article->id), STR_ARG(note->text));
            notes++;
        }
    edition_finish(&edition);
    return notes;
}

static void nothing_moves_on_pages_in_order(void **state)
{
    (void)state;
    Arena arena = { 0 };
    PageRules *rules = rules_of(&arena);
    glob_t found;
    assert_int_equal(glob(source_path(&arena, "articles/*"), 0, NULL, &found), 0);
    assert_int_equal(glob(source_path(&arena, "tests/golden/*.*[!e]"), GLOB_APPEND, NULL, &found), 0);
    int notes = 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!strstr(found.gl_pathv[i], "displaced")) notes += notes_on(rules, found.gl_pathv[i]);
    assert_true(found.gl_pathc > 25);
    assert_int_equal(notes, 0);
    globfree(&found);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(displaced_paragraphs_come_back), cmocka_unit_test(nothing_moves_on_pages_in_order) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
