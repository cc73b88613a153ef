#include "page/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "page/markup.h"
#include "page/raised.h"

/* ---- what the elements of HTML do (HTML Living Standard, sections 4 and 15.3: rendering) ---- */

enum {
    IS_BLOCK = 1,    /* stands in lines of its own */
    IS_SKIPPED = 2,  /* not the text of the page */
    IS_UNSEEN = 4,   /* no text at all: code */
    IS_LINK = 8,
    IS_BOLD = 16,
    IS_ITEM = 32,
    IS_CAPTION = 64,
    IS_BODY = 128,
    IS_TABLE = 256,
    IS_ROW = 512,
    IS_CELL = 1024,
    IS_ANNOTATION = 2048, /* over a character: its reading */
    IS_BREAK = 4096,
    IS_RAISED = 8192,
    IS_BOX = 16384,       /* holds paragraphs */
    IS_LIST = 32768,      /* lists or tables, which a paragraph may stand beside */
    IS_PARAGRAPH = 65536,
    IS_LOWERED = 131072
};

typedef struct Tag {
    const char *name;
    unsigned is;
} Tag;

static const Tag TAGS[] = {
    { "a", IS_LINK },
    { "address", IS_BLOCK },
    { "article", IS_BLOCK | IS_BOX | IS_BODY },
    { "aside", IS_BLOCK | IS_BOX | IS_SKIPPED },
    { "b", IS_BOLD },
    { "blockquote", IS_BLOCK },
    { "body", IS_BLOCK },
    { "br", IS_BREAK },
    { "button", IS_BLOCK | IS_SKIPPED },
    { "caption", IS_BLOCK },
    { "center", IS_BLOCK },
    { "dd", IS_BLOCK | IS_ITEM },
    { "div", IS_BLOCK | IS_BOX },
    { "dl", IS_BLOCK | IS_LIST },
    { "dt", IS_BLOCK | IS_ITEM },
    { "fieldset", IS_BLOCK },
    { "figcaption", IS_BLOCK | IS_CAPTION },
    { "figure", IS_BLOCK },
    { "footer", IS_BLOCK | IS_BOX | IS_SKIPPED },
    { "form", IS_BLOCK | IS_BOX | IS_SKIPPED },
    { "h1", IS_BLOCK },
    { "h2", IS_BLOCK },
    { "h3", IS_BLOCK },
    { "h4", IS_BLOCK },
    { "h5", IS_BLOCK },
    { "h6", IS_BLOCK },
    { "header", IS_BLOCK | IS_BOX },
    { "hr", IS_BLOCK },
    { "iframe", IS_UNSEEN },
    { "label", IS_BLOCK | IS_SKIPPED },
    { "li", IS_BLOCK | IS_ITEM },
    { "main", IS_BLOCK | IS_BOX | IS_BODY },
    { "menu", IS_BLOCK | IS_SKIPPED },
    { "nav", IS_BLOCK | IS_BOX | IS_SKIPPED },
    { "noscript", IS_BLOCK | IS_SKIPPED },
    { "object", IS_UNSEEN },
    { "ol", IS_BLOCK | IS_LIST },
    { "option", IS_BLOCK | IS_SKIPPED },
    { "p", IS_BLOCK | IS_PARAGRAPH },
    { "pre", IS_BLOCK },
    { "rp", IS_ANNOTATION },
    { "rt", IS_ANNOTATION },
    { "script", IS_UNSEEN },
    { "section", IS_BLOCK | IS_BOX },
    { "select", IS_BLOCK | IS_SKIPPED },
    { "strong", IS_BOLD },
    { "style", IS_UNSEEN },
    { "sub", IS_LOWERED },
    { "sup", IS_RAISED },
    { "svg", IS_UNSEEN },
    { "table", IS_BLOCK | IS_LIST | IS_TABLE },
    { "tbody", IS_BLOCK },
    { "td", IS_BLOCK | IS_BOX | IS_CELL },
    { "template", IS_UNSEEN },
    { "textarea", IS_BLOCK | IS_SKIPPED },
    { "th", IS_BLOCK | IS_BOX | IS_CELL },
    { "thead", IS_BLOCK },
    { "title", IS_BLOCK },
    { "tr", IS_BLOCK | IS_ROW },
    { "ul", IS_BLOCK | IS_LIST },
};

static unsigned tag_is(const char *name)
{
    size_t low = 0, high = sizeof TAGS / sizeof *TAGS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcasecmp(name, TAGS[middle].name);
        if (order == 0) return TAGS[middle].is;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return 0;
}

/* ---- the walk through the page ---- */

