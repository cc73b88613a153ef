/* Joins, true peak, the limiter, loudness, another rate. */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/join.h"
#include "audio/loudness.h"
#include "audio/peak.h"
#include "audio/resample.h"
#include "support/signals.h"

/* ---- joins ---- */

static void silence_at_the_ends_goes(void **state)
{
    (void)state;
    Clip clip = { 0 };
    int16_t before[100], loud[3000];
    for (size_t i = 0; i < 100; i++) before[i] = 77;
    for (size_t i = 0; i < 3000; i++) loud[i] = signal_sine(i, 300, M_PI / 2, 0.5);
    clip_append(&clip, before, 100);
    clip_append_silence(&clip, 900);
    clip_append(&clip, loud, 3000);
    for (int16_t hiss = -30; hiss < 30; hiss++) clip_append(&clip, &hiss, 1);
    clip_append_silence(&clip, 500);
    join_shape(&clip, 100, RATE_HZ, 0);
    assert_in_range(clip.frames, 3090, 3100);
    for (size_t i = 0; i < 100; i++) assert_int_equal(clip.samples[i], 77); /* what was there is not touched */
    /* Neither end clicks: from silence to the first frame, and from the last to silence, less than 1 % of full scale. */
    assert_true(abs(clip.samples[100]) < 328 && abs(clip.samples[clip.frames - 1]) < 328);
    for (size_t i = 1; i <= 22; i++) assert_true(abs(clip.samples[clip.frames - i]) < 4500);
    assert_int_equal(clip.samples[1500], loud[1400]); /* the middle is as it was */
    clip_finish(&clip);
}

/* A consonant that bursts out of the synthesiser's own silence keeps its first millisecond, by which b, d and g are known apart; only the step of a
 * single sample goes. */
static void a_burst_is_not_dulled(void **state)
{
    (void)state;
    Clip clip = { 0 };
    int16_t burst[3000];
    for (size_t i = 0; i < 3000; i++) burst[i] = signal_sine(i, 2000, M_PI / 2, i < 40 ? 0.05 : 0.01);
    clip_append_silence(&clip, 770);
    clip_append(&clip, burst, 3000);
    join_shape(&clip, 0, RATE_HZ, 0);
    assert_int_equal(clip.frames, 3000);
    assert_true(abs(clip.samples[0]) < 328);
    double kept = 0, all = 0;
    for (size_t i = 0; i < 22; i++) kept += (double)clip.samples[i] * clip.samples[i], all += (double)burst[i] * burst[i];
    assert_true(kept > 0.7 * all);
    /* A voiced sound that begins at once is faded in as a whole. */
    clip.frames = 0;
    clip_append(&clip, burst, 3000);
    join_shape(&clip, 0, RATE_HZ, 0);
    for (size_t i = 1; i < 22; i++) assert_true(abs(clip.samples[i]) <= abs(burst[i]) / 2);
    clip_finish(&clip);
}

static double rms_of(const int16_t *samples, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (double)samples[i] * samples[i];
    return sqrt(sum / (double)n);
}

/* Before a pause the voice falls by some 20 dB; what lies before that, and a sound before no pause, stay as they are. */
static void a_voice_dies_away_before_a_pause(void **state)
{
    (void)state;
    Clip clip = { 0 };
    enum { FRAMES = 8820, DECAY_MS = 100, MS10 = RATE_HZ / 100 };
    for (int decay = 0; decay <= DECAY_MS; decay += DECAY_MS) {
        clip.frames = 0;
        for (size_t i = 0; i < FRAMES; i++) clip_append(&clip, &(int16_t){ signal_sine(i, 200, M_PI / 2, 0.5) }, 1);
        join_shape(&clip, 0, RATE_HZ, decay);
        assert_in_range(clip.frames, FRAMES - 120, FRAMES);
        const int16_t *end = clip.samples + clip.frames;
        double whole = rms_of(end - 16 * MS10, 5 * MS10), middle = rms_of(end - 6 * MS10, 2 * MS10), last = rms_of(end - 2 * MS10, MS10);
        assert_in_range(1000 * whole / 11585, 990, 1010);
        if (decay == 0) assert_in_range(1000 * last / whole, 990, 1010);
        else assert_true(middle < 0.7 * whole && middle > 0.4 * whole && last < 0.2 * whole && last > 0.05 * whole);
    }
    clip_finish(&clip);
}

