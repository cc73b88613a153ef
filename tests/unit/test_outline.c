/* The sentences of a page by number: forth and back are the same way, whatever was split so far. */
#include "support/support.h"

#include "commands/play/outline.h"
#include "page/page.h"

typedef struct Fixture {
    Arena arena;
    PageRules *rules;
    Marks *marks;
    Edition edition;
    Outline outline;
} Fixture;

static const char PAGE[] = "# 春天\n\n花开了。游客多。\n\n队很长。\n\n# 夏天\n\n雨大。\n\n# 秋天\n\n书多。人来。\n";

static void open_page(Fixture *fixture, const char *page)
{
    Error error;
    *fixture = (Fixture){ 0 };
    const char *folder = data_path(&fixture->arena, "voices/mandarin");
    fixture->rules = page_rules_create(folder, &error);
    fixture->marks = marks_create(folder, &error);
    assert_non_null(fixture->rules);
    assert_non_null(fixture->marks);
    page_split(&fixture->edition, fixture->rules, str_from(page));
    outline_start(&fixture->outline, fixture->marks, &fixture->edition);
}

static void close_page(Fixture *fixture)
{
    outline_finish(&fixture->outline);
    edition_finish(&fixture->edition);
    marks_destroy(fixture->marks);
    page_rules_destroy(fixture->rules);
    arena_finish(&fixture->arena);
}

static void forth_and_back(void **state)
{
    (void)state;
    Fixture fixture;
    Position way[16] = { { 0, 0 } }, at = { 0, 0 };
    size_t count = 1;
    open_page(&fixture, PAGE);
    while (outline_forward(&fixture.outline, &at)) way[count++] = at;
    assert_int_equal(count, 9);
    assert_int_equal(at.article, 2);
    while (count > 0) {
        count--;
        assert_true(at.article == way[count].article && at.sentence == way[count].sentence);
        assert_int_equal(outline_back(&fixture.outline, &at), count > 0);
    }
    close_page(&fixture);
}

/* Back from an article that was gone to at once, before those in front of it were split. */
static void back_into_the_unknown(void **state)
{
    (void)state;
    Fixture fixture;
    Position at = { 2, 0 };
    open_page(&fixture, PAGE);
    assert_str_equal(outline_at(&fixture.outline, at)->text, "秋天");
    assert_true(outline_back(&fixture.outline, &at));
    assert_str_equal(outline_at(&fixture.outline, at)->text, "雨大。");
    assert_int_equal(outline_count(&fixture.outline, 0), 4);
    close_page(&fixture);
}

static void paragraphs(void **state)
{
    (void)state;
    Fixture fixture;
    Position at = { 0, 0 };
    open_page(&fixture, PAGE);
    assert_true(outline_next_paragraph(&fixture.outline, &at));
    assert_str_equal(outline_at(&fixture.outline, at)->text, "花开了。");
    assert_true(outline_next_paragraph(&fixture.outline, &at));
    assert_str_equal(outline_at(&fixture.outline, at)->text, "队很长。");
    assert_true(outline_previous_paragraph(&fixture.outline, &at));
    assert_str_equal(outline_at(&fixture.outline, at)->text, "花开了。");
    at = (Position){ 2, 2 };
    assert_false(outline_next_paragraph(&fixture.outline, &at));
    assert_int_equal(at.sentence, 2);
    close_page(&fixture);
}

static void search(void **state)
{
    (void)state;
    Fixture fixture;
    Position at = { 0, 1 };
    open_page(&fixture, PAGE);
    assert_true(outline_search(&fixture.outline, &at, STR("多")));
    assert_true(at.article == 0 && at.sentence == 2);
    assert_true(outline_search(&fixture.outline, &at, STR("多")));
    assert_true(at.article == 2 && at.sentence == 1);
    assert_true(outline_search(&fixture.outline, &at, STR("春天"))); /* around the page's end */
    assert_true(at.article == 0 && at.sentence == 0);
    assert_false(outline_search(&fixture.outline, &at, STR("没有")));
    assert_true(outline_search(&fixture.outline, &at, STR("春天"))); /* itself */
    assert_false(outline_search(&fixture.outline, &at, STR("")));
    close_page(&fixture);
}

static void bytes_grow_to_the_whole(void **state)
{
    (void)state;
    Fixture fixture;
    Position at = { 0, 0 };
    open_page(&fixture, PAGE);
    size_t before = outline_bytes_before(&fixture.outline, at), next;
    assert_int_equal(before, 0);
    while (outline_forward(&fixture.outline, &at)) {
        next = outline_bytes_before(&fixture.outline, at);
        assert_true(next > before && next < fixture.outline.bytes);
        before = next;
    }
    close_page(&fixture);
}

static void an_empty_page(void **state)
{
    (void)state;
    Fixture fixture;
    Position at = { 0, 0 };
    open_page(&fixture, "");
    assert_null(outline_at(&fixture.outline, at));
    assert_false(outline_forward(&fixture.outline, &at));
    assert_false(outline_back(&fixture.outline, &at));
    assert_false(outline_search(&fixture.outline, &at, STR("x")));
    close_page(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forth_and_back), cmocka_unit_test(back_into_the_unknown), cmocka_unit_test(paragraphs),
        cmocka_unit_test(search), cmocka_unit_test(bytes_grow_to_the_whole), cmocka_unit_test(an_empty_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
