/* Multinomial logistic regression by FTRL-proximal (McMahan et al. 2013): a step a sentence, with an own rate for each weight and an L1
 * penalty that leaves most weights at zero. The order of the sentences is fixed, so that the same sets give the same weights. */
#include <math.h>
#include <stdlib.h>

#include "polyphone_train/train.h"

/* Found by trying on held-out folds; the result changes little around them. */
enum { EPOCHS = 20, SMALLEST = 2 }; /* rounded weights below SMALLEST are left out */
static const double RATE = 0.3, SMOOTH = 1, L1 = 1, L2 = 0.3;

typedef struct Learner {
    const Corpus *corpus;
    float *z, *n, *weight;
    size_t shared_from; /* templates from here on are shared */
} Learner;

bool split_holds_out(const Split *split, const Example *example)
{
    return (split->fold >= 0 && example->fold == split->fold) || (split->set >= 0 && example->set == split->set);
}

static size_t shared_from(void)
{
    uint32_t keys[FEATURES_MAX];
    size_t count = features_keys(&(FeatureView){ 0 }, 0, keys), at = 0;
    while (at < count && !feature_is_shared(at)) at++;
    return at;
}

static void scores_of(const float *weight, const Corpus *corpus, size_t number, size_t shared, double *score)
{
    const Example *example = &corpus->examples[number];
    const Subject *subject = &corpus->subjects[example->subject];
    for (size_t k = 0; k < subject->choices; k++) score[k] = subject->prior[k];
    for (size_t i = 0; i < FEATURES_MAX; i++) {
        uint32_t feature = corpus->features[number][i];
        if (!feature) continue;
        const float *own = weight + (size_t)feature * WEIGHTS_EACH;
        if (i >= shared) score[example->given] += own[0];
        else
            for (size_t k = 1; k < subject->choices; k++) score[k] += own[k - 1];
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

static void example_step(Learner *learner, size_t number)
{
    const Corpus *corpus = learner->corpus;
    const Example *example = &corpus->examples[number];
    const Subject *subject = &corpus->subjects[example->subject];
    double p[LEXICON_CHOICES];
    scores_of(learner->weight, corpus, number, learner->shared_from, p);
    softmax(p, subject->choices);
    for (size_t k = 0; k < subject->choices; k++) p[k] -= k == example->wanted;
    for (size_t i = 0; i < FEATURES_MAX; i++) {
        size_t at = (size_t)corpus->features[number][i] * WEIGHTS_EACH;
        if (at == 0) continue;
        if (i >= learner->shared_from) weight_step(learner, at, p[example->given]);
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

static void order_shuffle(uint32_t *order, size_t count, uint64_t *state)
{
    for (size_t i = count; i > 1; i--) {
        *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t other = (size_t)(*state >> 33) % i;
        uint32_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

void weights_learn(Weights *weights, const Corpus *corpus, const Split *split)
{
    size_t count = (size_t)corpus->feature_count * WEIGHTS_EACH;
    Learner learner = { corpus, calloc(count, sizeof(float)), calloc(count, sizeof(float)), calloc(count, sizeof(float)), shared_from() };
    uint32_t *order = calloc(corpus->count + 1, sizeof *order);
    if (!learner.z || !learner.n || !learner.weight || !order) abort();
    uint64_t state = 1;
    size_t used = order_make(corpus, split, order);
    for (int i = 0; i < EPOCHS; i++) {
        order_shuffle(order, used, &state);
        for (size_t k = 0; k < used; k++) example_step(&learner, order[k]);
    }
    for (size_t i = 0; i < count; i++) learner.weight[i] = (float)weight_rounded(learner.weight[i]) / SCALE;
    free(learner.z);
    free(learner.n);
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
    return labs(rounded) < SMALLEST ? 0 : (int)rounded;
}

size_t weights_choose(const Weights *weights, const Corpus *corpus, size_t example)
{
    double score[LEXICON_CHOICES];
    const Example *one = &corpus->examples[example];
    size_t best = one->given;
    scores_of(weights->weight, corpus, example, shared_from(), score);
    for (size_t k = 0; k < corpus->subjects[one->subject].choices; k++)
        if (score[k] > score[best]) best = k;
    return best;
}
