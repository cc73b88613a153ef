#include "page/rules.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

typedef struct Pattern {
    struct Pattern *next;
    Str text;
} Pattern;

enum { MARKS_MOST = 96, STAR_BYTES_MOST = 40 * 3, DATELINE_STAR_BYTES_MOST = 20 * 3 };

struct PageRules {
    Arena arena;
    Pattern *patterns[RULE_COUNT];
    uint32_t marks[RULE_COUNT][MARKS_MOST];
    size_t mark_count[RULE_COUNT];
};

static const char *const KIND_NAMES[RULE_COUNT] = {
    [RULE_DATELINE] = "dateline", [RULE_BYLINE] = "byline", [RULE_PROSE] = "prose",
    [RULE_CREDIT] = "credit", [RULE_FROM] = "from", [RULE_TO] = "to",
    [RULE_SECTION] = "section", [RULE_ASIDE] = "aside", [RULE_FURNITURE] = "furniture",
    [RULE_PART] = "part", [RULE_SUBTITLE] = "subtitle", [RULE_ENTRY] = "entry",
    [RULE_NAMEPLATE] = "nameplate", [RULE_BESIDE] = "beside", [RULE_DESK] = "desk", [RULE_PAPER] = "paper",
    [RULE_LINKS] = "links", [RULE_ADVERT] = "advert", [RULE_HTML_SITE] = "html-site", [RULE_HTML_SKIPPED] = "html-skipped",
    [RULE_HTML_BODY] = "html-body", [RULE_HTML_KICKER] = "html-kicker", [RULE_HTML_TITLE] = "html-title",
    [RULE_HTML_SUBTITLE] = "html-subtitle", [RULE_HTML_BYLINE] = "html-byline", [RULE_HTML_DATE] = "html-date",
    [RULE_LEAD] = "lead", [RULE_NOTICE] = "notice", [RULE_PICTURE] = "picture",
    [RULE_FIELD_KICKER] = "field-kicker", [RULE_FIELD_TITLE] = "field-title", [RULE_FIELD_SUBTITLE] = "field-subtitle",
    [RULE_FIELD_BYLINE] = "field-byline", [RULE_FIELD_BODY] = "field-body", [RULE_STOP] = "stop",
    [RULE_CLOSE] = "close", [RULE_PAUSE] = "pause", [RULE_OPEN] = "open",
    [RULE_INNER] = "inner", [RULE_BULLET] = "bullet", [RULE_CRY] = "cry", [RULE_LEANS] = "leans", [RULE_COUNTS] = "counts",
};

/* ---- reading the table ---- */

static void pattern_add(PageRules *rules, int kind, Str text)
{
    Pattern *pattern = ARENA_NEW(&rules->arena, Pattern, 1);
    *pattern = (Pattern){ rules->patterns[kind], text };
    rules->patterns[kind] = pattern;
}

static int rule_add(PageRules *rules, const Table *table, Error *error)
{
    int kind = 0;
    while (kind < RULE_COUNT && !str_is(table->field[0], KIND_NAMES[kind])) kind++;
    if (kind == RULE_COUNT) return table_fault(table, error, _("\"%.*s\" is no kind of rule"), STR_ARG(table->field[0]));
    if (kind < RULE_STOP) {
        pattern_add(rules, kind, table->field[1]);
        return 0;
    }
    uint32_t code;
    if (utf8_decode(table->field[1], &code) != table->field[1].n) return table_fault(table, error, _("one character wanted"));
    if (rules->mark_count[kind] == MARKS_MOST) return table_fault(table, error, _("too many marks of this kind"));
    rules->marks[kind][rules->mark_count[kind]++] = code;
    return 0;
}

/* papers.tsv: a word that ends as papers' names do and others do not. */
static int paper_add(PageRules *rules, const Table *table, Error *error)
{
    (void)error;
    if (str_is(table->field[1], "any")) pattern_add(rules, RULE_PAPER, arena_printf(&rules->arena, "*%.*s", STR_ARG(table->field[0])));
    return 0;
}

