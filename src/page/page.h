/* bytes -> page: a file becomes an Edition of articles and blocks, everything in the edition's arena. */
#ifndef DUBAO_PAGE_PAGE_H
#define DUBAO_PAGE_PAGE_H

#include "base/error.h"
#include "base/report.h"
#include "edition.h"

/* The words by which the parts of a newspaper page are known (voices/mandarin/page.tsv). Read-only once made, so one serves all pages. */
typedef struct PageRules PageRules;

PageRules *page_rules_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void page_rules_destroy(PageRules *rules);

/* Reads the page at `path` ("-": standard input) into a zeroed `edition`. STATUS_NO_INPUT without such a file,
 * STATUS_DATA when its bytes are no text. A page without a word gives no articles and is no error here. Call
 * edition_finish in either case. */
int page_read(Edition *edition, const PageRules *rules, const char *path, const Report *report, Error *error);

/* The same from bytes in memory, which outlive the edition; `name` is what the page is called. */
int page_read_bytes(Edition *edition, const PageRules *rules, Str name, Str bytes, const Report *report, Error *error);

/* The same from text in memory, valid UTF-8 with "\n" line ends that outlives the edition; cannot fail. */
void page_split(Edition *edition, const PageRules *rules, Str text);

#endif
