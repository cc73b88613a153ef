#include "audio/peak.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FACTOR = 4,      /* interpolated points a sample */
    TAPS = 12,       /* of each phase */
    HALF_TAPS = TAPS / 2,
    REACH = 260,     /* frames: look-ahead and release, 12 ms */
};
_Static_assert(PEAK_MARGIN >= 2 * REACH + TAPS, "the margin covers the smoothing twice and the filter");

struct PeakTaps {
    float phase[FACTOR][TAPS];
};

/* Between samples a signal of this kind can stand at most about 3 dB above them; below that no look is needed. */
static const float NEAR_PEAK = 0.7F;
static const float FULL_SCALE = 32768.0F;

PeakTaps *peak_taps_create(void)
{
    enum { LENGTH = FACTOR * TAPS + 1 };
    PeakTaps *taps = calloc(1, sizeof *taps);
    if (!taps) abort();
    for (int i = 0; i < LENGTH; i++) {
        double m = i - (LENGTH - 1) / 2.0, x = m * M_PI / FACTOR;
        double sinc = fabs(m) > 1e-6 ? sin(x) / x : 1;
        double value = sinc * 0.5 * (1 - cos(2 * M_PI * i / (LENGTH - 1)));
        if (i / FACTOR < TAPS) taps->phase[i % FACTOR][i / FACTOR] = (float)value;
    }
    return taps;
}

void peak_taps_destroy(PeakTaps *taps)
{
    free(taps);
}

/* The highest of the points from sample i up to the next one. Samples out of reach count as silence. */
static float peak_at(const PeakTaps *taps, const int16_t *in, ptrdiff_t i, ptrdiff_t low, ptrdiff_t high)
{
    float window[TAPS];
    for (ptrdiff_t k = 0; k < TAPS; k++) {
        ptrdiff_t at = i + HALF_TAPS - k;
        window[k] = at >= low && at < high ? (float)in[at] : 0;
    }
    float highest = fabsf((float)in[i]);
    for (int p = 1; p < FACTOR; p++) {
        float sum = 0;
        for (int k = 0; k < TAPS; k++) sum += taps->phase[p][k] * window[k];
        if (fabsf(sum) > highest) highest = fabsf(sum);
    }
    return highest;
}

static float level_of(int16_t sample)
{
    return fabsf((float)sample);
}

float peak_true(const PeakTaps *taps, const int16_t *in, size_t n, size_t before, size_t after, float floor)
{
    float highest = floor * FULL_SCALE;
    ptrdiff_t low = -(ptrdiff_t)before, high = (ptrdiff_t)(n + after);
    for (ptrdiff_t i = 0; i < (ptrdiff_t)n; i++) {
        float next = i + 1 < high ? level_of(in[i + 1]) : 0;
        if (fmaxf(level_of(in[i]), next) <= NEAR_PEAK * highest) continue;
        float peak = peak_at(taps, in, i, low, high);
        if (peak > highest) highest = peak;
    }
    return highest / FULL_SCALE;
}

/* need[] is the gain that each frame of [low, high) asks for, 1 where it asks for nothing. */
static bool find_needs(const PeakTaps *taps, const int16_t *in, ptrdiff_t low, ptrdiff_t high, float limit, float *need)
{
    bool any = false;
    for (ptrdiff_t i = low; i < high; i++) need[i - low] = 1;
    for (ptrdiff_t i = low; i < high; i++) {
        float next = i + 1 < high ? level_of(in[i + 1]) : 0;
        if (fmaxf(level_of(in[i]), next) <= NEAR_PEAK * limit) continue;
        float peak = peak_at(taps, in, i, low, high);
        if (peak <= limit) continue;
        any = true;
        float gain = limit / peak;
        need[i - low] = fminf(need[i - low], gain);
        if (i + 1 < high) need[i + 1 - low] = fminf(need[i + 1 - low], gain);
    }
    return any;
}

/* Each value becomes the least within REACH on both sides (van Herk: two running minima over blocks). */
static void running_minimum(float *values, size_t n, float *scratch)
{
    enum { WINDOW = 2 * REACH + 1 };
    float *forward = scratch, *backward = scratch + n;
    for (size_t i = 0; i < n; i++) forward[i] = i % WINDOW ? fminf(forward[i - 1], values[i]) : values[i];
    for (size_t i = n; i-- > 0;) backward[i] = i + 1 == n || (i + 1) % WINDOW == 0 ? values[i] : fminf(backward[i + 1], values[i]);
    for (size_t i = 0; i < n; i++) {
        size_t from = i < REACH ? 0 : i - REACH, to = i + REACH < n ? i + REACH : n - 1;
        values[i] = fminf(backward[from], forward[to]);
    }
}

/* A running mean over REACH + 1 frames, done twice, is a smooth triangle that never rises above what the minimum allows.
 * Beyond the end the last value goes on. */
static void running_mean(const float *in, float *out, size_t n, size_t half)
{
    double sum = 0;
    for (size_t i = 0; i < n + half; i++) {
        sum += in[i < n ? i : n - 1];
        if (i >= 2 * half + 1) sum -= in[i - 2 * half - 1];
        size_t count = i < 2 * half + 1 ? i + 1 : 2 * half + 1;
        if (i >= half) out[i - half] = (float)(sum / (double)count);
    }
}

static int16_t to_sample(float value)
{
    return (int16_t)lrintf(fmaxf(-32768, fminf(32767, value)));
}

bool peak_limit(const PeakTaps *taps, const int16_t *in, int16_t *out, size_t n, size_t before, size_t after, float gain, float ceiling)
{
    size_t all = before + n + after;
    float *need = malloc(3 * all * sizeof *need);
    if (!need) abort();
    bool any = find_needs(taps, in, -(ptrdiff_t)before, (ptrdiff_t)(n + after), ceiling * FULL_SCALE / gain, need);
    if (any) {
        running_minimum(need, all, need + all);
        running_mean(need, need + all, all, REACH / 2);
        running_mean(need + all, need, all, REACH / 2);
    }
    for (size_t i = 0; i < n; i++) out[i] = to_sample((float)in[i] * gain * (any ? need[before + i] : 1));
    free(need);
    return any;
}
