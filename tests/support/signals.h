/* Sound to test with, and what an independent library measures in it. */
#ifndef DUBAO_TESTS_SIGNALS_H
#define DUBAO_TESTS_SIGNALS_H

#include <stddef.h>
#include <stdint.h>

enum { RATE_HZ = 22050 };

/* The same noise everywhere: a linear congruential generator, -level to level. */
int16_t signal_noise(uint32_t *seed, int level);
/* Sample i of a sine at RATE_HZ; level 1 is full scale. */
int16_t signal_sine(size_t i, double hz, double phase, double level);
/* Something like speech: syllables of a voice with harmonics, loud and soft, with pauses. */
void signal_speech(int16_t *out, size_t n, double level);

/* libebur128's word on it. */
double measured_peak_db(const int16_t *samples, size_t n, unsigned rate_hz);
double measured_lufs(const int16_t *samples, size_t n, unsigned rate_hz);

#endif
