#include "audio/track.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audio/loudness.h"
#include "base/message.h"

enum {
    BLOCK = 32 * 1024,         /* frames read, levelled and written at a time */
    PEAK_SIDE = 16,            /* frames that the true peak of a frame depends on */
};
/* Rounding to 16 bits and the gain's own slope move a peak by less than this. */
static const double CEILING_SAFETY_DB = 0.05;
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
    Loudness *loudness;
    PeakTaps *taps;
    PeakFollower peak;
    TrackBreathe *breathe;
    void *breathe_context;
};

int track_create(Track **created, const OutputFolder *folder, unsigned rate_hz, Error *error)
{
    int scratch = folder_scratch(folder, error);
    if (scratch < 0) return -1;
    Track *track = calloc(1, sizeof *track);
    if (!track) abort();
    track->folder = folder;
    track->rate_hz = rate_hz;
    track->scratch = scratch;
    track->loudness = loudness_create(rate_hz);
    track->taps = peak_taps_create();
    *created = track;
    return 0;
}

void track_destroy(Track *track)
{
    if (!track) return;
    close(track->scratch);
    loudness_destroy(track->loudness);
    peak_taps_destroy(track->taps);
    free(track);
}

/* At most BLOCK samples at a time. */
static void follow_peak(PeakFollower *follower, const PeakTaps *taps, const int16_t *samples, size_t n, bool last)
{
    if (n > 0) memcpy(follower->samples + follower->held, samples, n * sizeof *samples);
    size_t all = follower->held + n, before = follower->held == 2 * PEAK_SIDE ? PEAK_SIDE : 0;
    size_t after = last || all < before + PEAK_SIDE ? 0 : PEAK_SIDE;
    follower->highest = peak_true(taps, follower->samples + before, all - before - after, before, after, follower->highest);
    size_t keep = all < 2 * PEAK_SIDE ? all : 2 * PEAK_SIDE;
    memmove(follower->samples, follower->samples + all - keep, keep * sizeof *samples);
    follower->held = keep;
}

void track_on_breath(Track *track, TrackBreathe *breathe, void *context)
{
    track->breathe = breathe;
    track->breathe_context = context;
}

uint64_t track_frames(const Track *track)
{
    return track->frames;
}

int track_append(Track *track, const int16_t *samples, size_t frames, Error *error)
{
    if (write_fully(track->scratch, samples, frames * sizeof *samples, track->folder->path, error) < 0) return -1;
    for (size_t at = 0; at < frames; at += BLOCK) {
        size_t n = frames - at < BLOCK ? frames - at : BLOCK;
        loudness_add(track->loudness, samples + at, n);
        follow_peak(&track->peak, track->taps, samples + at, n, false);
        if (track->breathe) track->breathe(track->breathe_context);
    }
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

/* What a pass over the sound is for: each part may be NULL. */
typedef struct Pass {
    double gain_db, ceiling_db;
    SoundFile *sound;       /* is written */
    Loudness *loudness;     /* measures what comes out */
    PeakFollower *peak;
} Pass;

static int run_pass(const Track *track, const Pass *pass, Error *error)
{
    struct {
        Block in;
        int16_t out[BLOCK];
    } *work = calloc(1, sizeof *work);
    if (!work) abort();
    int result = 0;
    for (uint64_t at = 0; at < track->frames && result == 0; at += work->in.n) {
        const Block *in = &work->in;
        result = read_block(track, at, &work->in, error);
        if (result < 0) break;
        peak_limit(track->taps, in->samples + in->before, work->out, in->n, in->before, in->after, peak_linear(pass->gain_db), peak_linear(pass->ceiling_db));
        if (pass->loudness) loudness_add(pass->loudness, work->out, in->n);
        if (pass->peak) follow_peak(pass->peak, track->taps, work->out, in->n, at + in->n == track->frames);
        if (pass->sound) result = sound_write(pass->sound, work->out, in->n, error);
        if (track->breathe) track->breathe(track->breathe_context);
    }
    free(work);
    return result;
}

/* The gain that gives the wanted loudness although the limiter takes some of it away: tried without writing, corrected, tried again. */
static int find_gain(const Track *track, TrackLevel level, double ceiling_db, TrackResult *result, double *gain_db, Error *error)
{
    enum { TRIES_MAX = 6 };
    static const double CLOSE_ENOUGH_LU = 0.05;
    for (int i = 0; i < TRIES_MAX; i++) {
        PeakFollower *peak = calloc(1, sizeof *peak);
        Loudness *loudness = loudness_create(track->rate_hz);
        if (!peak) abort();
        Pass pass = { *gain_db, ceiling_db, NULL, loudness, peak };
        int status = run_pass(track, &pass, error);
        loudness_integrated(loudness, &result->loudness_lufs);
        result->true_peak_dbtp = 20 * log10(peak->highest);
        loudness_destroy(loudness);
        free(peak);
        double missing = level.target_lufs - result->loudness_lufs;
        if (status < 0 || fabs(missing) < CLOSE_ENOUGH_LU || i + 1 == TRIES_MAX) return status;
        *gain_db += missing;
    }
    return 0;
}

static int write_file(const Track *track, const SoundFormat *format, const char *name, double gain_db, double ceiling_db, uint64_t *file_bytes, Error *error)
{
    AtomicFile file;
    SoundFile *sound;
    if (atomic_open(&file, track->folder, name, error) < 0) return -1;
    int status = sound_create(&sound, format, &file, track->rate_hz, track->frames, error);
    if (status == 0) {
        Pass pass = { gain_db, ceiling_db, sound, NULL, NULL };
        status = run_pass(track, &pass, error);
        Error second;
        if (sound_close(sound, status == 0 ? error : &second) < 0) status = -1;
    }
    if (status == 0) {
        *file_bytes = (uint64_t)lseek(file.fd, 0, SEEK_END);
        return atomic_commit(&file, error);
    }
    atomic_discard(&file);
    return -1;
}

int track_finish(Track *track, const SoundFormat *format, const char *name, TrackLevel level, TrackResult *result, Error *error)
{
    follow_peak(&track->peak, track->taps, NULL, 0, true);
    *result = (TrackResult){ .frames = track->frames };
    result->has_loudness = loudness_integrated(track->loudness, &result->loudness_lufs);
    double gain_db = result->has_loudness ? level.target_lufs - result->loudness_lufs : 0;
    double ceiling_db = level.ceiling_dbtp - CEILING_SAFETY_DB;
    double peak_db = track->peak.highest > 0 ? 20 * log10(track->peak.highest) : SILENCE_DB;
    result->loudness_lufs += gain_db;
    result->true_peak_dbtp = peak_db + gain_db;
    if (result->has_loudness && peak_db + gain_db > ceiling_db && find_gain(track, level, ceiling_db, result, &gain_db, error) < 0) return -1;
    return write_file(track, format, name, gain_db, ceiling_db, &result->file_bytes, error);
}
