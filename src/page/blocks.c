#include "page/blocks.h"

#include <string.h>
#include <utf8proc.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/nameplate.h"

typedef struct Scanner {
    PageBlocks *blocks;
    Str rest;
    PageBlock *open;     /* a paragraph that may take another line */
    int line;
    int blank;           /* blank lines just seen */
    bool lines_end;      /* on this page each line is a paragraph: see lines_are_paragraphs */
    bool nameplate;          /* nothing but lines of a nameplate so far: each is one of its own */
    bool comments_close; /* false once no "-->" is left: looked for again at each "<!--", it would be quadratic */
} Scanner;

PageBlock *blocks_insert(PageBlocks *blocks, PageBlock *where, int line)
{
    PageBlock *block = ARENA_NEW(blocks->scratch, PageBlock, 1);
    if (!where) where = blocks->last;
    *block = (PageBlock){ .previous = where, .next = where ? where->next : NULL, .line = line, .role = ROLE_BODY };
    if (where) where->next = block;
    else blocks->first = block;
    if (block->next) block->next->previous = block;
    else blocks->last = block;
    return block;
}

void blocks_unlink(PageBlocks *blocks, PageBlock *block)
{
    if (block->previous) block->previous->next = block->next;
    else blocks->first = block->next;
    if (block->next) block->next->previous = block->previous;
    else blocks->last = block->previous;
}

void blocks_move_after(PageBlocks *blocks, PageBlock *where, PageBlock *block)
{
    if (where == block) return;
    blocks_unlink(blocks, block);
    block->previous = where;
    block->next = where->next;
    if (block->next) block->next->previous = block;
    else blocks->last = block;
    where->next = block;
}

PageBlock *block_next(const PageBlock *block)
{
    do block = block->next;
    while (block && block->kind == KIND_SILENT);
    return (PageBlock *)(uintptr_t)block;
}

PageBlock *block_previous(const PageBlock *block)
{
    do block = block->previous;
    while (block && block->kind == KIND_SILENT);
    return (PageBlock *)(uintptr_t)block;
}

/* ---- what a line is ---- */

static bool blank_at(Str text, size_t at)
{
    return at >= text.n || text.s[at] == ' ' || text.s[at] == '\t' || str_starts(str_slice(text, at, text.n), STR("\u3000"));
}

/* 1-6, and the heading's words without the marks around them; 0: no heading. Chinese pages often leave out the space that
 * CommonMark wants; "#话题#" with a second sign is a topic mark of the social media, not a heading. */
static int heading_level(Str line, Str *words)
{
    size_t level = 0;
    while (level < line.n && line.s[level] == '#') level++;
    if (level == 0 || level > 6) return 0;
    Str rest = str_slice(line, level, line.n);
    if (!blank_at(line, level)) {
        uint32_t code;
        utf8_decode(rest, &code);
        if (code < 0x80 || memchr(rest.s, '#', rest.n)) return 0;
    }
    rest = str_trim(rest);
    size_t end = rest.n;
    while (end > 0 && rest.s[end - 1] == '#') end--;
    if (end < rest.n && (end == 0 || rest.s[end - 1] == ' ')) rest = str_trim(str_slice(rest, 0, end));
    *words = rest;
    return (int)level;
}

/* Nothing but signs: a rule, a row of stars, a fence, the line under a table's head. */
static bool is_decoration(Str line)
{
    uint32_t code;
    size_t count = 0;
    for (size_t n; (n = utf8_decode(line, &code)) > 0; line = str_slice(line, n, line.n)) {
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
        bool sign = category == UTF8PROC_CATEGORY_PD || category == UTF8PROC_CATEGORY_PC || category == UTF8PROC_CATEGORY_SO ||
                    category == UTF8PROC_CATEGORY_SM || category == UTF8PROC_CATEGORY_SK || code == '*' || code == '#';
        if (!sign && !((code == ':' || code == ' ' || code == 0x3000) && count > 0)) return false;
        count++;
    }
    return count >= 1;
}

