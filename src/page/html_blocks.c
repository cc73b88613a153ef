/* Which pieces of an HTML page are its articles. Where the page says it (classes, <article>, a newspaper system's comments), it is believed; else long
 * pieces with few links are text, and short ones between them: C. Kohlschütter, P. Fankhauser, W. Nejdl, "Boilerplate detection using shallow
 * text features", WSDM 2010. */
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/html.h"
#include "page/lines.h"

enum { TEXT_CHARS_LEAST = 30, LINE_CHARS_LEAST = 10, CELL_CHARS_MOST = 30, WINDOW_CHARS_LEAST = 4 };

/* What is to become of a piece. FATE_SIGNED: silent but for the author's name at its end. */
typedef enum Fate { FATE_SILENT, FATE_TEXT, FATE_HEADING, FATE_KICKER, FATE_SUBTITLE, FATE_BYLINE, FATE_SIGNED } Fate;

typedef struct Choice {
    HtmlPiece **pieces;
    uint8_t *fates;
    size_t count;
    const PageRules *rules;
} Choice;

/* ---- text or navigation ---- */

static bool mostly_links(const HtmlPiece *piece)
{
    return piece->linked * 3 > piece->chars;
}

static bool holds_stop(const PageRules *rules, Str text)
{
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        if (rules_mark(rules, RULE_STOP, code) || rules_mark(rules, RULE_PAUSE, code)) return true;
    }
    return false;
}

static void choose_by_markup(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool links = mostly_links(piece) && piece->chars < TEXT_CHARS_LEAST;
        if (!piece->skipped && piece->body && !links && piece->level == 0) choice->fates[i] = FATE_TEXT;
    }
}

/* Long text with few links; then what is complete, or lies between such text. */
static void choose_by_density(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool text = piece->chars >= TEXT_CHARS_LEAST && holds_stop(choice->rules, piece->text);
        if (!piece->skipped && !mostly_links(piece) && piece->level == 0 && piece->hint == HINT_NONE && text) choice->fates[i] = FATE_TEXT;
    }
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool before = i > 0 && choice->fates[i - 1] == FATE_TEXT, after = i + 1 < choice->count && choice->fates[i + 1] == FATE_TEXT;
        if (piece->skipped || piece->linked > 0 || piece->level > 0 || piece->hint != HINT_NONE) continue;
        bool complete = piece->chars >= LINE_CHARS_LEAST && rules_is_closed(choice->rules, piece->text);
        if ((before && after) || ((before || after) && complete)) choice->fates[i] = FATE_TEXT;
    }
}

/* A page that has nothing like an article is all there is: what is no link is read. */
static void choose_anything(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->fates[i] == FATE_TEXT) return;
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        if (!piece->skipped && !mostly_links(piece) && piece->level == 0 && piece->hint == HINT_NONE) choice->fates[i] = FATE_TEXT;
    }
}

static bool has_body(const Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->pieces[i]->body && !choice->pieces[i]->skipped && !mostly_links(choice->pieces[i])) return true;
    return false;
}

/* ---- headings and what stands around them ---- */

static bool is_heading(const HtmlPiece *piece)
{
    return !piece->skipped && (piece->level > 0 || piece->hint == HINT_TITLE);
}

/* Headings that text of an article follows, before too much of anything else. */
static void choose_headings(Choice *choice)
{
    enum { AWAY_MOST = 12 };
    size_t away = AWAY_MOST + 1;
    for (size_t i = choice->count; i-- > 0;) {
        const HtmlPiece *piece = choice->pieces[i];
        away = choice->fates[i] == FATE_TEXT ? 0 : away + 1;
        if (away > AWAY_MOST) continue;
        if (is_heading(piece)) choice->fates[i] = FATE_HEADING;
        else if (!piece->skipped && piece->hint == HINT_KICKER) choice->fates[i] = FATE_KICKER;
        else if (!piece->skipped && piece->hint == HINT_SUBTITLE) choice->fates[i] = FATE_SUBTITLE;
        else if (!piece->skipped && piece->hint == HINT_BYLINE) choice->fates[i] = FATE_BYLINE;
    }
}

/* Who wrote it and what a picture shows, between the headline and the text, outside of what the page calls its text. */
static bool is_part_of_head(const Choice *choice, const HtmlPiece *piece)
{
    Folded folded;
    if (piece->skipped || piece->linked > 0 || piece->hint != HINT_NONE) return false;
    if (piece->chars >= LINE_CHARS_LEAST && rules_is_closed(choice->rules, piece->text)) return true;
    rules_fold(piece->text, &folded);
    return rules_match(choice->rules, RULE_BYLINE, &folded, NULL) || rules_match(choice->rules, RULE_CREDIT, &folded, NULL);
}