/* Real pages nest 30 deep or 40. libxml2 looks for the beginning of each end tag through all that is open, so a hostile page would take it the square of
 * its length: here it begins anew in the middle. */
enum { DEPTH_MOST = 400 };

typedef struct Frame { /* an open element; each takes over what the one around it has */
    unsigned is;          /* its own */
    unsigned inside;      /* IS_SKIPPED | IS_UNSEEN | IS_LINK | ... of it and all around it */
    uint32_t table, row, cell, box, around;
    uint8_t hint, level;
    size_t used, chars;   /* the walk's, where it began */
} Frame;

typedef struct Walk {
    PageBlocks *blocks;
    HtmlPieces pieces;
    xmlParserCtxtPtr parser;
    Frame *frames;
    size_t depth, room;
    char *out;              /* the text of the piece so far */
    size_t used, size;
    enum { TIGHT, SPACED, WRAPPED } gap; /* white space since its last character: none, some, with a line end in it */
    size_t chars, linked, bold;
    uint32_t tables, rows, cells;
    int line, first_line;   /* of the piece; of the text in its file */
    Str text;               /* what this parser reads */
    size_t taken;           /* bytes of it */
    bool body_comment;      /* between the comments that a newspaper's system sets around the text */
    bool ruby, marks;
} Walk;

static const Frame *top(const Walk *walk)
{
    static const Frame OUTSIDE = { 0 };
    return walk->depth > 0 ? &walk->frames[walk->depth - 1] : &OUTSIDE;
}

static int line_now(const Walk *walk)
{
    int line = xmlSAX2GetLineNumber(walk->parser);
    return (line > 0 ? line : 1) - 1 + walk->first_line;
}

/* Ends the piece: what follows stands in another line. */
static void flush(Walk *walk)
{
    const Frame *frame = top(walk);
    Str text = str_trim((Str){ walk->out, walk->used });
    walk->used = 0;
    walk->gap = TIGHT;
    if (text.n > 0) {
        HtmlPiece *piece = ARENA_NEW(walk->blocks->scratch, HtmlPiece, 1);
        *piece = (HtmlPiece){ .text = arena_str(walk->blocks->arena, text), .line = walk->line, .chars = walk->chars, .linked = walk->linked,
                              .bold = walk->bold, .table = frame->table, .row = frame->row, .cell = frame->cell, .box = frame->box, .around = frame->around,
                              .hint = frame->hint, .level = frame->level };
        piece->skipped = (frame->inside & IS_SKIPPED) != 0;
        piece->body = (frame->inside & IS_BODY) != 0 || walk->body_comment;
        piece->item = (frame->inside & IS_ITEM) != 0;
        piece->caption = (frame->inside & IS_CAPTION) != 0;
        piece->paragraph = (frame->inside & IS_PARAGRAPH) != 0;
        piece->ruby = walk->ruby;
        piece->marks = walk->marks;
        if (walk->pieces.last) walk->pieces.last->next = piece;
        else walk->pieces.first = piece;
        walk->pieces.last = piece;
        walk->pieces.count++;
    }
    walk->chars = walk->linked = walk->bold = 0;
    walk->ruby = walk->marks = false;
}

static void put(Walk *walk, Str character)
{
    if (walk->used + character.n + 1 > walk->size) {
        size_t wanted = walk->size ? walk->size * 2 : 4096;
        walk->out = arena_grow(walk->blocks->scratch, walk->out, walk->size, wanted, 1);
        walk->size = wanted;
    }
    if (walk->used == 0) walk->line = line_now(walk);
    bool space = walk->gap == SPACED || (walk->gap == WRAPPED && markup_needs_space((Str){ walk->out, walk->used }, character));
    if (space && walk->used > 0) walk->out[walk->used++] = ' ';
    walk->gap = TIGHT;
    memcpy(walk->out + walk->used, character.s, character.n);
    walk->used += character.n;
    walk->chars++;
    walk->linked += (top(walk)->inside & IS_LINK) != 0;
    walk->bold += (top(walk)->inside & IS_BOLD) != 0;
}

static void on_characters(void *context, const xmlChar *bytes, int n)
{
    Walk *walk = context;
    Str rest = { (const char *)bytes, (size_t)n };
    unsigned inside = top(walk)->inside;
    if (inside & IS_UNSEEN) return;
    if ((inside & (IS_RAISED | IS_LINK)) == (IS_RAISED | IS_LINK)) { /* a raised link points to a footnote */
        walk->marks = true;
        return;
    }
    if (inside & IS_ANNOTATION) {
        walk->ruby = true;
        return;
    }
    while (rest.n > 0) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        bool wraps = code == '\n' || code == '\r', space = wraps || code == ' ' || code == '\t' || code == 0xA0;
        space = space || (code == 0x3000 && walk->used == 0); /* the indentation of a paragraph */
        if (!space) put(walk, character);
        else if (walk->gap != WRAPPED) walk->gap = wraps ? WRAPPED : SPACED;
    }
}

