#include "page/lines.h"

#include <string.h>

#include "base/utf8.h"

enum { COLUMNS_MANY = 400, CELLS_LEAST = 3, CELLS_MOST = 24, CELL_CHARS_MOST = 16 };

typedef struct Line {
    Str text;
    uint16_t width;   /* in columns of a typewriter, the indentation counted; up to COLUMNS_MANY */
    uint16_t first;   /* columns of what cannot be parted at its beginning */
    uint8_t cells;    /* as a row of a table; 0: it is none */
    bool closed, marked; /* ends with a stop; has a stop or a comma before its end */
    bool labelled;    /* 气温：..., 记者：... */
    uint16_t shape;   /* of a line of a list, see shape_of; 0: it is none */
} Line;

/* ---- measuring ---- */

static bool is_word(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') || code == '.' || code == '%' || code == '-';
}

static int columns_of(uint32_t code)
{
    return code < 0x1100 ? 1 : 2;
}

static int width_of(Str text)
{
    int width = 0;
    uint32_t code;
    while (text.n > 0 && width < COLUMNS_MANY) {
        utf8_decode(utf8_next(&text), &code);
        width += columns_of(code);
    }
    return width;
}

static int first_columns(Str text)
{
    int columns = 0;
    uint32_t code;
    while (text.n > 0 && columns < COLUMNS_MANY) {
        utf8_decode(utf8_next(&text), &code);
        if (columns > 0 && !is_word(code)) break;
        columns += columns_of(code);
        if (!is_word(code)) break;
    }
    return columns;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 3012.45, 19:35: the sign is the figure's. */
static bool is_in_figure(Str text, size_t at)
{
    return at > 0 && at + 1 < text.n && is_digit(text.s[at - 1]) && is_digit(text.s[at + 1]);
}

/* A stop or a comma before its end. */
static bool has_mark(const PageRules *rules, Str text)
{
    uint32_t code;
    for (size_t at = 0, n; at < text.n; at += n) {
        n = utf8_decode(str_slice(text, at, text.n), &code);
        if (at + n == text.n || is_in_figure(text, at)) continue;
        if (rules_mark(rules, RULE_STOP, code) || rules_mark(rules, RULE_PAUSE, code)) return true;
    }
    return false;
}

/* A stop or a comma; a bracket and 、 stand in lists, too. */
static bool is_of_prose(const PageRules *rules, uint32_t code)
{
    static const uint32_t OTHERS[] = { ')', ']', 0xFF09, 0x3001, 0x3011, 0x3015 };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        if (code == OTHERS[i]) return false;
    return rules_mark(rules, RULE_STOP, code) || rules_mark(rules, RULE_PAUSE, code);
}

/* How a line of a list is made, where it has no mark of prose: fields between spaces or behind a colon, and which of them hold a figure (供水抢修 95598: two, the
 * second). In bits, from a highest one that is always set; 0: it is no such line. */
static uint16_t shape_of(const PageRules *rules, Str text)
{
    enum { FIELDS_MOST = 10, CHARS_MOST = 40 };
    uint16_t shape = 1;
    int fields = 0, chars = 0;
    bool inside = false, figures = false;
    uint32_t code;
    for (size_t at = 0, n; at < text.n; at += n) {
        n = utf8_decode(str_slice(text, at, text.n), &code);
        bool figure = is_in_figure(text, at), colon = (code == ':' || code == 0xFF1A) && !figure;
        if (++chars > CHARS_MOST || (!colon && !figure && is_of_prose(rules, code))) return 0;
        if (colon || code == ' ' || code == '\t' || code == 0x3000) {
            inside = false;
            continue;
        }
        if (!inside && ++fields > FIELDS_MOST) return 0;
        if (!inside) shape = (uint16_t)(shape << 1);
        inside = true;
        shape |= code >= '0' && code <= '9';
        figures |= code >= '0' && code <= '9';
    }
    return fields >= 2 && figures ? shape : 0;
}

static bool has_label(Str text)
{
    enum { LABEL_CHARS_MOST = 6 };
    for (int chars = 0; chars <= LABEL_CHARS_MOST && text.n > 0; chars++) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        if (code == 0xFF1A || code == ':') return chars > 0 && text.n > 0;
        if (!utf8_is_han(code)) return false;
    }
    return false;
}

