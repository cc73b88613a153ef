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
    STEP = 120,         /* the synthesiser's recordings of zh, ch, j, q and z begin with a level of 400 to 700 that stands still for 40 ms before the release: not heard */
    STILL = 48,         /* itself, but the step to it is, as a tick; from one frame to the next it moves by no more than this */
    LEVEL_US = 5000,    /* ... for so long at least: a release never does */
    RAMP_US = 10000
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

static double eased(double part) /* from 0 to 1 without a corner at either end */
{
    return part * part * (3 - 2 * part);
}

/* How long the sound stands still from its first frame on, at most `most` frames; 0 where no step leads to it. */
static size_t level_frames(const int16_t *sound, size_t most)
{
    size_t n = most > 0 && abs(sound[0]) >= STEP ? 1 : 0;
    while (n > 0 && n < most && abs(sound[n] - sound[n - 1]) <= STILL) n++;
    return n;
}

/* Inside the sound: where a level that stands still follows the synthesiser's own silence, it is reached by a ramp. Silence is looked for by probes. */
static void ramp_levels(int16_t *sound, size_t frames, unsigned rate_hz)
{
    size_t probe = frames_of(rate_hz, OWN_SILENCE_US), ramp = frames_of(rate_hz, RAMP_US), least = frames_of(rate_hz, LEVEL_US);
    for (size_t at = probe; at < frames; at += probe) {
        if (sound[at] != 0 || sound[at - probe] != 0) continue;
        while (at < frames && sound[at] == 0) at++;
        size_t rest = frames - at, n = level_frames(sound + at, rest < ramp ? rest : ramp);
        for (size_t i = 0; n >= least && i < n; i++) sound[at + i] = (int16_t)(sound[at + i] * eased((double)i / (double)n));
    }
}

static size_t heard(const int16_t *sound, size_t end)
{
    while (end > 0 && abs(sound[end - 1]) < SILENT) end--;
    return end;
}

/* Where the sound begins. `burst`: with a release that must not be dulled. */
static size_t begin_of(const int16_t *sound, size_t end, unsigned rate_hz, bool *burst)
{
    size_t first = 0;
    while (first < end && abs(sound[first]) < SILENT) first++;
    *burst = first >= frames_of(rate_hz, OWN_SILENCE_US);
    size_t level = *burst ? level_frames(sound + first, end - first) : 0;
    if (level < frames_of(rate_hz, LEVEL_US)) return first;
    *burst = false;
    return first + level - frames_of(rate_hz, FADE_IN_US); /* a level is silence too, but for what it takes to fade it in */
}

/* The voice dies away to a tenth (-20 dB); what is left is faded out. */
static void decay(int16_t *sound, size_t all, size_t frames)
{
    static const double LEFT = 0.1;
    if (frames > all / 3) frames = all / 3;
    for (size_t i = 0; i < frames; i++) {
        int16_t *sample = &sound[all - frames + i];
        *sample = (int16_t)(*sample * (1 - (1 - LEFT) * eased((double)(i + 1) / (double)frames)));
    }
}

void join_shape(Clip *clip, size_t from, unsigned rate_hz, int decay_ms)
{
    int16_t *sound = clip->samples + from;
    size_t end = heard(sound, clip->frames - from);
    decay(sound, end, frames_of(rate_hz, 1000 * (unsigned)decay_ms));
    end = heard(sound, end); /* the last pulse of a creaking voice may be gone */
    bool burst;
    size_t first = begin_of(sound, end, rate_hz, &burst), all = end - first;
    memmove(sound, sound + first, all * sizeof *sound);
    clip->frames = from + all;
    size_t in = frames_of(rate_hz, burst ? BURST_US : FADE_IN_US), out = frames_of(rate_hz, FADE_OUT_US);
    ramp_levels(sound, all, rate_hz);
    if (all < in + out) return;
    if (burst) fade_in_burst(sound, in);
    else fade(sound, 1, in);
    fade(sound + all - 1, -1, out);
}
