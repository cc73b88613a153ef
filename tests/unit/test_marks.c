#include "support/support.h"

#include <stdio.h>

#include "base/utf8.h"
#include "text/marks.h"

static Marks *open_marks(Arena *arena)
{
    Error error;
    Marks *marks = marks_create(data_path(arena, "voices/mandarin"), &error);
    if (!marks) fail_msg("%s", error.text);
    return marks;
}

static void test_classes(void **context)
{
    (void)context;
    static const struct {
        const char *mark;
        MarkClass class;
    } ROWS[] = {
        { "。", MARK_END },    { "！", MARK_END },   { ".", MARK_END },   { "…", MARK_END },   { "，", MARK_CLAUSE },       { ";", MARK_CLAUSE },
        { "、", MARK_LIST },   { "“", MARK_OPEN },   { "（", MARK_OPEN }, { "”", MARK_CLOSE }, { "》", MARK_CLOSE_TITLE },  { ")", MARK_CLOSE },
        { " ", MARK_OTHER },   { "—", MARK_OTHER },  { "·", MARK_OTHER }, { "\u3000", MARK_OTHER }, { "读", MARK_NONE },    { "a", MARK_NONE },
        { "7", MARK_NONE },    { "😀", MARK_NONE },
    };
    Arena arena = { 0 };
    Marks *marks = open_marks(&arena);
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        uint32_t code;
        utf8_decode(str_from(ROWS[i].mark), &code);
        if (marks_class(marks, code) != ROWS[i].class) fail_msg("%s: class %d", ROWS[i].mark, (int)marks_class(marks, code));
    }
    assert_int_equal(marks_class(marks, 0xFFFFFFFF), MARK_NONE);
    marks_destroy(marks);
    arena_finish(&arena);
}

static void test_no_folder(void **context)
{
    (void)context;
    Error error;
    assert_null(marks_create("no-such-folder", &error));
    assert_int_equal(error.status, STATUS_NO_INPUT);
    marks_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_classes), cmocka_unit_test(test_no_folder) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
