/* Pages without any heading sign: text pasted from a mail, a chat or a scan. */
#include <stdlib.h>

#include "base/utf8.h"
#include "page/cut.h"
#include "page/evidence.h"
#include "page/headings.h"
#include "page/markup.h"
#include "page/sample.h"

enum { HEADLINE_CHARS_MOST = 40, HEADLINE_LINE_CHARS_MOST = 22 /* without a subtitle in it */, RUN_MOST = 4, APART_BLANK_LINES = 2, SIGNED_LABEL_CHARS_MOST = 7 };

static bool is_part(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(block->text, &folded);
    return rules_match(rules, RULE_PART, &folded, NULL);
}

static bool is_dashed(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(block->text, &folded);
    return rules_match(rules, RULE_SUBTITLE, &folded, NULL);
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
    return (before->mark == MARKED_NOTHING || before->mark == MARKED_DATELINE) && !before->item && !before->apart && !rules_is_closed(rules, before->text) && block->blank_lines < APART_BLANK_LINES;
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

static bool has_bullet(const PageRules *rules, const PageBlock *line)
{
    return rules_without_bullets(rules, line->text).n < line->text.n;
}

/* ■社区新闻: a sign and few characters over a line without a sign are the name of a column, and the line below is the headline. */
static bool is_signed_label(const PageRules *rules, const PageBlock *first)
{
    return has_bullet(rules, first) && first->chars <= SIGNED_LABEL_CHARS_MOST && !has_bullet(rules, block_next(first));
}

/* The headline among `count` short lines in a row: with three, the first is a kicker. A longer row is a text of short lines
 * (a poem, a programme) under the first. */
static PageBlock *headline_of(const PageRules *rules, PageBlock *first, int count)
{
    return count == 3 || (count == 2 && is_signed_label(rules, first)) ? block_next(first) : first;
}

/* ---- a headline, or the beginning of a paragraph that a column's end cut off ---- */

/* 推开窗是绿，走下楼有园: two halves of about one length, or the whole is short (新桥通车，过江只要五分钟). Any other comma is one of prose, and so is a line that
 * leans on what follows it (昨天记者在). */
static bool is_prose(const PageRules *rules, Str text)
{
    enum { UNEVEN_MOST = 2, SHORT_CHARS_MOST = 16, SHORT_UNEVEN_MOST = 4 };
    int halves[2] = { 0 }, pauses = 0;
    uint32_t code = 0;
    while (text.n > 0) {
        utf8_decode(utf8_next(&text), &code);
        if (rules_mark(rules, RULE_PAUSE, code) && ++pauses > 1) return true;
        halves[pauses]++;
    }
    int uneven = abs(halves[1] - 1 - halves[0]), chars = halves[0] + halves[1];
    return rules_mark(rules, RULE_LEANS, code) || (pauses > 0 && uneven > (chars > SHORT_CHARS_MOST ? UNEVEN_MOST : SHORT_UNEVEN_MOST));
}

/* What comes below, pictures left out. */
static PageBlock *text_below(const PageBlock *block)
{
    PageBlock *below = block_next(block);
    while (below && (below->role == ROLE_CAPTION || below->mark == MARKED_CREDIT)) below = block_next(below);
    return below;
}

/* Right under a headline or its subtitle: after it comes the text. Under a text, a new headline may follow it. */
static bool is_byline_of_head(const PageRules *rules, const PageBlock *block)
{
    const PageBlock *above = block && block->mark == MARKED_BYLINE ? block_previous(block) : NULL;
    return above && (above->kind == KIND_HEADING || evidence_is_short_line(rules, above));
}

/* Amid text, without anything after it that only a headline has: a short line is then taken for one only where it looks like one and nothing speaks for its
 * going on in the next paragraph. */
static bool is_cut_off(PageBlocks *blocks, const CutWords *words, const PageBlock *line)
{
    const PageBlock *before = block_previous(line), *after = text_below(line);
    bool amid = before && before->kind == KIND_TEXT && rules_is_closed(blocks->rules, before->text) && before->mark != MARKED_BYLINE && !before->item;
    bool headed = is_byline_of_head(blocks->rules, before);
    if (!(amid || headed) || line->chars < COLUMN_CHARS_LEAST || !after || after->kind != KIND_TEXT || after->mark != MARKED_NOTHING || after->item || line->apart) return false;
    if (line->blank_lines >= APART_BLANK_LINES && line->blank_lines > after->blank_lines) return false;
    if (has_bullet(blocks->rules, line) || is_part(blocks->rules, line)) return false;
    const PageBlock *next = could_be_headline(blocks->rules, after) ? block_next(after) : NULL;
    if (next && next->mark != MARKED_NOTHING) return false;
    if (headed || cut_points(blocks->rules, words, line->text, after->text) > 0) return true;
    bool prose = line->chars > HEADLINE_LINE_CHARS_MOST || is_prose(blocks->rules, line->text);
    return prose && !sample_subject_begins(blocks->rules, line);
}

/* The last of several short lines, right over the text: a subtitle, or the text's own beginning that a column's end cut off. */
static bool is_beginning(const PageBlocks *blocks, const CutWords *words, const PageBlock *line, const PageBlock *text)
{
    bool text_follows = text && text->kind == KIND_TEXT && text->mark == MARKED_NOTHING && !text->item;
    if (!text_follows || line->chars < COLUMN_CHARS_LEAST || line->apart || is_part(blocks->rules, line) || is_dashed(blocks->rules, line)) return false;
    return is_prose(blocks->rules, line->text) || cut_points(blocks->rules, words, line->text, text->text) > 0;
}

/* ---- a headline that asks ---- */

/* Between blank lines and right over a text. */
static bool stands_over_text(const PageRules *rules, const PageBlock *line)
{
    enum { TEXT_CHARS_LEAST = 25 };
    const PageBlock *before = block_previous(line), *after = block_next(line);
    const PageBlock *text = after && after->mark == MARKED_BYLINE ? block_next(after) : after;
    if (!text || text->kind != KIND_TEXT || text->mark != MARKED_NOTHING || text->item || evidence_is_short_line(rules, text)) return false;
    return text->chars >= TEXT_CHARS_LEAST && after->blank_lines > 0 && (line->blank_lines > 0 || !before);
}

/* Nothing of the article above can follow: it is signed, or goes on on another page. */
static bool ends_article(const PageRules *rules, const PageBlock *block)
{
    return block->signature || block->mark == MARKED_TO || (block->mark == MARKED_BYLINE && !is_byline_of_head(rules, block));
}

/* 钱从哪里来？ amid an article is a paragraph like any other. A headline is the page's first line, or begins where the article above has ended, stands further
 * from what is above than from what is below, has its author below, or begins a new subject. */
static bool is_asking_headline(const PageRules *rules, const PageBlock *line)
{
    const PageBlock *before = block_previous(line), *after = block_next(line);
    bool line_of_text = line->kind == KIND_TEXT && line->role == ROLE_BODY && line->mark == MARKED_NOTHING && !line->item && !line->several;
    if (!line_of_text || !evidence_could_cry(rules, line) || !stands_over_text(rules, line)) return false;
    if (!before || ends_article(rules, before) || after->mark == MARKED_BYLINE) return true;
    return (line->blank_lines >= APART_BLANK_LINES && line->blank_lines > after->blank_lines) || sample_subject_begins(rules, line);
}

static PageBlock *take_run(PageBlocks *blocks, const CutWords *words, PageBlock *first)
{
    int count = 0;
    if (first->several) split_lines(blocks, first);
    PageBlock *end = first, *last = NULL;
    while (end && count <= RUN_MOST && could_be_headline(blocks->rules, end)) {
        last = end;
        end = block_next(end);
        count++;
    }
    if (!end) return NULL; /* nothing follows: the page's last lines, no headline */
    const PageBlock *above = block_previous(first);
    bool headed = count > 1 || (above && above->kind == KIND_HEADING);
    if (headed && is_beginning(blocks, words, last, text_below(last))) {
        last->cut = true;
        if (last == first) return end;
        end = last;
        count--;
    }
    PageBlock *headline = headline_of(blocks->rules, first, count);
    headline->kind = KIND_HEADING;
    headline->text = rules_without_bullets(blocks->rules, headline->text);
    headline->level = is_part(blocks->rules, headline) ? LEVEL_BOLD : LEVEL_PLAIN;
    while (end && could_be_headline(blocks->rules, end)) end = block_next(end);
    return end;
}

/* A label that stands in a line of text becomes a heading where a headline, or a line that could be one, comes next. */
static void find_labels(PageBlocks *blocks, bool plain)
{
    for (PageBlock *block = blocks->first; block; block = block->next) {
        const PageBlock *next = block->kind == KIND_TEXT && block->role == ROLE_BODY ? block_next(block) : NULL;
        bool headline = next && (next->kind == KIND_HEADING || evidence_is_label(blocks->rules, next) || (plain && could_be_headline(blocks->rules, next)));
        if (!headline || block->item || block->mark != MARKED_NOTHING || !evidence_is_label(blocks->rules, block)) continue;
        block->kind = KIND_HEADING;
        block->level = LEVEL_HEADLINE;
        block->label = true;
    }
}

/* No heading sign on the page, or only over labels; bold lines at most. */
static bool is_plain(const PageBlocks *blocks)
{
    bool bold = false, labels = false;
    for (const PageBlock *block = blocks->first; block; block = block->next) {
        if (block->kind != KIND_HEADING) continue;
        bold |= block->level == LEVEL_BOLD;
        labels |= block->level != LEVEL_BOLD;
        if (block->level != LEVEL_BOLD && !evidence_is_label(blocks->rules, block)) return false;
    }
    return !(bold && labels);
}

/* On a page whose headlines have signs, a line without one between two texts that has its author below. */
static bool is_own_headline(const PageRules *rules, const PageBlock *line)
{
    const PageBlock *before = block_previous(line), *after = block_next(line);
    bool between = before && before->kind == KIND_TEXT && (rules_is_closed(rules, before->text) || ends_article(rules, before));
    if (!between || !after || after->mark != MARKED_BYLINE || line->role != ROLE_BODY || !could_be_headline(rules, line)) return false;
    const PageBlock *text = block_next(after);
    return text && text->kind == KIND_TEXT && text->mark == MARKED_NOTHING && !text->item && !evidence_is_short_line(rules, text);
}

/* Weak headings: that they say who wrote them makes articles of them (headings.c). */
static void find_own_headlines(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next) {
        if (block->kind != KIND_TEXT || !is_own_headline(blocks->rules, block)) continue;
        if (block->several) split_lines(blocks, block);
        block->kind = KIND_HEADING;
        block->level = LEVEL_BOLD;
    }
}

