#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "support/page_dump.h"
#include "support/support.h"

typedef struct Fixture {
    Arena arena;
    PageRules *rules;
} Fixture;

static int set_up(void **state)
{
    static Fixture fixture;
    Error error = { 0 };
    fixture = (Fixture){ 0 };
    fixture.rules = page_rules_create(data_path(&fixture.arena, "voices/mandarin"), &error);
    assert_ok(fixture.rules ? 0 : -1, &error);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    page_rules_destroy(fixture->rules);
    arena_finish(&fixture->arena);
    return 0;
}

/* ---- tables of cases ---- */

static Str with_line_ends(Arena *arena, Str text)
{
    Str sign = STR("¶"), out = { arena_alloc(arena, text.n + 1), 0 };
    char *to = (char *)(uintptr_t)out.s;
    while (text.n > 0) {
        size_t n = str_find(text, sign);
        memcpy(to + out.n, text.s, n);
        out.n += n;
        if (n < text.n) to[out.n++] = '\n';
        text = str_slice(text, n + sign.n, text.n);
    }
    return out;
}

static Str in_one_line(Arena *arena, const Edition *edition)
{
    Str out = STR("");
    for (const Article *article = edition->articles; article; article = article->next) {
        const char *before = "‖";
        for (const Block *block = article->blocks; block; block = block->next, before = "¶") {
            char *text = (char *)(uintptr_t)arena_str(arena, block->text).s;
            for (size_t i = 0; i < block->text.n; i++)
                if (text[i] == '\n') text[i] = ' ';
            out = arena_printf(arena, "%.*s%s%s%s %s", STR_ARG(out), before, block->silent ? "-" : "", role_name(block->role), text);
        }
    }
    return out;
}

static bool split_is(void *context, const Table *row, Arena *arena, Str *got)
{
    const Fixture *fixture = context;
    Edition edition = { 0 };
    page_split(&edition, fixture->rules, with_line_ends(arena, row->field[0]));
    *got = in_one_line(arena, &edition);
    edition_finish(&edition);
    return str_equal(*got, row->field[1]);
}

static void pages_are_split(void **state)
{
    check_cases("tests/cases/page_split.tsv", 60, split_is, *state);
}

/* ---- what the table cannot say ---- */

static void numbers_widen_with_the_page(void **state)
{
    const Fixture *fixture = *state;
    static const struct { int count; const char *first, *last; } CASES[] = { { 1, "01", "01" }, { 99, "01", "99" }, { 100, "001", "100" } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Edition edition = { 0 };
        Str page = STR("");
        for (int n = 0; n < CASES[i].count; n++) page = arena_printf(&edition.arena, "%.*s# 题\n\n文。\n\n", STR_ARG(page));
        page_split(&edition, fixture->rules, page);
        assert_int_equal(edition.article_count, CASES[i].count);
        assert_str_equal(edition.articles->id, CASES[i].first);
        const Article *last = edition.articles;
        while (last->next) last = last->next;
        assert_str_equal(last->id, CASES[i].last);
        edition_finish(&edition);
    }
}

static void lines_and_notes_say_where_a_block_stood(void **state)
{
    const Fixture *fixture = *state;
    Edition edition = { 0 };
    page_split(&edition, fixture->rules, STR("\n# 桥\n\n（上接第１版）\n\n他说“今天上午江上的那座新大桥通\n\n<!-- 甲\n乙 -->\n车，办事流\n\n程快”。\n"));
    const Article *article = edition.articles;
    assert_str_equal(article->continued_from, "第1版");
    const Block *body = article->blocks->next->next;
    assert_int_equal(article->blocks->line, 2);
    assert_int_equal(body->line, 6);
    assert_str_equal(body->text, "他说“今天上午江上的那座新大桥通车，办事流程快”。");
    assert_str_equal(body->note, "joined with 2 pieces from line 10 on");
    assert_true(body->next->silent);
    assert_int_equal(body->next->line, 8);
    edition_finish(&edition);
}

static void a_page_without_words_has_no_articles(void **state)
{
    const Fixture *fixture = *state;
    static const char *const PAGES[] = { "", "\n\n", " \t　\n", "---\n\n***\n", "<!-- x -->", "#\n" };
    for (size_t i = 0; i < sizeof PAGES / sizeof *PAGES; i++) {
        Edition edition = { 0 };
        page_split(&edition, fixture->rules, str_from(PAGES[i]));
        assert_int_equal(edition.article_count, 0);
        assert_null(edition.articles);
        edition_finish(&edition);
    }
}

static void a_page_is_read_from_its_file(void **state)
{
    Fixture *fixture = *state;
    Edition edition = { 0 };
    Error error = { 0 };
    const char *path = source_path(&fixture->arena, "articles/garden-gb18030.txt");
    assert_ok(page_read(&edition, fixture->rules, path, NULL, &error), &error);
    assert_str_equal(edition.page, path);
    assert_str_equal(article_name(edition.articles), "秋天的菜园怎么种");
    edition_finish(&edition);
    assert_int_equal(page_read(&edition, fixture->rules, "no/such/page.md", NULL, &error), -1);
    assert_int_equal(error.status, STATUS_NO_INPUT);
    edition_finish(&edition);
}