/* Where the author's name begins that ends the line (青川日报 2024年5月22日 本报记者 姜维平); text.n without. */
static size_t author_at(const PageRules *rules, Str text)
{
    enum { BYTES_MOST = 200 };
    for (size_t at = 0; at < text.n && text.n <= BYTES_MOST; at++) {
        Folded folded;
        if (at > 0 && text.s[at - 1] != ' ') continue;
        rules_fold(str_slice(text, at, text.n), &folded);
        if (rules_match(rules, RULE_BYLINE, &folded, NULL)) return at;
    }
    return text.n;
}

static void choose_head(Choice *choice)
{
    bool head = false;
    for (size_t i = 0; i < choice->count; i++) {
        head = choice->fates[i] == FATE_HEADING || (head && choice->fates[i] != FATE_TEXT);
        if (head && choice->fates[i] == FATE_SILENT && is_part_of_head(choice, choice->pieces[i])) {
            choice->fates[i] = FATE_TEXT;
            head = true;
        } else if (head && choice->fates[i] == FATE_SILENT && !choice->pieces[i]->skipped && choice->pieces[i]->linked == 0) {
            if (author_at(choice->rules, choice->pieces[i]->text) < choice->pieces[i]->text.n) choice->fates[i] = FATE_SIGNED;
        }
    }
}

static bool is_dashed(const PageRules *rules, const HtmlPiece *piece)
{
    Folded folded;
    rules_fold(piece->text, &folded);
    return rules_match(rules, RULE_SUBTITLE, &folded, NULL);
}

static int level_of(const HtmlPiece *piece)
{
    return piece->hint == HINT_TITLE ? 1 : piece->level;
}

/* The next that is read, after i; count when there is none. */
static size_t next_read(const Choice *choice, size_t i)
{
    do i++;
    while (i < choice->count && choice->fates[i] == FATE_SILENT);
    return i;
}

/* A lower heading right over a higher one is its kicker; right below, and alone of its level, its subtitle: h3, h1, h2 is how the sites of
 * newspapers write 引题, 主题, 副题. Where it has sisters, they are articles or parts, and what stands above is a label. */
static void choose_kickers(Choice *choice)
{
    size_t of_level[7] = { 0 };
    for (size_t i = 0; i < choice->count; i++) of_level[choice->fates[i] == FATE_HEADING ? level_of(choice->pieces[i]) : 0]++;
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->fates[i] != FATE_HEADING) continue;
        size_t after = next_read(choice, i);
        if (after >= choice->count || choice->fates[after] != FATE_HEADING) continue;
        int level = level_of(choice->pieces[i]), below = level_of(choice->pieces[after]);
        if (level > below) choice->fates[i] = FATE_KICKER;
        else if (level < below && of_level[below] == 1) choice->fates[after] = FATE_SUBTITLE;
    }
}

/* ---- blocks ---- */

static PageBlock *add(PageBlocks *blocks, const HtmlPiece *piece, BlockKind kind, Str text)
{
    PageBlock *block = blocks_insert(blocks, NULL, piece->line);
    block->kind = (uint8_t)kind;
    block->source = block->text = text;
    block->chars = (uint16_t)(piece->chars > CHARS_MANY ? CHARS_MANY : piece->chars);
    block->blank_lines = 1;
    return block;
}

/* One silent block for all that stands between two pieces of an article: no list of menu items. */
static void add_silent(PageBlocks *blocks, const HtmlPiece *piece)
{
    static const Str BETWEEN = { " | ", 3 };
    PageBlock *last = blocks->last;
    if (!last || last->kind != KIND_SILENT) {
        add(blocks, piece, KIND_SILENT, arena_str(blocks->scratch, piece->text))->note = str_from(_("around the articles of the page: not read"));
        return;
    }
    char *grown = arena_grow(blocks->scratch, (char *)(uintptr_t)last->text.s, last->text.n, last->text.n + BETWEEN.n + piece->text.n, 1);
    memcpy(grown + last->text.n, BETWEEN.s, BETWEEN.n);
    memcpy(grown + last->text.n + BETWEEN.n, piece->text.s, piece->text.n);
    last->source = last->text = (Str){ grown, last->text.n + BETWEEN.n + piece->text.n };
}

/* The silent text has grown in the scratch arena, which ends with the splitting. */
static void keep_silent(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind == KIND_SILENT) block->source = block->text = arena_str(blocks->arena, block->text);
}

