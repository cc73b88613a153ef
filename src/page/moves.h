/* Paragraphs that scanning left under the wrong article go to the one they belong to. */
#ifndef DUBAO_PAGE_MOVES_H
#define DUBAO_PAGE_MOVES_H

#include "page/blocks.h"

/* An article while the page is being split: its blocks run from `first` to the next article's first. */
typedef struct PageArticle {
    PageBlock *first;
    Note *notes, **notes_tail;
} PageArticle;

/* Where article `i` ends: the first block of the next one; NULL after the last. */
PageBlock *article_limit(const PageArticle *articles, size_t count, size_t i);
/* What article `i` will be called: "04". */
Str article_number(const PageBlocks *blocks, size_t i, int width);
void article_note(PageBlocks *blocks, PageArticle *article, Str text);
/* A note on both articles: paragraphs, of which `text` is the first, went from one to the other. */
void article_note_move(PageBlocks *blocks, PageArticle *articles, int width, size_t from, size_t to, size_t paragraphs, Str text);

/* Moves paragraphs, one to three in a row, when words of theirs stand nowhere on the page but in one other article, again and again and in its
 * head or its first paragraph, while next to nothing binds them to the article where they stand. Both articles get a note; where the
 * evidence is not enough, nothing is moved and the article gets a note. `width` is that of the articles' numbers.
 * Pages of more than MOVES_CHARACTERS_MOST are books, not newspapers: nothing is looked for in them. */
void moves_make(PageBlocks *blocks, PageArticle *articles, size_t count, int width);

enum { MOVES_CHARACTERS_MOST = 400000, MOVES_ARTICLES_MOST = 2000 };

#endif
