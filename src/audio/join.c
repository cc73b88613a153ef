#include "audio/join.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    SILENT = 40,        /* of 32768 (-58 dBFS): below it the synthesiser's own silence and the hiss of a stop's release */
    FADE_IN_US = 2500,  /* a voiced onset starts at once at up to 606 of 32768, which is heard as a tick */
    BURST_US = 300,     /* what comes out of the synthesiser's own silence is a consonant that begins so: b, d, g are at their height 0.5 to 1 ms later */
    OWN_SILENCE_US = 1000,
    FADE_OUT_US = 5000,
};

static size_t frames_of(unsigned rate_hz, unsigned us)
{
    return (size_t)((uint64_t)rate_hz * us / 1000000);
}

static void fade(int16_t *edge, ptrdiff_t step, size_t frames)
{
    for (size_t i = 0; i < frames; i++, edge += step) *edge = (int16_t)(*edge * (int)i / (int)frames);
}

/* Over so few frames a straight line's first step would be heard by itself; the square's is a seventh of it. */
static void fade_in_burst(int16_t *edge, size_t frames)
{
    for (size_t i = 0; i < frames; i++) edge[i] = (int16_t)(edge[i] * (int)(i * i) / (int)(frames * frames));
}

void join_shape(Clip *clip, size_t from, unsigned rate_hz)
{
    int16_t *sound = clip->samples + from;
    size_t first = 0, end = clip->frames - from;
    while (end > 0 && abs(sound[end - 1]) < SILENT) end--;
    while (first < end && abs(sound[first]) < SILENT) first++;
    memmove(sound, sound + first, (end - first) * sizeof *sound);
    clip->frames = from + (end - first);
    bool burst = first >= frames_of(rate_hz, OWN_SILENCE_US);
    size_t in = frames_of(rate_hz, burst ? BURST_US : FADE_IN_US), out = frames_of(rate_hz, FADE_OUT_US), all = end - first;
    if (all < in + out) return;
    if (burst) fade_in_burst(sound, in);
    else fade(sound, 1, in);
    fade(sound + all - 1, -1, out);
}
