#include "speech/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/task.h"

enum {
    SLOTS_PER_JOB = 4,   /* sentences held: rendered out of order, running, or waiting for a child */
    ATTEMPTS = 2,
    CHILD_SECONDS = 60,  /* a sentence takes milliseconds; a child that hangs this long is killed */
    KEPT_FRAMES = 2 << 20 /* of a slot's shared memory; what a longer sentence needed is given back */
};

/* Memory that the parent shares with the child of a slot; pages come as they are touched. */
typedef struct Shared {
    bool answered; /* the child came to its end: what follows holds */
    int result;
    Error error;
    size_t frames;
    int16_t samples[POOL_CLIP_FRAMES_MAX];
} Shared;

typedef enum SlotState { SLOT_FREE, SLOT_WAITING, SLOT_RUNNING, SLOT_DONE, SLOT_FAILED, SLOT_TAKEN } SlotState;

typedef struct Slot {
    SlotState state;
    Script script;
    void *script_memory;
    int attempts;
    pid_t child;
    int fd;         /* of a pipe whose other end only the child has: it hangs up when the child ends, however it ends */
    Shared *shared; /* for the pool's life */
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
    Pool *pool = memory_new(1, sizeof *pool);
    *pool = (Pool){ .render = render, .context = context, .jobs = jobs, .slot_count = (size_t)jobs * SLOTS_PER_JOB + 1 };
    pool->slots = memory_new(pool->slot_count, sizeof *pool->slots);
    for (size_t i = 0; i < pool->slot_count; i++) {
        void *shared = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (shared == MAP_FAILED) memory_exhausted();
        pool->slots[i].shared = shared;
    }
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
    if (slot->shared->frames > KEPT_FRAMES) madvise(slot->shared, sizeof *slot->shared, MADV_REMOVE);
    *slot = (Slot){ .shared = slot->shared };
}

void pool_flush(Pool *pool)
{
    for (size_t i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].state == SLOT_RUNNING) reap(pool, &pool->slots[i], true);
        slot_clear(&pool->slots[i]);
    }
    pool->first = pool->used = 0;
}

void pool_destroy(Pool *pool)
{
    if (!pool) return;
    pool_flush(pool);
    for (size_t i = 0; i < pool->slot_count; i++) munmap(pool->slots[i].shared, sizeof(Shared));
    free(pool->slots);
    free(pool);
}

/* The sentence that the caller took last keeps its slot, one more than is counted, until the next is taken. */
static size_t sentences_held(const Pool *pool)
{
    bool taken = pool->used > 0 && slot_at(pool, 0)->state == SLOT_TAKEN;
    return pool->used - (taken ? 1 : 0);
}

bool pool_has_room(const Pool *pool)
{
    return sentences_held(pool) < pool->slot_count - 1;
}

bool pool_is_empty(const Pool *pool)
{
    return sentences_held(pool) == 0;
}

static size_t bytes_of(const char *text)
{
    return text ? strlen(text) + 1 : 0;
}

static const char *copy_text(const char *text, char **room)
{
    size_t n = bytes_of(text);
    char *copy = *room;
    if (n > 0) memcpy(copy, text, n);
    *room += n;
    return text ? copy : NULL;
}

/* One block holds the utterances and their text. */
static void copy_script(Slot *slot, const Script *script)
{
    size_t bytes = script->count * sizeof *script->utterances;
    for (size_t i = 0; i < script->count; i++) {
        const Utterance *from = &script->utterances[i];
        bytes += bytes_of(from->phonemes) + bytes_of(from->english) + bytes_of(from->paces);
    }
    slot->script_memory = memory_new(bytes, 1);
    slot->script = *script;
    slot->script.utterances = slot->script_memory;
    char *text = (char *)(slot->script.utterances + script->count);
    for (size_t i = 0; i < script->count; i++) {
        slot->script.utterances[i] = script->utterances[i];
        slot->script.utterances[i].phonemes = copy_text(script->utterances[i].phonemes, &text);
        slot->script.utterances[i].english = copy_text(script->utterances[i].english, &text);
        slot->script.utterances[i].paces = copy_text(script->utterances[i].paces, &text);
    }
}

