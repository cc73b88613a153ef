/* What stands between one heading and the next. */
#ifndef DUBAO_PAGE_SURVEY_H
#define DUBAO_PAGE_SURVEY_H

#include "page/blocks.h"

typedef struct Survey {
    PageBlock *next;   /* the heading that ends it, or NULL */
    PageBlock *kicker; /* the first of the short lines that stand right before `next`, or NULL */
    bool bare;         /* nothing but such lines in between */
    bool own;          /* a dateline, byline, credit or jump of its own */
    bool signature;    /* its last paragraph is signed: by it, or by the article it is a part of */
} Survey;

/* Whether `block`, right above `below` (the headline or another such line), could be a line of the headline's kicker. */
bool survey_is_kicker_line(const PageBlocks *blocks, const PageBlock *block, const PageBlock *below);

Survey survey_section(const PageBlocks *blocks, const PageBlock *heading);

#endif