/* zh, ch, j, q and z as they come from the synthesiser: silence, a level that stands still for 40 ms, the release. At the head the level is silence; inside it is
 * reached without the step that was heard as a tick. */
static void no_level_begins_with_a_step(void **state)
{
    (void)state;
    Clip clip = { 0 };
    enum { EACH = 4000, SILENCE = 700, LEVEL = 880 };
    for (int again = 0; again < 2; again++) {
        clip_append_silence(&clip, SILENCE);
        for (size_t i = 0; i < LEVEL; i++) clip_append(&clip, &(int16_t){ (int16_t)(540 + i % 3) }, 1);
        for (size_t i = 0; i < EACH; i++) clip_append(&clip, &(int16_t){ signal_sine(i, 3000, M_PI / 2, 0.2) }, 1);
    }
    join_shape(&clip, 0, RATE_HZ, 0);
    size_t head = RATE_HZ / 400, seam = head + EACH; /* 2.5 ms */
    assert_in_range(clip.frames, 2 * EACH + SILENCE + LEVEL + head - 20, 2 * EACH + SILENCE + LEVEL + head);
    assert_true(abs(clip.samples[0]) < 60 && clip.samples[head / 2] > 200);
    for (size_t i = seam + 1; i < seam + SILENCE + LEVEL; i++) assert_in_range(20 + clip.samples[i] - clip.samples[i - 1], 0, 40);
    assert_in_range(clip.samples[seam + SILENCE + LEVEL - 1], 540, 542); /* later it is as it was */
    clip_finish(&clip);
}

static void a_silent_or_short_sound_is_borne(void **state)
{
    (void)state;
    Clip clip = { 0 };
    clip_append_silence(&clip, 1000);
    join_shape(&clip, 0, RATE_HZ, 0);
    assert_int_equal(clip.frames, 0);
    join_shape(&clip, 0, RATE_HZ, 0);
    for (size_t n = 1; n < 300; n++) {
        clip.frames = 0;
        for (size_t i = 0; i < n; i++) clip_append(&clip, &(int16_t){ 8000 }, 1);
        join_shape(&clip, 0, RATE_HZ, 0);
        assert_int_equal(clip.frames, n);
    }
    clip_finish(&clip);
}

/* ---- true peak ---- */

static double our_peak_db(const PeakTaps *taps, const int16_t *samples, size_t n)
{
    return 20 * log10((double)peak_true(taps, samples, n, 0, 0, 0));
}

static void true_peak_agrees_with_libebur128(void **state)
{
    (void)state;
    enum { FRAMES = 20000 };
    PeakTaps *taps = peak_taps_create();
    int16_t *samples = calloc(FRAMES, sizeof *samples);
    uint32_t seed = 1;
    for (size_t i = 0; i < FRAMES; i++) samples[i] = signal_noise(&seed, 20000);
    assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES, RATE_HZ), 0.1);
    /* A quarter of the rate, with the phase that hides 3 dB between the samples. */
    static const double HZ[] = { 100, 3000, RATE_HZ / 4.0, RATE_HZ / 4.0 - 37, 7000 };
    for (size_t k = 0; k < 5; k++)
        for (int phase = 0; phase < 8; phase++) {
            for (size_t i = 0; i < FRAMES; i++) samples[i] = signal_sine(i, HZ[k], phase * M_PI / 8, 0.7);
            assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES, RATE_HZ), 0.1);
        }
    signal_speech(samples, FRAMES, 1);
    assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES, RATE_HZ), 0.1);
    memset(samples, 0, FRAMES * sizeof *samples);
    assert_true(peak_true(taps, samples, FRAMES, 0, 0, 0) == 0.0F);
    samples[FRAMES - 1] = INT16_MIN; /* the very last, and the most negative */
    assert_float_equal(peak_true(taps, samples, FRAMES, 0, 0, 0), 1.0F, 0.02);
    free(samples);
    peak_taps_destroy(taps);
}

