/* What a worker does with a script: synthesise each utterance, join them with the planned silence, bring the sentence near the
 * wanted loudness. Runs in the pool's children. */
#ifndef DUBAO_COMMANDS_RENDER_H
#define DUBAO_COMMANDS_RENDER_H

#include "audio/peak.h"
#include "commands/reader.h"
#include "edition.h"
#include "speech/pool.h"
#include "speech/script.h"
#include "speech/voice.h"

typedef struct Render {
    Voice voice, headlines, quotes; /* the others for headings and for direct speech; the same where there is one */
    Delivery own;      /* the voice's */
    double asked;      /* characters a minute; 0: the voice's own */
    double rate;       /* now: `asked` or the voice's own, times what the listener has set */
    double target_lufs;
    Phonemes *phonemes;
    const Reader *reader;
    PeakTaps *taps;
    float gain, headlines_gain, quotes_gain, ceiling; /* linear */
    Pool *pool;
} Render;

enum { TRUE_PEAK_CEILING_DBTP = -1 };
/* Sentences are limited this much lower, so that the gain that brings an article to its loudness at the end (some tenths of a dB) needs no
 * second limiting, and the loudness is exact. */
#define SENTENCE_HEADROOM_DB 0.8

/* Loads the voice, starts the synthesiser and the workers. `rate`: characters a minute, 0 for the voice's own; `jobs` 0: one a core. The reader
 * outlives it. */
int  render_open(Render *render, Arena *arena, const Reader *reader, const char *voice, double rate, long jobs, double target_lufs, Error *error);
/* The same with the voice, rate and jobs of the settings; a voice that there is none of is named with where it was asked for. */
int  render_start(Render *render, Arena *arena, const Reader *reader, const Settings *settings, double target_lufs, Error *error);
/* Another voice, or the same at another rate (1: what was asked for at first, else its own), for the sentences handed out from now on; those that are with the workers are dropped.
 * On failure everything stays as it was. */
int  render_use(Render *render, Arena *arena, const char *voice, double rate, Error *error);
/* How an article is read so that it takes as long as the rate wants; NULL: what is no article. The same article, voice and rate give the same. */
Delivery render_delivery(const Render *render, const Article *article);
void render_close(Render *render); /* a zeroed render is fine */

#endif
