#include "speech/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
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
    SLOTS_PER_JOB = 4,   /* runs held: rendered out of order, running, or waiting for a child */
    ATTEMPTS = 2,
    CHILD_SECONDS = 60,  /* a sentence takes milliseconds; a child that hangs this long is killed */
    KEPT_FRAMES = 3 << 18, /* of shared memory, for each job and one more: 36 seconds; what was needed beyond is given back */
    RUN_SENTENCES_MAX = 16,
    RUN_BYTES = 1000,    /* of phonemes: some 35 seconds; with so many a run is full */
    FRAMES_A_BYTE = 720  /* about */
};

typedef struct Answer {
    int result;
    Error error;
    size_t end; /* of its sound, in frames */
} Answer;

/* Memory that the parent shares with a child; pages come as they are touched. */
typedef struct Shared {
    size_t touched;  /* frames whose pages are there, from earlier runs */
    size_t answered; /* sentences of the run: what follows holds for them */
    Answer answers[RUN_SENTENCES_MAX];
    int16_t samples[POOL_CLIP_FRAMES_MAX];
} Shared;

typedef enum SlotState { SLOT_FREE, SLOT_GATHERING, SLOT_WAITING, SLOT_RUNNING, SLOT_DONE } SlotState;

/* A run of sentences. */
typedef struct Slot {
    SlotState state;
    Script scripts[RUN_SENTENCES_MAX];
    void *script_memory[RUN_SENTENCES_MAX];
    size_t count, bytes;
    size_t taken;   /* sentences that the caller has had */
    size_t first;   /* where a child begins: those before it are answered */
    int attempts;   /* from there */
    pid_t child;
    int fd;         /* of a pipe whose other end only the child has: it hangs up when the child ends, however it ends */
    Shared *shared; /* from the first attempt on */
} Slot;

struct Pool {
    PoolRender *render;
    void *context;
    int jobs, running;
    Slot *slots;
    size_t slot_count;
    size_t first, used; /* the ring: `used` slots from `first` on, in order */
    Shared **spare;     /* of no slot; the one used last on top: its pages may be in the cache */
    size_t spare_count;
};

Pool *pool_create(int jobs, PoolRender *render, void *context)
{
    if (jobs < 1) jobs = 1;
    if (jobs > POOL_JOBS_MAX) jobs = POOL_JOBS_MAX;
    Pool *pool = memory_new(1, sizeof *pool);
    *pool = (Pool){ .render = render, .context = context, .jobs = jobs, .slot_count = (size_t)jobs * SLOTS_PER_JOB + 1 };
    pool->slots = memory_new(pool->slot_count, sizeof *pool->slots);
    pool->spare = memory_new(pool->slot_count, sizeof *pool->spare);
    for (size_t i = 0; i < pool->slot_count; i++) {
        void *shared = mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (shared == MAP_FAILED) memory_exhausted();
        pool->spare[pool->spare_count++] = shared;
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

/* Where the sound of the slot's first `count` sentences ends. */
static size_t sound_end(const Slot *slot, size_t count)
{
    return count > 0 ? slot->shared->answers[count - 1].end : 0;
}

/* Frames whose pages are there, in use or spare. */
static size_t frames_kept(const Pool *pool)
{
    size_t frames = 0;
    for (size_t i = 0; i < pool->slot_count; i++) frames += pool->slots[i].shared ? pool->slots[i].shared->touched : 0;
    for (size_t i = 0; i < pool->spare_count; i++) frames += pool->spare[i]->touched;
    return frames;
}

/* The pages that come after `frames` of its sound. */
static void give_back(Shared *shared, size_t frames)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), from = offsetof(Shared, samples) + frames * sizeof *shared->samples;
    from = (from + page - 1) / page * page;
    madvise((char *)shared + from, sizeof *shared - from, MADV_REMOVE);
    shared->touched = frames;
}

static void slot_clear(Pool *pool, Slot *slot)
{
    for (size_t i = 0; i < slot->count; i++) free(slot->script_memory[i]);
    if (slot->shared) {
        size_t end = sound_end(slot, slot->shared->answered);
        if (end > slot->shared->touched) slot->shared->touched = end;
        if (end > KEPT_FRAMES) give_back(slot->shared, KEPT_FRAMES);
        size_t kept = frames_kept(pool), most = ((size_t)pool->jobs + 1) * KEPT_FRAMES;
        if (kept > most) give_back(slot->shared, slot->shared->touched - (kept - most < slot->shared->touched ? kept - most : slot->shared->touched));
        pool->spare[pool->spare_count++] = slot->shared;
    }
    *slot = (Slot){ 0 };
}

