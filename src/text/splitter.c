#include "text/splitter.h"

#include "base/utf8.h"

/* A text of marks without a word is not cut at SENTENCE_CHARACTERS_MAX, because such a sentence would say nothing; but memory
 * must not grow with it either. */
enum { MARKS_CHARACTERS_MAX = 20 * SENTENCE_CHARACTERS_MAX };

/* A sentence while it is being read. */
typedef struct Scan {
    const Marks *marks;
    Str text;           /* of the block */
    size_t at;          /* read so far */
    size_t count;       /* characters */
    uint32_t before;    /* the character before `at`, 0 at the start */
    bool said;          /* something stands in it that is no mark */
    bool figures;       /* and all of that is figures: "1." opens a point of a list */
    bool quoted;        /* inside "", which open and close alike */
    size_t clause, word, safe; /* the best places to cut so far, 0: none */
} Scan;

static size_t peek(const Scan *scan, size_t at, uint32_t *code)
{
    return utf8_decode(str_slice(scan->text, at, scan->text.n), code);
}

/* What str_trim takes: a space that does not break a line is a mark of the sentence, so that no byte stands outside of all sentences. */
static bool is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x3000;
}

static bool is_digit(uint32_t code)
{
    bool full_width = code >= 0xFF10 && code <= 0xFF19, subscript = code >= 0x2080 && code <= 0x2089;
    return (code >= '0' && code <= '9') || full_width || subscript;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= 0xFF21 && code <= 0xFF3A) ||
           (code >= 0xFF41 && code <= 0xFF5A);
}

static size_t skip_space(const Scan *scan, size_t at)
{
    uint32_t code;
    size_t n;
    while ((n = peek(scan, at, &code)) > 0 && is_space(code)) at += n;
    return at;
}

static bool is_capital(uint32_t code)
{
    return code >= 'A' && code <= 'Z';
}

/* Whether just two capitals stand before scan->at: NO. 8; GDP. 8 is the end of one sentence and the begin of another. */
static bool two_capitals(const Scan *scan)
{
    const char *s = scan->text.s;
    size_t at = scan->at;
    return at >= 2 && is_capital((unsigned char)s[at - 1]) && is_capital((unsigned char)s[at - 2]) &&
           !(at > 2 && is_letter((unsigned char)s[at - 3]));
}

/* Whether the letters before scan->at are short and only their first is a capital, as No, Vol, Fig before a figure. */
static bool abbreviated(const Scan *scan)
{
    enum { LETTERS_MOST = 4 };
    if (two_capitals(scan)) return true;
    size_t n = 0;
    while (n < scan->at && scan->text.s[scan->at - 1 - n] >= 'a' && scan->text.s[scan->at - 1 - n] <= 'z' && n < LETTERS_MOST) n++;
    return n > 0 && n < LETTERS_MOST && n < scan->at && scan->text.s[scan->at - 1 - n] >= 'A' && scan->text.s[scan->at - 1 - n] <= 'Z';
}

/* So many figures stand before scan->at. */
static bool figures_before(const Scan *scan, size_t least)
{
    size_t figures = 0;
    while (figures < least && figures < scan->at && is_digit((unsigned char)scan->text.s[scan->at - 1 - figures])) figures++;
    return figures == least;
}

/* 600519.SH, 201910123456.X: a code and, behind the point at `after` - 1, the two capitals of its market or the X that checks it. */
static bool code_goes_on(const Scan *scan, size_t after)
{
    enum { MARKET_FIGURES = 4, MARKET_LETTERS = 2, CHECKED_FIGURES = 8 };
    size_t to = after;
    while (to < scan->text.n && to - after <= MARKET_LETTERS && is_capital((unsigned char)scan->text.s[to])) to++;
    uint32_t next;
    size_t n = peek(scan, to, &next);
    if (n > 0 && (is_letter(next) || is_digit(next))) return false;
    if (to - after == MARKET_LETTERS) return figures_before(scan, MARKET_FIGURES);
    return to - after == 1 && scan->text.s[after] == 'X' && figures_before(scan, CHECKED_FIGURES);
}