static void add_text(PageBlocks *blocks, const HtmlPiece *piece, Fate fate)
{
    PageBlock *block = add(blocks, piece, KIND_TEXT, piece->text);
    block->item = piece->item && rules_is_closed(blocks->rules, piece->text);
    block->bold = piece->bold == piece->chars;
    if (piece->caption) block->role = ROLE_CAPTION;
    if (fate == FATE_KICKER) block->role = ROLE_KICKER;
    if (fate == FATE_SUBTITLE) block->role = ROLE_SUBTITLE;
    if (fate == FATE_BYLINE) block->role = ROLE_BYLINE;
    if (piece->ruby) block->note = str_from(_("the readings that stand over its characters are not read"));
}

static void add_signed(PageBlocks *blocks, const HtmlPiece *piece)
{
    size_t at = author_at(blocks->rules, piece->text);
    HtmlPiece before = *piece, name = *piece;
    before.text = str_trim(str_slice(piece->text, 0, at));
    name.text = str_slice(piece->text, at, piece->text.n);
    name.chars = utf8_count(name.text);
    name.bold = 0;
    if (before.text.n > 0) add_silent(blocks, &before);
    add_text(blocks, &name, FATE_BYLINE);
}

/* ---- tables ---- */

/* Pieces of one row from `first` on: how many, when each is a short cell of its own; else 0. */
static size_t row_cells(const Choice *choice, size_t first)
{
    size_t n = 0;
    const HtmlPiece *head = choice->pieces[first];
    if (head->row == 0) return 0;
    for (size_t i = first; i < choice->count && choice->pieces[i]->row == head->row; i++, n++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool own = i == first || piece->cell != choice->pieces[i - 1]->cell;
        if (!own || piece->cell == 0 || piece->chars > CELL_CHARS_MOST || piece->level > 0 || piece->hint != HINT_NONE) return 0;
    }
    return n >= 2 ? n : 0;
}

/* A table of figures has rows of as many cells each; one that only lays out the page has not. */
static bool is_data_row(const Choice *choice, size_t first)
{
    size_t cells = row_cells(choice, first), after = first + cells;
    uint32_t table = choice->pieces[first]->table;
    if (cells == 0) return false;
    if (after < choice->count && choice->pieces[after]->table == table && row_cells(choice, after) == cells) return true;
    if (first < cells || choice->pieces[first - 1]->table != table) return false;
    return row_cells(choice, first - cells) == cells;
}

/* Read as a sentence: the cells with a comma between. */
static void add_row(PageBlocks *blocks, const Choice *choice, size_t first, size_t count)
{
    Str *cells = ARENA_NEW(blocks->scratch, Str, count);
    for (size_t i = 0; i < count; i++) cells[i] = choice->pieces[first + i]->text;
    Str text = lines_row(blocks, cells, count);
    size_t chars = utf8_count(text);
    PageBlock *block = add(blocks, choice->pieces[first], KIND_TEXT, text);
    block->chars = (uint16_t)(chars > CHARS_MANY ? CHARS_MANY : chars);
    block->item = true;
}

/* ---- a page that has its headline in the window's title only ---- */

/* The next part of 标题_报名, 标题 - 报名, 报名|标题; what follows it stays in `rest`. */
static Str next_part(Str *rest)
{
    for (size_t at = 0; at < rest->n; at++) {
        char c = rest->s[at];
        if (c != '_' && c != '|' && c != '-') continue;
        Str part = str_trim(str_slice(*rest, 0, at));
        if (utf8_count(part) < WINDOW_CHARS_LEAST) continue;
        *rest = str_slice(*rest, at + 1, rest->n);
        return part;
    }
    Str part = str_trim(*rest);
    *rest = (Str){ 0 };
    return part;
}

static bool is_site(const PageRules *rules, Str part)
{
    Folded folded;
    rules_fold(part, &folded);
    return rules_match(rules, RULE_HTML_SITE, &folded, NULL);
}

/* Without the site's name. */
static Str without_site(const PageRules *rules, Str title)
{
    Str rest = title, first = next_part(&rest), part = first;
    while (rest.n > 0 && is_site(rules, part)) part = next_part(&rest);
    return part.n > 0 && !is_site(rules, part) ? part : first;
}

/* A line over the text that could be its headline, where the page says nothing of it; among several a bold one. */
static size_t guess_headline(const Choice *choice)
{
    enum { AWAY_MOST = 5, CHARS_LEAST = 4, CHARS_MOST = 40 };
    size_t text = 0, best = choice->count;
    while (text < choice->count && choice->fates[text] != FATE_TEXT) text++;
    for (size_t i = text; i-- > 0 && text - i <= AWAY_MOST;) {
        const HtmlPiece *piece = choice->pieces[i];
        Folded folded;
        rules_fold(piece->text, &folded);
        bool line = !piece->skipped && piece->linked == 0 && piece->hint == HINT_NONE && piece->chars >= CHARS_LEAST && piece->chars <= CHARS_MOST;
        if (!line || rules_is_closed(choice->rules, piece->text) || rules_match(choice->rules, RULE_FURNITURE, &folded, NULL)) continue;
        if (rules_match(choice->rules, RULE_BYLINE, &folded, NULL) || rules_match(choice->rules, RULE_SUBTITLE, &folded, NULL)) continue;
        bool bold = piece->bold == piece->chars;
        if (bold) return i;
        best = i;
    }
    return best;
}