void pool_flush(Pool *pool)
{
    for (size_t i = 0; i < pool->slot_count; i++) {
        if (pool->slots[i].state == SLOT_RUNNING) reap(pool, &pool->slots[i], true);
        slot_clear(pool, &pool->slots[i]);
    }
    pool->first = pool->used = 0;
}

void pool_destroy(Pool *pool)
{
    if (!pool) return;
    pool_flush(pool);
    for (size_t i = 0; i < pool->spare_count; i++) munmap(pool->spare[i], sizeof(Shared));
    free(pool->spare);
    free(pool->slots);
    free(pool);
}

/* The run that the caller took the last sentence of keeps its slot, one more than is counted, until the next is taken. */
static bool first_is_over(const Pool *pool)
{
    return pool->used > 0 && slot_at(pool, 0)->taken == slot_at(pool, 0)->count;
}

static size_t runs_held(const Pool *pool)
{
    return pool->used - (first_is_over(pool) ? 1 : 0);
}

/* The run that is being gathered; NULL for none. */
static Slot *gathering(const Pool *pool)
{
    Slot *last = pool->used > 0 ? slot_at(pool, pool->used - 1) : NULL;
    return last && last->state == SLOT_GATHERING ? last : NULL;
}

bool pool_has_room(const Pool *pool)
{
    return gathering(pool) || runs_held(pool) < pool->slot_count - 1;
}

bool pool_is_empty(const Pool *pool)
{
    return runs_held(pool) == 0;
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
        bytes += bytes_of(from->phonemes) + bytes_of(from->english) + bytes_of(from->paces) + bytes_of(from->ranges);
        slot->bytes += bytes_of(from->phonemes);
    }
    Script *copy = &slot->scripts[slot->count];
    *copy = *script;
    copy->utterances = slot->script_memory[slot->count++] = memory_new(bytes, 1);
    char *text = (char *)(copy->utterances + script->count);
    for (size_t i = 0; i < script->count; i++) {
        copy->utterances[i] = script->utterances[i];
        copy->utterances[i].phonemes = copy_text(script->utterances[i].phonemes, &text);
        copy->utterances[i].english = copy_text(script->utterances[i].english, &text);
        copy->utterances[i].paces = copy_text(script->utterances[i].paces, &text);
        copy->utterances[i].ranges = copy_text(script->utterances[i].ranges, &text);
    }
}

/* A child finds none of the shared pages in its own table: taking them in together costs a quarter of taking each in when it is written. No matter if it fails. */
static void take_pages_in(Shared *shared)
{
#ifdef MADV_POPULATE_READ /* since Linux 5.14 */
    madvise(shared, offsetof(Shared, samples) + shared->touched * sizeof *shared->samples, MADV_POPULATE_READ);
#else
    (void)shared;
#endif
}

_Noreturn static void child(const Pool *pool, const Slot *slot, pid_t parent)
{
    Shared *shared = slot->shared;
    Clip clip = { .samples = shared->samples, .frames = sound_end(slot, slot->first), .capacity = POOL_CLIP_FRAMES_MAX, .borrowed = true };
    task_end_with_parent(parent); /* it would go on, and hold the lock of the output folder until its sentence is done */
    take_pages_in(shared);
    for (size_t i = slot->first; i < slot->count; i++) {
        Answer *answer = &shared->answers[i];
        size_t before = clip.frames;
        Clip own = { .samples = clip.samples + before, .capacity = clip.capacity - before, .borrowed = true };
        alarm(CHILD_SECONDS);
        answer->result = pool->render(pool->context, &slot->scripts[i], &own, &answer->error);
        if (answer->result >= 0) clip.frames += own.frames;
        answer->end = clip.frames;
        shared->answered = i + 1;
    }
    _exit(0);
}

