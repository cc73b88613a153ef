/* Tracks: loudness, length and peak of files of every format. */
#include "support/support.h"

#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

#include "audio/resample.h"
#include "audio/track.h"
#include "base/file.h"
#include "support/scratch.h"
#include "support/signals.h"

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
    const SoundFormat *row = sound_format_find(format);
    assert_ok(track_finish(track, row, name, level, &(SoundAbout){ 0 }, &result, &error), &error);
    assert_int_equal(result.rate_hz, row->rate_hz ? row->rate_hz : RATE_HZ);
    assert_int_equal(result.frames, resampled_frames(frames, RATE_HZ, result.rate_hz));
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
                if (kind == 0) signal_speech(samples, FRAMES, LEVELS[l]);
                for (size_t i = 0; i < FRAMES && kind == 1; i++) samples[i] = signal_sine(i, 440, 0, LEVELS[l] / 1.3);
                TrackResult result = write_track(&arena, samples, FRAMES, "wav", "level.wav", LUFS[t]);
                assert_int_equal(read_sound(path, back, FRAMES, &info), FRAMES);
                double lufs = measured_lufs(back, FRAMES, RATE_HZ), peak = measured_peak_db(back, FRAMES, RATE_HZ);
                if (fabs(lufs - LUFS[t]) > 0.3 || fabs(lufs - result.loudness_lufs) > 0.15 || peak > -0.9 || fabs(peak - result.true_peak_dbtp) > 0.1)
                    fail_msg("kind %d, level %g: %.2f LUFS for %g (said %.2f), %.2f dBTP (said %.2f)", kind, LEVELS[l], lufs, LUFS[t],
                             result.loudness_lufs, peak, result.true_peak_dbtp);
            }
    free(samples);
    free(back);
    arena_finish(&arena);
}

static void silence_is_left_as_it_is(void **state)
{
    (void)state;
    Arena arena = { 0 };
    SF_INFO info;
    int16_t samples[RATE_HZ] = { 0 }, back[RATE_HZ];
    const char *path = arena_printf(&arena, "%s/short.wav", scratch_folder()).s;
    TrackResult result = write_track(&arena, samples, RATE_HZ, "wav", "short.wav", -16);
    assert_false(result.has_loudness);
    assert_int_equal(read_sound(path, back, RATE_HZ, &info), RATE_HZ);
    assert_memory_equal(back, samples, sizeof samples);
    arena_finish(&arena);
}

/* A gating block is 0.4 s, so what is shorter has no integrated loudness by the standard. It gets that of the same sound going on. */
static void a_short_sound_is_as_loud_as_a_long_one(void **state)
{
    (void)state;
    enum { LONGEST = 4 * RATE_HZ };
    static const unsigned LENGTHS_MS[] = { 100, 250, 399, 401, 450, 999, 2950 };
    static const char *const NAMES[] = { "wav", "bwf", "mp3" };
    Arena arena = { 0 };
    SF_INFO info;
    int16_t *samples = calloc(LONGEST, sizeof *samples), *back = calloc(8 * LONGEST, sizeof *back);
    for (size_t i = 0; i < LONGEST; i++) samples[i] = signal_sine(i, 440, 0, 0.1);
    for (size_t k = 0; k < sizeof LENGTHS_MS / sizeof *LENGTHS_MS; k++)
        for (size_t f = 0; f < 3; f++) {
            size_t n = (size_t)LENGTHS_MS[k] * RATE_HZ / 1000;
            TrackResult result = write_track(&arena, samples, n, NAMES[f], "short.sound", -16);
            read_sound(arena_printf(&arena, "%s/short.sound", scratch_folder()).s, back, 8 * LONGEST, &info);
            double level = 0;
            size_t middle = (size_t)info.frames / 2, some = (size_t)info.samplerate / 440 * 20;
            for (size_t i = middle - some / 2; i < middle + some / 2; i++) level += (double)back[i] * back[i];
            level = 10 * log10(2 * level / (double)some) - 20 * log10(32768);
            /* A 440 Hz sine of -12.4 dBFS is -16 LUFS. */
            if (!result.has_loudness || fabs(result.loudness_lufs + 16) > 0.3 || fabs(level + 12.4) > 0.4)
                fail_msg("%s, %u ms: %.2f LUFS, %.2f dBFS", NAMES[f], LENGTHS_MS[k], result.loudness_lufs, level);
        }
    free(samples);
    free(back);
    arena_finish(&arena);
}