/* A page's number in a line of its own. With a zero before it, it is that of a part. */
static bool is_page_number(Str line)
{
    size_t digits = 0, other = 0;
    for (size_t i = 0; i < line.n; i++) {
        bool digit = line.s[i] >= '0' && line.s[i] <= '9';
        digits += digit;
        other += !digit && !strchr("- .", line.s[i]);
    }
    return digits > 0 && digits <= 3 && other == 0 && line.n <= 8 && line.s[0] != '0';
}

static bool is_underline(Str line, char sign)
{
    size_t count = 0;
    while (count < line.n && line.s[count] == sign) count++;
    return count >= 3 && count == line.n;
}

static bool is_picture(Str line)
{
    size_t middle = str_find(line, STR("]("));
    return str_starts(line, STR("![")) && middle < line.n && str_find(line, STR(")")) + 1 == line.n;
}

/* Bytes of a table's left edge, drawn with | or with one of the box signs. */
static size_t table_edge(Str line)
{
    static const Str EDGES[] = { { "│", 3 }, { "┃", 3 }, { "║", 3 }, { "｜", 3 } };
    for (size_t i = 0; i < sizeof EDGES / sizeof *EDGES; i++)
        if (str_starts(line, EDGES[i]) && str_find(str_slice(line, 3, line.n), EDGES[i]) + 3 < line.n) return 3;
    return line.n > 2 && line.s[0] == '|' && blank_at(line, 1) ? 1 : 0;
}

/* Bytes of a list marker or a table's left edge; what follows is an entry of its own. */
static size_t item_marker(Str line)
{
    if (table_edge(line)) return table_edge(line);
    if (line.n > 2 && strchr("-*+", line.s[0]) && blank_at(line, 1)) return 1;
    if (str_starts(line, STR("•")) || str_starts(line, STR("‣"))) return 3;
    if (str_starts(line, STR("·")) && blank_at(line, 2)) return 2;
    return 0;
}

/* Bytes of "[^1]:" at the start: a footnote's text. */
static size_t footnote_marker(Str line)
{
    enum { LABEL_BYTES_MOST = 24 };
    size_t end = str_find(str_slice(line, 0, LABEL_BYTES_MOST), STR("]:"));
    for (size_t i = 0; i < end && i < line.n; i++)
        if ((unsigned char)line.s[i] >= 0x80) return 0;
    return str_starts(line, STR("[^")) && end > 2 && end + 2 < line.n && end < LABEL_BYTES_MOST ? end + 2 : 0;
}

/* "12." or "12)" or "12、" at the start: the number stays in the text, but the entry is one of its own. */
static bool is_numbered(Str line)
{
    size_t digits = 0;
    while (digits < line.n && digits < 4 && line.s[digits] >= '0' && line.s[digits] <= '9') digits++;
    Str rest = str_slice(line, digits, line.n);
    if (digits == 0 || digits > 3) return false;
    if (str_starts(rest, STR("、"))) return true;
    return rest.n > 1 && (rest.s[0] == '.' || rest.s[0] == ')') && blank_at(rest, 1);
}

/* ---- where a paragraph begins ---- */

static bool is_indented(Str raw)
{
    return str_starts(raw, STR("\u3000")) || str_starts(raw, STR("\t")) || str_starts(raw, STR("    "));
}

static bool begins_by_words(const PageRules *rules, Str line)
{
    Folded folded;
    rules_fold(str_slice(line, 0, sizeof folded.bytes), &folded);
    if (folded.n == 0) return false;
    folded.whole = folded.whole && line.n <= sizeof folded.bytes;
    return rules_match(rules, RULE_DATELINE, &folded, NULL) ||
           (rules_match(rules, RULE_BYLINE, &folded, NULL) && !rules_match(rules, RULE_PROSE, &folded, NULL)) ||
           rules_match(rules, RULE_PART, &folded, NULL) || rules_match(rules, RULE_FURNITURE, &folded, NULL) ||
           rules_match(rules, RULE_ENTRY, &folded, NULL) || rules_match(rules, RULE_LINKS, &folded, NULL);
}

