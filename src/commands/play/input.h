/* Where a listener's wishes come from: the keys of a terminal, or lines on standard input. */
#ifndef DUBAO_COMMANDS_PLAY_INPUT_H
#define DUBAO_COMMANDS_PLAY_INPUT_H

#include "commands/play/session.h"
#include "player/terminal.h"

typedef struct Input {
    enum { INPUT_NONE, INPUT_KEYS, INPUT_REMOTE } kind;
    int fd, signals_fd;
    bool own_fd;        /* /dev/tty, opened here */
    bool skipping;      /* the rest of a line that is longer than any command */
    bool hung_up;       /* the terminal is gone, and nobody can end the program any more */
    Terminal terminal;
    char bytes[4096];   /* read and not yet understood */
    size_t n;
    int64_t since_ms;   /* when the last of them came */
} Input;

/* Keys come from standard input where that is a terminal; where the page came from there, from the terminal that shows the program's words. */
void input_start(Input *input, bool remote, bool stdin_is_page);
/* The terminal as it was found. */
void input_finish(Input *input);
/* Waits up to `timeout_ms` until something was asked for or a signal came, and has all of it done. */
int  input_poll(Input *input, Session *session, int timeout_ms, Error *error);
/* Whether something was asked for that input_poll would do. */
bool input_waits(Input *input);
/* Ctrl-Z: gives the terminal back, halts, and takes it again when continued. */
void input_suspend(Input *input, Session *session);

#endif
