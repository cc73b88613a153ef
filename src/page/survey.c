#include "page/survey.h"

#include "base/utf8.h"
#include "page/evidence.h"

/* A kicker has one line or two, rarely three; more short lines than that are a text of short lines. */
enum { KICKER_BLOCKS_MOST = 3 };

/* "对话...:" right over a headline, without a blank line, is its kicker; elsewhere a colon ends a paragraph of text. */
static bool announces(const PageRules *rules, const PageBlock *block, const PageBlock *below)
{
    enum { CHARS_MOST = 30 };
    uint32_t code;
    utf8_decode(utf8_last(block->text), &code);
    if (block->kind != KIND_TEXT || block->mark != MARKED_NOTHING || block->item || block->chars > CHARS_MOST || below->blank_lines > 0) return false;
    return (code == ':' || code == 0xFF1A) && below->kind == KIND_HEADING && evidence_is_balanced(rules, block->text);
}

bool survey_is_kicker_line(const PageBlocks *blocks, const PageBlock *block, const PageBlock *below)
{
    /* A date or an editor's name ends what stands above it. */
    for (const PageBlock *between = below->previous; between && between != block; between = between->previous)
        if (between->furniture) return false;
    if (block->apart) return false; /* a line of verse */
    return evidence_is_short_line(blocks->rules, block) || announces(blocks->rules, block, below);
}

/* Under the short lines of a poem, a longer one right over the headline is its kicker. */
static PageBlock *kicker_under_verse(const PageBlock *heading)
{
    enum { VERSE_CHARS_MOST = 14 };
    PageBlock *kicker = block_previous(heading);
    const PageBlock *verse = block_previous(kicker);
    return kicker->chars > VERSE_CHARS_MOST && verse && verse->chars <= VERSE_CHARS_MOST ? kicker : NULL;
}

/* The first of the short lines right before `heading`. */
static PageBlock *kicker_before(const PageBlocks *blocks, const PageBlock *heading)
{
    PageBlock *first = NULL, *block = block_previous(heading);
    const PageBlock *below = heading;
    for (int count = 0; count < KICKER_BLOCKS_MOST && block && survey_is_kicker_line(blocks, block, below); count++) {
        below = first = block;
        block = block_previous(block);
    }
    bool too_many = block && evidence_is_short_line(blocks->rules, block);
    return too_many ? kicker_under_verse(heading) : first;
}

/* A picture's credit belongs to the heading only when little text stands between: a picture story is short. Where the picture's text is set apart from
 * other text (图为...), it is a picture in an article; under a bold line nothing may follow it. */
static bool is_own(const PageBlock *heading, const PageBlock *block, int bodies, int captions)
{
    enum { STORY_PARAGRAPHS_MOST = 2 };
    const PageBlock *after = block_next(block);
    if (block->mark == MARKED_CREDIT && captions > 0 && block_next(heading)->role != ROLE_CAPTION) return false;
    if (block->mark == MARKED_CREDIT && heading->level == LEVEL_BOLD && after && after->kind != KIND_HEADING) return false;
    if (block->mark == MARKED_DATELINE) return bodies == 0;
    if (block->mark == MARKED_BYLINE || block->mark == MARKED_FROM) return bodies == 0;
    return block->mark == MARKED_CREDIT && bodies <= STORY_PARAGRAPHS_MOST;
}

Survey survey_section(const PageBlocks *blocks, const PageBlock *heading)
{
    Survey survey = { .bare = true };
    PageBlock *block = block_next(heading), *last = NULL;
    int bodies = 0, captions = 0;
    for (; block && block->kind != KIND_HEADING; block = block_next(block)) {
        survey.own |= is_own(heading, block, bodies, captions);
        captions += block->role == ROLE_CAPTION;
        if (block->mark == MARKED_NOTHING || block->mark == MARKED_DATELINE) {
            /* A subtitle between headline and dateline is no body yet. */
            if (block->role != ROLE_CAPTION && !evidence_is_short_line(blocks->rules, block)) {
                bodies++;
                last = block;
            }
        }
        survey.bare &= evidence_is_short_line(blocks->rules, block);
    }
    survey.next = block;
    survey.signature = last && last->signature;
    if (block) survey.kicker = kicker_before(blocks, block);
    PageBlock *after = block_next(heading);
    /* More short lines than a kicker has: they are the heading's own text. */
    if (survey.bare && after != block) survey.bare = after == survey.kicker;
    return survey;
}
