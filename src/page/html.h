/* HTML -> pieces of text, one a block-level element, with what the markup says of each. libxml2 reads the markup, event by event, so
 * that neither depth nor length costs more than the text itself. */
#ifndef DUBAO_PAGE_HTML_H
#define DUBAO_PAGE_HTML_H

#include "page/blocks.h"

typedef enum HtmlHint { /* what classes, ids and comments of the page say; the rows html-... of page.tsv */
    HINT_NONE,
    HINT_KICKER,
    HINT_TITLE,
    HINT_SUBTITLE,
    HINT_BYLINE,
    HINT_DATE,
    HINT_WINDOW  /* <title>: the name of the window */
} HtmlHint;

typedef struct HtmlPiece {
    struct HtmlPiece *next;
    Str text;            /* in the page's arena; white space as a person sees it */
    int line;
    size_t chars, linked, bold; /* characters; those of them in links; in bold */
    uint32_t table, row, cell;  /* numbers on the page; 0: in none. Rows of inner tables count, too */
    uint32_t box, around;       /* the element that holds it with others (div, section); the one that holds its list or table. 0: the page itself */
    uint8_t hint;        /* HtmlHint */
    uint8_t level;       /* 1-6 of a heading, else 0 */
    bool skipped : 1;    /* in navigation, a form, something hidden */
    bool body : 1;       /* inside what the page calls its text */
    bool item : 1;       /* of a list */
    bool beside : 1;     /* of a list or table that stands beside text, see html_choice.c */
    bool caption : 1;    /* of a picture */
    bool paragraph : 1;  /* the page calls it a paragraph */
    bool ruby : 1;       /* a reading stood over some of its characters */
    bool marks : 1;      /* footnotes' marks stood in it */
} HtmlPiece;

typedef struct HtmlPieces {
    HtmlPiece *first, *last;
    size_t count;
    uint32_t boxes;      /* numbered from 1 on */
} HtmlPieces;

/* Whether the text is HTML: it says so at its beginning. A Markdown page may hold a tag anywhere. */
bool html_is(Str text);
/* The pieces of a page or of a fragment, in their order; `line` is that of its first line. Never fails: any text is HTML of a sort. */
HtmlPieces html_read(PageBlocks *blocks, Str text, int line);

/* Chooses among the pieces and makes blocks of them: what belongs to an article, and silent ones of what stands around it. `whole`: a page with
 * navigation around its text; false for a fragment that is all text, as in a feed, whose headings are parts of an article. */
void html_blocks(PageBlocks *blocks, HtmlPieces pieces, bool whole);

#endif
