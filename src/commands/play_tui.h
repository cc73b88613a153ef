/* --tui, for those who see: title, progress, the sentence among its neighbours, on the whole screen. play_tui.c is the one file that includes the
 * header of curses. */
#ifndef DUBAO_COMMANDS_PLAY_TUI_H
#define DUBAO_COMMANDS_PLAY_TUI_H

#include "commands/play_session.h"

typedef struct Tui Tui;

/* Before the keyboard is taken (input_start), which then finds the terminal as the screen left it. STATUS_USAGE without a terminal that can do it. */
int  tui_open(Tui **tui, Console *console, Error *error);
Show tui_show(Tui *tui);
/* After the keyboard was given back; the terminal is as it was found. NULL is fine. */
void tui_close(Tui *tui);

#endif
