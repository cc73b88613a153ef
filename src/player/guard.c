#include "player/guard.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

typedef struct Shared {
    volatile bool taken;
    struct termios found, set;
    char leave[128];
} Shared;

struct Guard {
    Shared *shared; /* with the process */
    pid_t process;
};

static bool same(const struct termios *a, const struct termios *b)
{
    return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof a->c_cc) == 0;
}

static void mend(const Shared *shared)
{
    struct termios now;
    if (!shared->taken || tcgetattr(STDIN_FILENO, &now) < 0 || !same(&now, &shared->set)) return;
    size_t n = strlen(shared->leave);
    if (n > 0 && write(STDIN_FILENO, shared->leave, n) < 0) return;
    tcsetattr(STDIN_FILENO, TCSANOW, &shared->found);
}

/* In a session of its own, where neither Ctrl-C nor Ctrl-Z nor a hang-up reaches it and no shell counts it, and with no file of the program's
 * but the terminal. */
_Noreturn static void wait_for_end(const Shared *shared, int fd, pid_t parent)
{
    sigset_t wanted;
    int signal = SIGUSR1;
    setsid();
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) dup2(fd, i);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGUSR1);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_SETMASK, &wanted, NULL);
    prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (getppid() == parent) sigwait(&wanted, &signal);
    if (signal == SIGUSR1) mend(shared);
    _exit(0);
}

Guard *guard_create(int fd)
{
    struct termios found;
    if (fd < 0 || tcgetattr(fd, &found) < 0) return NULL;
    Shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    Guard *guard = memory_new(1, sizeof *guard);
    if (shared == MAP_FAILED) memory_exhausted();
    shared->found = found;
    pid_t parent = getpid();
    *guard = (Guard){ shared, fork() };
    if (guard->process == 0) wait_for_end(shared, fd, parent);
    if (guard->process > 0) return guard;
    munmap(shared, sizeof *shared);
    free(guard);
    return NULL;
}

void guard_taken(Guard *guard, const struct termios *set)
{
    if (!guard) return;
    guard->shared->taken = false;
    guard->shared->set = *set;
    guard->shared->taken = true;
}

void guard_given_back(Guard *guard)
{
    if (guard) guard->shared->taken = false;
}

void guard_screen(Guard *guard, const char *leave)
{
    if (guard) snprintf(guard->shared->leave, sizeof guard->shared->leave, "%s", leave);
}

void guard_destroy(Guard *guard)
{
    if (!guard) return;
    kill(guard->process, SIGKILL);
    waitpid(guard->process, NULL, 0);
    munmap(guard->shared, sizeof *guard->shared);
    free(guard);
}
