/* What a sound file says of itself besides its sound: tags, chapters, markers, levels. */
#ifndef DUBAO_AUDIO_ABOUT_H
#define DUBAO_AUDIO_ABOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* A named stretch, in frames of the sound that is handed in (not of a file with another rate). */
typedef struct SoundMark {
    uint64_t first, end;
    Str name;
} SoundMark;

/* Text is UTF-8; what is empty is not written. */
typedef struct SoundAbout {
    Str title, album, artist;
    Str date;                /* ISO 8601, as far as it is known: "2024-10-08" */
    unsigned track;          /* from 1; 0: none */
    const SoundMark *chapters; /* for a listener who goes about */
    size_t chapter_count;
    const SoundMark *cues;     /* for an editor: every sentence */
    size_t cue_count;
} SoundAbout;

/* Measured in what the file holds: ITU-R BS.1770-4, EBU R128, EBU Tech 3341 and 3342. */
typedef struct SoundLevels {
    double integrated_lufs, range_lu, true_peak_dbtp, momentary_max_lufs, short_term_max_lufs;
} SoundLevels;

#endif
