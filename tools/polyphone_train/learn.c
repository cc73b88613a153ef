/* Multinomial logistic regression by FTRL-proximal (McMahan et al. 2013): a step a sentence, with an own rate for each weight and an L1
 * penalty that leaves most weights at zero. In each step some features are left out at random, so that none relies on another one
 * being there. Chance is a fixed sequence: the same sets give the same weights. */
#include <math.h>
#include <stdlib.h>

#include "polyphone_train/train.h"

/* Found by trying on held-out folds; the result changes little around them. */
enum { EPOCHS = 20, SEEN_LEAST = 2 }; /* features seen less often are left out */
/* Smaller rounded weights are left out; of features that are COMMON they add up, and say together what is usual. */
enum { SMALLEST = 5, SMALLEST_COMMON = 4, COMMON = 5 };
static const double RATE = 0.3, SMOOTH = 1, L1 = 0.5, L2 = 0.3, LEFT_OUT = 0.25, SHRINK = 0.9;
/* Features that all characters share are seen in every step: without this the model relies on them, and is surer than it is right. */
static const double SHARED_LEFT_OUT = 0.4;
/* How far a label is doubted (label smoothing, Szegedy et al. 2016): one in fifty of the sets is wrong, and no weight should grow to explain it. */
static const double DOUBT = 0.02;
/* One sentence is enough to learn that a word is read so, or with this neighbour. */
static const char *const SEEN_ONCE[] = { "c-1", "c+1", "w" };

typedef struct Learner {
    const Corpus *corpus;
    float *z, *n, *weight;
    uint32_t *seen;             /* how often each feature is in the sentences to learn from */
    uint32_t least[FEATURES_MAX]; /* by template: features seen less often are left out */
    uint64_t chance;
} Learner;

bool split_holds_out(const Split *split, const Example *example)
{
    return (split->fold >= 0 && example->fold == split->fold) || (split->set >= 0 && example->set == split->set);
}

/* The one reading that a feature without a character of its own speaks for; NOT_A_CHOICE when it is a character's. */
static size_t spoken_for(const Example *example, size_t template)
{
    if (template >= features_count() || feature_speaks(template) == OF_CHARACTER) return NOT_A_CHOICE;
    return feature_speaks(template) == FOR_LEXICON ? example->given : example->said;
}

static void scores_of(const float *weight, const Corpus *corpus, const Example *example, const uint32_t *features, double *score)
{
    const Subject *subject = &corpus->subjects[example->subject];
    for (size_t k = 0; k < subject->choices; k++) score[k] = subject->prior[k];
    for (size_t i = 0; i < FEATURES_MAX; i++) {
        if (!features[i]) continue;
        const float *own = weight + (size_t)features[i] * WEIGHTS_EACH;
        size_t one = spoken_for(example, i);
        if (one != NOT_A_CHOICE) score[one] += (double)own[0];
        else
            for (size_t k = 1; k < subject->choices; k++) score[k] += (double)own[k - 1];
    }
}

static void softmax(double *score, size_t count)
{
    double most = score[0], sum = 0;
    for (size_t k = 1; k < count; k++) most = score[k] > most ? score[k] : most;
    for (size_t k = 0; k < count; k++) sum += score[k] = exp(score[k] - most);
    for (size_t k = 0; k < count; k++) score[k] /= sum;
}

static void weight_step(Learner *learner, size_t at, double gradient)
{
    double n = learner->n[at], after = n + gradient * gradient;
    double z = learner->z[at] + gradient - (sqrt(after) - sqrt(n)) / RATE * learner->weight[at];
    learner->n[at] = (float)after;
    learner->z[at] = (float)z;
    learner->weight[at] = fabs(z) <= L1 ? 0 : (float)(-(z - (z > 0 ? L1 : -L1)) / ((SMOOTH + sqrt(after)) / RATE + L2));
}

static uint32_t chance_next(uint64_t *chance)
{
    *chance = *chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*chance >> 33);
}

/* Those of the example's features that take part in this step; 0 for the others. */
static void features_pick(Learner *learner, const uint32_t *all, uint32_t *features)
{
    for (size_t i = 0; i < FEATURES_MAX; i++) {
        features[i] = all[i];
        if (!all[i]) continue;
        double left_out = feature_speaks(i) == OF_CHARACTER ? LEFT_OUT : SHARED_LEFT_OUT;
        if (chance_next(&learner->chance) < (uint32_t)(left_out * (UINT32_C(1) << 31)) || learner->seen[all[i]] < learner->least[i]) features[i] = 0;
    }
}

