/* Paragraphs that a column's end cut are put together again. */
#ifndef DUBAO_PAGE_JOIN_H
#define DUBAO_PAGE_JOIN_H

#include "page/blocks.h"

/* Joins body blocks from `first` up to, not including, `end` (NULL: the page's end). The rest of a joined paragraph goes out of
 * the list; the paragraph's note names the line it came from. */
void join_columns(PageBlocks *blocks, PageBlock *first, const PageBlock *end);

/* A paragraph of the text: no heading, line of names or picture's text. */
bool join_is_body(const PageBlock *block);
/* Whether it breaks off: long enough to be a column's, and without a stop. */
bool join_is_open(const PageRules *rules, const PageBlock *block);
/* Joins `rest`, wherever it stands, to `first`. */
void join_rest(PageBlocks *blocks, PageBlock *first, PageBlock *rest);

#endif
