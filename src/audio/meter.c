#include "audio/meter.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

static const double SILENCE_DB = -120;

struct Meter {
    ebur128_state *state;
    bool statement;
    size_t step, since; /* 0.1 s, how often EBU Tech 3341 wants the maxima looked at; frames since the last look */
    double momentary_max, short_term_max;
};

Meter *meter_create(unsigned rate_hz, bool statement)
{
    Meter *meter = memory_new(1, sizeof *meter);
    /* The histogram keeps memory the same for a minute and for sixty hours; its error is below 0.1 LU. */
    int mode = EBUR128_MODE_I | EBUR128_MODE_HISTOGRAM | EBUR128_MODE_TRUE_PEAK | (statement ? EBUR128_MODE_LRA : 0);
    *meter = (Meter){ ebur128_init(1, rate_hz, mode), statement, rate_hz / 10, 0, SILENCE_DB, SILENCE_DB };
    if (!meter->state) memory_exhausted();
    return meter;
}

void meter_destroy(Meter *meter)
{
    if (!meter) return;
    ebur128_destroy(&meter->state);
    free(meter);
}

static void look(Meter *meter)
{
    double lufs;
    if (ebur128_loudness_momentary(meter->state, &lufs) == EBUR128_SUCCESS && lufs > meter->momentary_max) meter->momentary_max = lufs;
    if (ebur128_loudness_shortterm(meter->state, &lufs) == EBUR128_SUCCESS && lufs > meter->short_term_max) meter->short_term_max = lufs;
    meter->since = 0;
}

static void add(Meter *meter, const float *samples, size_t frames)
{
    if (ebur128_add_frames_float(meter->state, samples, frames) != EBUR128_SUCCESS) memory_exhausted(); /* only without memory */
}

void meter_add(Meter *meter, const float *samples, size_t frames)
{
    for (size_t at = 0; at < frames;) {
        size_t left = meter->step - meter->since, n = frames - at < left ? frames - at : left;
        add(meter, samples + at, n);
        at += n;
        meter->since += n;
        if (meter->since == meter->step && meter->statement) look(meter);
        if (meter->since == meter->step) meter->since = 0;
    }
}

bool meter_levels(Meter *meter, SoundLevels *levels)
{
    static const float TAIL[64] = { 0 }; /* the interpolation looks ahead */
    double peak = 0;
    add(meter, TAIL, sizeof TAIL / sizeof *TAIL);
    *levels = (SoundLevels){ .momentary_max_lufs = meter->momentary_max, .short_term_max_lufs = meter->short_term_max };
    if (ebur128_true_peak(meter->state, 0, &peak) != EBUR128_SUCCESS) peak = 0;
    levels->true_peak_dbtp = peak > 0 ? 20 * log10(peak) : SILENCE_DB;
    if (meter->statement && ebur128_loudness_range(meter->state, &levels->range_lu) != EBUR128_SUCCESS) levels->range_lu = 0;
    return ebur128_loudness_global(meter->state, &levels->integrated_lufs) == EBUR128_SUCCESS && isfinite(levels->integrated_lufs);
}
