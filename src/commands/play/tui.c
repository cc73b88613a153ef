#include "commands/play/tui.h"

#include <curses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"

/* Of the head, as much as leaves room for sentences. */
enum { ROWS_FOR_ALL = 14, ROWS_FOR_STATE = 8, ROWS_FOR_TITLE = 4, COLUMNS_LEAST = 8, MARK_COLUMNS = 2, LIST_TICKS = 150 /* half a minute */ };

struct Tui {
    SCREEN *screen;
    Console *console;
    char note[8192];   /* lines that were said since the last key */
    int note_ticks;    /* for how long they have been shown */
    char aside[1024];  /* what the player says itself; empty while the page is heard */
    bool asked;        /* a line is being typed: the screen stays as it is */
};

/* ---- drawing ---- */

static int room_columns(void)
{
    return getmaxx(stdscr);
}

/* A text from `row` on, broken at the screen's edge, where a Chinese character takes two columns. Below `rows` nothing is drawn; with `rows` 0
 * nothing at all. Returns the row behind it. */
static int draw_text(int row, int rows, int margin, Str text, int attributes)
{
    int column = margin;
    attrset(attributes);
    for (Str rest = text; rest.n > 0;) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        int columns = console_columns(character);
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || columns < 0) continue;
        if (column + columns > room_columns() && column > margin) {
            column = margin;
            row++;
        }
        if (row < rows) mvaddnstr(row, column, character.s, (int)character.n);
        column += columns;
    }
    attrset(A_NORMAL);
    return row + 1;
}

static void draw_bar(int row, Session *session)
{
    double all = (double)session->outline.bytes, done = (double)outline_bytes_before(&session->outline, session->now);
    int columns = room_columns(), full = all > 0 ? (int)(done / all * columns) : 0;
    for (int column = 0; column < columns; column++) mvaddch(row, column, column < full ? '#' : '-');
}

static void draw_state(int row, Session *session)
{
    char text[256];
    double at = session_position_s(session), all = session_article_s(session);
    const char *state = session->paused || session->pause_after_aside ? _("paused") : _("playing");
    snprintf(text, sizeof text, _("%s  |  %d:%02d of %d:%02d  |  %.0f %%  |  %.*s"), state, (int)at / 60, (int)at % 60, (int)all / 60, (int)all % 60,
             session->rate * 100, STR_ARG(session->voice));
    draw_text(row, row + 1, 0, str_from(text), A_NORMAL);
}

/* Title, place, progress, state. Returns the row behind them. */
static int draw_head(int rows, Session *session)
{
    char place[128];
    int row = 0;
    if (rows >= ROWS_FOR_TITLE) draw_text(row++, 1, 0, article_name(session_article(session)), A_BOLD | A_REVERSE);
    if (rows >= ROWS_FOR_ALL) {
        snprintf(place, sizeof place, _("article %zu of %zu, sentence %zu"), session->now.article + 1, session->outline.count, session->now.sentence + 1);
        draw_text(row, row + 1, 0, str_from(place), A_NORMAL);
        draw_bar(row + 1, session);
        row += 2;
    }
    if (rows >= ROWS_FOR_STATE) draw_state(row++, session);
    return rows >= ROWS_FOR_ALL ? row + 1 : row;
}

/* The sentence between the one before it and those that follow, as far as there is room; `gap` rows between them. */
static void draw_sentences(const Tui *tui, Session *session, int row, int rows)
{
    Position before = session->now, next = session->now;
    const OutlineSentence *entry = outline_at(&session->outline, next);
    int gap = rows >= ROWS_FOR_ALL ? 1 : 0;
    Str text = *tui->aside ? str_from(tui->aside) : entry ? entry->text : (Str){ 0 };
    if (before.sentence > 0 && rows >= ROWS_FOR_STATE) {
        before.sentence--;
        int behind = draw_text(row, row + (rows - row) / 3, MARK_COLUMNS, outline_at(&session->outline, before)->text, A_DIM);
        row = gap + (behind < row + (rows - row) / 3 ? behind : row + (rows - row) / 3);
    }
    if (row < rows) mvaddstr(row, 0, ">");
    row = gap + draw_text(row, rows, MARK_COLUMNS, text, *tui->aside ? A_BOLD | A_REVERSE : A_BOLD);
    while (row < rows && outline_forward(&session->outline, &next))
        row = gap + draw_text(row, rows, MARK_COLUMNS, outline_at(&session->outline, next)->text, A_NORMAL);
}

/* What was said stands at the bottom, over the sentences; of a list too long for the screen its beginning, and its last line, which may be a
 * question. The cursor stays behind it, where an answer is typed. */
static void draw_note(const Tui *tui, int rows)
{
    Str rest = str_from(tui->note), last = { 0 };
    int wanted = 0;
    while (rest.n > 0) wanted += draw_text(0, 0, 0, last = str_split(&rest, '\n'), A_NORMAL);
    int row = wanted < rows ? rows - wanted : 0, last_row = rows - draw_text(0, 0, 0, last, A_NORMAL);
    move(row, 0);
    if (wanted > 0) clrtobot();
    for (rest = str_from(tui->note); rest.n > 0 && row < last_row;) row = draw_text(row, last_row, 0, str_split(&rest, '\n'), A_NORMAL);
    draw_text(last_row > 0 ? last_row : 0, rows, 0, last, A_NORMAL);
}

static void fit(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 && is_term_resized(size.ws_row, size.ws_col))
        resizeterm(size.ws_row, size.ws_col);
}

static void draw(Tui *tui, Session *session)
{
    if (tcgetpgrp(STDOUT_FILENO) != getpgrp() || session->now.article >= session->outline.count) return; /* in the background the screen is not ours */
    fit();
    int rows = getmaxy(stdscr);
    erase();
    if (room_columns() >= COLUMNS_LEAST) draw_sentences(tui, session, draw_head(rows, session), rows - 1);
    draw_note(tui, rows);
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

static void asked(void *context)
{
    Tui *tui = context;
    tui->note[0] = '\0';
}

static void say(void *context, const char *text)
{
    Tui *tui = context;
    size_t n = strlen(tui->note);
    tui->note_ticks = 0;
    if (n > 0 && n + 1 < sizeof tui->note) tui->note[n++] = '\n';
    keep(tui->note + n, sizeof tui->note - n, str_from(text));
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
    if (++tui->note_ticks > LIST_TICKS && strchr(tui->note, '\n')) tui->note[0] = '\0'; /* it hides the sentences */
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
    return (Show){ .sentence = sentence, .say = say, .changed = changed, .tick = tick, .asked = asked, .suspend = suspend, .context = tui };
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
    Tui *tui = memory_new(1, sizeof *tui);
    tui->console = console;
    tui->screen = newterm(NULL, stdout, stdin);
    const char *move_cursor = tui->screen ? tigetstr("cup") : NULL;
    if (!move_cursor || move_cursor == (char *)-1) {
        if (tui->screen) {
            endwin();
            delscreen(tui->screen);
        }
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
