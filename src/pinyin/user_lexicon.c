#include "pinyin/user_lexicon.h"

#include <string.h>

#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/pls.h"
#include "pinyin/readings.h"
#include "pinyin/written.h"

static size_t count_of(Str text, const char *signs)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++) count += strchr(signs, text.s[i]) && text.s[i] ? 1 : 0;
    return count;
}

/* With digits each syllable wants one; with marks one without is neutral, but not all of them: then the tones were forgotten. */
static bool lacks_tones(Str written, Str reading)
{
    size_t neutral = count_of(reading, "5");
    if (count_of(written, "012345") > 0) return neutral > count_of(written, "05");
    return count_of(reading, "1234") == 0;
}

const char *user_lexicon_add(Readings *readings, Str word, Str written)
{
    const char *why;
    Str reading = reading_as_ours(readings, written, utf8_count(word), &readings->arena);
    if (written.n == 0) return _("there is no reading");
    if (reading.n == 0) return _("the reading is no pinyin; write it as yin2 hang2 or yín háng");
    if (lacks_tones(written, reading)) return _("a syllable has no tone; write yin2 hang2 or yín háng, and 5 for a neutral tone");
    return given_add(readings, word, reading, &why) ? NULL : why;
}

static void read_line(Readings *readings, Str line, const char *path, int number, const Report *report)
{
    size_t end = 0;
    while (end < line.n && line.s[end] != ' ' && line.s[end] != '\t' && !str_starts(str_slice(line, end, line.n), STR("　"))) end++;
    Str word = str_slice(line, 0, end), written = str_trim(str_slice(line, end, line.n));
    const char *why = user_lexicon_add(readings, word, written);
    if (why) report_warn(report, _("%s:%d: %s; the line is left out"), path, number, why);
}

int user_lexicon_read(Readings *readings, Str text, const char *path, const Report *report, Error *error)
{
    static const Str BYTE_ORDER_MARK = STR("\xEF\xBB\xBF");
    if (utf8_valid_prefix(text) < text.n) return error_set(error, STATUS_DATA, _("%s: the lexicon is no UTF-8 text; save it as UTF-8"), path);
    if (str_starts(text, BYTE_ORDER_MARK)) text = str_slice(text, BYTE_ORDER_MARK.n, text.n);
    if (str_starts(str_trim(text), STR("<"))) return pls_read(readings, text, path, report, error);
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

uint64_t pinyin_user_version(const Readings *readings)
{
    return readings->user.version;
}

void pinyin_each_user_word(const Readings *readings, void (*visit)(void *context, Str word, Str reading), void *context)
{
    for (const UserWord *entry = readings->user.first; entry; entry = entry->in_order)
        if (!entry->superseded) visit(context, entry->word, entry->reading);
}