static void example_step(Learner *learner, size_t number)
{
    const Corpus *corpus = learner->corpus;
    const Example *example = &corpus->examples[number];
    const Subject *subject = &corpus->subjects[example->subject];
    uint32_t features[FEATURES_MAX];
    double p[LEXICON_CHOICES];
    features_pick(learner, corpus->features[number], features);
    scores_of(learner->weight, corpus, example, features, p);
    softmax(p, subject->choices);
    for (size_t k = 0; k < subject->choices; k++) p[k] -= k == example->wanted ? 1 - DOUBT : DOUBT / (double)(subject->choices - 1);
    for (size_t i = 0; i < FEATURES_MAX; i++) {
        size_t at = (size_t)features[i] * WEIGHTS_EACH;
        if (at == 0) continue;
        size_t one = spoken_for(example, i);
        if (one != NOT_A_CHOICE) weight_step(learner, at, p[one]);
        else
            for (size_t k = 1; k < subject->choices; k++) weight_step(learner, at + k - 1, p[k]);
    }
}

static size_t order_make(const Corpus *corpus, const Split *split, uint32_t *order)
{
    size_t count = 0;
    for (size_t i = 0; i < corpus->count; i++) {
        const Example *example = &corpus->examples[i];
        if (example->given != NOT_A_CHOICE && example->wanted != NOT_A_CHOICE && !split_holds_out(split, example)) order[count++] = (uint32_t)i;
    }
    return count;
}

static void order_shuffle(uint32_t *order, size_t count, uint64_t *chance)
{
    for (size_t i = count; i > 1; i--) {
        size_t other = chance_next(chance) % i;
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

static void *zeroed(size_t count, size_t bytes)
{
    void *room = calloc(count + 1, bytes);
    if (!room) abort();
    return room;
}

static Learner learner_start(const Corpus *corpus, size_t count)
{
    Learner learner = { .corpus = corpus, .chance = 1 };
    learner.z = zeroed(count, sizeof(float));
    learner.n = zeroed(count, sizeof(float));
    learner.weight = zeroed(count, sizeof(float));
    learner.seen = zeroed(corpus->feature_count, sizeof(uint32_t));
    for (size_t i = 0; i < FEATURES_MAX; i++) learner.least[i] = SEEN_LEAST;
    for (size_t i = 0; i < sizeof SEEN_ONCE / sizeof *SEEN_ONCE; i++) learner.least[feature_number(str_from(SEEN_ONCE[i]))] = 1;
    return learner;
}

void weights_learn(Weights *weights, const Corpus *corpus, const Split *split)
{
    size_t count = (size_t)corpus->feature_count * WEIGHTS_EACH;
    Learner learner = learner_start(corpus, count);
    uint32_t *order = zeroed(corpus->count, sizeof *order);
    size_t used = order_make(corpus, split, order);
    for (size_t i = 0; i < used; i++)
        for (size_t k = 0; k < FEATURES_MAX; k++) learner.seen[corpus->features[order[i]][k]]++;
    for (int i = 0; i < EPOCHS; i++) {
        order_shuffle(order, used, &learner.chance);
        for (size_t k = 0; k < used; k++) example_step(&learner, order[k]);
    }
    for (size_t i = 0; i < count; i++) {
        int rounded = weight_rounded(learner.weight[i] * (float)SHRINK);
        int smallest = learner.seen[i / WEIGHTS_EACH] < COMMON ? SMALLEST : SMALLEST_COMMON;
        learner.weight[i] = abs(rounded) < smallest ? 0 : (float)rounded / SCALE;
    }
    free(learner.z);
    free(learner.n);
    free(learner.seen);
    free(order);
    weights->weight = learner.weight;
}

void weights_finish(Weights *weights)
{
    free(weights->weight);
    weights->weight = NULL;
}

int weight_rounded(float weight)
{
    long rounded = lrint((double)weight * SCALE);
    if (rounded > 127) return 127;
    if (rounded < -127) return -127;
    return (int)rounded;
}

size_t weights_choose(const Weights *weights, const Corpus *corpus, size_t example)
{
    double score[LEXICON_CHOICES];
    const Example *one = &corpus->examples[example];
    size_t best = one->given;
    scores_of(weights->weight, corpus, one, corpus->features[example], score);
    for (size_t k = 0; k < corpus->subjects[one->subject].choices; k++)
        if (score[k] > score[best]) best = k;
    return best;
}
