/* Whose paper a page is: from lines that stand on every page, from its file's name, from options. */
#include "support/support.h"

#include "base/file.h"
#include "commands/masthead.h"

static const struct {
    const char *file, *line; /* `line` is furniture of the page */
    const char *paper, *date, *album;
} CASES[] = {
    { "page.md", "江湾晨报 2024年10月8日 星期二 第3版", "江湾晨报", "2024-10-08", "江湾晨报 2024-10-08" },
    { "page.md", "2024年10月8日江湾晨报", "江湾晨报", "2024-10-08", "江湾晨报 2024-10-08" },
    { "page.md", "第3版江湾晨报", "江湾晨报", "", "江湾晨报" },
    { "page.md", "A3江湾晨报", "江湾晨报", "", "江湾晨报" }, /* a letter's number has no unit */
    { "page.md", "责任编辑：一叶　2024-01-31", "", "2024-01-31", "page" },
    { "page.md", "2024.2.5 星期一", "", "2024-02-05", "page" },
    { "page.md", "", "", "", "page" },
    { "/news/白河日报-20241231-02.md", "", "白河日报", "2024-12-31", "白河日报 2024-12-31" },
    { "2024-10-08.md", "白河日报", "白河日报", "2024-10-08", "白河日报 2024-10-08" },
    { "晨报头版.md", "", "", "", "晨报头版" },
    { "日报.md", "", "", "", "日报" },         /* which one? */
    { "-", "", "", "", "standard input" },
    /* no dates */
    { "page.md", "热线：021-66668888", "", "", "page" },
    { "page.md", "2024-13-08", "", "", "page" },
    { "page.md", "2024年0月8日", "", "", "page" },
    { "page.md", "2024-10-081", "", "", "page" },
    { "page.md", "32024-10-08", "", "", "page" },
    { "page.md", "1066年10月14日", "", "", "page" },
    { "202410", "2024年", "", "", "202410" },
};

static void every_line_gives_what_it_says(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str *endings;
    size_t count;
    assert_ok(masthead_endings(&arena, data_folder(&arena).s, &endings, &count, &error), &error);
    assert_true(count > 10);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Block block = { .text = str_from(CASES[i].line), .silent = true, .furniture = true };
        Article article = { .blocks = &block };
        Edition edition = { .page = str_from(CASES[i].file), .articles = &article, .article_count = 1 };
        Masthead found = masthead_find(&(Settings){ 0 }, &edition, endings, count, &arena);
        if (!str_equal(found.paper, str_from(CASES[i].paper)) || !str_equal(found.date, str_from(CASES[i].date)) ||
            !str_equal(found.album, str_from(CASES[i].album)))
            fail_msg("case %zu: '%.*s', '%.*s', '%.*s'", i, STR_ARG(found.paper), STR_ARG(found.date), STR_ARG(found.album));
        /* A line of the article is none of the paper's. */
        block.furniture = false;
        edition.page = STR("page.md");
        found = masthead_find(&(Settings){ 0 }, &edition, endings, count, &arena);
        assert_true(found.paper.n == 0 && found.date.n == 0);
        found = masthead_find(&(Settings){ .paper = "我的报", .date = "2023年1月2日" }, &edition, endings, count, &arena);
        assert_str_equal(found.album, "我的报 2023-01-02");
    }
    assert_true(masthead_check(&(Settings){ .date = "tomorrow" }, &error) < 0 && error.status == STATUS_USAGE);
    assert_ok(masthead_check(&(Settings){ .date = "2024-10-08" }, &error), &error);
    arena_finish(&arena);
}