static void the_limiter_keeps_the_ceiling(void **state)
{
    (void)state;
    enum { FRAMES = 3 * RATE_HZ };
    PeakTaps *taps = peak_taps_create();
    int16_t *in = calloc(FRAMES, sizeof *in), *out = calloc(FRAMES, sizeof *out);
    uint32_t seed = 3;
    for (int kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < FRAMES; i++) {
            if (kind == 0) in[i] = signal_noise(&seed, i % 5000 < 40 ? 32000 : 3000);
            if (kind == 1) in[i] = signal_sine(i, RATE_HZ / 4.0, M_PI / 4, 0.9);
            if (kind == 2) in[i] = (int16_t)(i % 3001 == 0 ? INT16_MIN : 0);
        }
        if (kind == 3) signal_speech(in, FRAMES, 1.3);
        static const float GAINS[] = { 0.5F, 1.0F, 2.0F, 6.0F }, CEILINGS_DB[] = { -1, -3, -9 };
        for (size_t g = 0; g < 4; g++)
            for (size_t c = 0; c < 3; c++) {
                float ceiling = powf(10, CEILINGS_DB[c] / 20);
                bool limited = peak_limit(taps, in, out, FRAMES, 0, 0, GAINS[g], ceiling);
                double peak = measured_peak_db(out, FRAMES, RATE_HZ);
                if (peak > CEILINGS_DB[c] + 0.1) fail_msg("kind %d, gain %g: %g dBTP over %g", kind, GAINS[g], peak, CEILINGS_DB[c]);
                if (!limited) assert_in_range(out[FRAMES / 2] - (int)lrintf((float)in[FRAMES / 2] * GAINS[g]) + 1, 0, 2); /* a tie may go either way */
            }
    }
    free(in);
    free(out);
    peak_taps_destroy(taps);
}

static void blocks_give_what_the_whole_gives(void **state)
{
    (void)state;
    enum { FRAMES = 50003 };
    PeakTaps *taps = peak_taps_create();
    int16_t *in = calloc(FRAMES, sizeof *in), *whole = calloc(FRAMES, sizeof *whole), *parts = calloc(FRAMES, sizeof *parts);
    signal_speech(in, FRAMES, 1.2);
    assert_true(peak_limit(taps, in, whole, FRAMES, 0, 0, 1.7F, 0.8F));
    static const size_t BLOCKS[] = { 1024, 4096, 32768 };
    for (size_t b = 0; b < 3; b++) {
        memset(parts, 0, FRAMES * sizeof *parts);
        for (size_t at = 0; at < FRAMES; at += BLOCKS[b]) {
            size_t n = FRAMES - at < BLOCKS[b] ? FRAMES - at : BLOCKS[b], after = FRAMES - at - n < PEAK_MARGIN ? FRAMES - at - n : PEAK_MARGIN;
            peak_limit(taps, in + at, parts + at, n, at < PEAK_MARGIN ? at : PEAK_MARGIN, after, 1.7F, 0.8F);
        }
        for (size_t i = 0; i < FRAMES; i++)
            if (parts[i] != whole[i]) fail_msg("blocks of %zu: frame %zu is %d, not %d", BLOCKS[b], i, parts[i], whole[i]);
    }
    free(in);
    free(whole);
    free(parts);
    peak_taps_destroy(taps);
}

/* ---- loudness, rate ---- */

static void loudness_of_silence_is_none(void **state)
{
    (void)state;
    double lufs;
    int16_t samples[RATE_HZ] = { 0 };
    Loudness *loudness = loudness_create(RATE_HZ);
    assert_false(loudness_integrated(loudness, &lufs));
    loudness_add(loudness, samples, RATE_HZ);
    assert_false(loudness_integrated(loudness, &lufs));
    for (size_t i = 0; i < RATE_HZ; i++) samples[i] = signal_sine(i, 1000, 0, 0.1);
    for (int i = 0; i < 20; i++) loudness_add(loudness, samples, RATE_HZ);
    assert_true(loudness_integrated(loudness, &lufs));
    assert_float_equal(lufs, -23.0, 0.2); /* EBU Tech 3341: a 1 kHz sine of -20 dBFS in one channel is -23 LUFS */
    loudness_destroy(loudness);
    loudness_destroy(NULL);
}

