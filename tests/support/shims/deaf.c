/* A loudspeaker that is pulled out. Loaded with LD_PRELOAD:
 *   DEAF_AFTER=N   the Nth piece of sound is not taken
 *   DEAF_TIMES=N   so many attempts fail from there on
 *   DEAF_HANGS=1   they do not fail, but never come back */
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

#include <ao/ao.h>

int ao_play(ao_device *device, char *samples, uint_32 bytes)
{
    static int count;
    int (*real)(ao_device *, char *, uint_32);
    *(void **)&real = dlsym(RTLD_NEXT, "ao_play");
    const char *after = getenv("DEAF_AFTER"), *times = getenv("DEAF_TIMES");
    count++;
    if (after && getenv("DEAF_HANGS") && count >= atoi(after)) pause();
    if (after && times && count >= atoi(after) && count < atoi(after) + atoi(times)) return 0;
    return real(device, samples, bytes);
}
