/* What the parts of phrasing_train share: the labelled stretches, the marked sentences, and the weights learned from them. */
#ifndef DUBAO_TOOLS_PHRASING_TRAIN_H
#define DUBAO_TOOLS_PHRASING_TRAIN_H

#include "pinyin/pinyin.h"
#include "speech/prosody.h"
#include "text/splitter.h"
#include "text/spoken.h"

enum { FOLDS = 5, SCALE = 16 /* of a written weight: steps a natural logarithm */ };

/* Numbers of features, given out as they are met. 0 is none. */
typedef struct Features {
    Arena *arena;
    uint32_t *slots, *keys; /* slots: open addressing, numbers; keys: by number */
    Str *texts;             /* "template<TAB>parts", by number */
    uint32_t count;
} Features;

/* A stretch of words with the breaks that its reader made. */
typedef struct Stretch {
    size_t count;          /* words */
    uint16_t *said;        /* syllables up to the end of each */
    bool *cut;             /* after each */
    uint32_t (*features)[PHRASE_TEMPLATES_MAX]; /* of the place after each but the last */
    int fold;
    bool whole;            /* its labels all stand between words, and no phrase is too long: it can be learned from */
} Stretch;

/* A place in a sentence of plain text, and whether a mark stands there. */
typedef struct Place {
    uint32_t features[PHRASE_TEMPLATES_MAX];
    bool marked;
} Place;

typedef struct Examples {
    Arena arena, scratch;
    Lexicon *lexicon;
    Readings *readings;
    SpokenRules *rules;
    Marks *marks;
    Prosody *prosody;
    Features features;
    Stretch *stretches;
    size_t count;
    Place *places;
    size_t place_count;
} Examples;

int  examples_open(Examples *examples, const char *data, Error *error);
/* Labelled sentences: a line each, '/' where the reader breaks. */
int  examples_read_labelled(Examples *examples, const char *path, Error *error);
/* Plain sentences, a line each: where their marks stand tells something of where phrases end. */
int  examples_read_plain(Examples *examples, const char *path, Error *error);
void examples_close(Examples *examples);

/* ---- learning ---- */

typedef struct Weights {
    double *feature; /* by number */
    double length[PHRASE_KINDS][PHRASE_SYLLABLES_MAX + 1];
} Weights;

/* How much features speak for a mark: a logistic regression on the places; what is rare stays 0. By number; malloc'ed. */
double *weights_of_marks(const Examples *examples);
/* From the stretches of all folds but `without` (-1: all), beginning with `marks` (may be NULL). */
void weights_learn(Weights *weights, const Examples *examples, const double *marks, int without);
void weights_finish(Weights *weights);
/* The best phrasing by them, with `bias` added to every break. */
void weights_cut(const Weights *weights, const Stretch *stretch, double bias, bool *cut);

#endif
