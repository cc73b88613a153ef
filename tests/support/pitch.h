/* The height of a voice, by autocorrelation. */
#ifndef DUBAO_TESTS_PITCH_H
#define DUBAO_TESTS_PITCH_H

#include "edition.h"

/* Hz around the frame `at`, 0 where nothing is voiced. */
double pitch_at(const Clip *clip, size_t at, unsigned rate_hz);
/* The pitch every 5 ms of [first, end), where it is voiced; how many values, at most `room`. */
size_t pitch_contour(const Clip *clip, size_t first, size_t end, unsigned rate_hz, double *hz, size_t room);
/* The largest sample in [first, end), taken positive. */
int clip_loudest(const Clip *clip, size_t first, size_t end);

#endif
