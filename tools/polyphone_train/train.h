/* What the parts of polyphone_train share: the examples, and the weights learned from them. */
#ifndef DUBAO_TOOLS_POLYPHONE_TRAIN_H
#define DUBAO_TOOLS_POLYPHONE_TRAIN_H

#include "base/error.h"
#include "pinyin/features.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/pinyin.h"
#include "text/spoken.h"

enum { SETS_MAX = 8, FOLDS = 10, IN_NO_FOLD = FOLDS, NOT_A_CHOICE = 0xFF };
#define NO_SUBJECT UINT32_MAX

/* A character with several readings. */
typedef struct Subject {
    uint32_t code;
    Str choice[LEXICON_CHOICES];
    double count[LEXICON_CHOICES]; /* of labels in counts.json and in the sets */
    double prior[LEXICON_CHOICES]; /* ln p, from counts.json */
    size_t choices;
} Subject;

typedef struct Set {
    const char *name;      /* "cpp/dev" */
    Str sentences, labels; /* whole files */
    bool own;              /* the project's: always learned from, never held out */
} Set;

/* A marked character in its sentence. */
typedef struct Example {
    uint32_t subject; /* NO_SUBJECT: its character has one reading only */
    uint8_t set, fold;
    uint8_t given;   /* which choice the lexicon gives; NOT_A_CHOICE: the model is not asked */
    uint8_t wanted;
    uint8_t said;    /* which one a phrase around gives; NOT_A_CHOICE: there is no phrase */
    bool given_right;
    Str line, label; /* in the set's files */
} Example;

typedef struct Corpus {
    Arena arena, scratch;
    Lexicon *lexicon;
    Readings *readings;
    SpokenRules *rules;
    Set sets[SETS_MAX];
    size_t set_count;
    Subject *subjects; /* by code */
    size_t subject_count;
    Example *examples;
    size_t count;
    uint32_t (*features)[FEATURES_MAX]; /* of each example: numbers of features, 0: none */
    uint32_t feature_count;             /* features are 1 .. feature_count - 1 */
} Corpus;

/* data: the folder of lexicon.bin and voices/mandarin; folder: FOLDER/NAME/NAME.sent with .lb beside, FOLDER/NAME/NAME_counts.json. */
int  corpus_open(Corpus *corpus, const char *data, const char *folder, Error *error);
void corpus_close(Corpus *corpus);

/* The sentence of an example, read as the program reads it up to the model. False when its marked character is no longer there (a rule
 * wrote it out in another way). */
bool example_read(Corpus *corpus, const Example *example, Sentence *sentence, size_t *word, size_t *syllable);
/* What can be seen from there, in all scopes; returns the reading that a phrase gives, empty when there is no phrase. */
Str  example_view(const Corpus *corpus, const Sentence *sentence, size_t word, size_t syllable, FeatureView *view);

/* ---- learning ---- */

typedef struct Weights {
    float *weight; /* [feature][choice - 1]; a shared feature has the first only */
} Weights;
enum { WEIGHTS_EACH = LEXICON_CHOICES - 1, SCALE = 16 };

/* Which examples to learn from, and which to be tried on. */
typedef struct Split {
    int fold; /* -1: none; else held out */
    int set;  /* the same */
} Split;
bool split_holds_out(const Split *split, const Example *example);

void weights_learn(Weights *weights, const Corpus *corpus, const Split *split);
void weights_finish(Weights *weights);
/* As they are written: rounded to SCALE steps a unit, at most 127. */
int  weight_rounded(float weight);
size_t weights_choose(const Weights *weights, const Corpus *corpus, size_t example);

int model_write(Corpus *corpus, const Weights *weights, const char *path, Error *error);

#endif
