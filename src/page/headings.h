/* Which headings open an article, and what the other headings and the short lines around them are. */
#ifndef DUBAO_PAGE_HEADINGS_H
#define DUBAO_PAGE_HEADINGS_H

#include "page/blocks.h"

/* On a page without any heading sign, short lines between paragraphs become headings. Does nothing on other pages. */
void headings_find_plain(PageBlocks *blocks);
/* Gives each heading and each kicker and subtitle its role, and sets `opens` where an article begins. */
void headings_decide(PageBlocks *blocks);

#endif