/* In pieces of any length, loud and soft, with silence that the gates leave out. */
static void loudness_agrees_with_libebur128(void **state)
{
    (void)state;
    enum { LONGEST = 40 * RATE_HZ };
    static const unsigned LENGTHS_MS[] = { 400, 1234, 6400, 6500, 12801, 40000 };
    int16_t *samples = calloc(LONGEST, sizeof *samples);
    uint32_t seed = 5;
    for (int kind = 0; kind < 4; kind++) {
        static const double LEVELS[] = { 0.02, 0.3, 1 };
        for (size_t l = 0; l < 3; l++) {
            signal_speech(samples, LONGEST, LEVELS[l]);
            if (kind == 1) memset(samples + LONGEST / 4, 0, LONGEST / 3 * sizeof *samples);
            for (size_t i = 0; i < LONGEST && kind == 2; i++) samples[i] = signal_noise(&seed, (int)(LEVELS[l] * 20000));
            for (size_t i = LONGEST / 2; i < LONGEST && kind == 3; i++) samples[i] /= 40;
            for (size_t k = 0; k < sizeof LENGTHS_MS / sizeof *LENGTHS_MS; k++) {
                size_t n = (size_t)((uint64_t)LENGTHS_MS[k] * RATE_HZ / 1000), step = 777 + 5000 * k;
                double lufs, wanted = measured_lufs(samples, n, RATE_HZ);
                Loudness *loudness = loudness_create(RATE_HZ);
                for (size_t at = 0; at < n; at += step) loudness_add(loudness, samples + at, n - at < step ? n - at : step);
                assert_true(loudness_integrated(loudness, &lufs));
                if (fabs(lufs - wanted) > 0.02) fail_msg("kind %d, level %g, %u ms: %.3f, not %.3f LUFS", kind, LEVELS[l], LENGTHS_MS[k], lufs, wanted);
                loudness_destroy(loudness);
            }
        }
    }
    free(samples);
}

/* A click lies at the same time at either rate, and a tone keeps its level; what comes does not depend on the pieces. */
static void another_rate_keeps_time_and_level(void **state)
{
    (void)state;
    enum { FRAMES = 70001, CLICK = 30011 };
    static const unsigned RATES_HZ[] = { 44100, 48000, 16000 };
    int16_t *samples = calloc(FRAMES, sizeof *samples);
    for (size_t i = 0; i < FRAMES; i++) samples[i] = signal_sine(i, 500, 0, i > 40000 ? 0.5 : 0);
    samples[CLICK] = 20000;
    for (size_t r = 0; r < 3; r++) {
        float *whole = NULL;
        uint64_t wanted = resampled_frames(FRAMES, RATE_HZ, RATES_HZ[r]);
        for (size_t step = FRAMES; step > 1000; step /= 5) {
            Resampler *resampler = resampler_create(RATE_HZ, RATES_HZ[r]);
            float *out = calloc((size_t)wanted + 2 * resampler_room(resampler, FRAMES), sizeof *out);
            size_t n = 0;
            for (size_t at = 0; at < FRAMES; at += step) n += resampler_run(resampler, samples + at, FRAMES - at < step ? FRAMES - at : step, out + n);
            n += resampler_run(resampler, NULL, 0, out + n);
            assert_int_equal(n, wanted);
            if (whole) assert_memory_equal(out, whole, n * sizeof *out);
            resampler_destroy(resampler);
            if (whole) free(out);
            else whole = out;
        }
        size_t highest = 0, after = (size_t)resampled_frames(50000, RATE_HZ, RATES_HZ[r]);
        for (size_t i = 0; i < (size_t)resampled_frames(38000, RATE_HZ, RATES_HZ[r]); i++) highest = fabsf(whole[i]) > fabsf(whole[highest]) ? i : highest;
        assert_in_range(highest + 1, resampled_frames(CLICK, RATE_HZ, RATES_HZ[r]), resampled_frames(CLICK, RATE_HZ, RATES_HZ[r]) + 2);
        double sum = 0;
        for (size_t i = 0; i < RATES_HZ[r] / 5; i++) sum += (double)whole[after + i] * whole[after + i];
        assert_true(fabs(10 * log10(2 * sum / (RATES_HZ[r] / 5)) - 20 * log10(0.5)) < 0.05);
        free(whole);
    }
    free(samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_at_the_ends_goes),
        cmocka_unit_test(a_burst_is_not_dulled),
        cmocka_unit_test(a_voice_dies_away_before_a_pause),
        cmocka_unit_test(no_level_begins_with_a_step),
        cmocka_unit_test(a_silent_or_short_sound_is_borne),
        cmocka_unit_test(true_peak_agrees_with_libebur128),
        cmocka_unit_test(the_limiter_keeps_the_ceiling),
        cmocka_unit_test(blocks_give_what_the_whole_gives),
        cmocka_unit_test(loudness_of_silence_is_none),
        cmocka_unit_test(loudness_agrees_with_libebur128),
        cmocka_unit_test(another_rate_keeps_time_and_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
