#include "commands/play/input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/message.h"
#include "commands/play/remote.h"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

void input_start(Input *input, bool remote, bool stdin_is_page)
{
    *input = (Input){ .fd = -1, .signals_fd = console_signals_fd() };
    if (remote) {
        input->kind = INPUT_REMOTE;
        input->fd = STDIN_FILENO;
        return;
    }
    bool shown = isatty(STDOUT_FILENO) || isatty(STDERR_FILENO);
    if (!stdin_is_page && isatty(STDIN_FILENO)) input->fd = STDIN_FILENO;
    else if (stdin_is_page && shown) input->fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    input->own_fd = input->fd > STDIN_FILENO;
    if (input->fd >= 0) input->kind = INPUT_KEYS;
    terminal_start(&input->terminal, input->fd);
}

void input_finish(Input *input)
{
    terminal_finish(&input->terminal);
    if (input->own_fd) close(input->fd);
    if (input->signals_fd >= 0) close(input->signals_fd);
    *input = (Input){ .fd = -1, .signals_fd = -1 };
}

void input_suspend(Input *input, Session *session)
{
    terminal_give_back(&input->terminal);
    if (session->show.suspend) session->show.suspend(session->show.context, true);
    console_suspend();
    if (session->show.suspend) session->show.suspend(session->show.context, false);
    session->fade_in_frames = session->clip_at > 0 ? FADE_FRAMES : 0;
}

/* ---- keys ---- */

static int cancelled(Session *session)
{
    session_say(session, "%s", _("cancelled"));
    return 0;
}

static int take_answer(Session *session, Question question, Str line, Error *error)
{
    long number = 0;
    if (question == ASK_SEARCH) return session_do(session, &(Request){ ACT_SEARCH, 0, line.n > 0 ? line : session->searched }, error);
    if (line.n == 0) return cancelled(session);
    if (question == ASK_ARTICLE && str_equal(line, STR("0"))) return session_do(session, &(Request){ .act = ACT_QUIT }, error); /* who has a number pad alone */
    if (!str_to_long(line, &number) || number < 1) {
        session_say(session, _("%.*s is no number"), STR_ARG(line));
        return 0;
    }
    return session_do(session, &(Request){ question == ASK_ARTICLE ? ACT_ARTICLE : ACT_GO_BOOKMARK, (double)number, { 0 } }, error);
}

/* What a cursor key or another one that begins with Esc sent behind it: it ended the line as Esc does, and is nothing else here. */
static void drop_sequence(Input *input)
{
    char name[KEY_NAME_MAX];
    size_t took = 0;
    struct pollfd polled = { .fd = input->fd, .events = POLLIN };
    input->bytes[0] = '\033';
    input->n = 1;
    while (took == 0 && poll(&polled, 1, KEY_TIMEOUT_MS) > 0) {
        ssize_t n = read(input->fd, input->bytes + input->n, sizeof input->bytes - input->n);
        if (n <= 0) break; /* the next reading tells what became of the terminal */
        input->n += (size_t)n;
        took = key_decode((Str){ input->bytes, input->n }, false, name);
    }
    if (took == 0) took = input->n;
    input->n -= took;
    memmove(input->bytes, input->bytes + took, input->n);
}

/* A line that answers a question; Esc and a line without words cancel it, but the last search is repeated. */
static int answer(Input *input, Session *session, Error *error)
{
    Question question = session->question;
    Arena arena = { 0 };
    bool escaped = input->n > 0 && memchr(input->bytes, '\033', input->n);
    Str line = str_trim(arena_str(&arena, (Str){ input->bytes, input->n }));
    session->question = ASK_NOTHING;
    input->n = 0;
    terminal_end_line(&input->terminal);
    if (escaped) {
        dprintf(input->fd, "\n"); /* Enter brings a line of its own */
        drop_sequence(input);
    }
    session->show.changed(session->show.context, session);
    int result = escaped ? cancelled(session) : take_answer(session, question, line, error);
    arena_finish(&arena);
    return result;
}

static void say_unknown(const Session *session, const char *name)
{
    Str help = keymap_key(session->keys, ACT_HELP);
    if (session->show.asked) session->show.asked(session->show.context);
    if (help.n > 0) session_say(session, _("%s does nothing; %.*s lists the keys"), _(name), STR_ARG(help));
}

