#include "page/feed.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/html.h"

/* The parts of an item, by the local names of their elements; of several that fill one part, the longer text counts: a description may be the
 * whole text or its beginning. */
typedef enum Part { PART_NONE, PART_TITLE, PART_AUTHOR, PART_DATE, PART_TEXT } Part;

static const struct {
    const char *element;
    Part part;
} PARTS[] = {
    { "title", PART_TITLE },       { "author", PART_AUTHOR },   { "creator", PART_AUTHOR },  { "name", PART_AUTHOR },
    { "pubDate", PART_DATE },      { "published", PART_DATE },  { "updated", PART_DATE },    { "date", PART_DATE },
    { "description", PART_TEXT },  { "summary", PART_TEXT },    { "content", PART_TEXT },    { "encoded", PART_TEXT },
    { "subtitle", PART_NONE },
};
enum { PART_COUNT = PART_TEXT + 1 };

typedef struct Item {
    bool open;
    Str parts[PART_COUNT];
    int lines[PART_COUNT];
} Item;

typedef struct Feed {
    PageBlocks *blocks;
    xmlTextReaderPtr reader;
    Item head, item;  /* of the feed itself; of the item that is open */
    Part part;        /* that is being read */
    int part_depth;
    char *out;        /* its text so far */
    size_t used, size;
    int line;
} Feed;

static bool is_item(const char *name)
{
    return strcmp(name, "item") == 0 || strcmp(name, "entry") == 0;
}

static Part part_of(const char *name)
{
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        if (strcmp(name, PARTS[i].element) == 0) return PARTS[i].part;
    return PART_NONE;
}

static void put(Feed *feed, Str text)
{
    if (text.n == 0) return;
    while (feed->used + text.n > feed->size) {
        size_t wanted = feed->size ? feed->size * 2 : 4096;
        feed->out = arena_grow(feed->blocks->scratch, feed->out, feed->size, wanted, 1);
        feed->size = wanted;
    }
    memcpy(feed->out + feed->used, text.s, text.n);
    feed->used += text.n;
}

/* ---- an item becomes an article ---- */

static PageBlock *add(PageBlocks *blocks, BlockKind kind, Str text, int line)
{
    PageBlock *block = blocks_insert(blocks, NULL, line);
    size_t chars = utf8_count(text);
    block->kind = (uint8_t)kind;
    block->source = block->text = text;
    block->chars = (uint16_t)(chars > CHARS_MANY ? CHARS_MANY : chars);
    block->blank_lines = 1;
    return block;
}

/* In one line, and without markup: feeds hold it escaped. */
static Str plain_text(PageBlocks *blocks, Str text, int line)
{
    Str out = { 0 };
    HtmlPieces pieces = html_read(blocks, text, line);
    for (const HtmlPiece *piece = pieces.first; piece; piece = piece->next)
        out = out.n == 0 ? piece->text : arena_printf(blocks->arena, "%.*s %.*s", STR_ARG(out), STR_ARG(piece->text));
    return out;
}

/* Text without any markup has its paragraphs in lines. */
static Str with_breaks(PageBlocks *blocks, Str text)
{
    static const Str BREAK = { "<br>", 4 };
    if (text.n == 0 || memchr(text.s, '<', text.n)) return text;
    size_t lines = 0, used = 0;
    for (size_t i = 0; i < text.n; i++) lines += text.s[i] == '\n';
    char *out = arena_alloc(blocks->scratch, text.n + lines * BREAK.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        if (text.s[i] == '\n') {
            memcpy(out + used, BREAK.s, BREAK.n);
            used += BREAK.n;
        }
        out[used++] = text.s[i];
    }
    return (Str){ out, used };
}

static void add_silent(PageBlocks *blocks, const Item *item, Part part, const char *why)
{
    if (item->parts[part].n > 0) add(blocks, KIND_SILENT, arena_str(blocks->arena, item->parts[part]), item->lines[part])->note = str_from(why);
}

static void finish_item(Feed *feed)
{
    PageBlocks *blocks = feed->blocks;
    const Item *item = &feed->item;
    Str title = plain_text(blocks, item->parts[PART_TITLE], item->lines[PART_TITLE]);
    if (title.n > 0) {
        PageBlock *heading = add(blocks, KIND_HEADING, arena_str(blocks->arena, title), item->lines[PART_TITLE]);
        heading->level = LEVEL_HEADLINE;
    }
    Str name = plain_text(blocks, item->parts[PART_AUTHOR], item->lines[PART_AUTHOR]);
    if (name.n > 0) {
        PageBlock *author = add(blocks, KIND_TEXT, name, item->lines[PART_AUTHOR]);
        author->role = ROLE_BYLINE;
    }
    add_silent(blocks, item, PART_DATE, _("when it was published: not read"));
    html_blocks(blocks, html_read(blocks, with_breaks(blocks, item->parts[PART_TEXT]), item->lines[PART_TEXT]), false);
    feed->item = (Item){ 0 };
}

static void finish_head(Feed *feed)
{
    add_silent(feed->blocks, &feed->head, PART_TITLE, _("the name of the feed: not read"));
    add_silent(feed->blocks, &feed->head, PART_TEXT, _("what the feed says of itself: not read"));
    feed->head = (Item){ 0 };
}

/* ---- the walk ---- */

