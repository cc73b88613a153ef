#include "support/signals.h"

#include "support/support.h"

#include <ebur128.h>
#include <math.h>

int16_t signal_noise(uint32_t *seed, int level)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (int16_t)((int)(*seed >> 16) % (2 * level + 1) - level);
}

int16_t signal_sine(size_t i, double hz, double phase, double level)
{
    return (int16_t)lrint(level * 32767 * sin(2 * M_PI * hz * (double)i / RATE_HZ + phase));
}

void signal_speech(int16_t *out, size_t n, double level)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        double t = (double)i / RATE_HZ, syllable = fmod(t, 0.25), envelope = syllable < 0.2 ? sin(M_PI * syllable / 0.2) : 0, sum = 0;
        if (fmod(t, 2.0) > 1.7) envelope = 0;
        for (int h = 1; h < 20; h++) sum += sin(2 * M_PI * h * (120 + 30 * sin(3 * t)) * t) / h;
        out[i] = (int16_t)lrint(level * 20000 * envelope * sum / 2.5 + (envelope > 0 ? signal_noise(&seed, 200) : 0));
    }
}

double measured_peak_db(const int16_t *samples, size_t n, unsigned rate_hz)
{
    double peak = 0;
    ebur128_state *state = ebur128_init(1, rate_hz, EBUR128_MODE_TRUE_PEAK);
    int16_t tail[64] = { 0 }; /* the interpolation looks ahead */
    assert_int_equal(ebur128_add_frames_short(state, samples, n), 0);
    assert_int_equal(ebur128_add_frames_short(state, tail, 64), 0);
    assert_int_equal(ebur128_true_peak(state, 0, &peak), 0);
    ebur128_destroy(&state);
    return 20 * log10(peak);
}

double measured_lufs(const int16_t *samples, size_t n, unsigned rate_hz)
{
    double lufs = 0;
    ebur128_state *state = ebur128_init(1, rate_hz, EBUR128_MODE_I);
    assert_int_equal(ebur128_add_frames_short(state, samples, n), 0);
    assert_int_equal(ebur128_loudness_global(state, &lufs), 0);
    ebur128_destroy(&state);
    return lufs;
}
