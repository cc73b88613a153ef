/* Sound files. soundfile.c is the one file that includes libsndfile's header; a format is a row of its table. */
#ifndef DUBAO_AUDIO_SOUNDFILE_H
#define DUBAO_AUDIO_SOUNDFILE_H

#include <stdbool.h>

#include "audio/about.h"
#include "audio/meter.h"
#include "base/atomic.h"
#include "base/error.h"

typedef struct SoundFormat {
    const char *name;      /* as the user says it: "wav" */
    const char *extension; /* without the dot */
    const char *about;     /* a line for a person */
    unsigned rate_hz;      /* of the file; 0: the sound's own */
    bool states_levels;    /* the file says how loud it is, so that must be known before it is written */
    bool lossy;            /* how loud it is shows only when it is decoded */
} SoundFormat;

/* NULL for an unknown name. */
const SoundFormat *sound_format_find(const char *name);
/* The rows one after the other; NULL at the end. */
const SoundFormat *sound_format_at(size_t i);

/* What is to be written. The length must be known because a WAV file holds 4 GiB; a longer one is written as RF64, which every reader of long
 * WAV files knows. */
typedef struct SoundPlan {
    const SoundFormat *format;
    unsigned rate_hz, file_hz; /* of the marks in `about`; of the samples that come */
    uint64_t frames;           /* at file_hz */
    const SoundAbout *about;
    const SoundLevels *levels; /* of a format that states them; NULL: not known */
} SoundPlan;

typedef struct SoundFile SoundFile;

/* Begins a mono file in `file`, which stays the caller's: after sound_close came back with 0, commit it. The plan outlives the sound. */
int sound_create(SoundFile **sound, const SoundPlan *plan, AtomicFile *file, Error *error);
int sound_write(SoundFile *sound, const int16_t *samples, size_t frames, Error *error);
int sound_write_float(SoundFile *sound, const float *samples, size_t frames, Error *error); /* full scale 1.0 */
/* Finishes the file and frees `sound` in any case. Only 0 from here means that all bytes reached the file. */
int sound_close(SoundFile *sound, Error *error);

/* Decodes the file that was just closed, and hands its sound to `meter`. */
int sound_measure(AtomicFile *file, Meter *meter, Error *error);

/* Whether the file has this size, can be opened and has this many frames. (The frames alone say little: the header of a FLAC or MP3 file
 * states them, however much of the file is there.) */
bool sound_check(const OutputFolder *folder, const char *name, uint64_t frames, uint64_t file_bytes);

#endif
