#include "audio/track.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/loudness.h"
#include "audio/resample.h"
#include "base/memory.h"
#include "base/message.h"

enum {
    BLOCK = 32 * 1024, /* frames read, levelled and written at a time */
    PEAK_SIDE = 16,    /* frames that the true peak of a frame depends on */
    TRIES_MAX = 6
};
/* Rounding to 16 bits and the gain's own slope move a peak by less than this. */
static const double CEILING_SAFETY_DB = 0.05;
/* An encoder that loses something moves single samples; from here on it is seldom asked a second time. Where peaks are in the way of the loudness, the
 * room that it left is taken back, for the most part. */
static const double LOSSY_SAFETY_DB = 0.5, SOME_ROOM = 0.7;
static const double LEAST_YIELD = 0.1;   /* LU a dB */
static const double LIMITED_MOST_DB = 6; /* what the highest peak is turned down by: more brings nothing but the noise between the peaks */
static const double CLOSE_ENOUGH_LU = 0.05, CLOSE_ENOUGH_LOSSY_LU = 0.15;
static const double SILENCE_DB = -120; /* what is said of sound without a sample */

/* Follows the true peak over blocks. A frame is looked at when the PEAK_SIDE frames after it are there; so the last PEAK_SIDE
 * are held back, with as many before them that were looked at already. */
typedef struct PeakFollower {
    int16_t samples[2 * PEAK_SIDE + BLOCK];
    size_t held;
    float highest;
} PeakFollower;

struct Track {
    const OutputFolder *folder;
    unsigned rate_hz;
    int scratch;
    uint64_t frames;
    PeakTaps *taps;
};

/* ---- joining ---- */

int track_create(Track **created, const OutputFolder *folder, unsigned rate_hz, Error *error)
{
    int scratch = folder_scratch(folder, error);
    if (scratch < 0) return -1;
    Track *track = memory_new(1, sizeof *track);
    *track = (Track){ folder, rate_hz, scratch, 0, peak_taps_create() };
    *created = track;
    return 0;
}

void track_destroy(Track *track)
{
    if (!track) return;
    close(track->scratch);
    peak_taps_destroy(track->taps);
    free(track);
}

uint64_t track_frames(const Track *track)
{
    return track->frames;
}

int track_append(Track *track, const int16_t *samples, size_t frames, Error *error)
{
    if (write_fully(track->scratch, samples, frames * sizeof *samples, track->folder->path, error) < 0) return -1;
    track->frames += frames;
    return 0;
}

int track_silence(Track *track, unsigned ms, Error *error)
{
    static const int16_t SILENCE[4096];
    size_t left = (size_t)((uint64_t)track->rate_hz * ms / 1000);
    while (left > 0) {
        size_t n = left < 4096 ? left : 4096;
        if (track_append(track, SILENCE, n, error) < 0) return -1;
        left -= n;
    }
    return 0;
}

int track_rewind(Track *track, uint64_t frames, Error *error)
{
    if (lseek(track->scratch, (off_t)(frames * sizeof(int16_t)), SEEK_SET) < 0)
        return error_set_errno(error, STATUS_IO, _("cannot read back the sound in %s"), track->folder->path);
    track->frames = frames;
    return 0;
}

/* ---- passes over the whole sound ---- */

/* At most BLOCK samples at a time. */
static void follow_peak(PeakFollower *follower, const PeakTaps *taps, const int16_t *samples, size_t n, bool last)
{
    memcpy(follower->samples + follower->held, samples, n * sizeof *samples);
    size_t all = follower->held + n, before = follower->held == 2 * PEAK_SIDE ? PEAK_SIDE : 0;
    size_t after = last || all < before + PEAK_SIDE ? 0 : PEAK_SIDE;
    follower->highest = peak_true(taps, follower->samples + before, all - before - after, before, after, follower->highest);
    size_t keep = all < 2 * PEAK_SIDE ? all : 2 * PEAK_SIDE;
    memmove(follower->samples, follower->samples + all - keep, keep * sizeof *samples);
    follower->held = keep;
}

/* A block with its neighbourhood, read from the scratch file. */
typedef struct Block {
    int16_t samples[PEAK_MARGIN + BLOCK + PEAK_MARGIN];
    size_t before, n, after;
} Block;

