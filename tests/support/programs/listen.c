/* A listener for the tests of `dubao play`: a real pseudo-terminal with keys typed at given times, and a loudspeaker that plays what comes through a
 * named pipe in real time and no faster.
 *
 *   listen PIPE HEARD TYPED STEP... -- COMMAND...
 *
 * HEARD gets the sound as it was played, TYPED what the terminal was sent. A STEP is a time in seconds of the clock, from the first sound on (steps
 * with negative times come before it), and what happens:
 *   1.5:KEYS      keys are typed            1.5!TERM   the program gets a signal (INT TERM HUP KILL QUIT ABRT)
 *   1.5@hangup    the terminal goes away    1.5@fg     a halted program is continued in the foreground (@bg: in the background)
 *   1.5@10x40   the window has so many rows and columns
 * Printed: for each step the frames played until then ("step 1 33075"), "halted same" or "halted changed" with the state of the terminal, at the end
 * "status N" or "signal N", "terminal same" or "terminal changed", "begun N": the time in ms from the program's start to its first sound, and "starved N": the longest time in ms
 * that sound was awaited within sound. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

enum { RATE_HZ = 22050, TICK_MS = 4, FIRST_TICK_MS = 1, END_S = 60 };

typedef struct Listener {
    int master, slave, pipe, heard, typed, answers, orders;
    pid_t program;
    struct termios found;
    bool sounded, ended;
    double began_s, started_s, ticked_s, starved_s, longest_s;
    long frames, budget;
    char **steps;
    int step_count, next_step;
} Listener;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char *terminal_state(const Listener *listener)
{
    struct termios now;
    if (tcgetattr(listener->slave, &now) < 0) return "gone";
    bool same = now.c_lflag == listener->found.c_lflag && now.c_iflag == listener->found.c_iflag && now.c_oflag == listener->found.c_oflag &&
                memcmp(now.c_cc, listener->found.c_cc, sizeof now.c_cc) == 0;
    return same ? "same" : "changed";
}

/* ---- the shell: leads the session and has one job, as a shell has; in the session's own group nothing could be halted ---- */

static void report(int to, char what, int value)
{
    char line[32];
    int n = snprintf(line, sizeof line, "%c%d\n", what, value);
    if (write(to, line, (size_t)n) != n) _exit(1);
}