_Noreturn static void child(const Pool *pool, const Slot *slot, pid_t parent)
{
    task_end_with_parent(parent); /* it would go on, and hold the lock of the output folder until its sentence is done */
    alarm(CHILD_SECONDS);
    Shared *shared = slot->shared;
    Clip clip = { .samples = shared->samples, .capacity = POOL_CLIP_FRAMES_MAX, .borrowed = true };
    shared->result = pool->render(pool->context, &slot->script, &clip, &shared->error);
    shared->frames = shared->result < 0 ? 0 : clip.frames;
    shared->answered = true;
    _exit(0);
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
    slot->shared->answered = false;
    if (pipe2(ends, O_CLOEXEC) < 0) {
        give_up(slot, _("the system lets no more files be opened; try --jobs 1"));
        return;
    }
    pid_t parent = getpid();
    slot->child = fork();
    if (slot->child == 0) child(pool, slot, parent);
    close(ends[1]);
    if (slot->child < 0) {
        close(ends[0]);
        give_up(slot, _("the system lets no more processes be started; try --jobs 1"));
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
    slot->state = SLOT_WAITING;
    copy_script(slot, script);
    start_waiting(pool);
}

static void child_ended(Pool *pool, Slot *slot)
{
    int status = reap(pool, slot, false);
    bool answered = slot->shared->answered && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (answered && slot->shared->result >= 0) {
        slot->state = SLOT_DONE;
    } else if (answered) {
        slot->state = SLOT_FAILED;
        slot->error = slot->shared->error;
    } else if (slot->attempts < ATTEMPTS) {
        slot->state = SLOT_WAITING;
    } else {
        give_up(slot, _("the synthesiser died on it twice"));
    }
}

/* False when the time is over or a signal came before a child ended. */
static bool wait_for_some(Pool *pool, int timeout_ms)
{
    struct pollfd polled[POOL_JOBS_MAX];
    Slot *slots[POOL_JOBS_MAX];
    nfds_t count = 0;
    for (size_t i = 0; i < pool->used; i++) {
        Slot *slot = slot_at(pool, i);
        if (slot->state != SLOT_RUNNING) continue;
        slots[count] = slot;
        polled[count++] = (struct pollfd){ .fd = slot->fd };
    }
    if (count == 0 || poll(polled, count, timeout_ms) <= 0) return false;
    for (nfds_t i = 0; i < count; i++)
        if (polled[i].revents) child_ended(pool, slots[i]);
    start_waiting(pool);
    return true;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * (int64_t)1000 + now.tv_nsec / 1000000;
}

void pool_keep_busy(Pool *pool)
{
    start_waiting(pool);
    wait_for_some(pool, 0);
}

/* The sentence that was taken last is not needed any more. */
static void release_taken(Pool *pool)
{
    if (pool->used == sentences_held(pool)) return;
    slot_clear(slot_at(pool, 0));
    pool->first = (pool->first + 1) % pool->slot_count;
    pool->used--;
}

static bool is_pending(const Slot *slot)
{
    return slot->state == SLOT_RUNNING || slot->state == SLOT_WAITING;
}

PoolResult pool_take(Pool *pool, int timeout_ms, Clip *clip, Error *error)
{
    release_taken(pool);
    if (pool->used == 0) return POOL_NOTHING;
    Slot *slot = slot_at(pool, 0);
    int64_t end = now_ms() + timeout_ms;
    start_waiting(pool);
    while (is_pending(slot)) {
        int64_t left = timeout_ms < 0 ? -1 : end - now_ms();
        if (timeout_ms >= 0 && left < 0) left = 0;
        if (!wait_for_some(pool, (int)left) && is_pending(slot)) return POOL_NOTHING;
    }
    PoolResult result = slot->state == SLOT_DONE ? POOL_CLIP : POOL_FAILED;
    size_t frames = result == POOL_CLIP ? slot->shared->frames : 0;
    *error = slot->error;
    *clip = (Clip){ .samples = slot->shared->samples, .frames = frames, .capacity = frames, .borrowed = true };
    slot->state = SLOT_TAKEN;
    start_waiting(pool);
    return result;
}