/* Bytes of the gap between two cells at `at`: a tab, two spaces, a wide space. */
static size_t gap_at(Str text, size_t at)
{
    size_t end = at;
    bool wide = false;
    for (;;) {
        size_t n = end < text.n && (text.s[end] == ' ' || text.s[end] == '\t') ? 1 : str_starts(str_slice(text, end, text.n), STR("\u3000")) ? 3 : 0;
        if (n == 0) break;
        wide |= n == 3 || text.s[end] == '\t';
        end += n;
    }
    return wide || end >= at + 2 ? end - at : 0;
}

/* How many cells the line has, and which; 0 when it has too few for a table's row, or too many. */
static size_t cells_of(Str line, Str *cells)
{
    size_t count = 0, from = 0;
    for (size_t at = 0; at <= line.n; at++) {
        size_t gap = at < line.n ? gap_at(line, at) : 0;
        if (gap == 0 && at < line.n) continue;
        if (count == CELLS_MOST) return 0;
        cells[count++] = str_slice(line, from, at);
        if (utf8_count(cells[count - 1]) > CELL_CHARS_MOST) return 0;
        from = at + gap;
        at = gap > 0 ? from - 1 : at;
    }
    return count >= CELLS_LEAST ? count : 0;
}

static Line line_measure(const PageRules *rules, Str page, Str text)
{
    Str cells[CELLS_MOST], trimmed = str_trim(text);
    size_t from = (size_t)(trimmed.s - page.s);
    while (from > 0 && page.s[from - 1] != '\n') from--;
    int width = width_of(str_slice(page, from, (size_t)(trimmed.s - page.s))) + width_of(trimmed);
    Line line = { .text = trimmed, .width = (uint16_t)width, .first = (uint16_t)first_columns(trimmed) };
    line.closed = rules_is_closed(rules, trimmed);
    line.labelled = has_label(trimmed);
    line.shape = shape_of(rules, trimmed);
    line.marked = has_mark(rules, trimmed);
    if (width < COLUMNS_MANY && !line.closed) line.cells = (uint8_t)cells_of(trimmed, cells);
    return line;
}

/* ---- judging ---- */

/* Whether the next line's beginning would have stood on this line, had it been a column's: so wide is the next. */
static bool is_short_of(const Line *line, const Line *next)
{
    enum { LOOSE_COLUMNS = 3 };
    return line->width + next->first + LOOSE_COLUMNS <= next->width;
}

/* A list of contacts, a table of hotlines, of teams, of stocks: nearly every line is made as the one above or below it, with a figure in the same place. What
 * a column has cut is not. */
static bool are_listed(const Line *lines, size_t count)
{
    size_t alike = 0;
    if (count < 2) return false;
    for (size_t i = 0; i < count; i++) {
        bool above = i > 0 && lines[i - 1].shape == lines[i].shape, below = i + 1 < count && lines[i + 1].shape == lines[i].shape;
        alike += lines[i].shape > 0 && (above || below);
    }
    return alike * 4 >= count * 3;
}

/* Verse, a list, a programme: lines without any mark, or mostly lines that the next one did not need to be parted from. */
static bool are_separate(const Line *lines, size_t count)
{
    enum { COUNT_LEAST = 3 };
    size_t marked = 0, parted = 0, labelled = 0;
    for (size_t i = 0; i < count; i++) {
        labelled += lines[i].labelled;
        marked += lines[i].marked || (lines[i].closed && i > 0);
        parted += i + 1 < count && !lines[i].closed && is_short_of(&lines[i], &lines[i + 1]);
    }
    if (count < COUNT_LEAST) return false;
    return marked == 0 || labelled * 4 >= count * 3 || parted * 2 >= count - 1;
}

static bool is_row(const Line *lines, size_t count, size_t i)
{
    if (lines[i].cells == 0) return false;
    return (i + 1 < count && lines[i + 1].cells == lines[i].cells) || (i > 0 && lines[i - 1].cells == lines[i].cells);
}

/* A complete line that leaves room in its column ends a paragraph, and one before a speaker's name. */
static bool ends_paragraph(const Line *line, const Line *next, int width)
{
    enum { ROOM_COLUMNS = 6 };
    if (line->closed && next->labelled) return true;
    return line->closed && line->width + next->first + ROOM_COLUMNS <= width;
}

/* ---- parting ---- */

Str lines_row(PageBlocks *blocks, const Str *cells, size_t count)
{
    static const Str COMMA = { "，", 3 }, STOP = { "。", 3 };
    size_t bytes = 0, used = 0;
    for (size_t i = 0; i < count; i++) bytes += cells[i].n + COMMA.n;
    char *out = arena_alloc(blocks->arena, bytes + STOP.n);
    for (size_t i = 0; i < count; i++) {
        Str cell = str_trim(cells[i]);
        if (cell.n == 0) continue;
        if (used > 0) memcpy(out + used, COMMA.s, COMMA.n);
        used += used > 0 ? COMMA.n : 0;
        memcpy(out + used, cell.s, cell.n);
        used += cell.n;
    }
    if (used > 0 && count > 1) {
        memcpy(out + used, STOP.s, STOP.n);
        used += STOP.n;
    }
    return (Str){ out, used };
}

