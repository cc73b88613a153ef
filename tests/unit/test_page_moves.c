/* Paragraphs that stand under the wrong article: displaced ones come back or stay where they are with the rest; never does one go to a third
 * article, and on pages in order nothing moves. */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "page/page.h"
#include "support/support.h"

static const char *const PAGES[] = {
    "tests/golden/displaced.md", "tests/golden/five-articles.md", "tests/golden/halfwidth-stops.md", "articles/sport.md", "articles/science.md",
    "articles/economy.md", "articles/晨报头版.md", "articles/culture.md", "tests/golden/section-over-three.md", "tests/golden/halfwidth.md",
    "tests/golden/plain-signed.txt", "tests/golden/taiwan-plain.txt", "tests/golden/brackets-and-marks.txt", "tests/golden/asking-headlines.txt",
    "tests/golden/hongkong.md", "tests/golden/traditional-plain.txt", "tests/golden/lines-are-paragraphs.txt", "tests/golden/html-word.html",
    "tests/golden/feed-rss.xml", "tests/golden/epaper-two-articles.html", "tests/golden/bold-headlines.md", "tests/golden/feed-atom.xml",
    "tests/golden/interview.md", "tests/golden/two-line-headline.md", "tests/golden/continued.md", "tests/golden/kicker-two-lines.md",
    "tests/golden/editors-note.md", "tests/golden/wechat.html", "tests/golden/asking-headlines-bare.txt", "tests/golden/asking-paragraphs.txt",
    "tests/golden/comma-headline.txt",
};
enum { PAGE_COUNT = sizeof PAGES / sizeof *PAGES, ARTICLES_MOST = 96, PARAGRAPHS_MOST = 16 };

/* The pages' articles with every paragraph in its place, as a table to take apart. */
typedef struct PageText {
    Str titles[ARTICLES_MOST];
    Str paragraphs[ARTICLES_MOST][PARAGRAPHS_MOST];
    int counts[ARTICLES_MOST];
    int articles;
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
    for (const Article *article = edition->articles; article; article = article->next) {
        int i = page->articles++;
        assert_true(i < ARTICLES_MOST);
        page->titles[i] = article_part(article, ROLE_TITLE);
        for (const Block *block = article->blocks; block; block = block->next)
            if (block->role == ROLE_BODY && !block->silent && page->counts[i] < PARAGRAPHS_MOST) page->paragraphs[i][page->counts[i]++] = block->text;
        if (page->titles[i].n == 0 || page->counts[i] < 2) page->counts[--page->articles] = 0; /* too little to take something away */
    }
}

/* Articles [first, end) as a page, but with paragraph `moved` of article `from` amid article `to` or at its end. */
typedef struct Displacement {
    int first, end, from, moved, to;
    bool amid;
} Displacement;

static Str written(Arena *arena, const PageText *page, const Displacement *displacement)
{
    const Displacement *d = displacement;
    Str out = STR(""), displaced = page->paragraphs[d->from][d->moved];
    for (int i = d->first; i < d->end; i++) {
        int at = d->amid ? (page->counts[i] + 1) / 2 : page->counts[i];
        out = arena_printf(arena, "%.*s# %.*s\n\n", STR_ARG(out), STR_ARG(page->titles[i]));
        for (int k = 0; k <= page->counts[i]; k++) {
            if (i == d->to && k == at) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(displaced));
            if (k < page->counts[i] && (i != d->from || k != d->moved)) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(page->paragraphs[i][k]));
        }
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

static void displace(const PageRules *rules, const PageText *page, const Displacement *d, Tally *tally)
{
    Arena arena = { 0 };
    Edition edition = { 0 };
    page_split(&edition, rules, written(&arena, page, d));
    tally->tried++;
    for (int i = d->first; i < d->end; i++)
        for (int k = 0; k < page->counts[i]; k++) {
            int now = d->first + place_of(&edition, page->paragraphs[i][k]);
            bool was_displaced = i == d->from && k == d->moved;
            if (was_displaced) tally->back += now == d->from;
            if (now == i || (was_displaced && now == d->to)) continue;
            tally->wrong++;
            fprintf(stderr, "paragraph %d of article %d was put into %d: %.*s went from %d to %d\n", d->moved, d->from, d->to, 30, page->paragraphs[i][k].s, i, now);
        }
    edition_finish(&edition);
    arena_finish(&arena);
}

/* Pages of five articles each, whichever stand in a row. */
static void displace_all(const PageRules *rules, const PageText *page, Tally *tally)
{
    enum { ARTICLES_A_PAGE = 5 };
    for (int from = 0; from < page->articles; from++)
        for (int moved = 1; moved < page->counts[from]; moved++)
            for (int way = 0; way < 4; way++) {
                Displacement d = { .from = from, .moved = moved, .to = way % 2 ? from + 1 : from - 1, .amid = way > 1 };
                d.first = from < 2 ? 0 : from - 2;
                d.end = d.first + ARTICLES_A_PAGE < page->articles ? d.first + ARTICLES_A_PAGE : page->articles;
                if (d.to >= d.first && d.to < d.end && utf8_count(page->paragraphs[from][moved]) > 20) displace(rules, page, &d, tally);
            }
}

static void displaced_paragraphs_come_back(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Edition editions[PAGE_COUNT] = { 0 };
    Error error = { 0 };
    PageText page = { 0 };
    Tally tally = { 0 };
    PageRules *rules = rules_of(&arena);
    for (int i = 0; i < PAGE_COUNT; i++) {
        assert_ok(page_read(&editions[i], rules, source_path(&arena, PAGES[i]), NULL, &error), &error);
        read_page(&page, &editions[i]);
    }
    displace_all(rules, &page, &tally);
    printf("%d displaced, %d came back, %d went wrong\n", tally.tried, tally.back, tally.wrong);
    assert_true(tally.tried >= 440);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.back * 100 >= tally.tried * 25);
    for (int i = 0; i < PAGE_COUNT; i++) edition_finish(&editions[i]);
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
