/* The rest of a paragraph that does not stand where it breaks off: a picture story or another article's heading stands in between. */
#ifndef DUBAO_PAGE_RESTS_H
#define DUBAO_PAGE_RESTS_H

#include "page/cut.h"
#include "page/moves.h"

/* Before headlines are looked for: marks the beginning of a paragraph that is so short that it looks like the kicker of the picture story below it,
 * where text goes on behind the story. */
void rests_find_short(PageBlocks *blocks);

/* A picture's text between a paragraph and its rest, in the same article, becomes a caption, so that join_columns passes over it. */
void rests_pass_pictures(PageBlocks *blocks);

/* Looks for the rest of each article's last paragraph, where that breaks off, in the articles right after it; joins what is sure, with a note on
 * both articles, and notes what is only possible. After join_columns. */
void rests_find(PageBlocks *blocks, PageArticle *articles, size_t count, int width);

#endif
