/* Where a syllable's text stands, what an article is called, and growing sound. */
#include "support/support.h"

#include <string.h>

#include "edition.h"

static void roles_have_their_names(void **state)
{
    (void)state;
    static const char *const NAMES[ROLE_COUNT] = { "section", "kicker", "title", "subtitle", "byline", "continued", "subheading", "body", "caption", "credit" };
    for (int i = 0; i < ROLE_COUNT; i++) assert_string_equal(role_name((Role)i), NAMES[i]);
    assert_true(role_is_heading(ROLE_TITLE) && role_is_heading(ROLE_SUBHEADING) && role_is_heading(ROLE_SECTION));
    assert_false(role_is_heading(ROLE_BODY) || role_is_heading(ROLE_BYLINE) || role_is_heading(ROLE_CREDIT));
}

static void an_article_is_called_by_its_title_or_what_it_has(void **state)
{
    (void)state;
    Block body = { .role = ROLE_BODY, .text = STR("正文") }, title = { .role = ROLE_TITLE, .text = STR("标题") };
    Block kicker = { .next = &title, .role = ROLE_KICKER, .text = STR("引题") };
    assert_str_equal(article_name(&(Article){ .blocks = &kicker }), "标题");
    assert_str_equal(article_name(&(Article){ .blocks = &body }), "正文");
    assert_str_equal(article_name(&(Article){ 0 }), "");
    kicker.next = NULL;
    assert_str_equal(article_name(&(Article){ .blocks = &kicker }), "引题");
}

/* "涨12%了" -> "涨百分之十二了": copied, written by a rule, copied. */
static void a_syllable_knows_its_bytes(void **state)
{
    (void)state;
    Piece pieces[] = { { 0, 3, 0, 3, NULL }, { 3, 15, 3, 3, "percent" }, { 18, 3, 6, 3, NULL } };
    Sentence sentence = { .text = STR("涨12%了"), .spoken = STR("涨百分之十二了"), .pieces = pieces, .piece_count = 3 };
    static const struct {
        uint32_t at, from, to;
    } CASES[] = { { 0, 0, 3 }, { 3, 3, 6 }, { 9, 3, 6 }, { 15, 3, 6 }, { 18, 6, 9 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        uint32_t from, to;
        Syllable syllable = { .spoken_at = CASES[i].at, .spoken_n = 3 };
        sentence_source(&sentence, &syllable, &from, &to);
        assert_int_equal(from, CASES[i].from);
        assert_int_equal(to, CASES[i].to);
    }
    uint32_t from = 9, to = 9;
    sentence_source(&(Sentence){ 0 }, &(Syllable){ .spoken_n = 3 }, &from, &to);
    assert_true(from == 0 && to == 0);
}

static void a_clip_grows(void **state)
{
    (void)state;
    Clip clip = { 0 };
    int16_t ones[100];
    for (int i = 0; i < 100; i++) ones[i] = 1;
    for (int i = 0; i < 1000; i++) {
        assert_true(clip_append(&clip, ones, 100));
        assert_true(clip_append_silence(&clip, 7));
    }
    assert_int_equal(clip.frames, 107000);
    assert_true(clip.capacity <= 4 * clip.frames);
    for (size_t i = 0; i < clip.frames; i++) assert_int_equal(clip.samples[i], i % 107 < 100);
    assert_true(clip_append(&clip, NULL, 0));
    clip_finish(&clip);
    assert_true(clip.frames == 0 && clip.capacity == 0 && clip.samples == NULL);
    clip_finish(&clip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_have_their_names),
        cmocka_unit_test(an_article_is_called_by_its_title_or_what_it_has),
        cmocka_unit_test(a_syllable_knows_its_bytes),
        cmocka_unit_test(a_clip_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
