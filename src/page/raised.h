/* What stands raised or lowered in HTML, <sup> and <sub>, as text: a figure in the characters that Unicode has for it (The Unicode Standard,
 * Superscripts and Subscripts, U+2070-209F), so that 10<sup>8</sup> is no 108. */
#ifndef DUBAO_PAGE_RAISED_H
#define DUBAO_PAGE_RAISED_H

#include "base/str.h"

/* Whether `text`, raised behind `before`, points to a footnote: [2], ①, *; or a figure behind the end of a clause. */
bool raised_is_mark(Str before, Str text);
/* Whether all of `text`, raised or lowered behind `before`, are digits and signs; or n, raised behind a letter, a figure or a bracket. */
bool raised_is_figure(Str before, Str text);
/* The raised (lowered) form of the first character of a figure, which it takes from *text. */
Str raised_next(Str *text, bool lowered);

#endif
