/* --tui, for those who see: title, progress, the sentence among its neighbours, on the whole screen. tui.c is the one file that includes the
 * header of curses. */
#ifndef DUBAO_COMMANDS_PLAY_TUI_H
#define DUBAO_COMMANDS_PLAY_TUI_H

#include "commands/play/session.h"
#include "player/guard.h"

typedef struct Tui Tui;

/* Before a key is read, which then finds the terminal as the screen left it; the guard (may be NULL) is told how to leave the screen. STATUS_USAGE
 * without a terminal that can show one. */
int  tui_open(Tui **tui, Console *console, Guard *guard, Error *error);
Show tui_show(Tui *tui);
/* After the keyboard was given back; the terminal is as it was found. NULL is fine. */
void tui_close(Tui *tui);

#endif
