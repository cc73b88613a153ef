/* Pages without any heading sign: text pasted from a mail, a chat or a scan. */
#include "page/evidence.h"
#include "page/headings.h"
#include "page/markup.h"

enum { HEADLINE_CHARS_MOST = 40, RUN_MOST = 4, APART_BLANK_LINES = 2 };

static bool is_part(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(block->text, &folded);
    return rules_match(rules, RULE_PART, &folded, NULL);
}

static bool could_be_headline(const PageRules *rules, const PageBlock *block)
{
    return block->kind == KIND_TEXT && block->chars <= HEADLINE_CHARS_MOST && evidence_is_short_line(rules, block);
}

/* A short line after a paragraph that was cut is the rest of it, unless much space stands between. */
static bool goes_on(const PageRules *rules, const PageBlock *block)
{
    const PageBlock *before = block_previous(block);
    if (!before || before->kind != KIND_TEXT || before->mark == MARKED_BYLINE || before->mark == MARKED_CREDIT) return false;
    return before->mark == MARKED_NOTHING && !rules_is_closed(rules, before->text) && block->blank_lines < APART_BLANK_LINES;
}

/* Short lines right under each other, without a blank line between: headline and subtitle are two blocks. */
static void split_lines(PageBlocks *blocks, PageBlock *block)
{
    Str rest = block->source;
    for (int line = block->line; rest.n > 0; line++) {
        Str source = str_trim(str_split(&rest, '\n'));
        if (line > block->line) block = blocks_insert(blocks, block, line);
        block->source = source;
        block->several = false;
        block->line = line;
        markup_read(blocks, block);
        if (rest.n == 0) return;
    }
}

/* The headline among `count` short lines in a row: with three, the first is a kicker. A longer row is a text of short lines
 * (a poem, a programme) under the first. */
static PageBlock *headline_of(PageBlock *first, int count)
{
    return count == 3 ? block_next(first) : first;
}

static PageBlock *take_run(PageBlocks *blocks, PageBlock *first)
{
    int count = 0;
    if (first->several) split_lines(blocks, first);
    PageBlock *end = first;
    while (end && count <= RUN_MOST && could_be_headline(blocks->rules, end)) {
        end = block_next(end);
        count++;
    }
    if (!end) return NULL; /* nothing follows: the page's last lines, no headline */
    PageBlock *headline = headline_of(first, count);
    headline->kind = KIND_HEADING;
    headline->level = is_part(blocks->rules, headline) ? LEVEL_BOLD : LEVEL_PLAIN;
    while (end && could_be_headline(blocks->rules, end)) end = block_next(end);
    return end;
}

void headings_find_plain(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind == KIND_HEADING && block->level != LEVEL_BOLD) return;
    for (PageBlock *block = blocks->first; block;) {
        bool headline = block->kind == KIND_TEXT && could_be_headline(blocks->rules, block) && !goes_on(blocks->rules, block);
        block = headline ? take_run(blocks, block) : block->next;
    }
}
