/* bytes -> page: a file becomes an Edition of articles and blocks, everything in the edition's arena. */
#ifndef DUBAO_PAGE_PAGE_H
#define DUBAO_PAGE_PAGE_H

#include "base/error.h"
#include "base/report.h"
#include "edition.h"

/* Reads the page at `path` ("-": standard input) into a zeroed `edition`. STATUS_NO_INPUT without such a file,
 * STATUS_DATA when its bytes are no text. A page without a word gives no articles and is no error here. Call
 * edition_finish in either case. */
int page_read(Edition *edition, const char *path, const Report *report, Error *error);

/* The same from text in memory, valid UTF-8 that outlives the edition; cannot fail. */
void page_split(Edition *edition, Str text);

#endif
