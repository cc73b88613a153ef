#include "audio/peak.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    FACTOR = 4, /* interpolated points a sample */
    TAPS = 12,  /* of each phase */
    HALF_TAPS = TAPS / 2,
    GROUP = 32, /* frames that are looked at, or passed over, together */
    CELL = 16,  /* frames that get one gain; between their middles it runs in a straight line */
    MEAN_REACH = 8, /* cells: the gain is smoothed twice over this, so look-ahead and release are 12 ms */
    /* One cell wider than the two means together: no smoothed value, nor the line to its neighbour, passes what is allowed. */
    MINIMUM_REACH = 2 * MEAN_REACH + 1,
    SMOOTHED_REACH = MINIMUM_REACH + 2 * MEAN_REACH,
    PART_CELLS = 128 /* that are smoothed together; most parts need nothing */
};
_Static_assert(PEAK_MARGIN >= SMOOTHED_REACH * CELL && PEAK_MARGIN % CELL == 0, "the margin covers the smoothing, in whole cells");

struct PeakTaps {
    float phase[FACTOR][TAPS];
    float bend, rest; /* see find_bounds */
};

/* The taps of the middle phase, taken positive, sum to 1.864: no point between samples stands higher above all the samples around it.
 * Where these are below level / 1.864, no look is needed. */
static const float NEAR_PEAK = 0.536F;
static const float FULL_SCALE = 32768.0F;

/* By how much a point can pass the higher of the two samples that it lies between: what the filter adds to the straight line between them, summed by parts
 * twice, is a sum over second differences of the samples (`bend` times the largest of them at most), and a rest that is small because the filter leaves
 * straight lines as they are, nearly (`rest` times the highest sample). Speech is smooth where it is loud: few points need to be looked at. */
static void find_bounds(PeakTaps *taps)
{
    for (int p = 1; p < FACTOR; p++) {
        double once = 0, twice = 0, bend = 0, last = 0;
        for (int k = 0; k < TAPS; k++) {
            int at = TAPS - 1 - k; /* the tap of sample k */
            double line = k == HALF_TAPS - 1 ? 1 - (double)p / FACTOR : k == HALF_TAPS ? (double)p / FACTOR : 0;
            once += (double)taps->phase[p][at] - line;
            if (k == TAPS - 1) break;
            twice += once;
            bend += fabs(twice);
            last = fabs(twice);
        }
        double rest = fabs(once) + 2 * last + 1e-4; /* and what rounding does */
        taps->bend = (float)fmax(taps->bend, bend);
        taps->rest = (float)fmax(taps->rest, rest);
    }
}

PeakTaps *peak_taps_create(void)
{
    enum { LENGTH = FACTOR * TAPS + 1 };
    PeakTaps *taps = memory_new(1, sizeof *taps);
    for (int i = 0; i < LENGTH; i++) {
        double m = i - (LENGTH - 1) / 2.0, x = m * M_PI / FACTOR;
        double sinc = fabs(m) > 1e-6 ? sin(x) / x : 1;
        double value = sinc * 0.5 * (1 - cos(2 * M_PI * i / (LENGTH - 1)));
        if (i / FACTOR < TAPS) taps->phase[i % FACTOR][i / FACTOR] = (float)value;
    }
    find_bounds(taps);
    return taps;
}

void peak_taps_destroy(PeakTaps *taps)
{
    free(taps);
}

float peak_linear(double db)
{
    return (float)pow(10, db / 20);
}

/* In 16 bits, of which a vector takes twice as many as of 32. */
static int highest_sample(const int16_t *in, size_t n)
{
    int16_t highest = 0, lowest = 0;
    for (size_t i = 0; i < n; i++) {
        highest = in[i] > highest ? in[i] : highest;
        lowest = in[i] < lowest ? in[i] : lowest;
    }
    return highest > -lowest ? highest : -lowest;
}

/* peak[i]: the highest of the points from sample i up to the next one, for a group of n <= GROUP samples. Samples outside
 * [-low, n + high) count as silence. The loops run over i inside, so that the compiler can take several at a time. */
static void interpolate(const PeakTaps *taps, const int16_t *in, size_t n, size_t low, size_t high, float peak[GROUP])
{
    float window[GROUP + TAPS] = { 0 };
    size_t before = low < HALF_TAPS - 1 ? low : HALF_TAPS - 1, after = high < HALF_TAPS ? high : HALF_TAPS;
    float *middle = window + HALF_TAPS - 1;
    for (ptrdiff_t i = -(ptrdiff_t)before; i < (ptrdiff_t)(n + after); i++) middle[i] = (float)in[i];
    for (size_t i = 0; i < GROUP; i++) peak[i] = fabsf(middle[i]);
    for (int p = 1; p < FACTOR; p++) {
        float sum[GROUP] = { 0 };
        for (int k = 0; k < TAPS; k++) {
            const float tap = taps->phase[p][k], *from = window + TAPS - 1 - k;
            for (size_t i = 0; i < GROUP; i++) sum[i] += tap * from[i];
        }
        for (size_t i = 0; i < GROUP; i++) peak[i] = fabsf(sum[i]) > peak[i] ? fabsf(sum[i]) : peak[i];
    }
}