/* A short line of names over one that is much longer, as no lines of one column are. */
static bool stands_under_byline(const PageRules *rules, Str before, Str line)
{
    enum { NAMES_BYTES_MOST = 24 * 3 };
    Folded folded;
    if (before.n > NAMES_BYTES_MOST || line.n < 2 * before.n) return false;
    for (Str rest = before; rest.n > 0;)
        if (rules_ends_with(rules, RULE_PAUSE, utf8_next(&rest))) return false;
    rules_fold(before, &folded);
    return rules_match(rules, RULE_BYLINE, &folded, NULL) && !rules_match(rules, RULE_PROSE, &folded, NULL);
}

/* 编辑：李二. Without a label it could be the end of a line of prose (…2026年11月26日), which a column goes on. */
static bool is_labelled_furniture(const PageRules *rules, Str line)
{
    enum { LABEL_BYTES_MOST = 6 * 3 };
    Folded folded;
    size_t colon = str_find(line, STR("：")), narrow = str_find(line, STR(":"));
    if ((colon > LABEL_BYTES_MOST && narrow > LABEL_BYTES_MOST) || (colon >= line.n && narrow >= line.n)) return false;
    rules_fold(line, &folded);
    return rules_match(rules, RULE_FURNITURE, &folded, NULL);
}

/* Whether `line` begins a paragraph although the one before has no blank line after it. Lines of a narrow column are wrapped;
 * a line wider than any column is a paragraph by itself. */
static bool begins_paragraph(const Scanner *scanner, Str raw, Str line)
{
    enum { COLUMN_BYTES_MOST = 50 * 3, HEADLINE_BYTES_MOST = 40 * 3 };
    const PageRules *rules = scanner->blocks->rules;
    const char *end = scanner->open->source.s + scanner->open->source.n;
    const char *start = memrchr(scanner->open->source.s, '\n', scanner->open->source.n);
    Str before = { start ? start + 1 : scanner->open->source.s, 0 };
    before.n = (size_t)(end - before.s);
    if (scanner->lines_end || scanner->nameplate || scanner->open->item || is_indented(raw) || is_numbered(line) || begins_by_words(rules, line)) return true;
    if (rules_without_bullets(rules, line).n < line.n || nameplate_line(rules, line) >= NAMEPLATE_NAME) return true;
    if (!scanner->open->several && (stands_under_byline(rules, before, line) || is_labelled_furniture(rules, before))) return true;
    bool closed = rules_is_closed(rules, str_trim(before));
    if (before.n > COLUMN_BYTES_MOST) return closed;
    bool headline = !scanner->open->several && before.n <= HEADLINE_BYTES_MOST && !closed;
    return headline && line.n > COLUMN_BYTES_MOST;
}

/* ---- adding blocks ---- */

static PageBlock *add(Scanner *scanner, BlockKind kind, Str source)
{
    PageBlock *block = blocks_insert(scanner->blocks, NULL, scanner->line);
    block->kind = (uint8_t)kind;
    block->source = source;
    block->blank_lines = (uint8_t)(scanner->blank > 255 ? 255 : scanner->blank);
    scanner->blank = 0;
    scanner->open = NULL;
    return block;
}

static void add_silent(Scanner *scanner, Str source, const char *why)
{
    PageBlock *block = add(scanner, KIND_SILENT, source);
    block->text = source;
    block->note = str_from(why);
}

/* What a rule of several signs stands over stands apart from what is above it. */
static void add_decoration(Scanner *scanner, Str source)
{
    enum { RULE_BYTES_LEAST = 3, APART_BLANK_LINES = 2 };
    add_silent(scanner, source, _("a line without words: not read"));
    if (source.n >= RULE_BYTES_LEAST) scanner->blank = APART_BLANK_LINES;
}

