/* Lines that stand under each other without a blank line between: those of a column, which a paragraph fills, or lines of their own. */
#ifndef DUBAO_PAGE_LINES_H
#define DUBAO_PAGE_LINES_H

#include "page/blocks.h"

/* Parts blocks of several lines where the lines' widths say so: after a complete line that is shorter than its column; in a table whose cells are set
 * apart by spaces, each row; in verse and lists, each line. `page` is the text that the blocks are views into. */
void lines_part(PageBlocks *blocks, Str page);

/* Cells of a table's row as a sentence: commas between them, a stop after them. Empty ones are left out. In the blocks' arena. */
Str lines_row(PageBlocks *blocks, const Str *cells, size_t count);

#endif