/* ---- elements ---- */

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (; attributes && attributes[0]; attributes += 2)
        if (attributes[1] && strcasecmp((const char *)attributes[0], name) == 0) return (const char *)attributes[1];
    return NULL;
}

/* What one word of a class, an id or a comment says. */
static void take_word(const PageRules *rules, Str word, Frame *frame)
{
    static const struct {
        RuleKind rule;
        HtmlHint hint;
    } HINTS[] = { { RULE_HTML_KICKER, HINT_KICKER }, { RULE_HTML_TITLE, HINT_TITLE },   { RULE_HTML_SUBTITLE, HINT_SUBTITLE },
                  { RULE_HTML_BYLINE, HINT_BYLINE }, { RULE_HTML_DATE, HINT_DATE } };
    if (rules_word(rules, RULE_HTML_SKIPPED, word)) frame->inside |= IS_SKIPPED;
    if (rules_word(rules, RULE_HTML_BODY, word)) frame->inside |= IS_BODY;
    for (size_t i = 0; i < sizeof HINTS / sizeof *HINTS; i++)
        if (rules_word(rules, HINTS[i].rule, word)) frame->hint = (uint8_t)HINTS[i].hint;
}

enum { WORDS_MOST = 16 }; /* of a class; a page that has more means something else by it */

static void take_words(const PageRules *rules, const char *value, Frame *frame)
{
    Str rest = str_from(value);
    for (int words = 0; rest.n > 0 && words < WORDS_MOST; words++) {
        Str word = str_trim(str_split(&rest, ' '));
        if (word.n > 0) take_word(rules, word, frame);
    }
}

static bool is_hidden(const xmlChar **attributes)
{
    const char *style = attribute(attributes, "style");
    for (; style && *style; style++) {
        if (strncasecmp(style, "display", 7) != 0) continue;
        const char *value = style + 7;
        while (*value == ' ' || *value == ':') value++;
        return strncasecmp(value, "none", 4) == 0;
    }
    for (; attributes && attributes[0]; attributes += 2)
        if (strcasecmp((const char *)attributes[0], "hidden") == 0) return true;
    return false;
}

