/* The person at the keyboard: warnings and one progress line, on standard error. Commands say what happened; how it is
 * shown is decided here. */
#ifndef DUBAO_COMMANDS_CONSOLE_H
#define DUBAO_COMMANDS_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/report.h"
#include "base/str.h"

typedef struct Console {
    Report report;      /* hand this to the stages */
    Report divert;      /* who shows what is said instead of standard error; empty: nobody */
    bool progress;      /* a terminal, and not --quiet */
    bool line_open;     /* a progress line stands there and must be cleared first */
    int64_t started_ms, shown_ms;
} Console;

Console console_start(bool quiet);
/* Must be called once the console has its place in memory. */
void console_attach(Console *console);
/* A line of its own: "dubao: ...". Control characters, which the name of a file may hold, become '?' in `text`. */
void console_complain(char *text);
/* The same; what is longer than 1 KB is cut and ends in an ellipsis. */
void console_say(Console *console, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Shows how far the work is, at most some times a second; `done` of `all` in whatever unit. */
void console_progress(Console *console, Str article, int sentence, uint64_t done, uint64_t all);
void console_clear(Console *console);
/* Columns that a text takes on a terminal: a Chinese character takes two. */
int console_columns(Str text);

/* Whether Ctrl-C, SIGTERM or SIGHUP came. They are blocked by console_hold_signals and wait to be asked for, so that work ends between
 * two sentences and never in the middle of a file. */
void console_hold_signals(void);
bool console_interrupted(void);
/* Ctrl-Z (SIGTSTP) held too, so that a terminal can be given back before it halts the program. */
void console_hold_suspend(void);
bool console_suspended(void);
void console_suspend(void); /* halts; returns when the program is continued */
/* A descriptor that can be polled while any signal that is held waits to be asked for; never to be read. Negative when there is none. */
int console_signals_fd(void);

#endif
