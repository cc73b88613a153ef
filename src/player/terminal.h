/* The terminal as a keyboard: each key at once and without echo while we have it, as it was found whenever we have not. */
#ifndef DUBAO_PLAYER_TERMINAL_H
#define DUBAO_PLAYER_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "player/guard.h"

typedef struct Terminal {
    int fd;               /* -1: there is none */
    bool taken;           /* keys come one by one, without echo */
    bool line;            /* a line is being typed: as it was found, with echo */
    struct termios found;
    Guard *guard;         /* for an end that comes unawares */
} Terminal;

/* `fd` may be -1. Does nothing to the terminal yet, but is to be called before anybody else does. */
void terminal_start(Terminal *terminal, int fd);
/* Takes the terminal if this program is in its foreground; to be called again and again, because fg and bg change that. Returns whether keys
 * may be read now. */
bool terminal_take(Terminal *terminal);
/* As it was found. */
void terminal_give_back(Terminal *terminal);
/* Every way out goes through here. */
void terminal_finish(Terminal *terminal);
/* A line that is typed with the terminal's own editing, until terminal_end_line. Esc ends it, too, and is its last character then. */
void terminal_begin_line(Terminal *terminal);
void terminal_end_line(Terminal *terminal);

#endif