static int read_block(const Track *track, uint64_t at, Block *block, Error *error)
{
    uint64_t left = track->frames - at;
    block->n = left < BLOCK ? (size_t)left : BLOCK;
    block->before = at < PEAK_MARGIN ? (size_t)at : PEAK_MARGIN;
    left -= block->n;
    block->after = left < PEAK_MARGIN ? (size_t)left : PEAK_MARGIN;
    size_t wanted = (block->before + block->n + block->after) * sizeof(int16_t), got = 0;
    off_t from = (off_t)((at - block->before) * sizeof(int16_t));
    while (got < wanted) {
        ssize_t n = pread(track->scratch, (char *)block->samples + got, wanted - got, from + (off_t)got);
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = EIO;
        if (n <= 0) return error_set_errno(error, STATUS_IO, _("cannot read back the sound in %s"), track->folder->path);
        got += (size_t)n;
    }
    return 0;
}

/* How the sound is levelled, and who gets it: each may be NULL. */
typedef struct Pass {
    double gain_db, ceiling_db; /* a ceiling of INFINITY: no limiter */
    Loudness *loudness;
    PeakFollower *peak;
    unsigned file_hz;  /* what follows gets the sound at this rate */
    Meter *meter;
    SoundFile *sound;
} Pass;

typedef struct PassWork {
    Block in;
    int16_t out[BLOCK];
    Resampler *resampler; /* NULL: the rate stays */
    float *converted;
} PassWork;

/* At the file's rate. `n` 0 ends the sound. */
static int hand_on(const Pass *pass, PassWork *work, const int16_t *levelled, size_t n, Error *error)
{
    if (!pass->meter && !pass->sound) return 0;
    if (!work->resampler && !pass->meter) return n > 0 ? sound_write(pass->sound, levelled, n, error) : 0;
    if (work->resampler) n = resampler_run(work->resampler, n > 0 ? levelled : NULL, n, work->converted);
    else
        for (size_t i = 0; i < n; i++) work->converted[i] = (float)levelled[i] / 32768;
    if (pass->meter) meter_add(pass->meter, work->converted, n);
    return pass->sound && n > 0 ? sound_write_float(pass->sound, work->converted, n, error) : 0;
}

static int run_blocks(const Track *track, const Pass *pass, PassWork *work, Error *error)
{
    const Block *in = &work->in;
    for (uint64_t at = 0; at < track->frames; at += in->n) {
        if (read_block(track, at, &work->in, error) < 0) return -1;
        const int16_t *from = in->samples + in->before, *levelled = work->out;
        if (isinf(pass->ceiling_db) && pass->gain_db == 0) levelled = from;
        else if (isinf(pass->ceiling_db)) peak_gain(from, work->out, in->n, peak_linear(pass->gain_db));
        else peak_limit(track->taps, from, work->out, in->n, in->before, in->after, peak_linear(pass->gain_db), peak_linear(pass->ceiling_db));
        if (pass->loudness) loudness_add(pass->loudness, levelled, in->n);
        if (pass->peak) follow_peak(pass->peak, track->taps, levelled, in->n, at + in->n == track->frames);
        if (hand_on(pass, work, levelled, in->n, error) < 0) return -1;
    }
    return hand_on(pass, work, NULL, 0, error);
}

static int run_pass(const Track *track, const Pass *pass, Error *error)
{
    PassWork *work = memory_new(1, sizeof *work);
    size_t room = BLOCK;
    if (pass->file_hz != track->rate_hz) {
        work->resampler = resampler_create(track->rate_hz, pass->file_hz);
        room = resampler_room(work->resampler, BLOCK);
    }
    work->converted = memory_new(room, sizeof *work->converted);
    int result = run_blocks(track, pass, work, error);
    resampler_destroy(work->resampler);
    free(work->converted);
    free(work);
    return result;
}

/* ---- levels ---- */

/* Loudness and true peak of what the limiter gives out. False in *has without a loudness. */
static int measure(const Track *track, double gain_db, double ceiling_db, SoundLevels *levels, bool *has, Error *error)
{
    PeakFollower *peak = memory_new(1, sizeof *peak);
    Pass pass = { gain_db, ceiling_db, loudness_create(track->rate_hz), peak, track->rate_hz, NULL, NULL };
    int status = run_pass(track, &pass, error);
    *has = loudness_integrated(pass.loudness, &levels->integrated_lufs);
    levels->true_peak_dbtp = peak->highest > 0 ? 20 * log10(peak->highest) : SILENCE_DB;
    loudness_destroy(pass.loudness);
    free(peak);
    return status;
}

