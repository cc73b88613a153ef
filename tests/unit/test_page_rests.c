/* The last paragraph of an article is cut, and its rest stands behind a picture story or another article's heading: it comes back or stays where it is with
 * a note, never is anything else joined. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "page/page.h"
#include "page/rules.h"
#include "support/support.h"

/* Pages whose articles have a headline and more than one paragraph. */
static const char *const PAGES[] = {
    "tests/golden/displaced.md", "articles/sport.md", "articles/economy.md", "articles/晨报头版.md", "articles/science.md", "tests/golden/list-of-briefs.md",
    "articles/culture.md", "tests/golden/section-over-three.md", "tests/golden/halfwidth.md", "tests/golden/five-articles.md", "tests/golden/classified-notices.md",
    "tests/golden/plain-signed.txt", "tests/golden/front-page-index.txt", "tests/golden/taiwan-plain.txt", "tests/golden/brackets-and-marks.txt",
    "tests/golden/asking-headlines.txt", "tests/golden/hongkong.md", "tests/golden/halfwidth-stops.md", "tests/golden/tables.md", "tests/golden/traditional-plain.txt",
    "tests/golden/lines-are-paragraphs.txt", "tests/golden/letters.md", "tests/golden/html-word.html", "tests/golden/feed-rss.xml", "tests/golden/epaper-two-articles.html",
    "tests/golden/bold-headlines.md", "tests/golden/weather-box.txt", "tests/golden/feed-atom.xml", "tests/golden/agency-briefs.txt", "tests/golden/interview.md",
    "tests/golden/two-line-headline.md", "tests/golden/continued.md", "tests/golden/kicker-two-lines.md", "tests/golden/editors-note.md", "tests/golden/wechat.html",
};
enum { PAGE_COUNT = sizeof PAGES / sizeof *PAGES, ARTICLES_MOST = 96, MARGIN_CHARS = 12 };

static const char STORY[] = "# 学徒进车间\n\n5月6日,青石镇技工学校的学生在机床厂里跟着师傅学习车削加工。\n\n本报记者 何青 摄\n\n";

/* An article as text: its heading, what comes after it, and its last paragraph by itself. */
typedef struct Source {
    Str head, middle, last;
} Source;

typedef enum Place { BEHIND_STORY, UNDER_HEADING, AT_THE_END, PLACE_COUNT } Place;
typedef struct Tally {
    int tried[PLACE_COUNT], back[PLACE_COUNT], wrong;
} Tally;

static Str line_of(Arena *arena, const Block *block)
{
    return arena_printf(arena, "%s%.*s\n\n", block->role == ROLE_TITLE ? "# " : "", STR_ARG(block->text));
}

/* Of each article its title and its paragraphs, if the last is long enough to be cut. */
static int read_sources(Arena *arena, const Edition *edition, Source *sources, int count)
{
    for (const Article *article = edition->articles; article && count < ARTICLES_MOST; article = article->next) {
        Source source = { .head = STR(""), .middle = STR("") };
        const Block *last = NULL;
        for (const Block *block = article->blocks; block; block = block->next)
            if (block->role == ROLE_BODY && !block->silent) last = block;
        for (const Block *block = article->blocks; last && block != last; block = block->next) {
            if (block->role == ROLE_TITLE) source.head = line_of(arena, block);
            else if (block->role == ROLE_BODY && !block->silent) source.middle = arena_printf(arena, "%.*s%.*s", STR_ARG(source.middle), STR_ARG(line_of(arena, block)));
        }
        source.last = last ? last->text : STR("");
        if (source.head.n > 0 && source.middle.n > 0 && utf8_count(source.last) > 3 * MARGIN_CHARS) sources[count++] = source;
    }
    return count;
}