static void add_page_number(Scanner *scanner, Str source)
{
    add_silent(scanner, source, _("a page's number: not read"));
    scanner->blocks->last->furniture = true;
}

static bool take_comment(Scanner *scanner, Str line)
{
    if (!str_starts(line, STR("<!--")) || !scanner->comments_close) return false;
    Str from_here = { line.s, (size_t)(scanner->rest.s + scanner->rest.n - line.s) };
    size_t end = str_find(from_here, STR("-->"));
    scanner->comments_close = end < from_here.n;
    if (!scanner->comments_close) return false;
    Str comment = str_slice(from_here, 0, end + 3);
    add_silent(scanner, comment, _("a comment: not read"));
    for (size_t i = 0; i < comment.n; i++) scanner->line += comment.s[i] == '\n';
    scanner->rest = str_slice(from_here, comment.n, from_here.n);
    /* What follows the comment in its last line is a line like any other, of the same number. */
    if (str_starts(scanner->rest, STR("\n"))) scanner->rest = str_slice(scanner->rest, 1, scanner->rest.n);
    else if (scanner->rest.n > 0) scanner->line--;
    return true;
}

/* A short line over "====" or "----" is a heading. */
static bool take_underline(Scanner *scanner, Str line)
{
    enum { HEADING_BYTES_MOST = 60 * 3 };
    PageBlock *open = scanner->open;
    bool first = is_underline(line, '=');
    if (!open || open->several || open->item || !(first || is_underline(line, '-'))) return false;
    if (open->source.n > HEADING_BYTES_MOST || rules_is_closed(scanner->blocks->rules, open->source)) return false;
    open->kind = KIND_HEADING;
    open->level = first ? 1 : 2;
    scanner->open = NULL;
    return true;
}

static void take_text(Scanner *scanner, Str raw, Str line, bool quoted)
{
    size_t marker = item_marker(line), footnote = marker ? 0 : footnote_marker(line);
    if (footnote) marker = footnote;
    if (scanner->open && !marker && !begins_paragraph(scanner, raw, line)) {
        scanner->open->source.n = (size_t)(line.s + line.n - scanner->open->source.s);
        scanner->open->several = true;
        scanner->open->quoted |= quoted;
        return;
    }
    Str words = str_trim(str_slice(line, marker, line.n));
    Str edge = str_slice(line, 0, table_edge(line));
    if (edge.n > 0 && words.n > edge.n && str_ends(words, edge)) words = str_trim(str_slice(words, 0, words.n - edge.n));
    PageBlock *block = add(scanner, KIND_TEXT, words);
    block->item = marker > 0 || is_numbered(line);
    block->row = edge.n > 0;
    if (footnote) block->note = str_from(_("a footnote"));
    block->quoted = quoted;
    scanner->open = block;
    scanner->nameplate = (scanner->blocks->last == scanner->blocks->first || scanner->nameplate) && nameplate_line(scanner->blocks->rules, words) != NAMEPLATE_NONE;
}

/* 【标题】 ...: the label says what the line is, as in the tables that newspapers' systems write. */
static bool take_field(Scanner *scanner, Str line)
{
    static const struct {
        RuleKind rule;
        BlockKind kind;
        Role role;
    } FIELDS[] = { { RULE_FIELD_KICKER, KIND_TEXT, ROLE_KICKER },   { RULE_FIELD_TITLE, KIND_HEADING, ROLE_BODY }, { RULE_FIELD_SUBTITLE, KIND_TEXT, ROLE_SUBTITLE },
                   { RULE_FIELD_BYLINE, KIND_TEXT, ROLE_BYLINE }, { RULE_FIELD_BODY, KIND_TEXT, ROLE_BODY } };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        size_t label = rules_label(scanner->blocks->rules, FIELDS[i].rule, line);
        if (label == 0) continue;
        Str words = str_trim(str_slice(line, label, line.n));
        add_silent(scanner, str_slice(line, 0, label), _("the label of what follows: not read"));
        if (words.n == 0) return true;
        PageBlock *block = add(scanner, FIELDS[i].kind, words);
        block->role = (uint8_t)FIELDS[i].role;
        block->level = FIELDS[i].kind == KIND_HEADING ? LEVEL_HEADLINE : 0;
        if (FIELDS[i].rule == RULE_FIELD_BODY) scanner->open = block;
        return true;
    }
    return false;
}

