#include "page/markup.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/raised.h"

/* No paragraph of a newspaper is longer. Beyond it, a tree of inline nodes could take a hundred times the text's memory. */
enum { MARKUP_BYTES_MOST = 64 * 1024, SPACED_BYTES_MOST = 160 };

/* ---- lines ---- */

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool markup_needs_space(Str before, Str after)
{
    if (before.n == 0 || after.n == 0) return false;
    char last = before.s[before.n - 1], first = after.s[0];
    if (is_latin(first) && before.n > 1 && strchr(",.;:!?)", last)) return is_latin(before.s[before.n - 2]);
    /* Two digits are a number that was cut. */
    return (is_latin(last) && (is_latin(first) || is_digit(first))) || (is_digit(last) && is_latin(first));
}

static Str line_of(Str *rest, bool quoted)
{
    Str line = str_trim(str_split(rest, '\n'));
    while (quoted && str_starts(line, STR(">"))) line = str_trim(str_slice(line, 1, line.n));
    return line;
}

/* inter- and national: a word of small letters that the column's end has parted. */
static bool is_hyphenated(Str before, Str after)
{
    if (before.n < 3 || after.n == 0 || before.s[before.n - 1] != '-') return false;
    return is_small(before.s[before.n - 2]) && is_small(before.s[before.n - 3]) && is_small(after.s[0]);
}

static Str joined(Arena *arena, const PageBlock *block, bool spaced)
{
    if (!block->several) return block->source;
    char *out = arena_alloc(arena, block->source.n + 1);
    Str rest = block->source;
    size_t used = 0;
    while (rest.n > 0) {
        Str line = line_of(&rest, block->quoted);
        if (line.n == 0) continue;
        if (is_hyphenated((Str){ out, used }, line)) used--;
        else if (used > 0 && (spaced || markup_needs_space((Str){ out, used }, line))) out[used++] = ' ';
        memcpy(out + used, line.s, line.n);
        used += line.n;
    }
    return (Str){ out, used };
}

/* ---- inline Markdown ---- */

static bool has_markup(Str text)
{
    static const char SIGNS[] = "*_`[<&\\";
    for (const char *sign = SIGNS; *sign; sign++)
        if (memchr(text.s, *sign, text.n)) return true;
    return false;
}

/* The name of a tag: "sup" of </sup>. */
static Str tag_name(Str html)
{
    size_t from = str_starts(html, STR("</")) ? 2 : 1, to = from;
    while (to < html.n && (is_latin(html.s[to]) || is_digit(html.s[to]))) to++;
    return str_slice(html, from, to);
}

static bool is_tag(Str html, const char *wanted)
{
    Str name = tag_name(html);
    return name.n == strlen(wanted) && strncasecmp(name.s, wanted, name.n) == 0;
}

/* Tags that dress a text and may be left out of it. Anything else in < > could be the text itself. */
static bool is_known_tag(Str html)
{
    static const char *const TAGS[] = { "b", "i", "u", "s", "em", "strong", "br", "span", "sub", "sup", "font", "small", "big",
                                        "mark", "a", "p", "div", "center", "img", "del", "ins", "hr" };
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        if (is_tag(html, TAGS[i])) return true;
    return false;
}

typedef struct Tree { /* the text of a tree so far */
    char *s;
    size_t used, raised_at; /* raised_at: the begin of what stands raised or lowered; SIZE_MAX: nothing does */
    bool left_out;          /* a comment */
    bool marks;             /* footnotes' marks */
} Tree;

static void tree_put(Tree *tree, Str text)
{
    if (text.n > 0) memcpy(tree->s + tree->used, text.s, text.n);
    tree->used += text.n;
}

/* Behind <sup> or <sub>: a footnote's mark goes, a figure is written as what it is. */
static void tree_raise(Tree *tree, bool lowered, Arena *scratch)
{
    Str before = { tree->s, tree->raised_at }, text = str_slice((Str){ tree->s, tree->used }, tree->raised_at, tree->used);
    bool mark = !lowered && raised_is_mark(before, text);
    tree->raised_at = SIZE_MAX;
    if (!mark && !raised_is_figure(before, text)) return;
    tree->marks |= mark;
    tree->used = before.n;
    text = arena_str(scratch, text);
    while (!mark && text.n > 0) tree_put(tree, raised_next(&text, lowered));
}

