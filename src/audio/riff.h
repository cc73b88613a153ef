/* Markers with names in WAV and RF64: the chunks "cue " and LIST/adtl/labl (Microsoft, "Multimedia Programming Interface and Data
 * Specifications 1.0", 1991; RF64: EBU Tech 3306). They are put behind the sound: libsndfile keeps names only in AIFF, and holds at most 100 KB
 * before the sound, which the sentences of a long article exceed. */
#ifndef DUBAO_AUDIO_RIFF_H
#define DUBAO_AUDIO_RIFF_H

#include "audio/about.h"

/* Both chunks; *bytes is to be freed. Markers stand at frames of `file_hz`. 0 for no marks. */
size_t riff_markers(const SoundMark *marks, size_t count, unsigned rate_hz, unsigned file_hz, char **bytes);

enum { RIFF_HEAD_BYTES = 28 };
/* Adds `more` bytes to the length that the head of a WAV or RF64 file states. False when it is neither, or full. */
bool riff_grow(unsigned char head[RIFF_HEAD_BYTES], uint64_t more);

#endif