static size_t find_piece(const Choice *choice, Str text)
{
    for (size_t i = 0; i < choice->count && choice->fates[i] != FATE_TEXT; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        if (piece->hint == HINT_NONE && !piece->skipped && piece->linked == 0 && str_equal(piece->text, text)) return i;
    }
    return choice->count;
}

/* Some pages set their headline in a cell like any other: it is the piece that the window is named after, or where that bears the
 * paper's name, the line over the text. */
static void find_headline(Choice *choice, Str title)
{
    size_t i = is_site(choice->rules, title) ? guess_headline(choice) : find_piece(choice, title);
    if (i >= choice->count) return;
    const HtmlPiece *above = i > 0 ? choice->pieces[i - 1] : NULL, *below = i + 1 < choice->count ? choice->pieces[i + 1] : NULL;
    choice->pieces[i]->hint = HINT_TITLE;
    choice->fates[i] = FATE_HEADING;
    bool kicker = above && above->table == choice->pieces[i]->table && above->table > 0 && above->linked == 0 && above->hint == HINT_NONE;
    if (kicker && !above->skipped) choice->fates[i - 1] = FATE_KICKER;
    if (below && choice->fates[i + 1] == FATE_SILENT && below->linked == 0 && is_dashed(choice->rules, below)) choice->fates[i + 1] = FATE_SUBTITLE;
}

static bool needs_window(const Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->fates[i] == FATE_HEADING) return false;
        if (choice->fates[i] == FATE_TEXT) return true;
    }
    return false;
}

static size_t add_piece(PageBlocks *blocks, const Choice *choice, size_t i, bool whole)
{
    HtmlPiece *piece = choice->pieces[i];
    Fate fate = choice->fates[i];
    if (fate == FATE_SILENT) add_silent(blocks, piece);
    if (fate == FATE_HEADING) add(blocks, piece, KIND_HEADING, piece->text)->level = (uint8_t)(whole ? level_of(piece) : LEVEL_BOLD);
    if (fate == FATE_TEXT && is_data_row(choice, i)) {
        size_t cells = row_cells(choice, i);
        add_row(blocks, choice, i, cells);
        return i + cells;
    }
    if (fate == FATE_SIGNED) {
        add_signed(blocks, piece);
        return i + 1;
    }
    if (fate != FATE_SILENT && fate != FATE_HEADING) add_text(blocks, piece, fate);
    return i + 1;
}

static void choose(Choice *choice, bool whole)
{
    bool body = has_body(choice);
    for (size_t i = 0; i < choice->count && !whole; i++) choice->pieces[i]->body = true;
    if (body || !whole) choose_by_markup(choice);
    else choose_by_density(choice);
    choose_anything(choice);
    choose_headings(choice);
    if (!whole) return;
    choose_kickers(choice);
}

void html_blocks(PageBlocks *blocks, HtmlPieces pieces, bool whole)
{
    Choice choice = { .count = 0, .rules = blocks->rules };
    if (pieces.count == 0) return;
    choice.pieces = ARENA_NEW(blocks->scratch, HtmlPiece *, pieces.count);
    choice.fates = ARENA_NEW(blocks->scratch, uint8_t, pieces.count);
    for (HtmlPiece *piece = pieces.first; piece; piece = piece->next) choice.pieces[choice.count++] = piece;
    choose(&choice, whole);
    HtmlPiece *window = NULL;
    for (size_t i = 0; i < choice.count && !window; i++)
        if (choice.pieces[i]->hint == HINT_WINDOW) window = choice.pieces[i];
    Str title_text = window ? without_site(blocks->rules, window->text) : (Str){ 0 };
    if (whole && window && needs_window(&choice)) find_headline(&choice, title_text);
    if (whole) choose_head(&choice);
    if (whole && window && needs_window(&choice)) {
        PageBlock *title = add(blocks, window, KIND_HEADING, title_text);
        title->level = LEVEL_HEADLINE;
    } else {
        window = NULL;
    }
    for (size_t i = 0; i < choice.count;) i = choice.pieces[i] == window ? i + 1 : add_piece(blocks, &choice, i, whole);
    keep_silent(blocks);
}
