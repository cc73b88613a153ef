/* words -> breaks: how far apart two words are read, the silence that makes of it, and the melody over the sentence. */
#ifndef DUBAO_SPEECH_PROSODY_H
#define DUBAO_SPEECH_PROSODY_H

#include "base/error.h"
#include "edition.h"
#include "speech/accent.h"
#include "speech/melody.h"
#include "speech/pace.h"
#include "speech/pauses.h"
#include "speech/phrasing.h"
#include "speech/voice.h"

typedef struct Prosody {
    Arena arena;
    Pauses pauses;
    Melody melody;
    Accents accents;
    Pace pace;
    Phrasing *phrasing;
} Prosody;

Prosody *prosody_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void prosody_destroy(Prosody *prosody);

/* Fills Word.after and Word.pause from the marks between the words, phrases the stretches between marks (phrasing.h), and fills Sentence.question. The last
 * spoken word bears the sentence's own break. */
void prosody_breaks(const Prosody *prosody, Sentence *sentence);
/* Its two steps, for the trainer: the breaks of marks alone; and the words of the next stretch that no mark divides, from words[*at] on, which is moved behind
 * it. `words` has room for PHRASE_WORDS_MAX; returns how many, 0 at the sentence's end. */
void prosody_marks(const Prosody *prosody, Sentence *sentence);
size_t prosody_stretch(const Prosody *prosody, const Sentence *sentence, size_t *at, PhraseWord *words);

/* How a voice reads: the tables as it has them. A view; the prosody outlives it. */
typedef struct Delivery {
    const Prosody *prosody;
    double speed;                 /* of the synthesiser */
    bool turns;                   /* another voice reads direct speech */
    double pause_ms[PAUSES_MAX];  /* by row */
} Delivery;

/* The voice's own delivery. Rows of pauses.tsv that the voice names and the table lacks are STATUS_DATA. */
int delivery_of(Delivery *delivery, const Prosody *prosody, const Voice *voice, Error *error);
/* The same so many times as fast. */
void delivery_faster(Delivery *delivery, double times);
/* As fast as makes an article of this tally take so many syllables a minute. `own` is the voice's own rate: pauses go with it, and the speed
 * fits them. What is mostly pauses (a headline, a poem) is read at about the speed that others are; `exactly`: its pauses give way, so far as they can. */
void delivery_at_rate(Delivery *delivery, const Tally *tally, double rate, double own, bool exactly);
/* The silence at a row (a Break is one) in milliseconds. */
int delivery_pause_ms(const Delivery *delivery, size_t pause);
/* How long the voice dies away before it: as much longer or shorter than the table says as the silence is. */
int delivery_decay_ms(const Delivery *delivery, size_t pause);

#endif