/* What is known of the sound, and what is done to it. */
typedef struct Leveller {
    const Track *track;
    SoundLevels raw;
    bool has_loudness;
    double target_lufs;          /* before an encoder, which may take or add some */
    double gain_db, ceiling_db;
    bool limits;                 /* the ceiling is in the way of the gain */
    bool lowered;                /* the ceiling had to be, for the encoder */
    double soft_lufs, loud_lufs; /* the targets that came out too soft and too loud; NAN: none yet */
    SoundLevels levels;          /* with gain and limiter */
} Leveller;

/* The gain that gives the wanted loudness although the limiter takes some of it away: tried without writing, corrected, tried again. How much a correction
 * brought says how much the next one will bring (the secant). A sound that is a single syllable may never reach it: half of each gating block is silence, and
 * the limiter takes all of the gain away again. It is left as loud as its peaks allow. */
static int find_gain(Leveller *leveller, Error *error)
{
    bool has;
    double yield = 1, before_lufs = leveller->raw.integrated_lufs;
    leveller->gain_db = leveller->has_loudness ? leveller->target_lufs - leveller->raw.integrated_lufs : 0;
    leveller->levels.integrated_lufs = leveller->raw.integrated_lufs + leveller->gain_db;
    leveller->levels.true_peak_dbtp = leveller->raw.true_peak_dbtp + leveller->gain_db;
    leveller->limits = leveller->levels.true_peak_dbtp > leveller->ceiling_db;
    if (!leveller->limits) return 0;
    double most_db = leveller->ceiling_db - leveller->raw.true_peak_dbtp + LIMITED_MOST_DB, step_db = leveller->gain_db;
    for (int i = 0; i < TRIES_MAX; i++) {
        leveller->gain_db = fmin(leveller->gain_db, most_db);
        if (measure(leveller->track, leveller->gain_db, leveller->ceiling_db, &leveller->levels, &has, error) < 0) return -1;
        double lufs = leveller->levels.integrated_lufs, missing = leveller->target_lufs - lufs;
        bool most = missing > 0 && leveller->gain_db >= most_db;
        if (!leveller->has_loudness || most || fabs(missing) < CLOSE_ENOUGH_LU || i + 1 == TRIES_MAX) break;
        if (step_db != 0) yield = fmin(fmax((lufs - before_lufs) / step_db, LEAST_YIELD), 1);
        step_db = missing / yield;
        before_lufs = lufs;
        leveller->gain_db += step_db;
    }
    return 0;
}

static double ceiling_of(const Leveller *leveller)
{
    return leveller->limits ? leveller->ceiling_db : (double)INFINITY;
}

/* What is too short for the meter keeps the loudness it was given. */
static void take_levels(Meter *meter, SoundLevels *levels)
{
    double given_lufs = levels->integrated_lufs;
    if (!meter_levels(meter, levels)) levels->integrated_lufs = given_lufs;
    meter_destroy(meter);
}

/* The levels of the sound at the file's rate; between its samples a peak may stand a little higher than it did between those of the sound. */
static int state_levels(const Leveller *leveller, unsigned file_hz, SoundLevels *levels, Error *error)
{
    Pass pass = { leveller->gain_db, ceiling_of(leveller), NULL, NULL, file_hz, meter_create(file_hz, true), NULL };
    int status = run_pass(leveller->track, &pass, error);
    take_levels(pass.meter, levels);
    return status;
}

static int hear_file(AtomicFile *file, unsigned file_hz, SoundLevels *levels, Error *error)
{
    Meter *meter = meter_create(file_hz, false);
    int status = sound_measure(file, meter, error);
    take_levels(meter, levels);
    return status;
}

/* ---- the file ---- */

static int write_sound(const Leveller *leveller, const SoundPlan *plan, AtomicFile *file, Error *error)
{
    SoundFile *sound;
    Error second;
    if (sound_create(&sound, plan, file, error) < 0) return -1;
    Pass pass = { leveller->gain_db, ceiling_of(leveller), NULL, NULL, plan->file_hz, NULL, sound };
    int status = run_pass(leveller->track, &pass, error);
    return sound_close(sound, status == 0 ? error : &second) < 0 ? -1 : status;
}

