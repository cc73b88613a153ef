/* PAGE arguments: a file, a folder (every page in it, in name order) or "-". */
#ifndef DUBAO_COMMANDS_PAGES_H
#define DUBAO_COMMANDS_PAGES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct Pages {
    Str *paths; /* in the arena, each followed by a NUL */
    size_t count;
} Pages;

/* To be called before console_hold_signals: "-" waits for the whole of standard input. STATUS_NO_INPUT, before any work is done, for
 * a folder without pages and for the only page, when it is missing; one of several is found missing where it is read. */
int pages_find(Pages *pages, Arena *arena, char **arguments, int count, Error *error);

#endif
