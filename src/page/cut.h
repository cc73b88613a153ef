/* Whether a paragraph goes on where another one breaks off: evidence for joining what does not stand in a row. */
#ifndef DUBAO_PAGE_CUT_H
#define DUBAO_PAGE_CUT_H

#include "page/blocks.h"

/* The words of a page as a set of their hashes; {0} is a set that knows nothing. */
typedef struct CutWords {
    uint64_t *bits;
    size_t mask;
} CutWords;

/* Every two and three Chinese characters in a row. Pages that are books are not looked through: the set stays empty. */
CutWords cut_words(const PageBlocks *blocks);
void cut_words_finish(CutWords *words); /* of a set that knows nothing, too */

/* Points for `after` going on where `before` breaks off: a word that the page has elsewhere and the cut parted, a quote that is closed, a figure, a
 * character that begins no paragraph. Below 0: it begins something of its own. */
int cut_points(const PageRules *rules, const CutWords *words, Str before, Str after);

/* Whether `after` begins as no paragraph does, and goes on where `before` breaks off: a comma, the end of a quote that is open there. */
bool cut_is_plain(const PageRules *rules, Str before, Str after);

#endif
