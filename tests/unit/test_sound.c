/* Joins, true peak, the limiter, loudness, and files of every format. */
#include "support/support.h"

#include <ebur128.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/join.h"
#include "audio/loudness.h"
#include "audio/peak.h"
#include "audio/track.h"
#include "support/scratch.h"

enum { RATE_HZ = 22050 };

/* The same noise everywhere: a linear congruential generator. */
static int16_t noise(uint32_t *seed, int level)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (int16_t)((int)(*seed >> 16) % (2 * level + 1) - level);
}

static int16_t sine(size_t i, double hz, double phase, double level)
{
    return (int16_t)lrint(level * 32767 * sin(2 * M_PI * hz * (double)i / RATE_HZ + phase));
}

/* Something like speech: syllables of a voice with harmonics, loud and soft, with pauses. */
static void fill_speech(int16_t *out, size_t n, double level)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        double t = (double)i / RATE_HZ, syllable = fmod(t, 0.25), envelope = syllable < 0.2 ? sin(M_PI * syllable / 0.2) : 0, sum = 0;
        if (fmod(t, 2.0) > 1.7) envelope = 0;
        for (int h = 1; h < 20; h++) sum += sin(2 * M_PI * h * (120 + 30 * sin(3 * t)) * t) / h;
        out[i] = (int16_t)lrint(level * 20000 * envelope * sum / 2.5 + (envelope > 0 ? noise(&seed, 200) : 0));
    }
}

/* ---- what an independent library says ---- */

static double measured_peak_db(const int16_t *samples, size_t n)
{
    double peak = 0;
    ebur128_state *state = ebur128_init(1, RATE_HZ, EBUR128_MODE_TRUE_PEAK);
    int16_t tail[64] = { 0 }; /* the interpolation looks ahead */
    assert_int_equal(ebur128_add_frames_short(state, samples, n), 0);
    assert_int_equal(ebur128_add_frames_short(state, tail, 64), 0);
    assert_int_equal(ebur128_true_peak(state, 0, &peak), 0);
    ebur128_destroy(&state);
    return 20 * log10(peak);
}

static double measured_lufs(const int16_t *samples, size_t n)
{
    double lufs = 0;
    ebur128_state *state = ebur128_init(1, RATE_HZ, EBUR128_MODE_I);
    assert_int_equal(ebur128_add_frames_short(state, samples, n), 0);
    assert_int_equal(ebur128_loudness_global(state, &lufs), 0);
    ebur128_destroy(&state);
    return lufs;
}

/* ---- joins ---- */

static void silence_at_the_ends_goes(void **state)
{
    (void)state;
    Clip clip = { 0 };
    int16_t before[100], loud[3000];
    for (size_t i = 0; i < 100; i++) before[i] = 77;
    for (size_t i = 0; i < 3000; i++) loud[i] = sine(i, 300, M_PI / 2, 0.5);
    clip_append(&clip, before, 100);
    clip_append_silence(&clip, 900);
    clip_append(&clip, loud, 3000);
    for (int16_t hiss = -30; hiss < 30; hiss++) clip_append(&clip, &hiss, 1);
    clip_append_silence(&clip, 500);
    join_shape(&clip, 100, RATE_HZ);
    assert_in_range(clip.frames, 3090, 3100);
    for (size_t i = 0; i < 100; i++) assert_int_equal(clip.samples[i], 77); /* what was there is not touched */
    /* Neither end clicks: from silence to the first frame, and from the last to silence, less than 1 % of full scale. */
    assert_true(abs(clip.samples[100]) < 328 && abs(clip.samples[clip.frames - 1]) < 328);
    for (size_t i = 0; i < 10; i++) assert_true(abs(clip.samples[100 + i]) < 4500); /* half a millisecond at the head, one at the tail */
    for (size_t i = 1; i <= 22; i++) assert_true(abs(clip.samples[clip.frames - i]) < 4500);
    for (size_t i = 101; i < 120; i++) assert_true(abs(clip.samples[i] - clip.samples[i - 1]) < 1500);
    assert_int_equal(clip.samples[1500], loud[1400]); /* the middle is as it was */
    clip_finish(&clip);
}