static void take_line(Scanner *scanner, Str raw, Str line)
{
    bool quoted = false;
    Str words = { 0 };
    while (str_starts(line, STR(">"))) {
        line = str_trim(str_slice(line, 1, line.n));
        quoted = true;
    }
    if (line.n == 0) {
        scanner->open = NULL;
        return;
    }
    int level = heading_level(line, &words);
    if (level > 0 && words.n > 0) add(scanner, KIND_HEADING, words)->level = (uint8_t)level;
    else if (take_underline(scanner, line)) return;
    else if (is_decoration(line)) add_decoration(scanner, line);
    else if (is_page_number(line)) add_page_number(scanner, line);
    else if (str_starts(line, STR("```"))) add_silent(scanner, line, _("a mark around code: not read"));
    else if (take_field(scanner, line)) return;
    else if (is_picture(line)) add_silent(scanner, line, _("a picture: not read"));
    else take_text(scanner, raw, line, quoted);
}

/* "title: ...", "- tag", "  more": a line of the table that programs put before a Markdown page. */
static bool is_front_matter_line(Str line)
{
    size_t key = 0;
    while (key < line.n && ((line.s[key] >= 'a' && line.s[key] <= 'z') || (line.s[key] >= 'A' && line.s[key] <= 'Z') || line.s[key] == '_'))
        key++;
    return (key > 0 && key < line.n && line.s[key] == ':') || str_starts(line, STR("- ")) || str_starts(line, STR("  "));
}

static void take_front_matter(Scanner *scanner)
{
    enum { LINES_MOST = 60 };
    Str rest = scanner->rest;
    if (!str_equal(str_trim(str_split(&rest, '\n')), STR("---"))) return;
    for (int lines = 2; lines <= LINES_MOST && rest.n > 0; lines++) {
        Str line = str_split(&rest, '\n');
        if (lines > 2 && str_equal(str_trim(line), STR("---"))) {
            Str table = { scanner->rest.s, (size_t)(line.s + line.n - scanner->rest.s) };
            scanner->line = 1;
            add_silent(scanner, table, _("what a program wrote about the page: not read"));
            scanner->line = lines;
            scanner->rest = rest;
            return;
        }
        if (!is_front_matter_line(line)) return;
    }
}

/* Of the long lines with another right below them, nearly all end with a stop: they are paragraphs, not lines of a column. */
static bool lines_are_paragraphs(const PageRules *rules, Str text)
{
    enum { LONG_BYTES_LEAST = 20 * 3, COUNT_LEAST = 2 };
    size_t count = 0, closed = 0;
    for (Str above = { 0 }; text.n > 0;) {
        Str line = str_trim(str_split(&text, '\n'));
        bool pair = line.n > 0 && above.n >= LONG_BYTES_LEAST;
        count += pair;
        closed += pair && rules_is_closed(rules, above);
        above = line;
    }
    return count >= COUNT_LEAST && closed * 5 >= count * 4;
}

void blocks_scan(PageBlocks *blocks, Str text)
{
    Scanner scanner = { .blocks = blocks, .rest = text, .comments_close = true, .lines_end = lines_are_paragraphs(blocks->rules, text) };
    take_front_matter(&scanner);
    while (scanner.rest.n > 0) {
        Str raw = str_split(&scanner.rest, '\n');
        Str line = str_trim(raw);
        scanner.line++;
        if (line.n == 0) {
            scanner.open = NULL;
            scanner.blank++;
        } else if (!take_comment(&scanner, line)) {
            take_line(&scanner, raw, line);
        }
    }
}
