#include "text/quotes.h"

#include "base/utf8.h"

static const uint32_t COLON = 0xFF1A;

/* The next mark of quotation at `at` or behind it; its length, 0 when there is none. */
static size_t next_quote(const Marks *marks, Str text, size_t *at, uint32_t *code)
{
    for (; *at < text.n; ++*at) {
        if (!marks->quote_lead[(unsigned char)text.s[*at]]) continue;
        size_t n = utf8_decode(str_slice(text, *at, text.n), code);
        if (marks_is_quote(marks, *code)) return n;
    }
    return 0;
}

static bool opens(const Marks *marks, uint32_t code)
{
    return marks_class(marks, code) != MARK_CLOSE;
}

/* Behind the mark that closes a quotation; `at` is behind the one that opened it. 0 when it is not closed. In Unicode the closing mark follows the opening one;
 * "" are the same. */
static size_t find_close(const Marks *marks, Str text, size_t at, uint32_t open, size_t *inner_end)
{
    uint32_t code, close = marks_class(marks, open) == MARK_OPEN ? open + 1 : open;
    size_t depth = 1, n;
    while ((n = next_quote(marks, text, &at, &code)) > 0) {
        if (code == close) depth--;
        else if (code == open) depth++;
        *inner_end = at;
        at += n;
        if (depth == 0) return at;
    }
    return 0;
}

/* The class of the last mark of a text, closing ones (‘加油！’) passed over; MARK_NONE: it ends with a character. */
static MarkClass last_class(const Marks *marks, Str text)
{
    uint32_t code = 0;
    MarkClass class = MARK_CLOSE;
    while (text.n > 0 && class == MARK_CLOSE) {
        Str last = utf8_last(text);
        utf8_decode(last, &code);
        class = marks_class(marks, code);
        text.n -= last.n;
    }
    return class == MARK_CLOSE ? MARK_NONE : class;
}

static uint32_t last_code(Str text)
{
    uint32_t code = 0;
    if (text.n > 0) utf8_decode(utf8_last(text), &code);
    return code;
}

static size_t count_parts(const Marks *marks, Str text)
{
    size_t count = 0;
    uint32_t code;
    while (text.n > 0) {
        utf8_decode(utf8_next(&text), &code);
        MarkClass class = marks_class(marks, code);
        count += class == MARK_END || class == MARK_CLAUSE;
    }
    return count;
}

/* Whether what a quotation holds is somebody's words, by what stands before, in and behind it. */
static bool is_speech(const Marks *marks, Str before, Str inner, Str behind)
{
    uint32_t next = 0;
    before = str_trim(before);
    if (behind.n > 0) utf8_decode(behind, &next);
    MarkClass end = last_class(marks, inner), lead = before.n ? marks_class(marks, last_code(before)) : MARK_END;
    bool ended = end == MARK_END || end == MARK_CLAUSE, stops = behind.n == 0 || marks_class(marks, next) != MARK_NONE;
    bool begins = lead == MARK_END || lead == MARK_CLAUSE || lead == MARK_CLOSE || lead == MARK_OTHER;
    /* Without a mark before it (高喊“加油！”) it has to be more than an exclamation; without one of its own, the colon says what it is. */
    if (ended) return begins || (stops && count_parts(marks, inner) > 1);
    return last_code(before) == COLON && stops && count_parts(marks, inner) > 0;
}

/* Whether the next paragraph opens with the same mark. */
static bool runs_on(const Block *block, uint32_t open)
{
    uint32_t code = 0;
    for (block = block->next; block && block->silent; block = block->next) continue;
    if (!block || block->role != ROLE_BODY) return false;
    Str text = str_trim(block->text);
    return text.n > 0 && utf8_decode(text, &code) > 0 && code == open;
}

/* The direct speech behind quotes->at; false when there is no more. */
static bool next_speech(Quotes *quotes, const Marks *marks, const Block *block)
{
    Str text = block->text;
    uint32_t open;
    size_t n;
    while ((n = next_quote(marks, text, &quotes->at, &open)) > 0) {
        size_t from = quotes->at, inner = from + n, inner_end = text.n;
        quotes->at = inner;
        if (!opens(marks, open)) continue;
        size_t close = find_close(marks, text, inner, open, &inner_end);
        quotes->at = close ? close : text.n;
        quotes->from = from;
        quotes->to = quotes->at;
        Str before = str_slice(text, 0, from), said = str_slice(text, inner, close ? inner_end : text.n);
        if ((close || runs_on(block, open)) && is_speech(marks, before, said, str_slice(text, quotes->at, text.n))) return true;
    }
    quotes->at = quotes->from = quotes->to = text.n;
    return false;
}

void quotes_mark(Quotes *quotes, const Marks *marks, const Block *block, Sentence *sentence)
{
    size_t start = sentence->text_at, end = start + sentence->text.n, covered = start;
    Speech *speech = &sentence->speech;
    if (block->role != ROLE_BODY) return;
    while (covered < end && speech->count < SPEECH_MAX) {
        if (quotes->to <= covered && !next_speech(quotes, marks, block)) return;
        if (quotes->from >= end) return;
        covered = quotes->to < end ? quotes->to : end;
        speech->from[speech->count] = (uint32_t)(quotes->from > start ? quotes->from - start : 0);
        speech->to[speech->count++] = (uint32_t)(covered - start);
    }
}
