/* Lines and markup -> the text of a block as one person would read it. */
#ifndef DUBAO_PAGE_MARKUP_H
#define DUBAO_PAGE_MARKUP_H

#include "page/blocks.h"

/* Fills `text` and `chars`. Lines are joined without a space between Chinese and with one between Latin words; emphasis, links
 * and entities are resolved by libcmark. A view into the page where nothing had to change. */
void markup_read(PageBlocks *blocks, PageBlock *block);
/* The same for lines that stand above each other in a heading: a space between them, as in a headline of two halves. */
void markup_read_heading(PageBlocks *blocks, PageBlock *block);

/* Whether a space belongs between two pieces of one text. */
bool markup_needs_space(Str before, Str after);

#endif
