/* Whose paper a page is: from lines that stand on every page, from its file's name, from options. */
#include "support/support.h"

#include "base/file.h"
#include "commands/masthead.h"
#include "page/page.h"

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
    PaperEnding *endings;
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

/* Heads of pages as they stand on paper and in exports. Below each two articles follow; `level` stands before their headlines. */
static const struct {
    const char *head, *level, *paper, *date;
} HEADS[] = {
    { "# 临江日报", "## ", "临江日报", "" },
    { "# 临江日报", "# ", "临江日报", "" },
    { "# 临江日报\n\n2026年11月26日 星期四 第01版：要闻", "## ", "临江日报", "2026-11-26" },
    { "# 人民日报 2026年11月26日 星期四 第01版：要闻", "## ", "人民日报", "2026-11-26" },
    { "人民日报 2026年11月26日 星期四 第01版：要闻", "## ", "人民日报", "2026-11-26" },
    { "## 临江日报 第3版 2026-11-26", "## ", "临江日报", "2026-11-26" },
    { "**临江日报**\n\n2026年11月26日　农历丙午年十月十八　今日8版", "## ", "临江日报", "2026-11-26" },
    { "# 《临江日报》", "## ", "临江日报", "" },
    { "# 临江日报（2026年11月26日）", "## ", "临江日报", "2026-11-26" },
    { "# 青川时报\n## 2026年11月26日 星期四\n### 第2版 综合", "## ", "青川时报", "2026-11-26" },
    { "临江日报\nLINJIANG RIBAO\n2026年11月26日 星期四\n农历丙午年十月十八 第12345期\n国内统一连续出版物号 CN 11-0001\n今日8版", "", "临江日报", "2026-11-26" },
    { "临 江 日 报\n\n国内统一刊号：CN11-0001　邮发代号：1-1\n主办：临江日报社　总第12345期", "", "临江日报", "" },
    { "临江晚报\n中共临江市委机关报 临江日报社出版\n第12345期 今日16版\n今天晴转多云 北风3到4级 5℃～12℃", "", "临江晚报", "" },
    { "A03 城事 2026年11月26日 星期四 责编：王一 美编：李二 校对：张三", "", "", "2026-11-26" },
    { "2026/11/26 星期四 A3版 本地新闻 临江晚报", "", "临江晚报", "2026-11-26" },
    { "第01版：要闻\n上一版 下一版\n2026年11月26日 星期四\n放大 缩小 默认", "", "", "2026-11-26" },
    { "《临江日报》（2026年11月26日 第 01 版）", "", "临江日报", "2026-11-26" },
    { "临江日报 | 2026.11.26 | 04版 | 要闻", "", "临江日报", "2026-11-26" },
    { "临江日报社出版 社长：王一 总编辑：李二\n星期四\n2026年11月26日\n丙午年十月十八\n第12345号", "", "", "2026-11-26" },
    { "要闻 01\n2026.11.26 星期四\n主编 王一 责编 李二 版式 张三 校对 赵四", "", "", "2026-11-26" },
    { "临江晚报 2026年11月26日 星期四 本版编辑/王一 视觉设计/李二", "", "临江晚报", "2026-11-26" },
    { "临江日报  2026年11月26日  星期四  农历十月十八  第12345期  今日8版\n中共临江市委主管主办  临江日报社出版\n"
      "国内统一连续出版物号：CN 11-0001  邮发代号：1-1  网址：www.example.cn\n今日天气：晴，5～12℃，北风3级", "", "临江日报", "2026-11-26" },
    { "2026年11月26日\n星期四\n丙午年十月十八\n第12345期\n（今日八版）\n临江日报", "", "临江日报", "2026-11-26" },
    { "新江报 2026年11月26日 星期四 A03版 民生", "", "新江报", "2026-11-26" },
};

static bool is_head_right(const Edition *edition, const Masthead *found, size_t i)
{
    if (edition->article_count != 2 || !str_equal(found->paper, str_from(HEADS[i].paper)) || !str_equal(found->date, str_from(HEADS[i].date))) return false;
    const Block *block = edition->articles->blocks;
    while (block && block->silent) block = block->next;
    return block && block->role == ROLE_TITLE && str_is(block->text, "桥通车了") && str_is(article_part(edition->articles->next, ROLE_TITLE), "灯亮了");
}

static void heads_of_pages_are_no_articles_and_name_the_paper(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    PaperEnding *endings;
    size_t count, wrong = 0;
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    assert_ok(masthead_endings(&arena, data_folder(&arena).s, &endings, &count, &error), &error);
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
        Edition edition = { .page = STR("page.md") };
        page_split(&edition, rules, arena_printf(&arena, "%s\n\n%s桥通车了\n\n本报讯（记者 王一）今天上午大桥正式通车，两岸来往只要五分钟。\n\n"
                                                         "%s灯亮了\n\n本报讯（记者 李二）今天晚上灯亮了，老街的人都说好。\n",
                                                 HEADS[i].head, HEADS[i].level, HEADS[i].level));
        Masthead found = masthead_find(&(Settings){ 0 }, &edition, endings, count, &arena);
        bool right = is_head_right(&edition, &found, i);
        if (!right) fprintf(stderr, "%s: %zu articles, '%.*s', '%.*s'\n", HEADS[i].head, edition.article_count, STR_ARG(found.paper), STR_ARG(found.date));
        wrong += !right;
        edition_finish(&edition);
    }
    assert_int_equal(wrong, 0);
    page_rules_destroy(rules);
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
    PaperEnding *endings;
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_line_gives_what_it_says), cmocka_unit_test(heads_of_pages_are_no_articles_and_name_the_paper), cmocka_unit_test(a_file_of_several_pages_names_them_all),
                                       cmocka_unit_test(the_window_names_the_paper_where_nothing_else_does) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
