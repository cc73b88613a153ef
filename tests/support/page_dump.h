/* A page's split as lines that a person can read and compare: tests/golden/NAME.page. */
#ifndef DUBAO_TESTS_PAGE_DUMP_H
#define DUBAO_TESTS_PAGE_DUMP_H

#include "edition.h"

/* article ID [continued from PAGE]
 * ROLE<TAB>LINE<TAB>TEXT[<TAB>NOTE]     "-" before the role of a block that is not read */
Str page_dump(Arena *arena, const Edition *edition);

#endif
