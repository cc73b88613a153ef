/* The signal between two articles: two soft notes, a falling fifth, made here. */
#ifndef DUBAO_AUDIO_CHIME_H
#define DUBAO_AUDIO_CHIME_H

#include "edition.h"

enum { CHIME_PAUSE_MS = 500 }; /* the silence after it */

/* Into an empty clip; a little softer than speech of `speech_lufs`. */
void chime_make(Clip *clip, unsigned rate_hz, double speech_lufs);

#endif
