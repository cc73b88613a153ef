/* Sound at another rate, block by block. resample.c is the one file that includes soxr's header. */
#ifndef DUBAO_AUDIO_RESAMPLE_H
#define DUBAO_AUDIO_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct Resampler Resampler;

Resampler *resampler_create(unsigned from_hz, unsigned to_hz); /* mono */
void resampler_destroy(Resampler *resampler); /* NULL is fine */

/* How many frames a sound of `frames` has at the other rate, and where a frame lies there; rounded. */
uint64_t resampled_frames(uint64_t frames, unsigned from_hz, unsigned to_hz);

/* Takes all of `in` and writes what is ready, full scale 1.0, in time with the input: the filter's delay is made up for. `out` has room for
 * resampler_room(n) frames. `in` NULL ends the sound: what is still on its way comes, and in all exactly resampled_frames of what went in. */
size_t resampler_room(const Resampler *resampler, size_t n);
size_t resampler_run(Resampler *resampler, const int16_t *in, size_t n, float *out);

#endif
