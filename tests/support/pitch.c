#include "support/pitch.h"

#include <math.h>
#include <stdlib.h>

enum { LEAST_HZ = 60, MOST_HZ = 220 }; /* a man reads there; higher would take a formant for the voice */

static double correlation(const int16_t *a, const int16_t *b, size_t n)
{
    double ab = 0, aa = 1, bb = 1;
    for (size_t i = 0; i < n; i++) {
        ab += (double)a[i] * b[i];
        aa += (double)a[i] * a[i];
        bb += (double)b[i] * b[i];
    }
    return ab / sqrt(aa * bb);
}

double pitch_at(const Clip *clip, size_t at, unsigned rate_hz)
{
    size_t longest = rate_hz / LEAST_HZ, shortest = rate_hz / MOST_HZ, window = longest;
    if (at < window || at + window > clip->frames) return 0;
    const int16_t *from = clip->samples + at - window;
    double values[1024] = { 0 }, best = 0;
    for (size_t lag = shortest; lag <= longest && lag < 1024; lag++) {
        values[lag] = correlation(from, from + lag, 2 * window - lag);
        best = values[lag] > best ? values[lag] : best;
    }
    if (best < 0.3) return 0;
    /* The shortest lag that is nearly as good as the best one, at its peak: two periods correlate as well as one. */
    for (size_t lag = shortest + 1; lag < longest; lag++)
        if (values[lag] > 0.75 * best && values[lag] >= values[lag - 1] && values[lag] >= values[lag + 1]) return (double)rate_hz / (double)lag;
    return 0;
}

size_t pitch_contour(const Clip *clip, size_t first, size_t end, unsigned rate_hz, double *hz, size_t room)
{
    size_t found = 0;
    for (size_t at = first; at < end && found < room; at += rate_hz / 200) {
        double value = pitch_at(clip, at, rate_hz);
        if (value > 0) hz[found++] = value;
    }
    return found;
}

int clip_loudest(const Clip *clip, size_t first, size_t end)
{
    int loudest = 0;
    for (size_t i = first; i < end && i < clip->frames; i++) loudest = abs(clip->samples[i]) > loudest ? abs(clip->samples[i]) : loudest;
    return loudest;
}
