#include "page/survey.h"

#include "page/evidence.h"

/* A kicker has one line or two, rarely three; more short lines than that are a text of short lines. */
enum { KICKER_BLOCKS_MOST = 3 };

/* The first of the short lines right before `heading`. */
static PageBlock *kicker_before(const PageBlocks *blocks, const PageBlock *heading)
{
    PageBlock *first = NULL, *block = block_previous(heading);
    for (int count = 0; count < KICKER_BLOCKS_MOST && block && evidence_is_short_line(blocks->rules, block); count++) {
        first = block;
        block = block_previous(block);
    }
    bool too_many = block && evidence_is_short_line(blocks->rules, block);
    return too_many ? NULL : first;
}

/* A picture's credit belongs to the heading only when little text stands between: a picture story is short. */
static bool is_own(const PageBlock *block, int bodies)
{
    enum { STORY_PARAGRAPHS_MOST = 2 };
    if (block->mark == MARKED_DATELINE) return bodies == 0;
    if (block->mark == MARKED_BYLINE || block->mark == MARKED_FROM) return bodies == 0;
    return block->mark == MARKED_CREDIT && bodies <= STORY_PARAGRAPHS_MOST;
}

Survey survey_section(const PageBlocks *blocks, const PageBlock *heading)
{
    Survey survey = { .bare = true };
    PageBlock *block = block_next(heading), *last = NULL;
    int bodies = 0;
    for (; block && block->kind != KIND_HEADING; block = block_next(block)) {
        survey.own |= is_own(block, bodies);
        if (block->mark == MARKED_NOTHING || block->mark == MARKED_DATELINE) {
            /* A subtitle between headline and dateline is no body yet. */
            if (!evidence_is_short_line(blocks->rules, block)) {
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