static void tree_tag(Tree *tree, Str html, Arena *scratch)
{
    bool lowered = is_tag(html, "sub");
    if (str_starts(html, STR("<!--"))) tree->left_out = true;
    else if (is_tag(html, "br")) tree_put(tree, STR(" "));
    else if (!is_known_tag(html)) tree_put(tree, html);
    else if (!lowered && !is_tag(html, "sup")) return;
    else if (!str_starts(html, STR("</"))) tree->raised_at = tree->used;
    else if (tree->raised_at != SIZE_MAX) tree_raise(tree, lowered, scratch);
}

/* Every node gives fewer bytes than it has in the source, but for a raised figure, which takes up to three. */
enum { TREE_BYTES_EACH = 3 };

static void tree_read(Tree *tree, cmark_node *root, Arena *scratch)
{
    cmark_iter *iterator = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        cmark_node_type type = cmark_node_get_type(node);
        if (event != CMARK_EVENT_ENTER) continue;
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) tree_put(tree, str_from(cmark_node_get_literal(node)));
        else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) tree_put(tree, STR(" "));
        else if (type == CMARK_NODE_HTML_INLINE) tree_tag(tree, str_from(cmark_node_get_literal(node)), scratch);
    }
    cmark_iter_free(iterator);
}

/* A star between figures multiplies (3*5*8), or hides them (138****0000): it is no emphasis. */
static bool is_plain_star(Str text, size_t at)
{
    size_t from = at, to = at;
    while (from > 0 && text.s[from - 1] == '*') from--;
    while (to < text.n && text.s[to] == '*') to++;
    return from > 0 && to < text.n && is_digit(text.s[from - 1]) && is_digit(text.s[to]);
}

/* <lu:4> is a reading (ü as some dictionaries write it), but an address to CommonMark, which would take its brackets away. */
static bool is_plain_bracket(Str text, size_t at)
{
    size_t to = at + 1;
    while (to < text.n && is_latin(text.s[to])) to++;
    return to + 1 < text.n && text.s[to] == ':' && is_digit(text.s[to + 1]);
}

/* The text as a heading of its own: in a heading cmark looks for nothing but inline markup, so that "1." or "-" at the start stay
 * text. The sign at the end closes the heading and keeps a "#" of the text. */
static Str as_heading(Arena *scratch, Str text)
{
    char *out = arena_alloc(scratch, text.n * 2 + 6);
    size_t used = 0;
    out[used++] = '#';
    out[used++] = ' ';
    for (size_t i = 0; i < text.n; i++) {
        if ((text.s[i] == '*' && is_plain_star(text, i)) || (text.s[i] == '<' && is_plain_bracket(text, i))) out[used++] = '\\';
        out[used++] = text.s[i] == '\n' ? ' ' : text.s[i];
    }
    memcpy(out + used, " #\n", 3);
    return (Str){ out, used + 3 };
}

/* CommonMark takes no emphasis where a Chinese quote stands inside and a character outside (他说**“好”**就走): the stars are left
 * over in pairs. Pairs around quotes or stops are markup all the same; others (王**) hide a name. */
static size_t drop_left_over(const PageRules *rules, char *s, size_t n)
{
    size_t used = 0, opened = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        s[used++] = s[i];
        bool pair = used >= 2 && s[used - 1] == '*' && s[used - 2] == '*' && (used < 3 || s[used - 3] != '*') &&
                    (i + 1 == n || s[i + 1] != '*');
        if (!pair) continue;
        Str inside = { s, used - 2 };
        bool may_close = rules_ends_with(rules, RULE_CLOSE, inside) || rules_ends_with(rules, RULE_STOP, inside);
        if (opened == SIZE_MAX) {
            opened = used;
            continue;
        }
        uint32_t first = 0;
        utf8_decode((Str){ s + opened, used - opened }, &first);
        if (may_close || rules_mark(rules, RULE_OPEN, first)) {
            memmove(s + opened - 2, s + opened, used - 2 - opened);
            used -= 4;
        }
        opened = SIZE_MAX;
    }
    return used;
}

