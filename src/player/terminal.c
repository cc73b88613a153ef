#include "player/terminal.h"

#include <unistd.h>

enum { ESCAPE = '\033' };

void terminal_start(Terminal *terminal, int fd)
{
    *terminal = (Terminal){ .fd = fd >= 0 && isatty(fd) ? fd : -1 };
    terminal->guard = guard_create(terminal->fd);
}

/* Who is in the background would be halted by the system for touching the terminal. */
static bool in_foreground(const Terminal *terminal)
{
    return terminal->fd >= 0 && tcgetpgrp(terminal->fd) == getpgrp();
}

bool terminal_take(Terminal *terminal)
{
    if (!in_foreground(terminal)) {
        terminal->taken = false; /* whoever has it now sets it as he likes */
        guard_given_back(terminal->guard);
        return false;
    }
    if (terminal->taken || terminal->line) return true;
    if (tcgetattr(terminal->fd, &terminal->found) < 0) return false;
    struct termios keys = terminal->found;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    keys.c_iflag &= ~(tcflag_t)IXON; /* Ctrl-S, so near to s, would halt the words and then the sound */
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    keys.c_cc[VQUIT] = _POSIX_VDISABLE; /* Ctrl-\ would end it without a word */
    terminal->taken = tcsetattr(terminal->fd, TCSANOW, &keys) == 0;
    if (terminal->taken) guard_taken(terminal->guard, &keys);
    return terminal->taken;
}

void terminal_give_back(Terminal *terminal)
{
    if (terminal->taken && in_foreground(terminal)) tcsetattr(terminal->fd, TCSADRAIN, &terminal->found);
    terminal->taken = terminal->line = false;
    guard_given_back(terminal->guard);
}

void terminal_finish(Terminal *terminal)
{
    terminal_give_back(terminal);
    guard_destroy(terminal->guard);
    *terminal = (Terminal){ .fd = -1 };
}

void terminal_begin_line(Terminal *terminal)
{
    if (!terminal_take(terminal)) return;
    struct termios line = terminal->found; /* which may be what a screen made of it */
    line.c_lflag |= ICANON | ECHO | ECHOE | ECHOK;
    line.c_iflag |= ICRNL | IUTF8; /* Backspace takes a character, not a byte of it */
    line.c_oflag |= OPOST | ONLCR;
    line.c_cc[VQUIT] = _POSIX_VDISABLE;
    line.c_cc[VEOL] = ESCAPE; /* ends the line at once, as Enter does */
    terminal->line = tcsetattr(terminal->fd, TCSANOW, &line) == 0;
    if (terminal->line) guard_taken(terminal->guard, &line);
}

void terminal_end_line(Terminal *terminal)
{
    struct termios found = terminal->found;
    if (!terminal->line) return;
    terminal->line = terminal->taken = false;
    if (terminal_take(terminal)) terminal->found = found; /* not the line's */
}
