/* The sound of one article: clips are joined as they come, measured, and written at the wanted loudness at the end.
 *
 * Until then the sound lies in a nameless file in the output folder, so memory does not grow with the article. */
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

typedef struct TrackResult {
    uint64_t frames;
    uint64_t file_bytes; /* of the whole file, as it lies in the folder */
    bool has_loudness;   /* false: silent, or shorter than 0.4 s; then no gain was applied */
    double loudness_lufs;
    double true_peak_dbtp;
} TrackResult;

int track_create(Track **track, const OutputFolder *folder, unsigned rate_hz, Error *error);
void track_destroy(Track *track); /* NULL is fine; what was not finished leaves nothing behind */

uint64_t track_frames(const Track *track);
int track_append(Track *track, const int16_t *samples, size_t frames, Error *error);
int track_silence(Track *track, unsigned ms, Error *error);

/* Writes the sound as folder/name, whole or not at all, and says what it is like now. */
int track_finish(Track *track, const SoundFormat *format, const char *name, TrackLevel level, TrackResult *result, Error *error);

/* Has `breathe` called about every millisecond of work here, so that the caller's workers do not stand idle meanwhile. */
typedef void TrackBreathe(void *context);
void track_on_breath(Track *track, TrackBreathe *breathe, void *context);

#endif