/* The sentence that comes next in the run cannot be had; those after it may. */
static void give_up(Slot *slot, const char *why)
{
    Answer *answer = &slot->shared->answers[slot->shared->answered];
    answer->end = sound_end(slot, slot->shared->answered++);
    answer->result = error_set(&answer->error, STATUS_UNAVAILABLE, "%s", why);
    slot->first = slot->shared->answered;
    slot->attempts = 0;
    slot->state = slot->first < slot->count ? SLOT_WAITING : SLOT_DONE;
}

/* The one with the fewest pages that are enough; else with the most. */
static Shared *take_spare(Pool *pool, size_t frames)
{
    size_t best = pool->spare_count - 1;
    for (size_t i = best; i-- > 0;) {
        size_t has = pool->spare[i]->touched, had = pool->spare[best]->touched;
        if (had < frames ? has > had : has >= frames && has < had) best = i;
    }
    Shared *shared = pool->spare[best];
    for (pool->spare_count--; best < pool->spare_count; best++) pool->spare[best] = pool->spare[best + 1];
    return shared;
}

static void start(Pool *pool, Slot *slot)
{
    int ends[2];
    if (!slot->shared) slot->shared = take_spare(pool, slot->bytes * FRAMES_A_BYTE);
    slot->attempts++;
    slot->shared->answered = slot->first;
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

/* A run for each job and one whose sound is being taken, however long they are; more only where they are short: memory is bounded by what full runs need. */
static void start_waiting(Pool *pool)
{
    size_t ahead = 0, least = (size_t)pool->jobs + 1, most = least * RUN_BYTES;
    for (size_t i = 0; i < pool->used && pool->running < pool->jobs; i++) {
        Slot *slot = slot_at(pool, i);
        ahead += slot->bytes;
        if (i >= least && ahead > most) return;
        while (slot->state == SLOT_WAITING) start(pool, slot);
    }
}

void pool_end_run(Pool *pool)
{
    Slot *slot = gathering(pool);
    if (!slot) return;
    slot->state = SLOT_WAITING;
    start_waiting(pool);
}

void pool_gather(Pool *pool, const Script *script)
{
    Slot *slot = gathering(pool);
    if (!slot) slot = slot_at(pool, pool->used++);
    slot->state = SLOT_GATHERING;
    copy_script(slot, script);
    if (slot->count == RUN_SENTENCES_MAX || slot->bytes >= RUN_BYTES) pool_end_run(pool);
}

void pool_submit(Pool *pool, const Script *script)
{
    pool_end_run(pool);
    pool_gather(pool, script);
    pool_end_run(pool);
}

static void child_ended(Pool *pool, Slot *slot)
{
    int status = reap(pool, slot, false);
    bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0 && slot->shared->answered == slot->count;
    if (whole) slot->state = SLOT_DONE;
    else if (slot->attempts < ATTEMPTS) slot->state = SLOT_WAITING;
    else if (slot->shared->answered < slot->count) give_up(slot, _("the synthesiser died on it twice"));
    else slot->state = SLOT_DONE;
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

/* The run whose last sentence was taken is not needed any more. */
static void release_taken(Pool *pool)
{
    if (!first_is_over(pool)) return;
    slot_clear(pool, slot_at(pool, 0));
    pool->first = (pool->first + 1) % pool->slot_count;
    pool->used--;
}

PoolResult pool_take(Pool *pool, int timeout_ms, Clip *clip, Error *error)
{
    release_taken(pool);
    if (pool->used == 0) return POOL_NOTHING;
    Slot *slot = slot_at(pool, 0);
    int64_t end = now_ms() + timeout_ms;
    if (slot->state == SLOT_GATHERING) pool_end_run(pool);
    start_waiting(pool);
    while (slot->state != SLOT_DONE) {
        int64_t left = timeout_ms < 0 ? -1 : end - now_ms();
        if (timeout_ms >= 0 && left < 0) left = 0;
        if (!wait_for_some(pool, (int)left) && slot->state != SLOT_DONE) return POOL_NOTHING;
    }
    size_t from = sound_end(slot, slot->taken);
    const Answer *answer = &slot->shared->answers[slot->taken++];
    *error = answer->error;
    *clip = (Clip){ .samples = slot->shared->samples + from, .frames = answer->end - from, .capacity = answer->end - from, .borrowed = true };
    start_waiting(pool);
    return answer->result < 0 ? POOL_FAILED : POOL_CLIP;
}
