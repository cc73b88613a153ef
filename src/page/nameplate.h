/* 报头: the lines that say which paper a page is of, its date, its number, who edited it. They stand on every page and belong to no article. */
#ifndef DUBAO_PAGE_NAMEPLATE_H
#define DUBAO_PAGE_NAMEPLATE_H

#include "page/blocks.h"

typedef enum NameplateLine {
    NAMEPLATE_NONE,
    NAMEPLATE_BESIDE, /* all of it may stand in a nameplate and elsewhere: the weather, a Latin name, who publishes it */
    NAMEPLATE_NAME,   /* a paper's name and nothing else */
    NAMEPLATE_LINE,   /* a date, a page's number, an issue's, with what may stand beside them */
    NAMEPLATE_WHOLE   /* and with the paper's name */
} NameplateLine;

/* Judges a line by its parts: each has to be known (the rows nameplate, beside and desk of page.tsv, and papers.tsv), but for one short one beside two sure
 * ones (a page's own name: A03版 民生周刊 2026年11月26日). */
NameplateLine nameplate_line(const PageRules *rules, Str text);

/* What `inspect` says of a line that is left out for being one. */
extern const char NAMEPLATE_NOTE[];

/* After evidence_gather, which has silenced the lines that are sure wherever they stand: silences what stands beside those at the head of the page, and the
 * headings that are a nameplate; the strongest of their levels goes to blocks->nameplate_level. */
void nameplate_find(PageBlocks *blocks);

#endif