static void every_format_keeps_its_frames(void **state)
{
    (void)state;
    enum { FRAMES = 5 * RATE_HZ + 123 };
    Arena arena = { 0 };
    SF_INFO info;
    int16_t *samples = calloc(FRAMES, sizeof *samples), *back = calloc(3 * FRAMES, sizeof *back), *wav = calloc(FRAMES, sizeof *wav);
    signal_speech(samples, FRAMES, 0.5);
    size_t formats = 0;
    for (const SoundFormat *format; (format = sound_format_at(formats)) != NULL; formats++) {
        assert_ptr_equal(sound_format_find(format->name), format);
        const char *name = arena_printf(&arena, "format.%s", format->extension).s;
        TrackResult result = write_track(&arena, samples, FRAMES, format->name, name, -18);
        assert_int_equal(read_sound(arena_printf(&arena, "%s/%s", scratch_folder(), name).s, back, 3 * FRAMES, &info), result.frames);
        assert_true(info.samplerate == (int)result.rate_hz && info.channels == 1);
        if (strcmp(format->name, "wav") == 0) memcpy(wav, back, FRAMES * sizeof *wav);
        if (strcmp(format->name, "flac") == 0) assert_memory_equal(wav, back, FRAMES * sizeof *wav);
        double lufs = measured_lufs(back, result.frames, result.rate_hz), peak = measured_peak_db(back, result.frames, result.rate_hz);
        if (fabs(lufs + 18) > 0.3 || fabs(lufs - result.loudness_lufs) > 0.1 || fabs(peak - result.true_peak_dbtp) > 0.1)
            fail_msg("%s: %.2f LUFS (said %.2f), %.2f dBTP (said %.2f)", format->name, lufs, result.loudness_lufs, peak, result.true_peak_dbtp);
    }
    assert_true(formats >= 7);
    assert_null(sound_format_find("WAV "));
    free(samples);
    free(back);
    free(wav);
    arena_finish(&arena);
}

/* Whole words in a file's bytes. */
static size_t count_of(Str bytes, Str word)
{
    size_t count = 0;
    for (size_t at; (at = str_find(bytes, word)) < bytes.n; count++) bytes = str_slice(bytes, at + word.n, bytes.n);
    return count;
}

/* 300 chapters are more than one table of an ID3 tag holds (255), and the comments of that many are more than a page of Ogg. */
static void many_chapters_are_borne(void **state)
{
    (void)state;
    enum { CHAPTERS = 300, FRAMES = RATE_HZ };
    static const struct {
        const char *format, *word;
        size_t times;
    } CASES[] = {
        { "mp3", "CHAP", CHAPTERS }, { "mp3", "CTOC", 3 }, { "wav", "labl", CHAPTERS }, { "rf64", "labl", CHAPTERS }, { "flac", "NAME=", CHAPTERS },
    };
    Arena arena = { 0 };
    SoundMark chapters[CHAPTERS];
    int16_t *samples = calloc(FRAMES, sizeof *samples);
    signal_speech(samples, FRAMES, 0.5);
    for (size_t i = 0; i < CHAPTERS; i++) chapters[i] = (SoundMark){ i * 70, i * 70 + 70, arena_printf(&arena, "第%zu条", i + 1) };
    SoundAbout about = { .title = STR("报"), .chapters = chapters, .chapter_count = CHAPTERS };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Error error;
        OutputFolder folder;
        Track *track;
        TrackResult result;
        Str bytes;
        assert_ok(folder_open(&folder, &arena, scratch_folder(), &error), &error);
        assert_ok(track_create(&track, &folder, RATE_HZ, &error), &error);
        assert_ok(track_append(track, samples, FRAMES, &error), &error);
        assert_ok(track_finish(track, sound_format_find(CASES[i].format), "many.sound", (TrackLevel){ -16, -1 }, &about, &result, &error), &error);
        assert_true(sound_check(&folder, "many.sound", result.frames, result.file_bytes));
        assert_ok(file_read(&arena, arena_printf(&arena, "%s/many.sound", scratch_folder()).s, &bytes, &error), &error);
        assert_int_equal(count_of(bytes, str_from(CASES[i].word)), CASES[i].times);
        track_destroy(track);
        folder_close(&folder);
    }
    free(samples);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_track_comes_out_as_loud_as_wanted),
        cmocka_unit_test(silence_is_left_as_it_is),
        cmocka_unit_test(a_short_sound_is_as_loud_as_a_long_one),
        cmocka_unit_test(every_format_keeps_its_frames),
        cmocka_unit_test(many_chapters_are_borne),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
