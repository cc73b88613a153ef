#include "speech/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/message.h"

enum {
    SLOTS_PER_JOB = 4,   /* sentences held: rendered out of order, running, or waiting for a child */
    ATTEMPTS = 2,
    CHILD_SECONDS = 60,  /* a sentence takes milliseconds; a child that hangs this long is killed */
    PIPE_BYTES = 1 << 20 /* holds most sentences, so that a child need not wait for its reader */
};

/* What a child sends before its samples. */
typedef struct Answer {
    int result;
    Error error;
    size_t frames;
} Answer;

typedef enum SlotState { SLOT_FREE, SLOT_WAITING, SLOT_RUNNING, SLOT_DONE, SLOT_FAILED } SlotState;

typedef struct Slot {
    SlotState state;
    Script script;
    void *script_memory;
    int attempts;
    pid_t child;
    int fd;
    size_t got;      /* bytes read from the child */
    Answer answer;
    Clip clip;
    Error error;
} Slot;

struct Pool {
    PoolRender *render;
    void *context;
    int jobs, running;
    Slot *slots;
    size_t slot_count;
    size_t first, used; /* the ring: `used` slots from `first` on, in order */
};

Pool *pool_create(int jobs, PoolRender *render, void *context)
{
    if (jobs < 1) jobs = 1;
    if (jobs > POOL_JOBS_MAX) jobs = POOL_JOBS_MAX;
    Pool *pool = calloc(1, sizeof *pool);
    if (!pool) abort();
    *pool = (Pool){ .render = render, .context = context, .jobs = jobs, .slot_count = (size_t)jobs * SLOTS_PER_JOB };
    pool->slots = calloc(pool->slot_count, sizeof *pool->slots);
    if (!pool->slots) abort();
    return pool;
}

static Slot *slot_at(const Pool *pool, size_t i)
{
    return &pool->slots[(pool->first + i) % pool->slot_count];
}

/* Reads the child's end; `kill_it` for one that is not wanted any more. */
static int reap(Pool *pool, Slot *slot, bool kill_it)
{
    int status = 0;
    close(slot->fd);
    if (kill_it) kill(slot->child, SIGKILL);
    while (waitpid(slot->child, &status, 0) < 0 && errno == EINTR) continue;
    pool->running--;
    return status;
}

static void slot_clear(Slot *slot)
{
    free(slot->script_memory);
    clip_finish(&slot->clip);
    *slot = (Slot){ 0 };
}

void pool_destroy(Pool *pool)
{
    if (!pool) return;
    for (size_t i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].state == SLOT_RUNNING) reap(pool, &pool->slots[i], true);
        slot_clear(&pool->slots[i]);
    }
    free(pool->slots);
    free(pool);
}

bool pool_has_room(const Pool *pool)
{
    return pool->used < pool->slot_count;
}

bool pool_is_empty(const Pool *pool)
{
    return pool->used == 0;
}

/* One block holds the utterances and their text. */
static void copy_script(Slot *slot, const Script *script)
{
    size_t bytes = script->count * sizeof *script->utterances;
    for (size_t i = 0; i < script->count; i++) bytes += strlen(script->utterances[i].phonemes) + 1;
    slot->script_memory = malloc(bytes ? bytes : 1);
    if (!slot->script_memory) abort();
    slot->script = (Script){ slot->script_memory, script->count };
    char *text = (char *)(slot->script.utterances + script->count);
    for (size_t i = 0; i < script->count; i++) {
        size_t n = strlen(script->utterances[i].phonemes) + 1;
        memcpy(text, script->utterances[i].phonemes, n);
        slot->script.utterances[i] = (Utterance){ text, script->utterances[i].pause_ms };
        text += n;
    }
}

static bool write_all(int fd, const void *bytes, size_t n)
{
    for (const char *at = bytes; n > 0;) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

/* A child whose program was killed would go on, and hold the lock of the output folder until its sentence is done. */
static void end_with_parent(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); /* killed before we asked */
}

_Noreturn static void child(const Pool *pool, const Slot *slot, int fd, pid_t parent)
{
    end_with_parent(parent);
    signal(SIGPIPE, SIG_DFL);
    alarm(CHILD_SECONDS);
    Clip clip = { 0 };
    Answer answer;
    memset(&answer, 0, sizeof answer);
    answer.result = pool->render(pool->context, &slot->script, &clip, &answer.error);
    alarm(0);
    answer.frames = answer.result < 0 ? 0 : clip.frames;
    bool sent = write_all(fd, &answer, sizeof answer) && write_all(fd, clip.samples, answer.frames * sizeof *clip.samples);
    _exit(sent ? 0 : 1);
}

static void give_up(Slot *slot, const char *why)
{
    slot->state = SLOT_FAILED;
    error_set(&slot->error, STATUS_UNAVAILABLE, "%s", why);
}