static int read_table(PageRules *rules, const char *folder, const char *name, int (*add)(PageRules *rules, const Table *table, Error *error), Error *error)
{
    Table table;
    int more = table_open(&table, &rules->arena, arena_printf(&rules->arena, "%s/%s", folder, name).s, error);
    if (more < 0) return more;
    while ((more = table_next(&table, 2, error)) > 0)
        if ((more = add(rules, &table, error)) < 0) break;
    return more;
}

PageRules *page_rules_create(const char *folder, Error *error)
{
    PageRules *rules = memory_new(1, sizeof *rules);
    if (read_table(rules, folder, "page.tsv", rule_add, error) == 0 && read_table(rules, folder, "papers.tsv", paper_add, error) == 0) return rules;
    page_rules_destroy(rules);
    return NULL;
}

void page_rules_destroy(PageRules *rules)
{
    if (!rules) return;
    arena_finish(&rules->arena);
    free(rules);
}

/* ---- comparing ---- */

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == 0x3000 || code == 0xA0;
}

void rules_fold(Str text, Folded *folded)
{
    uint32_t code;
    folded->n = 0; /* and no byte before it is ever looked at */
    folded->whole = true;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) {
        if (is_space(code) || code == '*' || (folded->n == 0 && code == '_')) continue;
        if (folded->n + 4 > sizeof folded->bytes) {
            folded->whole = false;
            return;
        }
        if (code > 0xFF00 && code < 0xFF5F) code -= 0xFEE0;
        folded->n += utf8_encode(code, folded->bytes + folded->n);
    }
}

/* Takes what `head` stands for off the front of `text`: "?" is any one character. */
static bool takes_head(Str *text, Str head)
{
    if (!memchr(head.s, '?', head.n)) {
        bool starts = str_starts(*text, head);
        *text = str_slice(*text, starts ? head.n : 0, text->n);
        return starts;
    }
    while (head.n > 0) {
        Str wanted = utf8_next(&head), got = utf8_next(text);
        if (!str_equal(wanted, got) && !(got.n > 0 && str_equal(wanted, STR("?")))) return false;
    }
    return true;
}

/* Whether `text` ends as `tail` does, which is the shorter: "?" is any one character. */
static bool ends_with(Str text, Str tail)
{
    if (!memchr(tail.s, '?', tail.n)) return str_ends(text, tail);
    for (; tail.n > 0; tail.n -= utf8_last(tail).n, text.n -= utf8_last(text).n)
        if (text.n == 0 || (!str_equal(utf8_last(text), utf8_last(tail)) && !str_is(utf8_last(tail), "?"))) return false;
    return true;
}

/* Where the rest of `pattern` (after a star) fits in `text`; stars are few, texts short. */
static bool fits(Str text, Str pattern, bool begins, Str *star)
{
    Str rest = pattern;
    Str head = str_split(&rest, '*');
    if (!takes_head(&text, head)) return false;
    if (head.n == pattern.n) return begins || text.n == 0;
    if (star) *star = text;
    if (rest.n == 0) return text.n > 0;
    size_t most = begins ? DATELINE_STAR_BYTES_MOST : STAR_BYTES_MOST;
    if (!begins && !memchr(rest.s, '*', rest.n)) return text.n > rest.n && text.n - rest.n <= most && ends_with(text, rest);
    Str behind = rest, words = str_split(&behind, '*');
    for (size_t skipped = 1; skipped < text.n && skipped <= most; skipped++) {
        skipped += str_find(str_slice(text, skipped, text.n), words); /* most texts have them nowhere */
        if (skipped < text.n && skipped <= most && fits(str_slice(text, skipped, text.n), rest, begins, NULL)) return true;
    }
    return false;
}

