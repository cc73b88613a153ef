#include "page/join.h"

#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/evidence.h"
#include "page/markup.h"

/* Two short lines in a row that both have no stop are verse or a list, not a column: no column is so short twice. */
enum { VERSE_CHARS_MOST = 14, UNENDED_CHARS_LEAST = 20 };

bool join_is_body(const PageBlock *block)
{
    return block->kind == KIND_TEXT && block->role == ROLE_BODY && (block->mark == MARKED_NOTHING || block->mark == MARKED_DATELINE);
}

static PageBlock *next_body(PageBlock *block, const PageBlock *end)
{
    while (block && block != end && !join_is_body(block)) block = block->next;
    return block == end ? NULL : block;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* A column ends anywhere in a figure, a unit or an abbreviation (1.8T|B), but between words of small letters where the space was. */
static bool needs_space(Str before, Str after)
{
    if (!markup_needs_space(before, after) || is_digit(after.s[0])) return false;
    char last = before.s[before.n - 1];
    return !is_digit(last) && !(is_capital(last) && is_capital(after.s[0]));
}

/* "12." and then "68亿吨": the sign is a figure's, and the column ended in it. */
static bool is_cut_figure(Str before, Str after)
{
    if (before.n < 2 || after.n == 0 || !is_digit(after.s[0])) return false;
    char sign = before.s[before.n - 1];
    return (sign == '.' || sign == ':') && is_digit(before.s[before.n - 2]);
}

static bool goes_on(const PageRules *rules, const PageBlock *block, const PageBlock *after)
{
    if (block->item || after->item || block->apart || after->apart || after->mark == MARKED_DATELINE) return false;
    if (is_cut_figure(block->text, after->text)) return true;
    if (rules_is_closed(rules, block->text)) return false;
    bool after_open = !rules_is_closed(rules, after->text);
    return !(after_open && block->chars <= VERSE_CHARS_MOST && after->chars <= VERSE_CHARS_MOST);
}

/* A column is wider than the shortest lines: what is shorter and complete in itself (a date, a name) is a line of its own. */
static bool could_be_cut(const PageBlocks *blocks, const PageBlock *first, const PageBlock *after)
{
    const PageRules *rules = blocks->rules;
    if (blocks->marked_up && (first->chars < UNENDED_CHARS_LEAST || block_next(first) != after)) return false;
    return first->chars >= COLUMN_CHARS_LEAST || is_cut_figure(first->text, after->text) || !evidence_is_balanced(rules, first->text);
}

/* The last block of the paragraph that begins with `first`. Where no piece ever ends with a stop, short lines stay lines. */
static PageBlock *paragraph_end(const PageBlocks *blocks, PageBlock *first, const PageBlock *end)
{
    const PageRules *rules = blocks->rules;
    PageBlock *last = first, *after = next_body(first->next, end);
    if (after && !could_be_cut(blocks, first, after)) return first;
    while (after && goes_on(rules, last, after)) {
        last = after;
        after = next_body(after->next, end);
    }
    if (rules_is_closed(rules, last->text) || first->chars >= UNENDED_CHARS_LEAST) return last;
    return first;
}

static size_t text_bytes(PageBlock *first, const PageBlock *last, const PageBlock *end)
{
    size_t bytes = first->text.n;
    for (PageBlock *block = first; block != last;) {
        block = next_body(block->next, end);
        bytes += block->text.n + 1;
    }
    return bytes;
}

static void join(PageBlocks *blocks, PageBlock *first, const PageBlock *last, const PageBlock *end)
{
    char *out = arena_alloc(blocks->arena, text_bytes(first, last, end));
    size_t used = first->text.n;
    int pieces = 0, line = 0;
    memcpy(out, first->text.s, used);
    for (bool more = true; more;) {
        PageBlock *block = next_body(first->next, end);
        if (needs_space((Str){ out, used }, block->text)) out[used++] = ' ';
        memcpy(out + used, block->text.s, block->text.n);
        used += block->text.n;
        first->signature = block->signature;
        if (pieces++ == 0) line = block->line;
        more = block != last;
        blocks_unlink(blocks, block);
    }
    first->text = (Str){ out, used };
    if (pieces == 1) first->note = arena_printf(blocks->arena, _("joined with line %d"), line);
    else first->note = arena_printf(blocks->arena, _("joined with %d pieces from line %d on"), pieces, line);
}

/* A stop or a comma before its end: prose. */
static bool has_mark(const PageRules *rules, Str text)
{
    while (text.n > 0) {
        Str character = utf8_next(&text);
        if (text.n > 0 && (rules_ends_with(rules, RULE_STOP, character) || rules_ends_with(rules, RULE_PAUSE, character))) return true;
    }
    return false;
}

bool join_is_open(const PageRules *rules, const PageBlock *block)
{
    bool long_enough = block->cut || block->mark == MARKED_DATELINE || block->chars >= (has_mark(rules, block->text) ? COLUMN_CHARS_LEAST : UNENDED_CHARS_LEAST);
    return join_is_body(block) && !block->item && !block->apart && !block->signature && long_enough && !rules_is_closed(rules, block->text);
}

void join_rest(PageBlocks *blocks, PageBlock *first, PageBlock *rest)
{
    blocks_move_after(blocks, first, rest);
    join(blocks, first, rest, NULL);
}

void join_columns(PageBlocks *blocks, PageBlock *first, const PageBlock *end)
{
    for (PageBlock *block = next_body(first, end); block; block = next_body(block->next, end)) {
        PageBlock *last = paragraph_end(blocks, block, end);
        if (last != block) join(blocks, block, last, end);
    }
}
