/* Every tests/golden/NAME.page is the wanted split of the page beside it (NAME.md, .txt, .html, .xml) or of that in articles/. With DUBAO_GOLDEN_WRITE=1 in the
 * environment the wanted files are written anew, to be read over before they are committed. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "page/page.h"
#include "support/page_dump.h"
#include "support/support.h"

enum { GOLDEN_LEAST = 65 };

static Str page_beside(Arena *arena, const char *wanted)
{
    static const char *const PLACES[] = { "tests/golden/%.*s.md", "tests/golden/%.*s.txt", "tests/golden/%.*s.html", "tests/golden/%.*s.xml",
                                         "articles/%.*s.md", "articles/%.*s.txt" };
    Str name = str_from(strrchr(wanted, '/') + 1);
    name.n -= strlen(".page");
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        char place[512];
        snprintf(place, sizeof place, PLACES[i], STR_ARG(name));
        Str path = str_from(source_path(arena, place));
        if (access(path.s, R_OK) == 0) return path;
    }
    fail_msg("%s has no page beside it", wanted);
    return (Str){ 0 };
}

static int first_difference(const char *name, Str got, Str wanted)
{
    for (int line = 1; got.n > 0 || wanted.n > 0; line++) {
        Str a = str_split(&got, '\n'), b = str_split(&wanted, '\n');
        if (str_equal(a, b)) continue;
        fprintf(stderr, "%s:%d:\n  wanted %.*s\n  got    %.*s\n", name, line, STR_ARG(b), STR_ARG(a));
        return 1;
    }
    return 0;
}

static int check_page(const PageRules *rules, const char *wanted_path)
{
    Edition edition = { 0 };
    Error error;
    Str wanted;
    assert_ok(page_read(&edition, rules, page_beside(&edition.arena, wanted_path).s, NULL, &error), &error);
    Str got = page_dump(&edition.arena, &edition);
    if (getenv("DUBAO_GOLDEN_WRITE")) {
        FILE *out = fopen(wanted_path, "w");
        assert_non_null(out);
        fwrite(got.s, 1, got.n, out);
        fclose(out);
    }
    assert_ok(file_read(&edition.arena, wanted_path, &wanted, &error), &error);
    int wrong = first_difference(wanted_path, got, wanted);
    edition_finish(&edition);
    return wrong;
}

static void golden_pages_are_split_as_wanted(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    PageRules *rules = page_rules_create(data_path(&arena, "voices/mandarin"), &error);
    assert_ok(rules ? 0 : -1, &error);
    glob_t found;
    assert_int_equal(glob(source_path(&arena, "tests/golden/*.page"), 0, NULL, &found), 0);
    int wrong = 0;
    for (size_t i = 0; i < found.gl_pathc; i++) wrong += check_page(rules, found.gl_pathv[i]);
    assert_int_equal(wrong, 0);
    assert_true(found.gl_pathc >= GOLDEN_LEAST);
    globfree(&found);
    page_rules_destroy(rules);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(golden_pages_are_split_as_wanted) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
