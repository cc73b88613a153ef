/* The display that a screen reader and a braille line can follow: plain lines, one as each sentence begins, nothing drawn twice. */
#ifndef DUBAO_COMMANDS_PLAY_LINES_H
#define DUBAO_COMMANDS_PLAY_LINES_H

#include <stdio.h>

#include "commands/play_session.h"

typedef struct Lines {
    FILE *out;       /* NULL: no terminal, nothing is shown */
    bool sentences;  /* not with --quiet */
} Lines;

Show lines_show(Lines *lines, bool quiet);

#endif
