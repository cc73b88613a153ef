#include "pinyin/user_lexicon.h"

#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/pls.h"
#include "pinyin/readings.h"
#include "pinyin/user_words.h"

static void read_line(Readings *readings, Str line, const char *path, int number, const Report *report)
{
    size_t end = 0;
    while (end < line.n && line.s[end] != ' ' && line.s[end] != '\t' && !str_starts(str_slice(line, end, line.n), STR("　"))) end++;
    Str word = str_slice(line, 0, end), written = str_trim(str_slice(line, end, line.n));
    int other = 0;
    const char *why = utf8_valid_prefix(line) < line.n ? _("a character is no UTF-8") : user_words_add(readings, word, written, number, &other);
    if (why) report_warn(report, _("%s:%d: %s; the line is left out"), path, number, why);
    if (other) report_warn(report, _("%s:%d: line %d has another reading of %.*s; this one counts"), path, number, other, STR_ARG(word));
}

/* Another encoding altogether: no line with a character outside of ASCII that is UTF-8. */
static bool is_other_text(Str text)
{
    bool bad = utf8_valid_prefix(text) < text.n;
    while (bad && text.n > 0) {
        Str line = str_split(&text, '\n');
        if (utf8_valid_prefix(line) == line.n && utf8_count(line) < line.n) return false;
    }
    return bad;
}

int user_lexicon_read(Readings *readings, Str text, const char *path, const Report *report, Error *error)
{
    static const Str BYTE_ORDER_MARK = STR("\xEF\xBB\xBF");
    bool pls = false;
    user_words_begin(readings);
    if (str_starts(text, BYTE_ORDER_MARK)) text = str_slice(text, BYTE_ORDER_MARK.n, text.n);
    pls = str_starts(str_trim(text), STR("<"));
    if ((pls && utf8_valid_prefix(text) < text.n) || is_other_text(text))
        return error_set(error, STATUS_DATA, _("%s: the lexicon is no UTF-8 text; save it as UTF-8"), path);
    if (pls) return pls_read(readings, text, path, report, error);
    for (int number = 1; text.n > 0; number++) {
        Str line = str_trim(str_split(&text, '\n'));
        if (line.n > 0 && line.s[0] != '#') read_line(readings, line, path, number, report);
    }
    return 0;
}

int pinyin_read_user(Readings *readings, const char *path, const Report *report, Error *error)
{
    Str text;
    return file_read(&readings->arena, path, &text, error) < 0 ? -1 : user_lexicon_read(readings, text, path, report, error);
}
