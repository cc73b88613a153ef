/* A synthesiser that dies. Loaded with LD_PRELOAD; what dies stands in the environment:
 *   CRASH_ON=MNEMONICS   every utterance that holds them
 *   CRASH_ONCE=FILE      the first utterance of all; FILE remembers that it happened
 *   SLOW_MS=N            every utterance takes so long, so that there is time to kill its process from outside */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <espeak-ng/espeak_ng.h>

typedef espeak_ng_STATUS SynthesizeCall(const void *text, size_t size, unsigned position, espeak_POSITION_TYPE type, unsigned end, unsigned flags,
                                        unsigned *identifier, void *user);

espeak_ng_STATUS espeak_ng_Synthesize(const void *text, size_t size, unsigned position, espeak_POSITION_TYPE type, unsigned end, unsigned flags,
                                      unsigned *identifier, void *user)
{
    SynthesizeCall *real;
    *(void **)&real = dlsym(RTLD_NEXT, "espeak_ng_Synthesize");
    const char *on = getenv("CRASH_ON"), *once = getenv("CRASH_ONCE"), *slow = getenv("SLOW_MS");
    if (on && strstr(text, on)) abort();
    if (once && open(once, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600) >= 0) abort();
    if (slow) usleep((useconds_t)atoi(slow) * 1000);
    return real(text, size, position, type, end, flags, identifier, user);
}