static void a_silent_or_short_sound_is_borne(void **state)
{
    (void)state;
    Clip clip = { 0 };
    clip_append_silence(&clip, 1000);
    join_shape(&clip, 0, RATE_HZ);
    assert_int_equal(clip.frames, 0);
    join_shape(&clip, 0, RATE_HZ);
    for (size_t n = 1; n < 300; n++) {
        clip.frames = 0;
        for (size_t i = 0; i < n; i++) clip_append(&clip, &(int16_t){ 8000 }, 1);
        join_shape(&clip, 0, RATE_HZ);
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
    for (size_t i = 0; i < FRAMES; i++) samples[i] = noise(&seed, 20000);
    assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES), 0.1);
    /* A quarter of the rate, with the phase that hides 3 dB between the samples. */
    static const double HZ[] = { 100, 3000, RATE_HZ / 4.0, RATE_HZ / 4.0 - 37, 7000 };
    for (size_t k = 0; k < 5; k++)
        for (int phase = 0; phase < 8; phase++) {
            for (size_t i = 0; i < FRAMES; i++) samples[i] = sine(i, HZ[k], phase * M_PI / 8, 0.7);
            assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES), 0.1);
        }
    fill_speech(samples, FRAMES, 1);
    assert_float_equal(our_peak_db(taps, samples, FRAMES), measured_peak_db(samples, FRAMES), 0.1);
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
            if (kind == 0) in[i] = noise(&seed, i % 5000 < 40 ? 32000 : 3000);
            if (kind == 1) in[i] = sine(i, RATE_HZ / 4.0, M_PI / 4, 0.9);
            if (kind == 2) in[i] = (int16_t)(i % 3001 == 0 ? INT16_MIN : 0);
        }
        if (kind == 3) fill_speech(in, FRAMES, 1.3);
        static const float GAINS[] = { 0.5F, 1.0F, 2.0F, 6.0F }, CEILINGS_DB[] = { -1, -3, -9 };
        for (size_t g = 0; g < 4; g++)
            for (size_t c = 0; c < 3; c++) {
                float ceiling = powf(10, CEILINGS_DB[c] / 20);
                bool limited = peak_limit(taps, in, out, FRAMES, 0, 0, GAINS[g], ceiling);
                double peak = measured_peak_db(out, FRAMES);
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
    fill_speech(in, FRAMES, 1.2);
    assert_true(peak_limit(taps, in, whole, FRAMES, 0, 0, 1.7F, 0.8F));
    static const size_t BLOCKS[] = { 1024, 4096, 32768 };
    for (size_t b = 0; b < 3; b++) {
        memset(parts, 0, FRAMES * sizeof *parts);
        for (size_t at = 0; at < FRAMES; at += BLOCKS[b]) {
            size_t n = FRAMES - at < BLOCKS[b] ? FRAMES - at : BLOCKS[b], after = FRAMES - at - n < PEAK_MARGIN ? FRAMES - at - n : PEAK_MARGIN;
            peak_limit(taps, in + at, parts + at, n, at < PEAK_MARGIN ? at : PEAK_MARGIN, after, 1.7F, 0.8F);
        }
        for (size_t i = 0; i < FRAMES; i++)
            if (abs(parts[i] - whole[i]) > 1) fail_msg("blocks of %zu: frame %zu is %d, not %d", BLOCKS[b], i, parts[i], whole[i]);
    }
    free(in);
    free(whole);
    free(parts);
    peak_taps_destroy(taps);
}

/* ---- tracks and files ---- */

static size_t read_sound(const char *path, int16_t *samples, size_t room, SF_INFO *info)
{
    *info = (SF_INFO){ 0 };
    SNDFILE *file = sf_open(path, SFM_READ, info);
    if (!file) fail_msg("%s: %s", path, sf_strerror(NULL));
    sf_count_t n = sf_readf_short(file, samples, (sf_count_t)room);
    sf_close(file);
    return (size_t)n;
}

static TrackResult write_track(Arena *arena, const int16_t *samples, size_t frames, const char *format, const char *name, double lufs)
{
    Error error;
    OutputFolder folder;
    Track *track;
    TrackResult result;
    assert_ok(folder_open(&folder, arena, scratch_folder(), &error), &error);
    assert_ok(track_create(&track, &folder, RATE_HZ, &error), &error);
    for (size_t at = 0; at < frames; at += 777) assert_ok(track_append(track, samples + at, frames - at < 777 ? frames - at : 777, &error), &error);
    assert_int_equal(track_frames(track), frames);
    TrackLevel level = { lufs, -1 };
    assert_ok(track_finish(track, sound_format_find(format), name, level, &result, &error), &error);
    assert_int_equal(result.frames, frames);
    assert_true(sound_check(&folder, name, result.frames, result.file_bytes));
    assert_false(sound_check(&folder, name, result.frames + 1, result.file_bytes));
    assert_false(sound_check(&folder, name, result.frames, result.file_bytes + 1));
    track_destroy(track);
    folder_close(&folder);
    return result;
}

