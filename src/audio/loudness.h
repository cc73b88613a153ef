/* Integrated loudness (EBU R128, ITU-R BS.1770-4), measured by libebur128 while the sound comes in. */
#ifndef DUBAO_AUDIO_LOUDNESS_H
#define DUBAO_AUDIO_LOUDNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Loudness Loudness;

Loudness *loudness_create(unsigned rate_hz); /* mono */
void loudness_destroy(Loudness *loudness);
void loudness_add(Loudness *loudness, const int16_t *samples, size_t frames);
/* In LUFS. False when there is nothing to say: silence, or less than 0.4 s of sound. */
bool loudness_integrated(const Loudness *loudness, double *lufs);

#endif