_Noreturn static void shell(int answers, int orders, char **command)
{
    signal(SIGTTOU, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    pid_t job = fork();
    if (job == 0) {
        setpgid(0, 0);
        tcsetpgrp(STDIN_FILENO, getpid());
        signal(SIGTTOU, SIG_DFL);
        signal(SIGHUP, SIG_DFL);
        signal(SIGINT, SIG_DFL);
        execvp(command[0], command);
        _exit(127);
    }
    setpgid(job, job);
    tcsetpgrp(STDIN_FILENO, job);
    report(answers, 'p', job);
    for (int status;;) {
        struct pollfd order = { .fd = orders, .events = POLLIN };
        char letter;
        if (poll(&order, 1, 5) > 0) {
            if (read(orders, &letter, 1) != 1) _exit(0);
            if (letter == 'f') tcsetpgrp(STDIN_FILENO, job);
            kill(-job, SIGCONT);
        }
        if (waitpid(job, &status, WUNTRACED | WNOHANG) <= 0) continue;
        if (WIFEXITED(status)) report(answers, 'e', WEXITSTATUS(status));
        if (WIFSIGNALED(status)) report(answers, 's', WTERMSIG(status));
        if (!WIFSTOPPED(status)) _exit(0);
        tcsetpgrp(STDIN_FILENO, getpgrp());
        report(answers, 'h', 0);
    }
}

static void start(Listener *listener, char **command)
{
    int answers[2], orders[2];
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    if (pipe(answers) < 0 || pipe(orders) < 0 || openpty(&listener->master, &listener->slave, NULL, NULL, &size) < 0) abort();
    tcgetattr(listener->slave, &listener->found);
    if (fork() == 0) {
        close(listener->master);
        close(answers[0]);
        close(orders[1]);
        login_tty(listener->slave);
        fcntl(answers[1], F_SETFD, FD_CLOEXEC);
        fcntl(orders[0], F_SETFD, FD_CLOEXEC);
        shell(answers[1], orders[0], command);
    }
    close(answers[1]);
    close(orders[0]);
    listener->answers = answers[0];
    listener->orders = orders[1];
}

/* ---- steps ---- */

static void take_step(Listener *listener)
{
    static const struct { const char *name; int number; } SIGNALS[] = { { "INT", SIGINT }, { "TERM", SIGTERM }, { "HUP", SIGHUP }, { "KILL", SIGKILL }, { "QUIT", SIGQUIT }, { "ABRT", SIGABRT } };
    char *what;
    int number = listener->next_step++;
    strtod(listener->steps[number], &what);
    printf("step %d %ld\n", number + 1, listener->frames);
    if (*what == ':') {
        ssize_t n = (ssize_t)strlen(what + 1);
        if (write(listener->master, what + 1, (size_t)n) != n) abort();
    }
    for (size_t i = 0; *what == '!' && i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        if (strcmp(SIGNALS[i].name, what + 1) == 0) kill(listener->program, SIGNALS[i].number);
    if ((strcmp(what, "@fg") == 0 || strcmp(what, "@bg") == 0) && write(listener->orders, what + 1, 1) != 1) abort();
    struct winsize size = { 0 };
    if (sscanf(what, "@%hux%hu", &size.ws_row, &size.ws_col) == 2) ioctl(listener->master, TIOCSWINSZ, &size);
    if (strcmp(what, "@hangup") == 0) {
        close(listener->slave);
        close(listener->master);
        listener->master = listener->slave = -1;
    }
}

static void take_steps(Listener *listener)
{
    while (listener->next_step < listener->step_count && !listener->ended) {
        double at = strtod(listener->steps[listener->next_step], NULL);
        if (at >= 0 && (!listener->sounded || now_s() - listener->started_s < at)) return;
        if (listener->program == 0) return;
        take_step(listener);
    }
}

/* ---- sound and words ---- */

/* A loudspeaker: so many frames since the last tick, and what was not there then is not made up for. */
static void play(Listener *listener)
{
    char sound[RATE_HZ * 2 * 40 / 1000];
    double now = now_s(), passed = now - listener->ticked_s;
    listener->ticked_s = now;
    listener->budget += (long)(passed * RATE_HZ + 0.5);
    if (listener->budget > RATE_HZ * 40 / 1000) listener->budget = RATE_HZ * 40 / 1000;
    ssize_t n = read(listener->pipe, sound, (size_t)listener->budget * 2);
    if (n <= 0) {
        listener->starved_s += passed;
        listener->budget = 0;
        return;
    }
    if (!listener->sounded) {
        listener->sounded = true;
        listener->started_s = now;
    } else if (listener->starved_s > listener->longest_s) {
        listener->longest_s = listener->starved_s;
    }
    listener->starved_s = 0;
    listener->frames += n / 2;
    listener->budget -= n / 2;
    if (write(listener->heard, sound, (size_t)n) != n) abort();
}

static void hear_shell(Listener *listener)
{
    char text[64];
    ssize_t n = read(listener->answers, text, sizeof text - 1);
    if (n <= 0) listener->ended = true;
    text[n > 0 ? n : 0] = '\0';
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        if (*line == 'p') listener->program = atoi(line + 1);
        if (*line == 'h') printf("halted %s\n", terminal_state(listener));
        if (*line == 'e') printf("status %d\n", atoi(line + 1));
        if (*line == 's') printf("signal %d\n", atoi(line + 1));
        if (*line == 'e' || *line == 's') listener->ended = true;
    }
}

static void read_words(Listener *listener)
{
    char text[4096];
    ssize_t n = listener->master >= 0 ? read(listener->master, text, sizeof text) : 0;
    if (n > 0 && write(listener->typed, text, (size_t)n) != n) abort();
}

static void listen_on(Listener *listener)
{
    listener->ticked_s = listener->began_s;
    while (!listener->ended && now_s() - listener->began_s < END_S) {
        struct pollfd polled[] = { { .fd = listener->answers, .events = POLLIN }, { .fd = listener->master, .events = POLLIN } };
        poll(polled, 2, listener->sounded ? TICK_MS : FIRST_TICK_MS);
        if (polled[1].revents & POLLIN) read_words(listener);
        if (polled[0].revents) hear_shell(listener);
        play(listener);
        take_steps(listener);
    }
    if (!listener->ended) kill(listener->program, SIGKILL);
    /* what lies in the pipe and in the terminal still */
    listener->budget = RATE_HZ * 40 / 1000;
    while (listener->budget > 0) play(listener);
    for (int i = 0; i < 100 && strcmp(terminal_state(listener), "changed") == 0; i++) usleep(10000); /* somebody may be about to mend it */
    struct pollfd polled = { .fd = listener->master, .events = POLLIN };
    while (listener->master >= 0 && poll(&polled, 1, 20) > 0 && (polled.revents & POLLIN)) read_words(listener);
    printf("terminal %s\nbegun %.0f\nstarved %.0f\n%s", terminal_state(listener), (listener->started_s - listener->began_s) * 1000,
           listener->longest_s * 1000, listener->ended ? "" : "hangs\n");
}

int main(int argc, char **argv)
{
    int at = 4;
    if (argc < 6) return 64;
    while (at < argc && strcmp(argv[at], "--") != 0) at++;
    Listener listener = { .steps = argv + 4, .step_count = at - 4 };
    if (mkfifo(argv[1], 0600) < 0 && errno != EEXIST) return 73;
    listener.pipe = open(argv[1], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    listener.heard = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    listener.typed = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (listener.pipe < 0 || listener.heard < 0 || listener.typed < 0) return 73;
    setvbuf(stdout, NULL, _IOLBF, 0);
    listener.began_s = now_s();
    start(&listener, argv + at + 1);
    listen_on(&listener);
    return 0;
}
