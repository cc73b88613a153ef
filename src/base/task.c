#include "base/task.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"

typedef struct Answer {
    int result;
    Error error;
    char bytes[TASK_ANSWER_MAX];
} Answer;
_Static_assert(sizeof(Answer) <= 4096, "an answer fits into a pipe that nobody reads yet");

struct Task {
    pid_t child;
    int fd; /* the answer, then the end */
    size_t answer_bytes;
};

void task_end_with_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); /* ended before we asked */
}

_Noreturn static void child(int fd, TaskRun *run, const void *context, pid_t parent)
{
    task_end_with_parent(parent);
    Answer answer = { 0 };
    answer.result = run(context, answer.bytes, &answer.error);
    const char *at = (const char *)&answer;
    for (size_t left = sizeof answer; left > 0;) {
        ssize_t n = write(fd, at, left);
        if (n < 0 && errno != EINTR) _exit(1);
        at += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
    _exit(0);
}

int task_start(Task **started, TaskRun *run, const void *context, size_t answer_bytes, Error *error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return error_set_errno(error, STATUS_UNAVAILABLE, "%s", _("the system lets no more files be opened"));
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) child(ends[1], run, context, parent);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set_errno(error, STATUS_UNAVAILABLE, "%s", _("the system lets no more processes be started"));
    }
    Task *task = memory_new(1, sizeof *task);
    *task = (Task){ pid, ends[0], answer_bytes };
    *started = task;
    return 0;
}

bool task_is_done(const Task *task)
{
    struct pollfd polled = { .fd = task->fd, .events = POLLIN };
    return poll(&polled, 1, 0) > 0;
}

static void end(Task *task)
{
    close(task->fd);
    while (waitpid(task->child, NULL, 0) < 0 && errno == EINTR) continue;
    free(task);
}

int task_finish(Task *task, void *answer, Error *error)
{
    Answer got;
    size_t n = 0, answer_bytes = task->answer_bytes;
    for (ssize_t more = 1; n < sizeof got && more != 0;) {
        more = read(task->fd, (char *)&got + n, sizeof got - n);
        if (more < 0 && errno != EINTR) break;
        n += more > 0 ? (size_t)more : 0;
    }
    end(task);
    if (n < sizeof got) return error_set(error, STATUS_UNAVAILABLE, "%s", _("a process that was writing a sound file ended before its end; run again"));
    memcpy(answer, got.bytes, answer_bytes);
    *error = got.error;
    return got.result;
}

void task_cancel(Task *task)
{
    if (!task) return;
    kill(task->child, SIGKILL);
    end(task);
}
