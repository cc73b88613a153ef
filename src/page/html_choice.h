/* Which pieces of an HTML page are its articles, and what each is there. */
#ifndef DUBAO_PAGE_HTML_CHOICE_H
#define DUBAO_PAGE_HTML_CHOICE_H

#include "page/html.h"

/* What is to become of a piece. FATE_SIGNED: silent but for the author's name at its end. */
typedef enum Fate { FATE_SILENT, FATE_TEXT, FATE_HEADING, FATE_KICKER, FATE_SUBTITLE, FATE_BYLINE, FATE_SIGNED } Fate;

typedef struct Choice {
    HtmlPiece **pieces;
    uint8_t *fates; /* Fate of each, FATE_SILENT at first */
    size_t count;
    bool kickers;    /* the page's headlines have short lines above them */
    bool *holds_text; /* for each box of the page: whether text of an article stands right in it */
    const PageRules *rules;
} Choice;

/* Decides on all pieces; `whole` as for html_blocks. Returns the piece that holds the window's title and what of it is the page's headline, where no other
 * piece is; else NULL. */
const HtmlPiece *html_choose(Choice *choice, bool whole, Str *title);

/* Whether piece i is the last line of the text above it, and no kicker of the headline below, however short. */
bool html_is_tail(const Choice *choice, size_t i);
/* As Markdown counts it: 1 for a headline by its class, else that of its element. */
int html_level(const HtmlPiece *piece);
/* Where the author's name begins that ends the line (青川日报 2024年5月22日 本报记者 姜维平); text.n without. */
size_t html_author_at(const PageRules *rules, Str text);

#endif