/* Writes the file under its temporary name. */
static int try_file(Leveller *leveller, const SoundPlan *given, const char *name, AtomicFile *file, Error *error)
{
    SoundPlan plan = *given;
    SoundLevels *levels = &leveller->levels;
    if (find_gain(leveller, error) < 0) return -1;
    if (plan.format->states_levels && leveller->has_loudness) {
        if (state_levels(leveller, plan.file_hz, levels, error) < 0) return -1;
        plan.levels = levels;
    }
    if (atomic_open(file, leveller->track->folder, name, error) < 0) return -1;
    int status = write_sound(leveller, &plan, file, error);
    if (status == 0 && plan.format->lossy && leveller->has_loudness) status = hear_file(file, plan.file_hz, levels, error);
    if (status < 0) atomic_discard(file);
    return status;
}

static double room_above(const Leveller *leveller, TrackLevel level)
{
    return level.ceiling_dbtp - leveller->levels.true_peak_dbtp;
}

/* An encoder may decide otherwise when a sound is a little louder, and give back more than it got: then the next target lies between the last two. */
static void aim_again(Leveller *leveller, double missing)
{
    *(missing > 0 ? &leveller->soft_lufs : &leveller->loud_lufs) = leveller->target_lufs;
    if (leveller->soft_lufs < leveller->loud_lufs) leveller->target_lufs = (leveller->soft_lufs + leveller->loud_lufs) / 2;
    else leveller->target_lufs += missing;
}

/* Whether the file is as it should be; else the next one is made with another ceiling, or another loudness before the encoder. */
static bool is_level(Leveller *leveller, const SoundFormat *format, TrackLevel level)
{
    double room = room_above(leveller, level), missing = level.target_lufs - leveller->levels.integrated_lufs;
    if (!leveller->has_loudness || (!format->lossy && !format->states_levels)) return true;
    bool loud = !format->lossy || fabs(missing) < CLOSE_ENOUGH_LOSSY_LU, rises = leveller->limits && missing > 0 && !leveller->lowered;
    if (room < 0) leveller->ceiling_db += room - CEILING_SAFETY_DB;
    else if (!loud && rises) leveller->ceiling_db += fmin(room, missing) * SOME_ROOM;
    leveller->lowered |= room < 0;
    if (!loud) aim_again(leveller, missing);
    return room >= 0 && loud;
}

/* At last the peak counts more than the loudness. An encoder may answer a lower ceiling with a higher peak, so the steps grow. */
static int write_file(Leveller *leveller, const SoundPlan *plan, const char *name, TrackLevel level, uint64_t *file_bytes, Error *error)
{
    AtomicFile file;
    for (int i = 1;; i++) {
        if (try_file(leveller, plan, name, &file, error) < 0) return -1;
        if (is_level(leveller, plan->format, level) || (i >= TRIES_MAX && room_above(leveller, level) >= 0) || i == 2 * TRIES_MAX) break;
        if (i >= TRIES_MAX) leveller->ceiling_db -= i * CEILING_SAFETY_DB;
        atomic_discard(&file);
    }
    *file_bytes = (uint64_t)lseek(file.fd, 0, SEEK_END);
    return atomic_commit(&file, error);
}

int track_finish(const Track *track, const SoundFormat *format, const char *name, TrackLevel level, const SoundAbout *about, TrackResult *result,
                 Error *error)
{
    unsigned file_hz = format->rate_hz ? format->rate_hz : track->rate_hz;
    SoundPlan plan = { format, track->rate_hz, file_hz, resampled_frames(track->frames, track->rate_hz, file_hz), about, NULL };
    Leveller leveller = { .track = track, .target_lufs = level.target_lufs, .ceiling_db = level.ceiling_dbtp - CEILING_SAFETY_DB,
                          .soft_lufs = NAN, .loud_lufs = NAN };
    if (format->lossy) leveller.ceiling_db -= LOSSY_SAFETY_DB;
    if (measure(track, 0, INFINITY, &leveller.raw, &leveller.has_loudness, error) < 0) return -1;
    *result = (TrackResult){ .frames = plan.frames, .rate_hz = file_hz, .has_loudness = leveller.has_loudness };
    if (write_file(&leveller, &plan, name, level, &result->file_bytes, error) < 0) return -1;
    result->loudness_lufs = leveller.levels.integrated_lufs;
    result->true_peak_dbtp = leveller.levels.true_peak_dbtp;
    return 0;
}