static Frame frame_of(Walk *walk, const char *name, const xmlChar **attributes)
{
    Frame frame = *top(walk);
    frame.is = tag_is(name);
    frame.inside |= frame.is;
    if (frame.is & IS_TABLE) frame.table = ++walk->tables;
    if (frame.is & IS_ROW) frame.row = ++walk->rows;
    if (frame.is & IS_CELL) frame.cell = ++walk->cells;
    if (frame.is & IS_LIST) frame.around = frame.box;
    if (frame.is & IS_BOX) frame.box = ++walk->pieces.boxes;
    if (strcasecmp(name, "title") == 0) frame.hint = HINT_WINDOW;
    if ((name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6' && !name[2]) frame.level = (uint8_t)(name[1] - '0');
    take_words(walk->blocks->rules, name, &frame); /* newspapers have elements of their own: <founder-title> */
    take_words(walk->blocks->rules, attribute(attributes, "class"), &frame);
    take_words(walk->blocks->rules, attribute(attributes, "id"), &frame);
    take_words(walk->blocks->rules, attribute(attributes, "itemprop"), &frame);
    if (is_hidden(attributes)) frame.inside |= IS_SKIPPED;
    return frame;
}

/* The start tag is read, but for its end; what follows it is the rest. */
static void stop(Walk *walk)
{
    long at = xmlByteConsumed(walk->parser);
    size_t taken = at > 0 && (size_t)at < walk->text.n ? (size_t)at : walk->text.n;
    while (taken < walk->text.n && walk->text.s[taken] != '>') taken++;
    walk->taken = taken < walk->text.n ? taken + 1 : taken;
    xmlStopParser(walk->parser);
}

/* Behind a raised or lowered text, which stands on the line so far: a footnote's mark goes, a figure is written as what it is. */
static void raise(Walk *walk, const Frame *frame)
{
    size_t characters = walk->chars - frame->chars;
    if (walk->used <= frame->used || walk->chars <= frame->chars) return;
    Str text = str_trim(str_slice((Str){ walk->out, walk->used }, frame->used, walk->used)), before = { walk->out, frame->used };
    bool mark = (frame->is & IS_RAISED) && raised_is_mark(before, text);
    if (!mark && !raised_is_figure(before, text)) return;
    text = arena_str(walk->blocks->scratch, text);
    walk->used = frame->used;
    walk->gap = TIGHT;
    walk->marks |= mark;
    walk->chars -= characters;
    walk->linked -= frame->inside & IS_LINK ? characters : 0;
    walk->bold -= frame->inside & IS_BOLD ? characters : 0;
    while (!mark && text.n > 0) put(walk, raised_next(&text, frame->is & IS_LOWERED));
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    Walk *walk = context;
    Frame frame = frame_of(walk, (const char *)name, attributes);
    /* An element that has a part of its own in the article stands alone, whatever it is. */
    if ((frame.is & (IS_BLOCK | IS_BREAK)) || frame.hint != top(walk)->hint) flush(walk);
    if (walk->depth == walk->room) {
        size_t wanted = walk->room ? walk->room * 2 : 64;
        walk->frames = arena_grow(walk->blocks->scratch, walk->frames, walk->room, wanted, sizeof *walk->frames);
        walk->room = wanted;
    }
    frame.used = walk->used;
    frame.chars = walk->chars;
    walk->frames[walk->depth++] = frame;
    if (walk->depth >= DEPTH_MOST) stop(walk);
}

static void on_end(void *context, const xmlChar *name)
{
    Walk *walk = context;
    (void)name; /* libxml2 closes every element that it opened, in order */
    if (walk->depth == 0) return;
    const Frame *frame = top(walk), *around = walk->depth > 1 ? frame - 1 : NULL;
    if (frame->is & (IS_RAISED | IS_LOWERED)) raise(walk, frame);
    if ((frame->is & IS_BLOCK) || frame->hint != (around ? around->hint : HINT_NONE)) flush(walk);
    walk->depth--;
}

/* <!--enpcontent--> ... <!--/enpcontent--> */
static void on_comment(void *context, const xmlChar *bytes)
{
    Walk *walk = context;
    Str word = str_trim(str_from((const char *)bytes));
    bool closes = str_starts(word, STR("/"));
    if (!rules_word(walk->blocks->rules, RULE_HTML_BODY, closes ? str_slice(word, 1, word.n) : word)) return;
    flush(walk);
    walk->body_comment = !closes;
}

/* ---- the door ---- */

bool html_is(Str text)
{
    static const Str STARTS[] = { { "<!doctype html", 14 }, { "<html", 5 }, { "<head", 5 }, { "<body", 5 }, { "<title", 6 } };
    for (;;) { /* past an XML declaration and comments */
        text = str_trim(text);
        size_t end = str_starts(text, STR("<!--")) ? str_find(text, STR("-->")) + 3 : str_starts(text, STR("<?")) ? str_find(text, STR("?>")) + 2 : 0;
        if (end == 0 || end > text.n) break;
        text = str_slice(text, end, text.n);
    }
    for (size_t i = 0; i < sizeof STARTS / sizeof *STARTS; i++)
        if (text.n >= STARTS[i].n && strncasecmp(text.s, STARTS[i].s, STARTS[i].n) == 0) return true;
    return false;
}

/* Reads on from `text` to its end, or to where it nests too deep; returns how many bytes it took. */
static size_t read_some(Walk *walk, Str text)
{
    const htmlSAXHandler events = { .startElement = on_start, .endElement = on_end, .characters = on_characters, .ignorableWhitespace = on_characters,
                                    .cdataBlock = on_characters, .comment = on_comment };
    walk->parser = htmlCreateMemoryParserCtxt(text.s, (int)text.n);
    if (!walk->parser) return text.n;
    htmlCtxtUseOptions(walk->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(walk->parser, XML_CHAR_ENCODING_UTF8); /* whatever the page says of itself: it was decoded at the door */
    *walk->parser->sax = events;
    walk->parser->userData = walk;
    walk->taken = text.n;
    walk->text = text;
    htmlParseDocument(walk->parser);
    flush(walk);
    htmlFreeParserCtxt(walk->parser);
    walk->depth = 0;
    return walk->taken;
}

HtmlPieces html_read(PageBlocks *blocks, Str text, int line)
{
    Walk walk = { .blocks = blocks, .first_line = line };
    while (text.n > 0 && text.n < INT_MAX / 2) {
        size_t taken = read_some(&walk, text);
        for (size_t i = 0; i < taken; i++) walk.first_line += text.s[i] == '\n';
        text = str_slice(text, taken, text.n);
    }
    return walk.pieces;
}