/* A half-width full stop that ends nothing: 3.5, www.a.cn, 163.com, 600519.SH, J. K., No. 8 */
static bool point_inside(const Scan *scan, size_t after)
{
    uint32_t next;
    peek(scan, after, &next);
    if (is_digit(scan->before)) return is_digit(next) || scan->figures || (next >= 'a' && next <= 'z') || code_goes_on(scan, after);
    if (!is_letter(scan->before)) return is_letter(next) || is_digit(next);
    if (is_letter(next) || is_digit(next)) return true;
    if (!is_space(next)) return false;
    peek(scan, skip_space(scan, after), &next);
    return is_letter(next) || (is_digit(next) && abbreviated(scan));
}

/* A half-width question mark between letters is part of a web address: a.cn/i?id=3 */
static bool query_inside(const Scan *scan, size_t after)
{
    uint32_t next;
    peek(scan, after, &next);
    return (is_letter(scan->before) || is_digit(scan->before) || scan->before == '/') && is_letter(next);
}

/* A year that is not certain or not known: 1715？—1763, （？—1763） */
static bool doubt_inside(const Scan *scan, size_t after)
{
    uint32_t next, behind;
    size_t n = peek(scan, after, &next);
    peek(scan, after + n, &behind);
    bool year = is_digit(scan->before) || marks_class(scan->marks, scan->before) == MARK_OPEN;
    return year && marks_class(scan->marks, next) == MARK_OTHER && !is_space(next) &&
           !marks_is_quote(scan->marks, next) && is_digit(behind);
}

/* The sign of a factorial: 5!=120, n!×2. */
static bool factorial_inside(const Scan *scan, size_t after)
{
    static const uint32_t TIMES = 0xD7, DIVIDED = 0xF7;
    uint32_t next;
    peek(scan, after, &next);
    return (is_letter(scan->before) || is_digit(scan->before)) && (next == '=' || next == TIMES || next == DIVIDED);
}

/* Whether the end mark at scan->at ends the sentence; then *end is behind it, the marks of its run (……, ？！) and the closing
 * marks that belong to it. */
static bool sentence_end(const Scan *scan, uint32_t mark, size_t bytes, size_t *end)
{
    uint32_t code;
    size_t n, at = scan->at + bytes;
    bool within = false, quoted = scan->quoted;
    if ((mark == '.' || mark == 0xFF0E) && point_inside(scan, at)) return false;
    if (mark == '?' && query_inside(scan, at)) return false;
    if (mark == '!' && factorial_inside(scan, at)) return false;
    if ((mark == '?' || mark == 0xFF1F) && doubt_inside(scan, at)) return false;
    while ((n = peek(scan, at, &code)) > 0) {
        MarkClass class = marks_class(scan->marks, code);
        bool closes = class == MARK_CLOSE || class == MARK_CLOSE_TITLE || (code == '"' && quoted);
        if (!closes && class != MARK_END) break;
        if (code == '"') quoted = false;
        within |= class == MARK_CLOSE_TITLE;
        at += n;
    }
    MarkClass next = n > 0 ? marks_class(scan->marks, code) : MARK_NONE;
    *end = at;
    /* 《谁？》 ends nothing, and “好！”，他说 goes on. */
    return !(within && n > 0) && next != MARK_CLAUSE && next != MARK_LIST;
}

/* Remembers scan->at as a place to cut, if the character before it and `next` allow it. */
static void note_places(Scan *scan, uint32_t next)
{
    MarkClass last = marks_class(scan->marks, scan->before), following = marks_class(scan->marks, next);
    bool figure = is_digit(scan->before) || is_letter(scan->before);
    bool joined = (figure && (is_digit(next) || is_letter(next))) || following == MARK_CLOSE || following == MARK_CLOSE_TITLE ||
                  last == MARK_OPEN;
    /* 1,234 and 3.5 */
    if (is_digit(next) && (scan->before == ',' || scan->before == '.')) joined = true;
    if (is_digit(scan->before) && (next == ',' || next == '.')) joined = true;
    if (joined) return;
    if (following == MARK_NONE || following == MARK_OPEN) scan->safe = scan->at;
    else return;
    if (last == MARK_CLAUSE || last == MARK_END) scan->clause = scan->at;
    else if (last != MARK_NONE) scan->word = scan->at;
}