static void a_track_comes_out_as_loud_as_wanted(void **state)
{
    (void)state;
    enum { FRAMES = 12 * RATE_HZ };
    Arena arena = { 0 };
    SF_INFO info;
    int16_t *samples = calloc(FRAMES, sizeof *samples), *back = calloc(FRAMES, sizeof *back);
    const char *path = arena_printf(&arena, "%s/level.wav", scratch_folder()).s;
    static const double LEVELS[] = { 0.05, 0.3, 1.2 }, LUFS[] = { -16, -23, -12 };
    for (size_t l = 0; l < 3; l++)
        for (size_t t = 0; t < 3; t++)
            for (int kind = 0; kind < 2; kind++) {
                if (kind == 0) fill_speech(samples, FRAMES, LEVELS[l]);
                for (size_t i = 0; i < FRAMES && kind == 1; i++) samples[i] = sine(i, 440, 0, LEVELS[l] / 1.3);
                TrackResult result = write_track(&arena, samples, FRAMES, "wav", "level.wav", LUFS[t]);
                assert_int_equal(read_sound(path, back, FRAMES, &info), FRAMES);
                double lufs = measured_lufs(back, FRAMES), peak = measured_peak_db(back, FRAMES);
                if (fabs(lufs - LUFS[t]) > 0.3 || fabs(lufs - result.loudness_lufs) > 0.15 || peak > -0.9 || fabs(peak - result.true_peak_dbtp) > 0.1)
                    fail_msg("kind %d, level %g: %.2f LUFS for %g (said %.2f), %.2f dBTP (said %.2f)", kind, LEVELS[l], lufs, LUFS[t],
                             result.loudness_lufs, peak, result.true_peak_dbtp);
            }
    free(samples);
    free(back);
    arena_finish(&arena);
}

static void what_has_no_loudness_is_left_as_it_is(void **state)
{
    (void)state;
    Arena arena = { 0 };
    SF_INFO info;
    int16_t samples[RATE_HZ] = { 0 }, back[RATE_HZ];
    const char *path = arena_printf(&arena, "%s/short.wav", scratch_folder()).s;
    TrackResult result = write_track(&arena, samples, RATE_HZ, "wav", "short.wav", -16); /* silent */
    assert_false(result.has_loudness);
    for (size_t i = 0; i < RATE_HZ; i++) samples[i] = sine(i, 440, 0, 0.1);
    result = write_track(&arena, samples, RATE_HZ / 4, "wav", "short.wav", -16); /* shorter than a gating block of 0.4 s */
    assert_false(result.has_loudness);
    assert_int_equal(read_sound(path, back, RATE_HZ, &info), RATE_HZ / 4);
    assert_memory_equal(back, samples, RATE_HZ / 4 * sizeof *samples);
    arena_finish(&arena);
}

static void every_format_keeps_its_frames(void **state)
{
    (void)state;
    enum { FRAMES = 5 * RATE_HZ + 123 };
    Arena arena = { 0 };
    SF_INFO info;
    int16_t *samples = calloc(FRAMES, sizeof *samples), *back = calloc(2 * FRAMES, sizeof *back), *wav = calloc(FRAMES, sizeof *wav);
    fill_speech(samples, FRAMES, 0.5);
    size_t formats = 0;
    for (const SoundFormat *format; (format = sound_format_at(formats)) != NULL; formats++) {
        assert_ptr_equal(sound_format_find(format->name), format);
        const char *name = arena_printf(&arena, "format.%s", format->extension).s;
        write_track(&arena, samples, FRAMES, format->name, name, -18);
        assert_int_equal(read_sound(arena_printf(&arena, "%s/%s", scratch_folder(), name).s, back, 2 * FRAMES, &info), FRAMES);
        assert_true(info.samplerate == RATE_HZ && info.channels == 1);
        if (strcmp(format->name, "wav") == 0) memcpy(wav, back, FRAMES * sizeof *wav);
        if (strcmp(format->name, "flac") == 0) assert_memory_equal(wav, back, FRAMES * sizeof *wav);
        assert_float_equal(measured_lufs(back, FRAMES), -18, 0.4);
    }
    assert_true(formats >= 4);
    assert_null(sound_format_find("WAV "));
    free(samples);
    free(back);
    free(wav);
    arena_finish(&arena);
}

static void loudness_of_silence_is_none(void **state)
{
    (void)state;
    double lufs;
    int16_t samples[RATE_HZ] = { 0 };
    Loudness *loudness = loudness_create(RATE_HZ);
    assert_false(loudness_integrated(loudness, &lufs));
    loudness_add(loudness, samples, RATE_HZ);
    assert_false(loudness_integrated(loudness, &lufs));
    for (size_t i = 0; i < RATE_HZ; i++) samples[i] = sine(i, 1000, 0, 0.1);
    for (int i = 0; i < 20; i++) loudness_add(loudness, samples, RATE_HZ);
    assert_true(loudness_integrated(loudness, &lufs));
    assert_float_equal(lufs, -23.0, 0.2); /* EBU Tech 3341: a 1 kHz sine of -20 dBFS in one channel is -23 LUFS */
    loudness_destroy(loudness);
    loudness_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_at_the_ends_goes),
        cmocka_unit_test(a_silent_or_short_sound_is_borne),
        cmocka_unit_test(true_peak_agrees_with_libebur128),
        cmocka_unit_test(the_limiter_keeps_the_ceiling),
        cmocka_unit_test(blocks_give_what_the_whole_gives),
        cmocka_unit_test(a_track_comes_out_as_loud_as_wanted),
        cmocka_unit_test(what_has_no_loudness_is_left_as_it_is),
        cmocka_unit_test(every_format_keeps_its_frames),
        cmocka_unit_test(loudness_of_silence_is_none),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
