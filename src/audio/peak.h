/* True peak: the highest level between the samples too (ITU-R BS.1770-4, annex 2), and the limiter that keeps it below a ceiling.
 *
 * The interpolation is the one of libebur128 (49 taps of a Hann-windowed sinc, four times the rate), so that the figures
 * agree; written again here because the limiter needs the interpolated signal sample by sample, and because measuring only
 * where the signal is high costs a twentieth. */
#ifndef DUBAO_AUDIO_PEAK_H
#define DUBAO_AUDIO_PEAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Frames of the neighbourhood that decide about a frame: whoever works in blocks gives this many more at each side. */
enum { PEAK_MARGIN = 576 };

typedef struct PeakTaps PeakTaps; /* the interpolation filter */
PeakTaps *peak_taps_create(void);
void peak_taps_destroy(PeakTaps *taps);

/* A gain or level in dB as a factor. */
float peak_linear(double db);

/* The highest true peak around the `n` samples that start at in[0], as a linear level (1.0 = full scale), or `floor` when nothing is
 * above it. in[-before] .. in[n + after - 1] can be read. */
float peak_true(const PeakTaps *taps, const int16_t *in, size_t n, size_t before, size_t after, float floor);

/* out[i] = in[i] * gain, rounded; in and out may be the same. */
void peak_gain(const int16_t *in, int16_t *out, size_t n, float gain);

/* The same, turned down smoothly where the true peak would pass `ceiling` (linear). Look-ahead and release are 12 ms at
 * 22,050 Hz, longer than a pitch period, so that a vowel is turned down as a whole and not cut. in and out may be the same; `before` is
 * a multiple of 16 (or 0 at the start of the sound), so that a sound comes out the same in one piece and in blocks.
 * Returns whether anything had to be turned down. */
bool peak_limit(const PeakTaps *taps, const int16_t *in, int16_t *out, size_t n, size_t before, size_t after, float gain, float ceiling);

#endif