static void damaged_rules_are_named(void **state)
{
    (void)state;
    Error error = { 0 };
    assert_null(page_rules_create("no/such/folder", &error));
    assert_non_null(strstr(error.text, "no/such/folder"));
}

/* ---- hostile pages ---- */

static void repeat(Arena *arena, Str *page, const char *piece, size_t times)
{
    size_t n = strlen(piece);
    char *out = arena_alloc(arena, page->n + n * times + 1);
    memcpy(out, page->s, page->n);
    for (size_t i = 0; i < times; i++) memcpy(out + page->n + i * n, piece, n);
    *page = (Str){ out, page->n + n * times };
}

/* Characters of the page that are neither white space nor marks of Markdown must all be in some block. */
static size_t count_words(Str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) count += (unsigned char)text.s[i] >= 0x80 && ((unsigned char)text.s[i] & 0xC0) != 0x80;
    return count;
}

static void hostile_pages_end_and_lose_nothing(void **state)
{
    const Fixture *fixture = *state;
    static const char *const PIECES[] = {
        "汉字", "# 题\n", "## 题\n\n文\n\n", "题\n\n", "> ", "**粗**\n\n", "**粗", "[[", "](", "`", "<!-- \n", "（上接第", "（甲）", "(甲\n\n",
        "- 甲\n", "相关阅读：\n- 甲\n", "|甲", "甲\n---\n", "&#", "本报讯", "摄\n\n", "。（", "甲**“乙”**", "\\", "  \n甲", "1. \n",
    };
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        Edition edition = { 0 };
        Str page = STR("");
        repeat(&edition.arena, &page, PIECES[i], 30000);
        page_split(&edition, fixture->rules, page);
        size_t words = 0;
        for (const Article *article = edition.articles; article; article = article->next)
            for (const Block *block = article->blocks; block; block = block->next) words += count_words(block->text);
        for (const Block *block = edition.left_out; block; block = block->next) words += count_words(block->text);
        if (words != count_words(page)) fail_msg("%s: %zu of %zu characters", PIECES[i], words, count_words(page));
        edition_finish(&edition);
    }
}

/* Pages put together at random from the signs that mean something. */
static void random_pages_lose_nothing(void **state)
{
    const Fixture *fixture = *state;
    static const char *const SIGNS[] = { "# ", "## ", "\n", "\n\n", "甲", "乙丙丁", "。", "，", "（", "）", "摄", "本报讯", "记者", "上接第1版", "下转第2版",
                                         "**", "*", "> ", "- ", "---", "===", "<!--", "-->", "1.", "“", "”", "12.", "5", "：", "a", "　　", "——" };
    uint32_t seed = 3;
    for (int round = 0; round < 4000; round++) {
        char page[2048] = "";
        for (int i = 0; i < 60; i++) {
            seed = seed * 1664525 + 1013904223;
            strcat(page, SIGNS[(seed >> 16) % (sizeof SIGNS / sizeof *SIGNS)]);
        }
        Edition edition = { 0 };
        page_split(&edition, fixture->rules, str_from(page));
        Str all = STR("");
        for (const Article *article = edition.articles; article; article = article->next)
            for (const Block *block = article->blocks; block; block = block->next) {
                assert_true(block->text.n > 0);
                assert_true(block->silent || !memchr(block->text.s, '\n', block->text.n));
                assert_true(!block->silent || block->note.n > 0);
                all = arena_printf(&edition.arena, "%.*s%.*s", STR_ARG(all), STR_ARG(block->text));
            }
        const char *ideographs[] = { "甲", "乙", "摄", "记", "版" };
        for (size_t i = 0; i < sizeof ideographs / sizeof *ideographs && !strstr(page, "<!--"); i++) {
            size_t wanted = 0, got = 0;
            for (const char *at = page; (at = strstr(at, ideographs[i])); at++) wanted++;
            for (Str rest = all; str_find(rest, str_from(ideographs[i])) < rest.n;) {
                rest = str_slice(rest, str_find(rest, str_from(ideographs[i])) + 1, rest.n);
                got++;
            }
            if (got != wanted) fail_msg("%zu of %zu %s in:\n%s\n-> %.*s", got, wanted, ideographs[i], page, STR_ARG(all));
        }
        edition_finish(&edition);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_split),
        cmocka_unit_test(numbers_widen_with_the_page),
        cmocka_unit_test(lines_and_notes_say_where_a_block_stood),
        cmocka_unit_test(a_page_without_words_has_no_articles),
        cmocka_unit_test(a_page_is_read_from_its_file),
        cmocka_unit_test(damaged_rules_are_named),
        cmocka_unit_test(hostile_pages_end_and_lose_nothing),
        cmocka_unit_test(random_pages_lose_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
