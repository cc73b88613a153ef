/* The first cut of a page: its lines become headings, paragraphs and silent lines, in a list. What they are in the
 * newspaper is decided later, on the list (evidence.h, headings.h). */
#ifndef DUBAO_PAGE_BLOCKS_H
#define DUBAO_PAGE_BLOCKS_H

#include "page/rules.h"

typedef enum BlockKind {
    KIND_TEXT,
    KIND_HEADING,
    KIND_SILENT /* stands on the page and is no text: a rule, a comment, a picture */
} BlockKind;

typedef enum BlockMark { /* what a block says of itself, by its words */
    MARKED_NOTHING,
    MARKED_DATELINE, /* a body paragraph that begins an article */
    MARKED_BYLINE,
    MARKED_CREDIT,
    MARKED_FROM,     /* (上接第1版) */
    MARKED_TO        /* (下转第3版) */
} BlockMark;

enum {
    LEVEL_HEADLINE = 1, /* "#": always an article */
    LEVEL_PLAIN = 2,    /* a short line on a page without any "#": an article or a part of one */
    LEVEL_BOLD = 7      /* a paragraph that is one short bold line: weaker than the six levels of "#" */
};

typedef struct PageBlock {
    struct PageBlock *next, *previous;
    Str source;        /* the lines as they stand on the page, the first one's markers left out */
    Str text;          /* joined, without markup (blocks_read_text) */
    Str note;
    int line;          /* of its first line */
    uint16_t chars;    /* of the text, counted up to CHARS_MANY */
    uint8_t kind;      /* BlockKind */
    uint8_t level;     /* 1-6 as "#" count, LEVEL_BOLD */
    uint8_t mark;      /* BlockMark */
    uint8_t role;      /* Role, ROLE_BODY until something better is known */
    uint8_t blank_lines; /* before it, counted up to 255 */
    bool item : 1;     /* a list item or a table row: complete though it may end without a stop */
    bool quoted : 1;   /* its lines begin with ">" */
    bool several : 1;  /* it has more than one line */
    bool bold : 1;
    bool apart : 1;    /* a line of its own among others (verse, a list): never joined with the next */
    bool row : 1;      /* of a table drawn with "|" or box signs */
    bool cry : 1;      /* a question or a cry that is a headline by what stands around it */
    bool cut : 1;      /* the short beginning of a paragraph that goes on behind a picture story: no kicker of it */
    bool tail : 1;     /* the last line of a text, however short: nothing of the headline below */
    bool label : 1;    /* a heading that is a label over what follows (栏题), by its words or brackets */
    bool signature : 1; /* ends with a name in brackets after the last stop */
    bool furniture : 1; /* silent by a row of page.tsv */
    bool opens : 1;    /* a headline: an article begins with it or with what stands over it */
} PageBlock;

enum {
    CHARS_MANY = 400,
    COLUMN_CHARS_LEAST = 10 /* no column is narrower: a shorter line that is balanced is no piece of a paragraph */
};

typedef struct PageBlocks {
    Arena *scratch;          /* the list; as long as the page is being split */
    Arena *arena;            /* text that outlives it: the edition's */
    const PageRules *rules;
    PageBlock *first, *last;
    Str window;              /* of an HTML page: the name of its window */
    Str nameplate;           /* of an HTML page: a line with the paper's name or date that stands around its articles */
    uint8_t nameplate_level; /* of the strongest heading that is a nameplate (nameplate.h); 0: none */
    bool marked_up;          /* the page itself says where a paragraph ends (HTML, a feed): only a long piece can have been cut by a column */
} PageBlocks;

/* Cuts the page into blocks. Every line that is not blank is in one block. */
void blocks_scan(PageBlocks *blocks, Str text);
/* A new block after `where` (NULL: at the end), with its line; all else zero. */
PageBlock *blocks_insert(PageBlocks *blocks, PageBlock *where, int line);
void blocks_unlink(PageBlocks *blocks, PageBlock *block);
/* Takes the block out of its place and puts it after `where`. */
void blocks_move_after(PageBlocks *blocks, PageBlock *where, PageBlock *block);

/* Neighbours of a block that are not silent. */
PageBlock *block_next(const PageBlock *block);
PageBlock *block_previous(const PageBlock *block);

#endif