static void make_row(PageBlocks *blocks, PageBlock *block)
{
    Str cells[CELLS_MOST];
    size_t count = cells_of(block->source, cells);
    block->source = lines_row(blocks, cells, count);
    block->item = true;
}

/* Bytes of a bar between two cells. */
static size_t bar_at(Str text, size_t at)
{
    static const Str BARS[] = { { "│", 3 }, { "┃", 3 }, { "║", 3 }, { "｜", 3 } };
    if (at < text.n && text.s[at] == '|') return at > 0 && text.s[at - 1] == '\\' ? 0 : 1;
    for (size_t i = 0; i < sizeof BARS / sizeof *BARS; i++)
        if (str_starts(str_slice(text, at, text.n), BARS[i])) return BARS[i].n;
    return 0;
}

/* | a | b |: the outer bars are gone already. */
static void make_drawn_row(PageBlocks *blocks, PageBlock *block)
{
    Str *cells = NULL;
    size_t count = 0, from = 0;
    for (size_t at = 0; at <= block->source.n; at++) {
        size_t bar = at < block->source.n ? bar_at(block->source, at) : 1;
        if (bar == 0) continue;
        cells = arena_grow(blocks->scratch, cells, count, count + 1, sizeof *cells);
        cells[count++] = str_slice(block->source, from, at);
        from = at + bar;
    }
    block->source = lines_row(blocks, cells, count);
}

/* Lines [first, end) become a block after `block`, or `block` itself when it holds them first. */
static PageBlock *part(PageBlocks *blocks, PageBlock *block, const Line *lines, size_t first, size_t end)
{
    const Str *from = &lines[first].text, *to = &lines[end - 1].text;
    if (first > 0) {
        PageBlock *next = blocks_insert(blocks, block, block->line);
        next->line = block->line;
        next->quoted = block->quoted;
        block = next;
    }
    block->source = (Str){ from->s, (size_t)(to->s + to->n - from->s) };
    block->several = end - first > 1;
    return block;
}

/* Two short lines without a mark behind lines of verse are the next stanza. */
static bool are_stanza(const PageBlock *block, const Line *lines, size_t count)
{
    enum { VERSE_COLUMNS_MOST = 28 };
    bool behind = block->previous && block->previous->apart && !block->previous->item;
    for (size_t i = 0; i < count && behind; i++) behind = !lines[i].marked && lines[i].width <= VERSE_COLUMNS_MOST;
    return behind && count == 2;
}

static void part_block(PageBlocks *blocks, PageBlock *block, const Line *lines, size_t count)
{
    bool listed = are_listed(lines, count), separate = listed || are_separate(lines, count) || are_stanza(block, lines, count);
    int width = 0, line = block->line;
    for (size_t i = 0; i < count; i++) width = lines[i].width > width ? lines[i].width : width;
    for (size_t first = 0, i = 0; i < count; i++) {
        bool row = is_row(lines, count, i), last = i + 1 == count;
        bool ends = last || separate || row || is_row(lines, count, i + 1) || ends_paragraph(&lines[i], &lines[i + 1], width);
        if (!ends) continue;
        block = part(blocks, block, lines, first, i + 1);
        block->line = line + (int)first;
        if (row) make_row(blocks, block);
        else block->apart = separate;
        block->item |= listed && lines[first].shape > 0;
        first = i + 1;
    }
}

static size_t count_lines(Str text)
{
    size_t count = 1;
    for (const char *at = text.s; (at = memchr(at, '\n', text.n - (size_t)(at - text.s))); at++) count++;
    return count;
}

void lines_part(PageBlocks *blocks, Str page)
{
    for (PageBlock *block = blocks->first, *next; block; block = next) {
        next = block->next;
        if (block->row) make_drawn_row(blocks, block);
        if (block->kind != KIND_TEXT || !block->several || block->quoted || block->item) continue;
        size_t count = count_lines(block->source), read = 0;
        Line *lines = ARENA_NEW(blocks->scratch, Line, count);
        for (Str rest = block->source; rest.n > 0 && read < count;) lines[read++] = line_measure(blocks->rules, page, str_split(&rest, '\n'));
        part_block(blocks, block, lines, read);
    }
}
