#include "commands/console.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <utf8proc.h>

#include "base/message.h"
#include "base/utf8.h"

enum { REDRAW_MS = 150 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

Console console_start(bool quiet)
{
    const char *terminal = getenv("TERM");
    bool dumb = terminal && strcmp(terminal, "dumb") == 0;
    return (Console){ .progress = !quiet && !dumb && isatty(STDERR_FILENO), .started_ms = now_ms() };
}

static void warn(void *context, const char *text)
{
    console_say(context, "%s", text);
}

void console_attach(Console *console)
{
    console->report = (Report){ warn, console };
}

void console_clear(Console *console)
{
    if (console->line_open) fputs("\r\033[K", stderr);
    console->line_open = false;
}

/* In bytes, because a name need not be UTF-8: C0, DEL, and C1, which is C2 80 to C2 9F in UTF-8. */
void console_complain(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++) {
        if (*c < 0x20 || *c == 0x7F) *c = '?';
        else if (*c == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0) c[0] = c[1] = '?';
    }
    fprintf(stderr, "dubao: %s\n", text);
}

void console_say(Console *console, const char *format, ...)
{
    static const char ELLIPSIS[] = "\xE2\x80\xA6";
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (wanted >= (int)sizeof text) strcpy(text + utf8_whole(text, sizeof text - sizeof ELLIPSIS), ELLIPSIS);
    console_clear(console);
    if (console->divert.warn) console->divert.warn(console->divert.context, text);
    else console_complain(text);
}

static int terminal_columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

int console_columns(Str text)
{
    uint32_t code;
    int columns = 0;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) columns += utf8proc_charwidth((utf8proc_int32_t)code);
    return columns;
}

/* As much of the text as fits into `columns`; Chinese characters take two, control characters are left out. */
static void print_clipped(Str text, int columns)
{
    uint32_t code;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) {
        int width = utf8proc_charwidth((utf8proc_int32_t)code);
        if (code < 0x20 || code == 0x7F) continue;
        if ((columns -= width) < 0) return;
        fwrite(text.s, 1, n, stderr);
    }
}

void console_progress(Console *console, Str article, int sentence, uint64_t done, uint64_t all)
{
    int64_t now = now_ms();
    if (!console->progress || now - console->shown_ms < REDRAW_MS || all == 0) return;
    console->shown_ms = now;
    double part = (double)done / (double)all, spent = (double)(now - console->started_ms) / 1000;
    char head[96];
    int left = part > 0.01 ? (int)(spent / part - spent + 0.5) : 0;
    snprintf(head, sizeof head, _("%3d %%  %d:%02d left  sentence %d  "), (int)(part * 100), left / 60, left % 60, sentence);
    console_clear(console);
    fputs(head, stderr);
    print_clipped(article, terminal_columns() - console_columns(str_from(head)) - 1);
    fflush(stderr);
    console->line_open = true;
}

/* Those that would end the program; one that is ignored (nohup) stays ignored. */
static void signal_set(sigset_t *set)
{
    static const int ENDING[] = { SIGINT, SIGTERM, SIGHUP };
    sigemptyset(set);
    for (size_t i = 0; i < sizeof ENDING / sizeof *ENDING; i++) {
        struct sigaction now;
        if (sigaction(ENDING[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN) sigaddset(set, ENDING[i]);
    }
}

void console_hold_signals(void)
{
    sigset_t set;
    signal_set(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool console_interrupted(void)
{
    sigset_t pending, ending, both;
    signal_set(&ending);
    sigpending(&pending);
    sigandset(&both, &pending, &ending);
    return !sigisemptyset(&both);
}

static void suspend_set(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTSTP);
}

void console_hold_suspend(void)
{
    sigset_t set;
    suspend_set(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool console_suspended(void)
{
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGTSTP) == 1;
}

void console_suspend(void)
{
    sigset_t set;
    suspend_set(&set);
    sigprocmask(SIG_UNBLOCK, &set, NULL); /* it waits, so it comes now */
    sigprocmask(SIG_BLOCK, &set, NULL);
}

int console_signals_fd(void)
{
    sigset_t set;
    signal_set(&set);
    sigaddset(&set, SIGTSTP);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
