/* Pieces of an HTML page as blocks: those of its articles, and silent ones of what stands around them. */
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/html_choice.h"
#include "page/lines.h"
#include "page/nameplate.h"

enum { CELL_CHARS_MOST = 30 };

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
    if (blocks->nameplate.n == 0 && nameplate_line(blocks->rules, piece->text) >= NAMEPLATE_NAME) blocks->nameplate = arena_str(blocks->arena, piece->text);
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
    block->item = piece->item && (piece->beside || rules_is_closed(blocks->rules, piece->text));
    block->bold = piece->bold == piece->chars;
    if (piece->caption) block->role = ROLE_CAPTION;
    if (fate == FATE_KICKER) block->role = ROLE_KICKER;
    if (fate == FATE_SUBTITLE) block->role = ROLE_SUBTITLE;
    if (fate == FATE_BYLINE) block->role = ROLE_BYLINE;
    if (piece->ruby) block->note = str_from(_("the readings that stand over its characters are not read"));
    else if (piece->marks) block->note = str_from(_("the marks of its footnotes are not read"));
}

static void add_signed(PageBlocks *blocks, const HtmlPiece *piece)
{
    size_t at = html_author_at(blocks->rules, piece->text);
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

static size_t add_piece(PageBlocks *blocks, const Choice *choice, size_t i, bool whole)
{
    HtmlPiece *piece = choice->pieces[i];
    Fate fate = choice->fates[i];
    if (fate == FATE_SILENT) add_silent(blocks, piece);
    if (fate == FATE_HEADING) add(blocks, piece, KIND_HEADING, piece->text)->level = (uint8_t)(whole ? html_level(piece) : LEVEL_BOLD);
    if (fate == FATE_TEXT && is_data_row(choice, i)) {
        size_t cells = row_cells(choice, i);
        add_row(blocks, choice, i, cells);
        return i + cells;
    }
    if (fate == FATE_SIGNED) {
        add_signed(blocks, piece);
        return i + 1;
    }
    if (fate != FATE_SILENT && fate != FATE_HEADING) {
        add_text(blocks, piece, fate);
        blocks->last->tail = html_is_tail(choice, i);
    }
    return i + 1;
}

void html_blocks(PageBlocks *blocks, HtmlPieces pieces, bool whole)
{
    Choice choice = { .count = 0, .rules = blocks->rules };
    Str title = { 0 };
    if (pieces.count == 0) return;
    choice.pieces = ARENA_NEW(blocks->scratch, HtmlPiece *, pieces.count);
    choice.holds_text = ARENA_NEW(blocks->scratch, bool, pieces.boxes + 1);
    choice.fates = ARENA_NEW(blocks->scratch, uint8_t, pieces.count);
    for (HtmlPiece *piece = pieces.first; piece; piece = piece->next) {
        if (piece->hint == HINT_WINDOW && blocks->window.n == 0) blocks->window = piece->text;
        choice.pieces[choice.count++] = piece;
    }
    const HtmlPiece *window = html_choose(&choice, whole, &title);
    if (window) add(blocks, window, KIND_HEADING, title)->level = LEVEL_HEADLINE;
    for (size_t i = 0; i < choice.count;) i = choice.pieces[i] == window ? i + 1 : add_piece(blocks, &choice, i, whole);
    keep_silent(blocks);
}
