/* PAGE arguments: a file, a folder (every page in it, in name order) or "-". */
#ifndef DUBAO_COMMANDS_PAGES_H
#define DUBAO_COMMANDS_PAGES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct Page {
    Str path;   /* in the arena, followed by a NUL */
    bool piped; /* it is a pipe, which can be read only once: `bytes` is what came through it */
    Str bytes;  /* in the arena */
} Page;

typedef struct Pages {
    Page *pages;
    size_t count;
} Pages;

/* To be called before console_hold_signals: "-" waits for the whole of standard input, and a pipe for its writer. STATUS_NO_INPUT, before any work is
 * done, for a folder without pages and for the only page, when it is missing; one of several is found missing where it is read. */
int pages_find(Pages *pages, Arena *arena, char **arguments, int count, Error *error);

#endif
