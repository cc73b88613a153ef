#include "base/memory.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/message.h"

static void say(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0) return; /* nobody listens: the exit status says it */
}

_Noreturn void memory_exhausted(void)
{
    say("dubao: ");
    say(_("there is not enough memory; end other programs, or allow dubao more of it (ulimit -v)"));
    say("\n");
    _exit(STATUS_SYSTEM);
}

/* Left to itself, malloc of the GNU library takes the largest block it has seen freed for a size that will be wanted again: from then on it keeps twice as
 * much (mallopt(3), M_MMAP_THRESHOLD), though only a page being cut into articles wants it, once. */
void memory_start(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    mallopt(M_TRIM_THRESHOLD, 256 * 1024);
#endif
}

void memory_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void *memory_new(size_t count, size_t bytes_each)
{
    void *memory = calloc(count ? count : 1, bytes_each ? bytes_each : 1);
    if (!memory) memory_exhausted();
    return memory;
}

void *memory_grow(void *old, size_t count, size_t bytes_each)
{
    void *memory = reallocarray(old, count ? count : 1, bytes_each ? bytes_each : 1);
    if (!memory) memory_exhausted();
    return memory;
}
