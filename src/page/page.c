#include "page/page.h"

#include <stdio.h>

#include "base/file.h"
#include "base/utf8.h"
#include "page/blocks.h"
#include "page/encoding.h"
#include "page/evidence.h"
#include "page/feed.h"
#include "page/headings.h"
#include "page/html.h"
#include "page/join.h"
#include "page/lines.h"
#include "page/moves.h"
#include "page/nameplate.h"
#include "page/rests.h"

/* ---- roles that the words of a block decide ---- */

static void roles_by_mark(PageBlocks *blocks)
{
    static const Role ROLES[] = {
        [MARKED_NOTHING] = ROLE_BODY,  [MARKED_DATELINE] = ROLE_BODY,  [MARKED_BYLINE] = ROLE_BYLINE,
        [MARKED_CREDIT] = ROLE_CREDIT, [MARKED_FROM] = ROLE_CONTINUED, [MARKED_TO] = ROLE_CONTINUED,
    };
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (block->role == ROLE_BODY || (block->role == ROLE_SUBTITLE && block->mark == MARKED_BYLINE)) block->role = (uint8_t)ROLES[block->mark];
}

/* ---- where articles begin ---- */

typedef struct Cut {
    bool inside;    /* an article has begun */
    bool only_head; /* ... and has nothing yet but what stands above a headline */
} Cut;

/* Whether `block` begins an article: a headline does, unless its label or kicker has begun it. */
static bool cut_before(Cut *cut, const PageBlock *block)
{
    bool above = block->role == ROLE_SECTION || block->role == ROLE_KICKER;
    bool begins = !cut->inside || ((above || block->opens) && !cut->only_head);
    bool names = begins && !cut->inside && block->mark == MARKED_BYLINE; /* over the page's first headline */
    cut->inside = true;
    if (block->kind != KIND_SILENT || begins) cut->only_head = above || names || block->kind == KIND_SILENT;
    return begins;
}

/* ---- from the list to the edition ---- */

static bool is_picture_story(const PageBlock *first, const PageBlock *end)
{
    enum { PARAGRAPHS_MOST = 2 };
    int paragraphs = 0;
    bool credit = false;
    for (const PageBlock *block = first; block != end; block = block->next) {
        if (block->kind == KIND_SILENT) continue;
        bool text = block->mark == MARKED_DATELINE || block->role == ROLE_SUBHEADING || block->role == ROLE_CAPTION;
        if (text) return false;
        paragraphs += block->role == ROLE_BODY;
        credit |= block->role == ROLE_CREDIT;
    }
    return credit && paragraphs > 0 && paragraphs <= PARAGRAPHS_MOST;
}

static Str page_named_in(const PageBlocks *blocks, Str text)
{
    Folded folded;
    Str star = { 0 };
    while (text.n > 0) { /* past the bracket and signs before the words */
        rules_fold(text, &folded);
        while (folded.n > 0 && (folded.bytes[folded.n - 1] == ')' || folded.bytes[folded.n - 1] == ']')) folded.n--;
        if (rules_match(blocks->rules, RULE_FROM, &folded, &star)) break;
        uint32_t code;
        text = str_slice(text, utf8_decode(text, &code), text.n);
    }
    return arena_str(blocks->arena, star);
}

static Block *block_make(const PageBlocks *blocks, const PageBlock *from, bool picture_story)
{
    Block *block = ARENA_NEW(blocks->arena, Block, 1);
    *block = (Block){ .role = (Role)from->role, .line = from->line, .text = from->text, .note = from->note, .source = from->source };
    block->silent = from->kind == KIND_SILENT;
    block->furniture = from->furniture;
    if (picture_story && block->role == ROLE_BODY && !block->silent) block->role = ROLE_CAPTION;
    return block;
}

