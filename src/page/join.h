/* Paragraphs that a column's end cut are put together again. */
#ifndef DUBAO_PAGE_JOIN_H
#define DUBAO_PAGE_JOIN_H

#include "page/blocks.h"

/* Joins body blocks from `first` up to, not including, `end` (NULL: the page's end). The rest of a joined paragraph goes out of
 * the list; the paragraph's note names the line it came from. */
void join_columns(PageBlocks *blocks, PageBlock *first, const PageBlock *end);

#endif