/* Most patterns differ in their first character, of three bytes: no need to look further. */
static bool begins_otherwise(Str text, Str pattern)
{
    if (pattern.n < 3 || text.n < 3) return false;
    const char *a = text.s, *b = pattern.s;
    return b[0] != '*' && (unsigned char)b[0] >= 0xE0 && (a[0] != b[0] || a[1] != b[1] || a[2] != b[2]);
}

static bool only_begins(RuleKind kind)
{
    return kind == RULE_DATELINE || (kind >= RULE_LEAD && kind < RULE_FIELD_KICKER);
}

bool rules_match(const PageRules *rules, RuleKind kind, const Folded *folded, Str *star)
{
    bool begins = only_begins(kind);
    Str text = { folded->bytes, folded->n };
    if (!folded->whole && !begins) return false;
    for (const Pattern *pattern = rules->patterns[kind]; pattern; pattern = pattern->next)
        if (!begins_otherwise(text, pattern->text) && fits(text, pattern->text, begins, star)) return true;
    return false;
}

Str rules_row(const PageRules *rules, RuleKind kind, const Folded *folded)
{
    bool begins = only_begins(kind);
    Str text = { folded->bytes, folded->n };
    for (const Pattern *pattern = rules->patterns[kind]; (folded->whole || begins) && pattern; pattern = pattern->next)
        if (!begins_otherwise(text, pattern->text) && fits(text, pattern->text, begins, NULL)) return pattern->text;
    return (Str){ 0 };
}

/* Bytes of `text` that `label` stands for at its start, folded as rules_fold does; 0: it begins otherwise. */
static size_t label_bytes(Str text, Str label)
{
    Str rest = text;
    while (label.n > 0 && rest.n > 0) {
        uint32_t code, wanted;
        utf8_decode(utf8_next(&rest), &code);
        if (is_space(code)) continue;
        utf8_decode(utf8_next(&label), &wanted);
        if ((code > 0xFF00 && code < 0xFF5F ? code - 0xFEE0 : code) != wanted) return 0;
    }
    return label.n == 0 ? text.n - rest.n : 0;
}

size_t rules_label(const PageRules *rules, RuleKind kind, Str text)
{
    size_t bytes = 0;
    for (const Pattern *pattern = rules->patterns[kind]; pattern && bytes == 0; pattern = pattern->next)
        if (!begins_otherwise(text, pattern->text)) bytes = label_bytes(text, pattern->text);
    return bytes;
}

Str rules_without_bullets(const PageRules *rules, Str text)
{
    for (Str rest = text; rest.n > 0;) {
        uint32_t code;
        utf8_decode(utf8_next(&rest), &code);
        if (!rules_mark(rules, RULE_BULLET, code) || rest.n == 0) break;
        text = rest = str_trim(rest);
    }
    return text;
}

bool rules_word(const PageRules *rules, RuleKind kind, Str word)
{
    char bytes[64];
    if (word.n > sizeof bytes) return false;
    for (size_t i = 0; i < word.n; i++) bytes[i] = (char)tolower((unsigned char)word.s[i]);
    for (const Pattern *pattern = rules->patterns[kind]; pattern; pattern = pattern->next)
        if (fits((Str){ bytes, word.n }, pattern->text, false, NULL)) return true;
    return false;
}

bool rules_mark(const PageRules *rules, RuleKind kind, uint32_t code)
{
    for (size_t i = 0; i < rules->mark_count[kind]; i++)
        if (rules->marks[kind][i] == code) return true;
    return false;
}

bool rules_ends_with(const PageRules *rules, RuleKind kind, Str text)
{
    uint32_t code;
    utf8_decode(utf8_last(text), &code);
    return text.n > 0 && rules_mark(rules, kind, code);
}

bool rules_is_closed(const PageRules *rules, Str text)
{
    while (rules_ends_with(rules, RULE_CLOSE, text)) text = str_slice(text, 0, text.n - utf8_last(text).n);
    return rules_ends_with(rules, RULE_STOP, text);
}
