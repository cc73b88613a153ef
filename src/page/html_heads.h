/* The part of html_choose that finds what stands around the text, when the text is found. */
#ifndef DUBAO_PAGE_HTML_HEADS_H
#define DUBAO_PAGE_HTML_HEADS_H

#include "page/html_choice.h"

enum { TEXT_CHARS_LEAST = 30, LINE_CHARS_LEAST = 10 };

/* Gives headings and the lines around them their fates; answers as html_choose. */
const HtmlPiece *html_choose_heads(Choice *choice, bool whole, Str *title);
/* Whether the page has headings of its own. */
bool html_has_headings(const Choice *choice);

#endif