static float highest_of(const float peak[GROUP])
{
    float highest = 0;
    for (size_t i = 0; i < GROUP; i++) highest = peak[i] > highest ? peak[i] : highest;
    return highest;
}

/* The largest second difference. */
static int sharpest_bend(const int16_t *in, size_t n)
{
    int highest = 0, lowest = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        int bend = in[i - 1] - 2 * in[i] + in[i + 1];
        highest = bend > highest ? bend : highest;
        lowest = bend < lowest ? bend : lowest;
    }
    return highest > -lowest ? highest : -lowest;
}

/* Whether a point of the group in[0 .. n) may pass `level`. in[-low .. n + high) can be read. */
static bool comes_near(const PeakTaps *taps, const int16_t *in, size_t n, size_t low, size_t high, float level)
{
    size_t before = low < HALF_TAPS ? low : HALF_TAPS, after = high < HALF_TAPS ? high : HALF_TAPS;
    float highest = (float)highest_sample(in - before, before + n + after);
    if (highest <= NEAR_PEAK * level) return false;
    bool edge = before < HALF_TAPS || after < HALF_TAPS; /* of the sound: a step */
    return edge || highest * (1 + taps->rest) + taps->bend * (float)sharpest_bend(in - before, before + n + after) > level;
}

float peak_true(const PeakTaps *taps, const int16_t *in, size_t n, size_t before, size_t after, float floor)
{
    float highest = floor * FULL_SCALE, peak[GROUP];
    for (size_t at = 0; at < n; at += GROUP) {
        size_t count = n - at < GROUP ? n - at : GROUP;
        size_t low = before + at, high = n + after - at - count;
        if (!comes_near(taps, in + at, count, low, high, highest)) continue;
        interpolate(taps, in + at, count, low, high, peak);
        for (size_t i = 0; i < count; i++) highest = peak[i] > highest ? peak[i] : highest;
    }
    return highest / FULL_SCALE;
}

/* need[cell] is the gain that its frames ask for so that `limit` is kept, 1 where they ask for nothing. */
static bool find_needs(const PeakTaps *taps, const int16_t *in, size_t all, float limit, float *need, size_t cells)
{
    bool any = false;
    float peak[GROUP];
    for (size_t c = 0; c < cells; c++) need[c] = 1;
    for (size_t at = 0; at < all; at += GROUP) {
        size_t count = all - at < GROUP ? all - at : GROUP;
        if (!comes_near(taps, in + at, count, at, all - at - count, limit)) continue;
        interpolate(taps, in + at, count, at, all - at - count, peak);
        if (highest_of(peak) <= limit) continue;
        for (size_t i = 0; i < count; i++) {
            float *cell = &need[(at + i) / CELL];
            if (peak[i] <= limit) continue;
            any = true;
            if (limit / peak[i] < *cell) *cell = limit / peak[i];
        }
    }
    return any;
}

static float least_of(float a, float b)
{
    return a < b ? a : b;
}

/* Each value becomes the least within MINIMUM_REACH cells on both sides: running minima forwards and backwards over blocks of a window's
 * length meet in every window (van Herk 1992), but for those that an end cuts short within a block. `scratch` holds 2 n. */
static void running_minimum(const float *in, float *out, size_t n, float *scratch)
{
    enum { WINDOW = 2 * MINIMUM_REACH + 1 };
    float *forward = scratch, *backward = scratch + n;
    for (size_t i = 0; i < n; i++) forward[i] = i % WINDOW ? least_of(forward[i - 1], in[i]) : in[i];
    for (size_t i = n; i-- > 0;) backward[i] = i + 1 < n && (i + 1) % WINDOW ? least_of(backward[i + 1], in[i]) : in[i];
    for (size_t i = 0; i < n; i++) {
        size_t from = i < MINIMUM_REACH ? 0 : i - MINIMUM_REACH, to = i + MINIMUM_REACH < n ? i + MINIMUM_REACH : n - 1;
        if (from / WINDOW != to / WINDOW) out[i] = least_of(backward[from], forward[to]);
        else out[i] = from == 0 ? forward[to] : backward[from];
    }
}

/* The mean over MEAN_REACH cells on both sides; beyond the ends the first and last value go on. */
static void running_mean(const float *in, float *out, size_t n)
{
    double sum = in[0] * (double)(MEAN_REACH + 1);
    for (size_t k = 1; k <= MEAN_REACH; k++) sum += in[k < n ? k : n - 1];
    for (size_t i = 0; i < n; i++) {
        out[i] = (float)(sum / (2 * MEAN_REACH + 1));
        size_t enters = i + MEAN_REACH + 1;
        sum += in[enters < n ? enters : n - 1];
        sum -= in[i < MEAN_REACH ? 0 : i - MEAN_REACH];
    }
}