static Article *article_make(PageBlocks *blocks, const PageBlock *first, const PageBlock *end)
{
    Article *article = ARENA_NEW(blocks->arena, Article, 1);
    Block **tail = &article->blocks;
    bool picture_story = is_picture_story(first, end);
    for (const PageBlock *block = first; block != end; block = block->next) {
        *tail = block_make(blocks, block, picture_story);
        tail = &(*tail)->next;
        if (block->mark == MARKED_FROM && article->continued_from.n == 0) article->continued_from = page_named_in(blocks, block->text);
    }
    return article;
}

/* Cuts the list where articles begin. */
static PageArticle *cut_articles(PageBlocks *blocks, size_t *count)
{
    PageArticle *articles = NULL;
    Cut cut = { 0 };
    *count = 0;
    for (PageBlock *block = blocks->first; block; block = block->next) {
        if (!cut_before(&cut, block)) continue;
        articles = arena_grow(blocks->scratch, articles, *count, *count + 1, sizeof *articles);
        articles[(*count)++] = (PageArticle){ .first = block };
    }
    return articles;
}

static void make_articles(Edition *edition, PageBlocks *blocks)
{
    Article **tail = &edition->articles;
    size_t count;
    PageArticle *articles = cut_articles(blocks, &count);
    int digits = snprintf(NULL, 0, "%zu", count), width = digits < 2 ? 2 : digits;
    rests_pass_pictures(blocks);
    for (size_t i = 0; i < count; i++) join_columns(blocks, articles[i].first, article_limit(articles, count, i));
    rests_find(blocks, articles, count, width);
    moves_make(blocks, articles, count, width);
    for (size_t i = 0; i < count; i++) {
        *tail = article_make(blocks, articles[i].first, article_limit(articles, count, i));
        (*tail)->notes = articles[i].notes;
        (*tail)->id = arena_printf(&edition->arena, "%0*zu", width, i + 1);
        tail = &(*tail)->next;
    }
    edition->article_count = count;
}

static void keep_left_out(Edition *edition, const PageBlocks *blocks)
{
    Block **tail = &edition->left_out;
    for (const PageBlock *block = blocks->first; block; block = block->next) {
        *tail = block_make(blocks, block, false);
        tail = &(*tail)->next;
    }
}

static bool has_words(const PageBlocks *blocks)
{
    for (const PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind != KIND_SILENT) return true;
    return false;
}

void page_split(Edition *edition, const PageRules *rules, Str text)
{
    Arena scratch = { 0 };
    PageBlocks blocks = { .scratch = &scratch, .arena = &edition->arena, .rules = rules };
    blocks.marked_up = feed_is(text) || html_is(text);
    if (feed_is(text)) feed_scan(&blocks, text);
    else if (html_is(text)) html_blocks(&blocks, html_read(&blocks, text, 1), true);
    else {
        blocks_scan(&blocks, text);
        lines_part(&blocks, text);
    }
    edition->window = blocks.window;
    edition->nameplate = blocks.nameplate;
    evidence_gather(&blocks);
    nameplate_find(&blocks);
    rests_find_short(&blocks);
    headings_find_plain(&blocks);
    headings_decide(&blocks);
    roles_by_mark(&blocks);
    if (has_words(&blocks)) make_articles(edition, &blocks);
    else keep_left_out(edition, &blocks);
    arena_finish(&scratch);
}

int page_read_bytes(Edition *edition, const PageRules *rules, Str name, Str bytes, const Report *report, Error *error)
{
    Str text;
    edition->page = arena_str(&edition->arena, name);
    if (encoding_decode(&edition->arena, bytes, edition->page.s, &text, report, error) < 0) return -1;
    page_split(edition, rules, text);
    return 0;
}

int page_read(Edition *edition, const PageRules *rules, const char *path, const Report *report, Error *error)
{
    Str bytes;
    if (file_read(&edition->arena, path, &bytes, error) < 0) return -1;
    return page_read_bytes(edition, rules, str_from(path), bytes, report, error);
}
