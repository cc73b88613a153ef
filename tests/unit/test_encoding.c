#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "page/encoding.h"
#include "support/support.h"

typedef struct Case {
    const char *name;
    Str bytes;
    const char *text; /* NULL: no text */
    int warnings;
} Case;

#define BYTES(literal) { "" literal, sizeof(literal) - 1 }

static const Case CASES[] = {
    { "an empty file is text", BYTES(""), "", 0 },
    { "utf-8", BYTES("读报\n"), "读报\n", 0 },
    { "utf-8 with its mark", BYTES("\xEF\xBB\xBF读报"), "读报", 0 },
    { "only the mark", BYTES("\xEF\xBB\xBF"), "", 0 },
    { "CRLF and CR", BYTES("一\r\n二\r三\n\r四"), "一\n二\n三\n\n四", 0 },
    { "page break, vertical tab", BYTES("一\f二\v三"), "一\n二\n三", 0 },
    { "line and paragraph separators", BYTES("一\xE2\x80\xA8二\xE2\x80\xA9三\xC2\x85四"), "一\n二\n三\n四", 0 },
    { "other characters of the same first byte stay", BYTES("“好”…℃\xC2\xB0"), "“好”…℃\xC2\xB0", 0 },
    { "tab stays", BYTES("一\t二"), "一\t二", 0 },
    { "control characters go", BYTES("新华\x07社北京一月二日电"), "新华社北京一月二日电", 1 },
    { "C1 control characters go", BYTES("新华\xC2\x9B社北京一月二日电"), "新华社北京一月二日电", 1 },
    { "utf-16 little end", BYTES("\xFF\xFE\xFB\x8B\xA5\x62\x0D\x00\x0A\x00"), "读报\n", 0 },
    { "utf-16 big end", BYTES("\xFE\xFF\x8B\xFB\x62\xA5"), "读报", 0 },
    { "utf-16, above the first plane", BYTES("\xFF\xFE\x42\xD8\xB7\xDF"), "\U00020BB7", 0 },
    { "utf-16 with a lone surrogate", BYTES("\xFF\xFE\xFB\x8B\x00\xD8\xA5\x62"), "读\uFFFD报", 1 },
    { "utf-16 mark alone", BYTES("\xFF\xFE"), "", 0 },
    { "gb18030", BYTES("\xB6\xC1\xB1\xA8\xA3\xAC\xD0\xC2\xCE\xC5\xA1\xA3"), "读报，新闻。", 0 },
    { "big5 of Windows, whose signs Hong Kong's table lacks", BYTES("\xBC\xD0\xC3\x44 \xA4\xFD\xA4\xAD\xA1\xFE\xBB\x4F\xA5\x5F\xB3\xF8\xBE\xC9"), "標題 王五／臺北報導", 0 },
    { "gb18030 of four bytes", BYTES("\xB6\xC1\xB1\xA8\xD0\xC2\xCE\xC5\xB6\xC1\xB1\xA8\x95\x34\xB2\x35"), "读报新闻读报\U00020BB7", 0 },
    { "gb18030 among ascii", BYTES("# 2024 \xB6\xC1\xB1\xA8 WTO\n"), "# 2024 读报 WTO\n", 0 },
    { "gb18030 cut in its last character", BYTES("\xB6\xC1\xB1\xA8\xD0\xC2\xCE\xC5\xB6"), "读报新闻\uFFFD", 1 },
    { "one damaged byte in utf-8", BYTES("读报读报读\xFF报"), "读报读报读\uFFFD报", 1 },
    { "damaged at the very start", BYTES("\xA5读报读报读报\xA5读报读报"), "\uFFFD读报读报读报\uFFFD读报读报", 1 },
    { "utf-8 cut in its last character", BYTES("读报读报读报\xE8\xAF"), "读报读报读报\uFFFD\uFFFD", 1 },
    { "a picture", BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), NULL, 0 },
    { "a JPEG", BYTES("\xFF\xD8\xFF\xE0\0\x10JFIF"), NULL, 0 },
    { "NUL in a text", BYTES("读\0报"), NULL, 0 },
    { "noise", BYTES("\x9F\x81\xC3\x28\xFF\x12\x90\xEE\x80\x81\xFE\x33"), NULL, 0 },
    { "utf-16 mark before noise", BYTES("\xFF\xFE\x00\xD8\x00\xD8\x00\xDC\x00\xDC\x00\xDC"), NULL, 0 },
    { "nothing but control characters", BYTES("\x01\x02\x03\x04\x05\x06\x01\x02\x03\x04\x05\x06"), NULL, 0 },
};