static void start(Pool *pool, Slot *slot)
{
    int ends[2];
    slot->attempts++;
    slot->got = 0;
    clip_finish(&slot->clip);
    if (pipe2(ends, O_CLOEXEC) < 0) {
        give_up(slot, _("no pipe to a child could be opened"));
        return;
    }
    (void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
    pid_t parent = getpid();
    slot->child = fork();
    if (slot->child == 0) child(pool, slot, ends[1], parent);
    close(ends[1]);
    if (slot->child < 0) {
        close(ends[0]);
        give_up(slot, _("no child process could be started"));
        return;
    }
    slot->fd = ends[0];
    slot->state = SLOT_RUNNING;
    pool->running++;
}

static void start_waiting(Pool *pool)
{
    for (size_t i = 0; i < pool->used && pool->running < pool->jobs; i++)
        if (slot_at(pool, i)->state == SLOT_WAITING) start(pool, slot_at(pool, i));
}

void pool_submit(Pool *pool, const Script *script)
{
    Slot *slot = slot_at(pool, pool->used++);
    *slot = (Slot){ .state = SLOT_WAITING };
    copy_script(slot, script);
    start_waiting(pool);
}

/* The child's end of the pipe is closed: it is done, or dead. */
static void child_ended(Pool *pool, Slot *slot)
{
    int status = reap(pool, slot, false);
    bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 && slot->got >= sizeof slot->answer &&
                 slot->got == sizeof slot->answer + slot->answer.frames * sizeof *slot->clip.samples;
    if (whole && slot->answer.result >= 0) {
        slot->state = SLOT_DONE;
        slot->clip.frames = slot->answer.frames;
    } else if (whole) {
        slot->state = SLOT_FAILED;
        slot->error = slot->answer.error;
    } else if (slot->attempts < ATTEMPTS) {
        slot->state = SLOT_WAITING;
    } else {
        give_up(slot, _("the synthesiser died on it twice"));
    }
}

/* Where the next bytes from the child go: first its answer, then its samples. */
static ssize_t read_some(Slot *slot)
{
    if (slot->got < sizeof slot->answer)
        return read(slot->fd, (char *)&slot->answer + slot->got, sizeof slot->answer - slot->got);
    size_t wanted = slot->answer.frames * sizeof *slot->clip.samples, done = slot->got - sizeof slot->answer;
    if (done == 0 && (slot->answer.frames > SIZE_MAX / 4 || !clip_reserve(&slot->clip, slot->answer.frames))) return -1;
    if (done < wanted) return read(slot->fd, (char *)slot->clip.samples + done, wanted - done);
    char beyond;
    return read(slot->fd, &beyond, 1);
}

static void move_sound(Pool *pool, Slot *slot)
{
    ssize_t n = read_some(slot);
    if (n > 0) slot->got += (size_t)n;
    else if (n == 0 || errno != EINTR) child_ended(pool, slot);
}

/* False when the time is over or a signal came before anything moved. */
static bool move_some(Pool *pool, int timeout_ms)
{
    struct pollfd polled[POOL_JOBS_MAX];
    Slot *slots[POOL_JOBS_MAX];
    nfds_t count = 0;
    for (size_t i = 0; i < pool->used; i++) {
        Slot *slot = slot_at(pool, i);
        if (slot->state != SLOT_RUNNING) continue;
        slots[count] = slot;
        polled[count++] = (struct pollfd){ .fd = slot->fd, .events = POLLIN };
    }
    if (count == 0 || poll(polled, count, timeout_ms) <= 0) return false;
    for (nfds_t i = 0; i < count; i++)
        if (polled[i].revents) move_sound(pool, slots[i]);
    start_waiting(pool);
    return true;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

PoolResult pool_take(Pool *pool, int timeout_ms, Clip *clip, Error *error)
{
    if (pool->used == 0) return POOL_NOTHING;
    Slot *slot = slot_at(pool, 0);
    int64_t end = now_ms() + timeout_ms;
    start_waiting(pool);
    while (slot->state == SLOT_RUNNING || slot->state == SLOT_WAITING) {
        int64_t left = timeout_ms < 0 ? -1 : end - now_ms();
        if (timeout_ms >= 0 && left < 0) left = 0;
        if (!move_some(pool, (int)left)) {
            if (slot->state == SLOT_WAITING && pool->running == 0) start_waiting(pool);
            if (slot->state == SLOT_RUNNING || slot->state == SLOT_WAITING) return POOL_NOTHING;
        }
    }
    PoolResult result = slot->state == SLOT_DONE ? POOL_CLIP : POOL_FAILED;
    *error = slot->error;
    *clip = slot->clip;
    slot->clip = (Clip){ 0 };
    slot_clear(slot);
    pool->first = (pool->first + 1) % pool->slot_count;
    pool->used--;
    start_waiting(pool);
    return result;
}
