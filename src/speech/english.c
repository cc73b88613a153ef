#include "speech/english.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/task.h"
#include "speech/synth.h"

enum {
    FRAMES_MAX = 30 * SYNTH_RATE_HZ, /* ENGLISH_BYTES_MAX letters at the slowest pace are half of that */
    CHILD_SECONDS = 20               /* it takes milliseconds */
};

typedef struct Shared {
    size_t frames;
    int16_t samples[FRAMES_MAX];
} Shared;

_Noreturn static void child(const Voice *voice, const Utterance *utterance, Shared *shared, pid_t parent)
{
    Error error;
    Clip clip = { .samples = shared->samples, .capacity = FRAMES_MAX, .borrowed = true };
    task_end_with_parent(parent);
    alarm(CHILD_SECONDS);
    if (synth_say_english(voice, utterance, &clip, &error) == 0) shared->frames = clip.frames;
    _exit(0);
}

bool english_say(const Voice *voice, const Utterance *utterance, Clip *clip)
{
    int status = 0;
    if (!utterance->english || voice->english.n == 0) return false;
    Shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (shared == MAP_FAILED) return false;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) child(voice, utterance, shared, parent);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    bool said = pid > 0 && WIFEXITED(status) && shared->frames > 0 && clip_append(clip, shared->samples, shared->frames);
    munmap(shared, sizeof *shared);
    return said;
}
