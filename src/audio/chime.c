#include "audio/chime.h"

#include <math.h>
#include <stdlib.h>

#include "audio/loudness.h"
#include "base/memory.h"

/* Below speech: a tone is heard better than its loudness says, and it is a sign, not a call. */
static const double BELOW_SPEECH_LU = 4;

/* Like a struck bar: few harmonics, soft onset, each note dying away under the next. */
static const struct {
    double hz, start_s, level;
} NOTES[] = { { 880.0, 0, 1 }, { 587.33, 0.22, 1 } }; /* A5, D5 */
enum { NOTE_COUNT = sizeof NOTES / sizeof *NOTES };
static const double LENGTH_S = 1.0, ATTACK_S = 0.012, DECAY_S = 0.16, FADE_S = 0.1;

static double note_at(double hz, double since_s)
{
    double envelope = exp(-since_s / DECAY_S) * (since_s < ATTACK_S ? 0.5 - 0.5 * cos(M_PI * since_s / ATTACK_S) : 1);
    double phase = 2 * M_PI * hz * since_s;
    return envelope * (sin(phase) + 0.25 * exp(-since_s / (DECAY_S / 2)) * sin(2 * phase) + 0.08 * exp(-since_s / (DECAY_S / 4)) * sin(3 * phase));
}

static double sample_at(double t)
{
    double sum = 0;
    for (int i = 0; i < NOTE_COUNT; i++)
        if (t >= NOTES[i].start_s) sum += NOTES[i].level * note_at(NOTES[i].hz, t - NOTES[i].start_s);
    return LENGTH_S - t < FADE_S ? sum * (LENGTH_S - t) / FADE_S : sum;
}

static void fill(Clip *clip, unsigned rate_hz, double gain)
{
    size_t frames = (size_t)(LENGTH_S * rate_hz);
    clip->frames = 0;
    if (!clip_reserve(clip, frames)) memory_exhausted();
    for (size_t i = 0; i < frames; i++) clip->samples[i] = (int16_t)lrint(gain * sample_at((double)i / rate_hz));
    clip->frames = frames;
}

void chime_make(Clip *clip, unsigned rate_hz, double speech_lufs)
{
    const double first_gain = 8000;
    double lufs;
    Loudness *loudness = loudness_create(rate_hz);
    fill(clip, rate_hz, first_gain);
    loudness_add(loudness, clip->samples, clip->frames);
    loudness_integrated(loudness, &lufs);
    loudness_destroy(loudness);
    fill(clip, rate_hz, first_gain * pow(10, (speech_lufs - BELOW_SPEECH_LU - lufs) / 20));
}