static void the_window_names_the_paper_where_nothing_else_does(void **state)
{
    (void)state;
    static const char *const WINDOWS[][2] = { { "江湾晨报副刊", "江湾晨报" }, { "老街的那盏灯_江湾晨报", "江湾晨报" },     { "桥通车了 - 江湾日报网", "江湾日报" },
                                              { "江湾新闻网", "" },           { "江湾晨报记者走访老街", "" },              { "晨报", "" },
                                              { "江湾晨报 | 首页", "" },      { "", "" } };
    Arena arena = { 0 };
    Error error;
    Str *endings;
    size_t count;
    assert_ok(masthead_endings(&arena, data_folder(&arena).s, &endings, &count, &error), &error);
    for (size_t i = 0; i < sizeof WINDOWS / sizeof *WINDOWS; i++) {
        Edition edition = { .page = STR("3-feature.html"), .window = str_from(WINDOWS[i][0]) };
        assert_str_equal(masthead_find(&(Settings){ 0 }, &edition, endings, count, &arena).paper, WINDOWS[i][1]);
        edition.page = STR("白河日报-02.html");
        assert_str_equal(masthead_find(&(Settings){ 0 }, &edition, endings, count, &arena).paper, "白河日报");
    }
    arena_finish(&arena);
}

static void a_file_of_several_pages_names_them_all(void **state)
{
    (void)state;
    static const struct {
        const char *pages[6][3]; /* paper, date, album */
        const char *paper, *date, *album;
    } JOINED[] = {
        { { { "甲报", "2024-10-08", "甲报 2024-10-08" }, { "甲报", "2024-10-08", "甲报 2024-10-08" } }, "甲报", "2024-10-08", "甲报 2024-10-08" },
        { { { "甲报", "2024-10-08", "甲报 2024-10-08" }, { "乙报", "2024-10-08", "乙报 2024-10-08" } }, "甲报、乙报", "2024-10-08", "甲报、乙报 2024-10-08" },
        { { { "甲报", "2024-10-09", "甲报 2024-10-09" }, { "乙报", "2024-10-08", "乙报 2024-10-08" } }, "甲报、乙报", "2024-10-09",
          "甲报 2024-10-09、乙报 2024-10-08" },
        { { { "甲报", "2024-10-08", "甲报 2024-10-08" }, { "", "", "sport" } }, "甲报", "2024-10-08", "甲报 2024-10-08" },
        { { { "", "", "sport" }, { "甲报", "2024-10-08", "甲报 2024-10-08" }, { "", "", "3-feature" }, { "甲报", "2024-10-09", "甲报 2024-10-09" } }, "甲报",
          "2024-10-09", "甲报 2024-10-08、甲报 2024-10-09" },
        { { { "", "2024-10-09", "1-news" }, { "甲报", "2024-10-08", "甲报 2024-10-08" }, { "甲报", "", "甲报" } }, "甲报", "2024-10-08", "甲报 2024-10-08" },
        { { { "", "2024-10-08", "sport" }, { "甲报", "2024-10-08", "甲报 2024-10-08" } }, "甲报", "2024-10-08", "甲报 2024-10-08" },
        { { { "甲报", "", "甲报" }, { "乙报", "", "乙报" } }, "甲报、乙报", "", "甲报、乙报" },
        { { { "", "", "a" }, { "", "", "b" }, { "", "", "c" }, { "", "", "d" } }, "", "", "a、b、c、d" },
        { { { "", "", "a" }, { "", "", "b" }, { "", "", "c" }, { "", "", "d" }, { "", "", "e" }, { "", "", "f" } }, "", "", "a、b、c、d…" },
    };
    Arena arena = { 0 };
    for (size_t i = 0; i < sizeof JOINED / sizeof *JOINED; i++) {
        Mastheads all = { 0 };
        for (size_t k = 0; k < 6 && JOINED[i].pages[k][2]; k++)
            mastheads_add(&all, &(Masthead){ str_from(JOINED[i].pages[k][0]), str_from(JOINED[i].pages[k][1]), str_from(JOINED[i].pages[k][2]) }, &arena);
        Masthead joined = mastheads_join(&all, &arena);
        if (!str_equal(joined.paper, str_from(JOINED[i].paper)) || !str_equal(joined.date, str_from(JOINED[i].date)) ||
            !str_equal(joined.album, str_from(JOINED[i].album)))
            fail_msg("case %zu: '%.*s', '%.*s', '%.*s'", i, STR_ARG(joined.paper), STR_ARG(joined.date), STR_ARG(joined.album));
    }
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_line_gives_what_it_says), cmocka_unit_test(a_file_of_several_pages_names_them_all),
                                       cmocka_unit_test(the_window_names_the_paper_where_nothing_else_does) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
