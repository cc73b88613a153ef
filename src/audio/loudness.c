#include "audio/loudness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    LANES = 8,          /* stretches that are filtered side by side: two vectors of four floats */
    LANE_HOPS = 8,      /* hops of 0.1 s in each */
    BLOCK_HOPS = 4      /* a gating block is 0.4 s and begins every 0.1 s */
};
/* BS.1770-4: gates, and what makes a sine of 997 Hz read its level. */
static const double ABSOLUTE_GATE_LUFS = -70, RELATIVE_GATE_LU = -10, OFFSET_DB = -0.691;

/* y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y'' */
typedef struct Biquad {
    float b0, b1, b2, a1, a2;
} Biquad;

struct Loudness {
    Biquad shelf, high_pass;
    size_t hop;         /* frames */
    int16_t *samples;   /* a warm-up hop, then LANES * LANE_HOPS hops */
    size_t held;        /* frames behind the warm-up */
    uint64_t frames;
    float *energies;    /* of each hop: the sum of its squares after the filters */
    size_t count, room;
};

/* The two filters of BS.1770 are given there for 48 kHz. These are their analogue originals (Brecht De Man, "Evaluation of implementations of the
 * EBU R128 loudness measurement", AES 145, 2018), by the bilinear transform at any rate. */
static Biquad head_shelf(unsigned rate_hz)
{
    const double hz = 1681.974450955533, gain_db = 3.999843853973347, q = 0.7071752369554196;
    double k = tan(M_PI * hz / rate_hz), high = pow(10, gain_db / 20), band = pow(high, 0.4996667741545416), a0 = 1 + k / q + k * k;
    return (Biquad){ (float)((high + band * k / q + k * k) / a0), (float)(2 * (k * k - high) / a0), (float)((high - band * k / q + k * k) / a0),
                     (float)(2 * (k * k - 1) / a0), (float)((1 - k / q + k * k) / a0) };
}

static Biquad low_cut(unsigned rate_hz)
{
    const double hz = 38.13547087602444, q = 0.5003270373238773;
    double k = tan(M_PI * hz / rate_hz), a0 = 1 + k / q + k * k;
    return (Biquad){ 1, -2, 1, (float)(2 * (k * k - 1) / a0), (float)((1 - k / q + k * k) / a0) };
}

Loudness *loudness_create(unsigned rate_hz)
{
    Loudness *loudness = memory_new(1, sizeof *loudness);
    *loudness = (Loudness){ .shelf = head_shelf(rate_hz), .high_pass = low_cut(rate_hz), .hop = rate_hz / 10 };
    loudness->samples = memory_new(loudness->hop * (1 + LANES * LANE_HOPS), sizeof *loudness->samples);
    return loudness;
}

void loudness_destroy(Loudness *loudness)
{
    if (!loudness) return;
    free(loudness->samples);
    free(loudness->energies);
    free(loudness);
}

/* ---- filtering ---- */

/* A float of each of four lanes: what every processor has a vector for. Of longer ones, those without such make detours through memory. */
enum { BESIDE = 4, VECTORS = LANES / BESIDE };
typedef float Beside __attribute__((vector_size(BESIDE * sizeof(float))));

typedef struct Lanes {
    Beside shelf1, shelf2, cut1, cut2; /* what the filters remember (transposed direct form 2) */
    Beside energy;
} Lanes;

static inline void filter_frame(const Biquad *s, const Biquad *c, Lanes *at, Beside x)
{
    Beside y = s->b0 * x + at->shelf1, z = y + at->cut1;
    at->shelf1 = (s->b1 * x + at->shelf2) - s->a1 * y; /* what waits for y comes last */
    at->shelf2 = s->b2 * x - s->a2 * y;
    at->cut1 = at->cut2 - 2 * y - c->a1 * z; /* of the low cut, b is 1, -2, 1 */
    at->cut2 = y - c->a2 * z;
    at->energy += z * z;
}

