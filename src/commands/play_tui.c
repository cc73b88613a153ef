#include "commands/play_tui.h"

#include <curses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/message.h"
#include "base/utf8.h"

enum { TITLE_ROW = 0, PLACE_ROW = 1, BAR_ROW = 2, STATE_ROW = 3, TEXT_ROW = 5, COLUMNS_LEAST = 8, ROWS_LEAST = 8 };

struct Tui {
    SCREEN *screen;
    Console *console;
    char note[1024];   /* what was said last */
    char aside[1024];  /* what the player says itself; empty while the page is heard */
    bool asked;        /* a line is being typed: the screen stays as it is */
};

/* ---- drawing ---- */

static int room_columns(void)
{
    return getmaxx(stdscr);
}

/* A text from `row` on, broken at the screen's edge, where a Chinese character takes two columns. Returns the row behind it. */
static int draw_text(int row, int rows, Str text, int attributes)
{
    int column = 0;
    attrset(attributes);
    for (Str rest = text; rest.n > 0 && row < rows;) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        int columns = console_columns(character);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || columns < 0) continue;
        if (column + columns > room_columns()) {
            column = 0;
            if (++row >= rows) break;
        }
        mvaddnstr(row, column, character.s, (int)character.n);
        column += columns;
    }
    attrset(A_NORMAL);
    return row + 1;
}

static void draw_bar(Session *session)
{
    double all = (double)session->outline.bytes, done = (double)outline_bytes_before(&session->outline, session->now);
    int columns = room_columns(), full = all > 0 ? (int)(done / all * columns) : 0;
    for (int column = 0; column < columns; column++) mvaddch(BAR_ROW, column, column < full ? '#' : '-');
}

static void draw_state(Session *session)
{
    char text[256];
    double at = session_position_s(session), all = session_article_s(session);
    const char *state = session->paused || session->pause_after_aside ? _("paused") : _("playing");
    snprintf(text, sizeof text, _("%s  |  %d:%02d of %d:%02d  |  %.0f %%  |  %.*s"), state, (int)at / 60, (int)at % 60, (int)all / 60, (int)all % 60,
             session->rate * 100, STR_ARG(session->voice));
    draw_text(STATE_ROW, STATE_ROW + 1, str_from(text), A_NORMAL);
}

/* The sentence between the one before it and those that follow, as far as there is room. */
static void draw_sentences(const Tui *tui, Session *session, int rows)
{
    Position before = session->now, next = session->now;
    const OutlineSentence *entry = outline_at(&session->outline, before);
    int row = TEXT_ROW;
    if (before.sentence > 0) {
        before.sentence--;
        row = draw_text(row, rows - 2, outline_at(&session->outline, before)->text, A_DIM) + 1;
    }
    if (*tui->aside) row = draw_text(row, rows, str_from(tui->aside), A_BOLD | A_REVERSE) + 1;
    else if (entry) row = draw_text(row, rows, outline_at(&session->outline, session->now)->text, A_BOLD) + 1;
    while (row < rows && outline_forward(&session->outline, &next)) row = draw_text(row, rows, outline_at(&session->outline, next)->text, A_NORMAL) + 1;
}

static void fit(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 && is_term_resized(size.ws_row, size.ws_col))
        resizeterm(size.ws_row, size.ws_col);
}

static void draw(Tui *tui, Session *session)
{
    char place[128];
    if (tcgetpgrp(STDOUT_FILENO) != getpgrp() || session->now.article >= session->outline.count) return; /* in the background the screen is not ours */
    fit();
    int rows = getmaxy(stdscr);
    erase();
    if (rows >= ROWS_LEAST && room_columns() >= COLUMNS_LEAST) {
        draw_text(TITLE_ROW, TITLE_ROW + 1, article_name(session_article(session)), A_BOLD | A_REVERSE);
        snprintf(place, sizeof place, _("article %zu of %zu, sentence %zu"), session->now.article + 1, session->outline.count, session->now.sentence + 1);
        draw_text(PLACE_ROW, PLACE_ROW + 1, str_from(place), A_NORMAL);
        draw_bar(session);
        draw_state(session);
        draw_sentences(tui, session, rows - 1);
    }
    draw_text(rows - 1, rows, str_from(tui->note), A_NORMAL); /* the cursor stays behind it, where an answer is typed */
    refresh();
}

/* ---- what is shown ---- */

static void keep(char *to, size_t room, Str text)
{
    size_t n = text.n < room ? text.n : utf8_whole(text.s, room - 1);
    memcpy(to, text.s, n);
    to[n] = '\0';
}

static void sentence(void *context, Session *session, const Ticket *ticket)
{
    Tui *tui = context;
    keep(tui->aside, sizeof tui->aside, ticket->aside ? ticket->text : (Str){ "", 0 });
    draw(tui, session);
}

static void say(void *context, const char *text)
{
    Tui *tui = context;
    keep(tui->note, sizeof tui->note, str_from(text));
}

static void changed(void *context, Session *session)
{
    Tui *tui = context;
    if (tui->asked) {
        clearok(stdscr, TRUE); /* what was typed stands on the screen, and curses does not know it */
        tui->note[0] = '\0';
    }
    tui->asked = false;
    draw(tui, session);
}

static void tick(void *context, Session *session)
{
    Tui *tui = context;
    if (tui->asked) return;
    draw(tui, session);
    tui->asked = session->question != ASK_NOTHING;
}

static void suspend(void *context, bool suspended)
{
    Tui *tui = context;
    if (suspended) {
        endwin();
    } else {
        clearok(stdscr, TRUE);
        refresh();
    }
    tui->asked = false;
}

Show tui_show(Tui *tui)
{
    return (Show){ .sentence = sentence, .say = say, .changed = changed, .tick = tick, .suspend = suspend, .context = tui };
}

/* ---- the screen ---- */

/* Curses would end or halt the program by itself; here signals wait to be asked for. */
static void take_signals_back(void)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    signal(SIGTTOU, SIG_IGN); /* in the background the terminal is given back too */
}

static void tell_guard(Guard *guard)
{
    char leave[128] = "";
    const char *const capabilities[] = { "sgr0", "cnorm", "rmcup" };
    for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++) {
        const char *bytes = tigetstr(capabilities[i]);
        if (bytes && bytes != (char *)-1 && strlen(leave) + strlen(bytes) < sizeof leave) strcat(leave, bytes);
    }
    guard_screen(guard, leave);
}

int tui_open(Tui **created, Console *console, Guard *guard, Error *error)
{
    const char *terminal = getenv("TERM");
    if (!isatty(STDOUT_FILENO)) return error_set(error, STATUS_USAGE, _("--tui wants a terminal"));
    Tui *tui = calloc(1, sizeof *tui);
    if (!tui) abort();
    tui->console = console;
    tui->screen = newterm(NULL, stdout, stdin);
    if (!tui->screen) {
        free(tui);
        return error_set(error, STATUS_USAGE, _("the terminal '%s' cannot show a screen; leave --tui out"), terminal ? terminal : "");
    }
    take_signals_back();
    tell_guard(guard);
    console->divert = (Report){ say, tui };
    *created = tui;
    return 0;
}

void tui_close(Tui *tui)
{
    if (!tui) return;
    tui->console->divert = (Report){ 0 };
    endwin();
    delscreen(tui->screen);
    free(tui);
}
