/* The sound of one file: clips are joined as they come; at the end they are measured, and written at the wanted loudness.
 *
 * Until then the sound lies in a nameless file in the output folder, so memory does not grow with its length. */
#ifndef DUBAO_AUDIO_TRACK_H
#define DUBAO_AUDIO_TRACK_H

#include "audio/peak.h"
#include "audio/soundfile.h"
#include "base/atomic.h"

typedef struct Track Track;

typedef struct TrackLevel {
    double target_lufs;  /* integrated loudness wanted */
    double ceiling_dbtp; /* true peak allowed */
} TrackLevel;

/* Measured in the file: after the limiter, the resampler, and an encoder that loses something. */
typedef struct TrackResult {
    uint64_t frames;
    unsigned rate_hz;    /* of the file */
    uint64_t file_bytes; /* of the whole file, as it lies in the folder */
    bool has_loudness;   /* false: silent; then no gain was applied */
    double loudness_lufs;
    double true_peak_dbtp;
} TrackResult;

int track_create(Track **track, const OutputFolder *folder, unsigned rate_hz, Error *error);
void track_destroy(Track *track); /* NULL is fine; what was not finished leaves nothing behind */

uint64_t track_frames(const Track *track);
int track_append(Track *track, const int16_t *samples, size_t frames, Error *error);
int track_silence(Track *track, unsigned ms, Error *error);
/* Drops what came after the first `frames`. */
int track_rewind(Track *track, uint64_t frames, Error *error);

/* Writes the sound as folder/name, whole or not at all, and says what it is like now. Changes nothing in the track. */
int track_finish(const Track *track, const SoundFormat *format, const char *name, TrackLevel level, const SoundAbout *about, TrackResult *result,
                 Error *error);

#endif