/* `n` frames of each lane; lane i reads from in[i * stride]. A few frames are laid lane beside lane first. */
static void filter(const Loudness *loudness, Lanes lanes[VECTORS], const int16_t *in, size_t stride, size_t n)
{
    enum { SOME = 64 };
    const Biquad shelf = loudness->shelf, cut = loudness->high_pass;
    Lanes low = lanes[0], high = lanes[1];
    float along[LANES][SOME];
    union {
        float one[SOME][LANES];
        Beside all[SOME][VECTORS];
    } beside;
    for (size_t from = 0; from < n; from += SOME) {
        size_t some = n - from < SOME ? n - from : SOME;
        for (size_t i = 0; i < LANES; i++)
            for (size_t f = 0; f < some; f++) along[i][f] = (float)in[i * stride + from + f];
        for (size_t f = 0; f < some; f++)
            for (size_t i = 0; i < LANES; i++) beside.one[f][i] = along[i][f];
        for (size_t f = 0; f < some; f++) {
            filter_frame(&shelf, &cut, &low, beside.all[f][0]);
            filter_frame(&shelf, &cut, &high, beside.all[f][1]);
        }
    }
    lanes[0] = low;
    lanes[1] = high;
}

static void keep_energy(Loudness *loudness, float energy)
{
    if (loudness->count == loudness->room) {
        loudness->room = loudness->room ? 2 * loudness->room : 4096;
        loudness->energies = memory_grow(loudness->energies, loudness->room, sizeof *loudness->energies);
    }
    loudness->energies[loudness->count++] = energy;
}

/* All lanes; the first `hops` hops of them count. A lane starts from silence one hop before its own sound: of the low cut, 38 Hz, nothing is left
 * after 0.1 s. The last hop of the last lane is the next warm-up. */
static void filter_block(Loudness *loudness, size_t hops)
{
    Lanes lanes[VECTORS] = { 0 };
    float energies[LANES * LANE_HOPS];
    size_t hop = loudness->hop, stride = LANE_HOPS * hop;
    filter(loudness, lanes, loudness->samples, stride, hop);
    for (size_t h = 0; h < LANE_HOPS; h++) {
        for (size_t v = 0; v < VECTORS; v++) lanes[v].energy = (Beside){ 0 };
        filter(loudness, lanes, loudness->samples + (1 + h) * hop, stride, hop);
        for (size_t i = 0; i < LANES; i++) energies[i * LANE_HOPS + h] = lanes[i / BESIDE].energy[i % BESIDE];
    }
    for (size_t h = 0; h < hops; h++) keep_energy(loudness, energies[h]);
    memcpy(loudness->samples, loudness->samples + LANES * stride, hop * sizeof *loudness->samples);
    loudness->held = 0;
}

void loudness_add(Loudness *loudness, const int16_t *samples, size_t frames)
{
    size_t block = LANES * LANE_HOPS * loudness->hop;
    loudness->frames += frames;
    while (frames > 0) {
        size_t n = block - loudness->held < frames ? block - loudness->held : frames;
        memcpy(loudness->samples + loudness->hop + loudness->held, samples, n * sizeof *samples);
        loudness->held += n;
        samples += n;
        frames -= n;
        if (loudness->held == block) filter_block(loudness, LANES * LANE_HOPS);
    }
}

/* ---- gating ---- */

static double lufs_of(double mean_square)
{
    return mean_square > 0 ? OFFSET_DB + 10 * log10(mean_square) : -INFINITY;
}

/* The mean square of the gating blocks that are at least as loud as the gate; 0 when none is. */
static double gated_mean(const Loudness *loudness, double gate_lufs)
{
    double full_scale = 32768.0 * 32768.0, sum = 0;
    size_t blocks = 0;
    for (size_t i = 0; i + BLOCK_HOPS <= loudness->count; i++) {
        double energy = 0;
        for (size_t h = 0; h < BLOCK_HOPS; h++) energy += loudness->energies[i + h];
        energy /= full_scale * (double)(BLOCK_HOPS * loudness->hop);
        if (lufs_of(energy) < gate_lufs) continue;
        sum += energy;
        blocks++;
    }
    return blocks ? sum / (double)blocks : 0;
}

bool loudness_integrated(Loudness *loudness, double *lufs)
{
    size_t shortest = BLOCK_HOPS * loudness->hop, hops = loudness->held / loudness->hop;
    bool is_short = loudness->frames < shortest;
    if (is_short) hops = BLOCK_HOPS; /* what stands there is silence */
    if (loudness->held > 0) filter_block(loudness, hops);
    double above = gated_mean(loudness, ABSOLUTE_GATE_LUFS);
    *lufs = lufs_of(gated_mean(loudness, lufs_of(above) + RELATIVE_GATE_LU));
    if (is_short && loudness->frames > 0) *lufs += 10 * log10((double)shortest / (double)loudness->frames);
    return above > 0;
}
