#include "audio/loudness.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

struct Loudness {
    ebur128_state *state;
};

Loudness *loudness_create(unsigned rate_hz)
{
    Loudness *loudness = calloc(1, sizeof *loudness);
    if (!loudness) abort();
    /* The histogram keeps memory the same for a minute and for sixty hours; its error is below 0.1 LU. */
    loudness->state = ebur128_init(1, rate_hz, EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM);
    if (!loudness->state) abort();
    return loudness;
}

void loudness_destroy(Loudness *loudness)
{
    if (!loudness) return;
    ebur128_destroy(&loudness->state);
    free(loudness);
}

void loudness_add(Loudness *loudness, const int16_t *samples, size_t frames)
{
    if (ebur128_add_frames_short(loudness->state, samples, frames) != EBUR128_SUCCESS) abort(); /* only without memory */
}

bool loudness_integrated(const Loudness *loudness, double *lufs)
{
    return ebur128_loudness_global(loudness->state, lufs) == EBUR128_SUCCESS && isfinite(*lufs);
}