static int do_keys(Input *input, Session *session, Error *error)
{
    char name[KEY_NAME_MAX], unknown[KEY_NAME_MAX] = "";
    size_t at = 0, took;
    int result = 0;
    int timeout_ms = keymap_find(session->keys, STR("escape")) != ACT_NONE ? KEY_TIMEOUT_MS : KEY_TIMEOUT_PATIENT_MS;
    while (result >= 0 && session->question == ASK_NOTHING && !session->over && !session->page_over) {
        bool whole = now_ms() - input->since_ms >= timeout_ms;
        took = key_decode((Str){ input->bytes + at, input->n - at }, whole, name);
        if (took == 0) break;
        at += took;
        Act act = keymap_find(session->keys, str_from(name));
        if (act != ACT_NONE) result = session_do(session, &(Request){ .act = act }, error);
        else strcpy(unknown, name);
    }
    if (*unknown && !session->over) say_unknown(session, unknown);
    if (session->question != ASK_NOTHING) at = input->n; /* what was typed ahead of the question is not its answer */
    memmove(input->bytes, input->bytes + at, input->n - at);
    input->n -= at;
    return result < 0 ? -1 : 0;
}

/* ---- lines ---- */

static int do_lines(Input *input, Session *session, bool ended, Error *error)
{
    Str rest = { input->bytes, input->n };
    int result = 0;
    while (result >= 0 && rest.n > 0 && !session->over && !session->page_over) {
        bool whole = memchr(rest.s, '\n', rest.n) || ended, first = !input->skipping;
        if (!whole && rest.n < sizeof input->bytes) break;
        Str line = str_split(&rest, '\n');
        input->skipping = !whole;
        if (first && whole) result = remote_line(session, line, error);
        else if (first) remote_long_line(line);
    }
    memmove(input->bytes, rest.s, rest.n);
    input->n = rest.n;
    if (ended && rest.n == 0 && session->paused) session->over = true; /* and nobody could let it go on */
    return result < 0 ? -1 : 0;
}

/* ---- both ---- */

static bool may_read(Input *input)
{
    return input->kind != INPUT_KEYS || terminal_take(&input->terminal);
}

/* When the remote ends, the page is played to its end, unless it is paused; when the terminal does, the program ends with it. Ctrl-D in a line is no end. */
static ssize_t read_some(Input *input)
{
    ssize_t n = read(input->fd, input->bytes + input->n, sizeof input->bytes - input->n);
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    if (n <= 0 && !input->terminal.line) {
        input->hung_up = input->kind == INPUT_KEYS;
        if (input->own_fd) close(input->fd);
        input->own_fd = false;
        input->fd = -1;
    }
    if (n > 0) {
        input->n += (size_t)n;
        input->since_ms = now_ms();
    }
    return n;
}

bool input_waits(Input *input)
{
    struct pollfd polled = { .fd = may_read(input) ? input->fd : -1, .events = POLLIN };
    return poll(&polled, 1, 0) > 0;
}

int input_poll(Input *input, Session *session, int timeout_ms, Error *error)
{
    if (input->kind == INPUT_KEYS && session->question != ASK_NOTHING && !input->terminal.line) terminal_begin_line(&input->terminal);
    bool line = input->terminal.line, came = false;
    /* In the background no key is ours; but that the terminal is gone is told there too. */
    struct pollfd polled[] = { { .fd = input->n < sizeof input->bytes ? input->fd : -1, .events = may_read(input) ? POLLIN : 0 },
                               { .fd = input->signals_fd, .events = POLLIN } };
    if (input->n > 0 && timeout_ms > KEY_TIMEOUT_MS) timeout_ms = KEY_TIMEOUT_MS;
    if (poll(polled, 2, timeout_ms) > 0 && polled[0].revents) {
        read_some(input);
        came = true;
    }
    if (line) return came ? answer(input, session, error) : 0;
    if (input->kind == INPUT_REMOTE) return do_lines(input, session, input->fd < 0, error);
    return input->n > 0 ? do_keys(input, session, error) : 0;
}
