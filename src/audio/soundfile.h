/* Sound files. soundfile.c is the one file that includes libsndfile's header; a format is a row of its table. */
#ifndef DUBAO_AUDIO_SOUNDFILE_H
#define DUBAO_AUDIO_SOUNDFILE_H

#include <stdbool.h>

#include "base/atomic.h"
#include "base/error.h"

typedef struct SoundFormat {
    const char *name;      /* as the user says it: "wav" */
    const char *extension; /* without the dot */
    const char *about;     /* a line for --help */
} SoundFormat;

/* NULL for an unknown name. */
const SoundFormat *sound_format_find(const char *name);
/* The rows one after the other; NULL at the end. */
const SoundFormat *sound_format_at(size_t i);

typedef struct SoundFile SoundFile;

/* Begins a mono file of `frames` frames in `file`, which stays the caller's: after sound_close came back with 0, commit it. The length must be
 * known because a WAV file holds 4 GiB; a longer one is written as RF64, which every reader of long WAV files knows. */
int sound_create(SoundFile **sound, const SoundFormat *format, AtomicFile *file, unsigned rate_hz, uint64_t frames, Error *error);
int sound_write(SoundFile *sound, const int16_t *samples, size_t frames, Error *error);
/* Finishes the file's header and frees `sound` in any case. Only 0 from here means that all bytes reached the file. */
int sound_close(SoundFile *sound, Error *error);

/* Whether the file has this size, can be opened and has this many frames. (The frames alone say little: the header of a FLAC or MP3 file
 * states them, however much of the file is there.) */
bool sound_check(const OutputFolder *folder, const char *name, uint64_t frames, uint64_t file_bytes);

#endif