static void count_warning(void *context, const char *text)
{
    assert_true(strlen(text) > 0);
    ++*(int *)context;
}

static void each_encoding_is_recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const Case *c = &CASES[i];
        Arena arena = { 0 };
        Error error = { 0 };
        Str text = { 0 };
        int warnings = 0;
        Report report = { count_warning, &warnings };
        int result = encoding_decode(&arena, c->bytes, c->name, &text, &report, &error);
        if (!c->text) {
            if (result == 0) fail_msg("%s: taken for text: %.*s", c->name, STR_ARG(text));
            assert_int_equal(error.status, STATUS_DATA);
            assert_non_null(strstr(error.text, c->name));
        } else {
            if (result < 0) fail_msg("%s: %s", c->name, error.text);
            if (!str_equal(text, str_from(c->text))) fail_msg("%s: got \"%.*s\"", c->name, STR_ARG(text));
            if (warnings != c->warnings) fail_msg("%s: %d warnings", c->name, warnings);
        }
        arena_finish(&arena);
    }
}

static void clean_text_costs_no_memory(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str text, bytes = STR("\xEF\xBB\xBF本报讯\n");
    assert_int_equal(encoding_decode(&arena, bytes, "page", &text, NULL, &error), 0);
    assert_ptr_equal(text.s, bytes.s + 3);
    assert_null(arena.chunk);
}

static void copy_warning(void *context, const char *text)
{
    strcpy(context, text);
}

static void a_warning_names_the_line(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error;
    Str text;
    char words[512] = "";
    Report report = { copy_warning, words };
    assert_int_equal(encoding_decode(&arena, STR("一二三四\n五六\xFF七八\n"), "page", &text, &report, &error), 0);
    assert_non_null(strstr(words, "page:2:"));
    arena_finish(&arena);
}

/* Bytes from both halves of GB18030's table decode without a fault, but nobody wrote them. */
static void noise_that_decodes_is_no_text(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 200; round++) {
        char bytes[600];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (char)(0x81 + (seed >> 16) % 0x7E);
        }
        Arena arena = { 0 };
        Error error;
        Str text;
        assert_int_equal(encoding_decode(&arena, (Str){ bytes, sizeof bytes }, "noise", &text, NULL, &error), -1);
        arena_finish(&arena);
    }
}

/* Whatever comes in, valid UTF-8 without NUL and CR goes out, or an error. */
static void whatever_comes_valid_text_goes_out(void **state)
{
    (void)state;
    static const char ALPHABET[] = "读\xE8\xFF\xFE\xB6\xC1\x00\r\n\x0C\xEF\xBB\xBF#a \xC2\x85\xE2\x80\xA8\x95\x32\xED\xA0\x80\xF4\x90";
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char bytes[40];
        size_t n = (size_t)round % sizeof bytes;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = ALPHABET[(seed >> 16) % (sizeof ALPHABET - 1)];
        }
        Arena arena = { 0 };
        Error error;
        Str text;
        char *exact = malloc(n + 1); /* so that a read past the end is seen */
        memcpy(exact, bytes, n);
        if (encoding_decode(&arena, (Str){ exact, n }, "bytes", &text, NULL, &error) == 0) {
            assert_int_equal(utf8_valid_prefix(text), text.n);
            assert_true(text.n == 0 || (!memchr(text.s, 0, text.n) && !memchr(text.s, '\r', text.n)));
        }
        free(exact);
        arena_finish(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_encoding_is_recognised),   cmocka_unit_test(clean_text_costs_no_memory),
        cmocka_unit_test(a_warning_names_the_line),      cmocka_unit_test(noise_that_decodes_is_no_text),
        cmocka_unit_test(whatever_comes_valid_text_goes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
