/* Integrated loudness (ITU-R BS.1770-4, EBU R128) of mono 16-bit sound, while it comes in.
 *
 * Written again beside libebur128 (which measures what must be stated to the decimal, meter.h, and checks this one in the tests), because every
 * sound is measured, and that library takes a fifth of the time of the synthesiser: the filters of BS.1770 wait for their own output sample
 * by sample, and here eight stretches of the sound are filtered side by side. */
#ifndef DUBAO_AUDIO_LOUDNESS_H
#define DUBAO_AUDIO_LOUDNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Loudness Loudness;

Loudness *loudness_create(unsigned rate_hz); /* a multiple of 10 */
void loudness_destroy(Loudness *loudness); /* NULL is fine */
void loudness_add(Loudness *loudness, const int16_t *samples, size_t frames);
/* In LUFS. False when there is nothing to say: silence. Of a sound shorter than 0.4 s, the length of a gating block, it is that of its whole length. No
 * sound can be added after this. */
bool loudness_integrated(Loudness *loudness, double *lufs);

#endif