static void part_begins(Feed *feed, const char *name, int depth)
{
    Part part = part_of(name);
    if (feed->part != PART_NONE || part == PART_NONE) return;
    feed->part = part;
    feed->part_depth = depth;
    feed->used = 0;
    feed->line = (int)xmlGetLineNo(xmlTextReaderCurrentNode(feed->reader));
}

static void part_ends(Feed *feed)
{
    Item *item = feed->item.open ? &feed->item : &feed->head;
    Str text = str_trim((Str){ feed->out, feed->used });
    if (text.n > item->parts[feed->part].n) {
        item->parts[feed->part] = arena_str(feed->blocks->scratch, text);
        item->lines[feed->part] = feed->line;
    }
    feed->part = PART_NONE;
}

static void element_begins(Feed *feed, const char *name)
{
    int depth = xmlTextReaderDepth(feed->reader);
    bool empty = xmlTextReaderIsEmptyElement(feed->reader) == 1;
    if (feed->part == PART_TEXT && !empty) { /* Atom's xhtml: markup that is not escaped */
        put(feed, STR("<"));
        put(feed, str_from(name));
        put(feed, STR(">"));
    } else if (feed->part == PART_TEXT && strcasecmp(name, "br") == 0) {
        put(feed, STR("<br>"));
    }
    if (is_item(name) && !empty) {
        finish_head(feed);
        feed->item = (Item){ .open = true };
        feed->part = PART_NONE;
    } else if (!empty) {
        part_begins(feed, name, depth);
    }
}

static void element_ends(Feed *feed, const char *name)
{
    if (feed->part != PART_NONE && xmlTextReaderDepth(feed->reader) == feed->part_depth) {
        part_ends(feed);
    } else if (feed->part == PART_TEXT) {
        put(feed, STR("</"));
        put(feed, str_from(name));
        put(feed, STR(">"));
    }
    if (is_item(name) && feed->item.open) finish_item(feed);
}

/* Text of XML inside Atom's xhtml is escaped again, because it is read as HTML together with its tags; so is text that holds none. */
static void text_read(Feed *feed)
{
    if (feed->part == PART_NONE) return;
    int type = xmlTextReaderNodeType(feed->reader);
    Str text = str_from((const char *)xmlTextReaderConstValue(feed->reader));
    bool inside = xmlTextReaderDepth(feed->reader) > feed->part_depth + 1;
    if (!inside || type == XML_READER_TYPE_CDATA) {
        put(feed, text);
        return;
    }
    for (size_t i = 0; i < text.n; i++) {
        Str c = str_slice(text, i, i + 1);
        put(feed, *c.s == '<' ? STR("&lt;") : *c.s == '&' ? STR("&amp;") : c);
    }
}

static void node_read(Feed *feed)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(feed->reader);
    switch (xmlTextReaderNodeType(feed->reader)) {
    case XML_READER_TYPE_ELEMENT: element_begins(feed, name); return;
    case XML_READER_TYPE_END_ELEMENT: element_ends(feed, name); return;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
    case XML_READER_TYPE_WHITESPACE: text_read(feed); return;
    default: return;
    }
}

bool feed_is(Str text)
{
    static const char *const ROOTS[] = { "<rss", "<feed", "<rdf:RDF" };
    text = str_trim(text);
    while (str_starts(text, STR("<?")) || str_starts(text, STR("<!"))) { /* declarations and comments before the root */
        Str end = str_starts(text, STR("<!--")) ? STR("-->") : STR(">");
        if (str_find(text, STR("[")) < str_find(text, STR(">"))) end = STR("]>"); /* a document type with declarations of its own */
        size_t at = str_find(text, end);
        if (at == text.n) return false;
        text = str_trim(str_slice(text, at + end.n, text.n));
    }
    for (size_t i = 0; i < sizeof ROOTS / sizeof *ROOTS; i++) {
        Str root = str_from(ROOTS[i]);
        if (str_starts(text, root) && text.n > root.n && strchr(" >\n\t", text.s[root.n])) return true;
    }
    return false;
}

/* Where the damaged place lies in the text: the start of its line. */
static size_t line_start(Str text, int line)
{
    size_t at = 0;
    for (; line > 1 && at < text.n; at++) line -= text.s[at] == '\n';
    return at;
}

static void damaged(Feed *feed, Str text, int line)
{
    Str rest = str_trim(str_slice(text, line_start(text, line), text.n));
    if (feed->item.open) finish_item(feed);
    if (rest.n > 0) add(feed->blocks, KIND_SILENT, rest, line)->note = arena_printf(feed->blocks->arena, _("the feed is damaged in line %d: the rest is not read"), line);
}

void feed_scan(PageBlocks *blocks, Str text)
{
    Feed feed = { .blocks = blocks };
    if (text.n > INT_MAX / 2) return;
    feed.reader = xmlReaderForMemory(text.s, (int)text.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    int more = 1;
    while (feed.reader && (more = xmlTextReaderRead(feed.reader)) == 1) node_read(&feed);
    if (feed.part != PART_NONE) part_ends(&feed);
    if (feed.reader && more < 0) damaged(&feed, text, xmlTextReaderGetParserLineNumber(feed.reader));
    finish_head(&feed);
    xmlFreeTextReader(feed.reader);
}