static void take(Scan *scan, uint32_t code, size_t bytes)
{
    bool mark = marks_class(scan->marks, code) != MARK_NONE || is_space(code);
    if (!mark) {
        scan->figures = is_digit(code) && (!scan->said || scan->figures);
        scan->said = true;
    }
    if (code == '"') scan->quoted = !scan->quoted;
    scan->before = code;
    scan->at += bytes;
    scan->count++;
}

/* A Chinese character: between two of them nothing is decided, and most of a text is such places. */
static bool is_plain(const Scan *scan, uint32_t code)
{
    return code >= 0x3400 && code <= 0x9FFF && marks_class(scan->marks, code) == MARK_NONE;
}

/* Behind a plain character: those that follow. */
static void take_plain(Scan *scan)
{
    uint32_t code;
    size_t bytes;
    while (scan->count < SENTENCE_CHARACTERS_MAX && (bytes = peek(scan, scan->at, &code)) > 0 && is_plain(scan, code)) {
        scan->safe = scan->at;
        scan->before = code;
        scan->at += bytes;
        scan->count++;
    }
}

/* Where to cut a sentence that has become too long. A place in its first quarter would leave crumbs. */
static size_t cut_place(const Scan *scan, size_t start)
{
    size_t least = start + (scan->at - start) / 4;
    if (scan->clause > least) return scan->clause;
    if (scan->word > least) return scan->word;
    return scan->safe > least ? scan->safe : scan->at;
}

/* The end of the sentence that begins at scan->at. */
static size_t scan_sentence(Scan *scan, Break *after)
{
    size_t start = scan->at, bytes, end;
    uint32_t code;
    while ((bytes = peek(scan, scan->at, &code)) > 0) {
        if (scan->said && marks_class(scan->marks, code) == MARK_END && sentence_end(scan, code, bytes, &end)) {
            *after = BREAK_SENTENCE;
            return end;
        }
        if (scan->count > 0) note_places(scan, code);
        if (scan->count >= (scan->said ? SENTENCE_CHARACTERS_MAX : MARKS_CHARACTERS_MAX)) {
            *after = BREAK_CLAUSE;
            return cut_place(scan, start);
        }
        take(scan, code, bytes);
        if (is_plain(scan, code)) take_plain(scan);
    }
    return scan->at;
}

Splitter splitter_start(const Marks *marks, const Block *block)
{
    Splitter splitter = { .marks = marks, .block = block };
    Str rest = block->text;
    while (rest.n > 0) {
        uint32_t code;
        Str last = utf8_last(rest);
        utf8_decode(last, &code);
        if (marks_class(marks, code) == MARK_NONE && !is_space(code)) break;
        rest.n -= last.n;
    }
    splitter.said_end = rest.n;
    return splitter;
}

bool splitter_next(Splitter *splitter, Sentence *sentence)
{
    const Block *block = splitter->block;
    Scan scan = { .marks = splitter->marks, .text = block->text };
    Break last = role_is_heading(block->role) ? BREAK_HEADING : BREAK_PARAGRAPH;
    scan.at = skip_space(&scan, splitter->at);
    size_t start = scan.at;
    if (start >= block->text.n) return false;
    sentence->after = last;
    size_t end = scan_sentence(&scan, &sentence->after);
    /* What is left is marks only: it belongs to this one, unless a hostile text has very many of them. */
    if (end >= splitter->said_end && block->text.n - end < MARKS_CHARACTERS_MAX) end = block->text.n;
    splitter->at = skip_space(&scan, end);
    if (splitter->at >= block->text.n) sentence->after = last;
    sentence->role = block->role;
    sentence->block = block;
    sentence->line = block->line;
    sentence->text = str_trim(str_slice(block->text, start, end));
    sentence->text_at = start;
    quotes_mark(&splitter->quotes, splitter->marks, block, sentence);
    return true;
}