/* 李二, right between a line that could be a headline and a text: who wrote it, by its length alone. No part of an article has such a line. */
static bool is_bare_name(const PageRules *rules, const PageBlock *line)
{
    enum { NAME_LEAST = 2, NAME_MOST = 3, HEADLINE_LEAST = 5, TEXT_CHARS_LEAST = 25 };
    const PageBlock *above = block_previous(line), *text = block_next(line);
    if (line->kind != KIND_TEXT || line->chars < NAME_LEAST || line->chars > NAME_MOST || line->item || line->apart || !utf8_all_han(line->text)) return false;
    if (!above || !text || above->chars < HEADLINE_LEAST || above->apart || !could_be_headline(rules, above) || evidence_is_label(rules, line)) return false;
    const PageBlock *before = block_previous(above);
    return text->kind == KIND_TEXT && text->mark == MARKED_NOTHING && !text->item && text->chars >= TEXT_CHARS_LEAST && !evidence_is_short_line(rules, text) &&
           (!before || rules_is_closed(rules, before->text));
}

static void find_bare_names(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (is_bare_name(blocks->rules, block)) block->mark = MARKED_BYLINE;
}

void headings_find_plain(PageBlocks *blocks)
{
    bool plain = is_plain(blocks);
    for (PageBlock *block = blocks->first; plain && block; block = block->next)
        block->label = block->kind == KIND_HEADING && block->level != LEVEL_BOLD;
    find_labels(blocks, plain);
    if (!plain) {
        find_own_headlines(blocks);
        return;
    }
    find_bare_names(blocks);
    CutWords words = cut_words(blocks);
    for (PageBlock *block = blocks->first; block;) {
        block->cry = is_asking_headline(blocks->rules, block);
        bool headline = block->kind == KIND_TEXT && could_be_headline(blocks->rules, block) && !goes_on(blocks->rules, block);
        if (headline && is_cut_off(blocks, &words, block)) {
            block->cut = true;
            headline = false;
        }
        block = headline ? take_run(blocks, &words, block) : block->next;
    }
    cut_words_finish(&words);
}
