/* Full-width commas within figures: “1，234人”. */
#ifndef DUBAO_TEXT_THOUSANDS_H
#define DUBAO_TEXT_THOUSANDS_H

#include "text/words.h"

/* Folds each full-width comma that parts thousands, so that rules see one figure. A clause can end in a figure, too: where there is but one comma, no nought
 * behind it, and a word of `before` ends before the figure or one of `behind` begins at the three figures, it is a mark (得到30，100米). */
void thousands_fold(Chars *chars, const WordList *before, const WordList *behind);

#endif
