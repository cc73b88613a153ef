/* The levels of a whole file, measured by libebur128 in the sound that it holds: for what a file states of itself, and where an encoder
 * has the last word. Dear (five times loudness.h): only where it is needed. */
#ifndef DUBAO_AUDIO_METER_H
#define DUBAO_AUDIO_METER_H

#include <stdbool.h>

#include "audio/about.h"

typedef struct Meter Meter;

/* Mono. `statement`: range, momentary and short-term maximum too, as a broadcast file states them. */
Meter *meter_create(unsigned rate_hz, bool statement);
void meter_destroy(Meter *meter); /* NULL is fine */
void meter_add(Meter *meter, const float *samples, size_t frames); /* full scale 1.0 */
/* False without a loudness: silence, or less than 0.4 s; the true peak holds all the same. */
bool meter_levels(Meter *meter, SoundLevels *levels);

#endif
