/* Pace: which speed of the synthesiser meets a rate in characters a minute.
 *
 * Syllables differ in length by two to one, and pages in their pauses, so a speed alone gives rates that differ by 4 % from article to article. An
 * article's syllables and pauses are known before it is said: their lengths are summed up, and the speed is chosen by the sum. */
#ifndef DUBAO_SPEECH_PACE_H
#define DUBAO_SPEECH_PACE_H

#include "base/arena.h"
#include "base/error.h"

enum { PACE_REFERENCES = 3, PACE_ROWS_MAX = 64 };

/* A syllable's length in milliseconds at the speeds 120, 212 and 400, between which the others lie. */
typedef struct Lengths {
    double ms[PACE_REFERENCES];
} Lengths;

typedef struct PaceRow {
    double speed, ms, running;
} PaceRow;

typedef struct Pace { /* pace.tsv */
    PaceRow rows[PACE_ROWS_MAX];
    size_t count;
    double reference_ms[PACE_REFERENCES]; /* of the mean syllable at the references */
    double even, full_ms, neutral_ms; /* how far words are evened, in percent; the usual syllable with a tone and without, at the middle reference */
    double alone_syllables, alone_speed; /* an article of at most so many is said no faster */
    Lengths letter, vowel; /* an English word's length is made of: so much for each letter, so much for each syllable */
} Pace;

int pace_read(Pace *pace, Arena *arena, const char *folder, Error *error); /* folder: voices/mandarin */

/* What an article will take: the sum of its syllables, and its pauses at the voice's own rate. */
typedef struct Tally {
    uint32_t syllables;
    Lengths said;
    double pause_ms;
} Tally;

/* How much faster or slower a word is said, in percent of the speed: at the middle reference its syllables take `ms`, as usual ones they would `usual_ms`. */
char pace_of_word(const Pace *pace, double ms, double usual_ms);
/* The milliseconds that syllables of such lengths take in running speech at a speed. */
double pace_ms(const Pace *pace, const Lengths *lengths, double speed);
/* The speed at which they take `ms`, or the nearest that there is. */
double pace_speed(const Pace *pace, const Lengths *lengths, double ms);
/* The speed that makes the mean syllable so many times as fast as `speed` does. */
double pace_scaled(const Pace *pace, double speed, double times);

#endif