/* [^1] behind a word points to a footnote: it is no text, unless it holds words. Returns the bytes that stay. */
static size_t drop_footnotes(char *s, size_t n)
{
    enum { LABEL_BYTES_MOST = 24 };
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 2;
        bool opens = i + 3 < n && s[i] == '[' && s[i + 1] == '^';
        while (opens && end < n && end - i < LABEL_BYTES_MOST && s[end] > ' ' && s[end] <= '~' && s[end] != ']') end++;
        if (opens && end < n && s[end] == ']' && end > i + 2) i = end;
        else s[used++] = s[i];
    }
    return used;
}

static Str resolved(PageBlocks *blocks, PageBlock *block, Str text)
{
    Arena scratch = { 0 };
    Str source = as_heading(&scratch, text);
    cmark_node *root = cmark_parse_document(source.s, source.n, CMARK_OPT_DEFAULT);
    Tree tree = { .s = ARENA_ROOM(&scratch, char, source.n * TREE_BYTES_EACH), .raised_at = SIZE_MAX };
    tree_read(&tree, root, &scratch);
    cmark_node_free(root);
    if (tree.left_out) block->note = str_from(_("a comment in it is not read"));
    else if (tree.marks) block->note = str_from(_("the marks of its footnotes are not read"));
    size_t n = drop_footnotes(tree.s, drop_left_over(blocks->rules, tree.s, tree.used));
    Str out = arena_str(blocks->arena, str_trim((Str){ tree.s, n }));
    arena_finish(&scratch);
    return out;
}

/* ---- the text of a block ---- */

static bool is_bold(Str text)
{
    bool stars = str_starts(text, STR("**")) && str_ends(text, STR("**"));
    bool lines = str_starts(text, STR("__")) && str_ends(text, STR("__"));
    if (text.n < 5 || !(stars || lines)) return false;
    Str inside = str_slice(text, 2, text.n - 2);
    return str_find(inside, stars ? STR("**") : STR("__")) == inside.n;
}

static uint16_t count_some(Str text)
{
    uint16_t count = 0;
    while (count < CHARS_MANY && utf8_next(&text).n > 0) count++;
    return count;
}

/* 春 风 十 里: a headline that is spaced to fill its line; two spaces or more part its words. */
static bool is_letterspaced(Str text)
{
    enum { CHARS_LEAST = 4 };
    size_t chars = 0, spaced = 0;
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        if (code < 0x80 && code != ' ') return false;
        chars++;
        if (text.n == 0) break;
        if (!str_starts(text, STR(" ")) && !str_starts(text, STR("\u3000"))) return false;
        text = str_trim(text);
        spaced++;
    }
    return chars >= CHARS_LEAST && spaced + 1 == chars;
}

static Str close_up(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.n);
    size_t used = 0;
    while (text.n > 0) {
        Str character = utf8_next(&text), rest = str_trim(text);
        size_t gap = text.n - rest.n;
        memcpy(out + used, character.s, character.n);
        used += character.n;
        bool wide = gap == 3 && str_starts(text, STR("\u3000"));
        if (gap > 1 && !wide && rest.n > 0) out[used++] = ' ';
        text = rest;
    }
    return (Str){ out, used };
}

static void read_text(PageBlocks *blocks, PageBlock *block, bool spaced)
{
    Str text = joined(blocks->arena, block, spaced);
    block->bold = text.n <= MARKUP_BYTES_MOST && is_bold(text);
    if (text.n <= MARKUP_BYTES_MOST && has_markup(text)) text = resolved(blocks, block, text);
    if (text.n <= SPACED_BYTES_MOST && is_letterspaced(text)) text = close_up(blocks->arena, text);
    block->text = block->kind == KIND_HEADING ? rules_without_bullets(blocks->rules, text) : text;
    block->chars = count_some(block->text);
}

void markup_read(PageBlocks *blocks, PageBlock *block)
{
    read_text(blocks, block, false);
}

void markup_read_heading(PageBlocks *blocks, PageBlock *block)
{
    if (block->several) read_text(blocks, block, true);
}