/* Rounded half away from zero. In three loops: of one, compilers make branches or masks where these are a minimum and a maximum a vector. */
static inline void to_samples(float *values, int16_t *out, size_t n)
{
    for (size_t i = 0; i < n; i++) values[i] = values[i] < INT16_MAX ? values[i] : INT16_MAX;
    for (size_t i = 0; i < n; i++) values[i] = values[i] < INT16_MIN ? INT16_MIN : values[i];
    for (size_t i = 0; i < n; i++) out[i] = (int16_t)(int)(values[i] + copysignf(0.5F, values[i]));
}

void peak_gain(const int16_t *in, int16_t *out, size_t n, float gain)
{
    enum { SOME = 64 };
    float values[SOME];
    for (; n >= SOME; n -= SOME, in += SOME, out += SOME) {
        for (size_t i = 0; i < SOME; i++) values[i] = (float)in[i] * gain;
        to_samples(values, out, SOME);
    }
    for (size_t i = 0; i < n; i++) values[i] = (float)in[i] * gain;
    to_samples(values, out, n);
}

/* One cell: from its edge to its middle and on to its other edge the gain runs in two straight lines. */
static void apply_cell(const int16_t *in, int16_t *out, float before, float at, float after)
{
    enum { HALF = CELL / 2 };
    float left = (at - before) / CELL, right = (after - at) / CELL, values[CELL];
    for (int i = 0; i < HALF; i++) values[i] = (float)in[i] * (at - left * ((float)(HALF - i) - 0.5F));
    for (int i = 0; i < HALF; i++) values[HALF + i] = (float)in[HALF + i] * (at + right * ((float)i + 0.5F));
    to_samples(values, out, CELL);
}

/* in[0] begins cell `first`; `n` need not be whole cells. */
static void apply_gains(const int16_t *in, int16_t *out, size_t n, const float *gains, size_t first, size_t cells, float gain)
{
    for (size_t c = first, at = 0; at < n; c++, at += CELL) {
        float before = gain * gains[c > 0 ? c - 1 : 0], here = gain * gains[c], after = gain * gains[c + 1 < cells ? c + 1 : c];
        int16_t last[CELL] = { 0 };
        if (n - at >= CELL) {
            apply_cell(in + at, out + at, before, here, after);
        } else {
            memcpy(last, in + at, (n - at) * sizeof *last);
            apply_cell(last, last, before, here, after);
            memcpy(out + at, last, (n - at) * sizeof *last);
        }
    }
}

/* The smoothed gains of cells [first, first + n), from what `cells` cells need. */
static void smooth(const float *need, size_t cells, size_t first, size_t n, float *gains)
{
    enum { WIDEST = PART_CELLS + 2 + 2 * SMOOTHED_REACH };
    float lowest[WIDEST], scratch[2 * WIDEST];
    size_t low = first < SMOOTHED_REACH ? 0 : first - SMOOTHED_REACH, high = first + n + SMOOTHED_REACH < cells ? first + n + SMOOTHED_REACH : cells;
    running_minimum(need + low, lowest, high - low, scratch);
    running_mean(lowest, scratch, high - low);
    running_mean(scratch, lowest, high - low);
    memcpy(gains, lowest + (first - low), n * sizeof *gains);
}

static bool asks_nothing(const float *need, size_t cells, size_t first, size_t n)
{
    size_t low = first < SMOOTHED_REACH ? 0 : first - SMOOTHED_REACH, high = first + n + SMOOTHED_REACH < cells ? first + n + SMOOTHED_REACH : cells;
    for (size_t c = low; c < high; c++)
        if (need[c] < 1) return false;
    return true;
}

bool peak_limit(const PeakTaps *taps, const int16_t *in, int16_t *out, size_t n, size_t before, size_t after, float gain, float ceiling)
{
    size_t all = before + n + after, cells = all / CELL + 1, first = before / CELL;
    float *need = memory_grow(NULL, cells, sizeof *need), gains[PART_CELLS + 2];
    bool any = find_needs(taps, in - before, all, ceiling * FULL_SCALE / gain, need, cells);
    if (!any) peak_gain(in, out, n, gain);
    for (size_t at = 0; any && at < n; at += PART_CELLS * CELL) {
        size_t part = n - at < PART_CELLS * CELL ? n - at : PART_CELLS * CELL, c = first + at / CELL;
        size_t low = c > 0 ? c - 1 : 0, high = c + PART_CELLS + 1 < cells ? c + PART_CELLS + 1 : cells;
        if (asks_nothing(need, cells, low, high - low)) {
            peak_gain(in + at, out + at, part, gain);
            continue;
        }
        smooth(need, cells, low, high - low, gains);
        apply_gains(in + at, out + at, part, gains, c - low, high - low, gain);
    }
    free(need);
    return any;
}
