/* What each block says of itself: datelines, bylines, credits, jumps to other pages, signatures, furniture. */
#ifndef DUBAO_PAGE_EVIDENCE_H
#define DUBAO_PAGE_EVIDENCE_H

#include "page/blocks.h"

/* Reads the text of every block, cuts off jumps and credits that stand in a paragraph's own lines, and marks the blocks. */
void evidence_gather(PageBlocks *blocks);

/* 为什么火？ Short, and ends with a mark that a headline may end with. */
bool evidence_could_cry(const PageRules *rules, const PageBlock *block);
/* A short line without a stop, a pause mark or a mark of its own: could be a kicker, a headline, a subtitle. */
bool evidence_is_short_line(const PageRules *rules, const PageBlock *block);
/* A label over articles (栏题): a row of the table, a few characters in 【】, Latin capitals with a few Chinese characters beside them. */
bool evidence_is_label(const PageRules *rules, const PageBlock *block);
/* No quote or bracket is open at its end. */
bool evidence_is_balanced(const PageRules *rules, Str text);

#endif
