/* The display that a screen reader and a braille line can follow: plain lines, one as each sentence begins, nothing drawn twice. */
#ifndef DUBAO_COMMANDS_PLAY_LINES_H
#define DUBAO_COMMANDS_PLAY_LINES_H

#include <stdio.h>

#include "commands/play/session.h"

typedef struct Lines {
    FILE *out;       /* a terminal if there is one, else standard output; NULL: nothing is shown */
    bool sentences;  /* not with --quiet */
} Lines;

/* `sound_file`: what the driver writes, or NULL; no word goes into it. */
Show lines_show(Lines *lines, const char *sound_file, bool quiet);

#endif