static Str written(Arena *arena, const Source *sources, int count, int cut, size_t at, Place place)
{
    Str out = STR(""), rest = str_slice(sources[cut].last, at, sources[cut].last.n);
    for (int i = 0; i < count; i++) {
        bool here = i == cut + 1, first = here && place == UNDER_HEADING, behind = here && place == BEHIND_STORY, end = here && place == AT_THE_END;
        if (behind) out = arena_printf(arena, "%.*s%s%.*s\n\n", STR_ARG(out), STORY, STR_ARG(rest));
        out = arena_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(sources[i].head));
        if (first) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(rest));
        size_t whole = i == cut ? at : sources[i].last.n;
        out = arena_printf(arena, "%.*s%.*s%.*s\n\n", STR_ARG(out), STR_ARG(sources[i].middle), (int)whole, sources[i].last.s);
        if (end) out = arena_printf(arena, "%.*s%.*s\n\n", STR_ARG(out), STR_ARG(rest));
    }
    return out;
}

static bool holds(const Edition *edition, Str paragraph)
{
    for (const Article *article = edition->articles; article; article = article->next)
        for (const Block *block = article->blocks; block; block = block->next)
            if (str_equal(block->text, paragraph)) return true;
    return false;
}

/* Back, or in two pieces that are as they were. */
static void try_cut(const PageRules *rules, const Source *sources, int count, int cut, size_t at, Place place, Tally *tally)
{
    Arena arena = { 0 };
    Edition edition = { 0 };
    Str whole = sources[cut].last, text = written(&arena, sources, count, cut, at, place);
    page_split(&edition, rules, text);
    bool back = holds(&edition, whole);
    bool parted = holds(&edition, str_slice(whole, 0, at)) && holds(&edition, str_slice(whole, at, whole.n));
    tally->tried[place]++;
    tally->back[place] += back;
    if (!back && !parted) {
        tally->wrong++;
        fprintf(stderr, "place %d: cut at %.*s | %.*s went wrong\n", place, 30, whole.s + at - 30, 30, whole.s + at);
    }
    edition_finish(&edition);
    arena_finish(&arena);
}

static bool is_good_cut(const PageRules *rules, Str text, size_t at)
{
    Str before = str_slice(text, 0, at), after = str_slice(text, at, text.n);
    return ((unsigned char)text.s[at] & 0xC0) != 0x80 && utf8_count(before) >= 20 && utf8_count(after) >= MARGIN_CHARS && !rules_is_closed(rules, before) &&
           rules_is_closed(rules, text) && text.s[at] != ' ' && text.s[at - 1] != ' ';
}

/* All articles of the pages, as if they stood on one. */
static int read_pages(const PageRules *rules, Arena *arena, Source *sources)
{
    int count = 0;
    for (int i = 0; i < PAGE_COUNT; i++) {
        const char *path = source_path(arena, PAGES[i]); /* before the arena goes into the edition and back */
        Edition edition = { .arena = *arena };
        Error error = { 0 };
        assert_ok(page_read(&edition, rules, path, NULL, &error), &error);
        *arena = edition.arena;
        count = read_sources(arena, &edition, sources, count);
    }
    return count;
}

static void cut_sources(const PageRules *rules, Tally *tally)
{
    Arena arena = { 0 };
    Source sources[ARTICLES_MOST];
    int count = read_pages(rules, &arena, sources);
    for (int cut = 0; cut + 2 < count; cut++) {
        int first = cut > 0 ? cut - 1 : 0;
        for (size_t at = 60; at < sources[cut].last.n; at++)
            for (Place place = 0; place < PLACE_COUNT && is_good_cut(rules, sources[cut].last, at); place++)
                try_cut(rules, sources + first, cut + 3 - first, cut - first, at, place, tally);
    }
    arena_finish(&arena);
}

static void rests_come_back(void **state)
{
    static const char *const NAMES[] = { "behind a picture story", "under the next heading", "at the next article's end" };
    static const int PERCENT_LEAST[] = { 98, 75, 25 };
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    Tally tally = { 0 };
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    cut_sources(rules, &tally);
    for (Place place = 0; place < PLACE_COUNT; place++) {
        printf("%s: %d of %d rests joined\n", NAMES[place], tally.back[place], tally.tried[place]);
        assert_true(tally.tried[place] >= 500);
    }
    printf("%d went wrong\n", tally.wrong);
    for (Place place = 0; place < PLACE_COUNT; place++) assert_true(tally.back[place] * 100 >= tally.tried[place] * PERCENT_LEAST[place]);
    assert_int_equal(tally.wrong, 0);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(rests_come_back) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
