/* Learning: what marks say by logistic regression, then the phrasing by the gradient of its likelihood (forward and backward sums over all phrasings). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "phrasing_train/train.h"

static const double MARKS_SHARE = 0.5;   /* of what marks say: a reader breaks more often and elsewhere, too */
static const double PULL = 6;            /* towards what marks say, else towards 0: the variance of a weight is 1/PULL */
static const double STEP = 0.3;
enum { ROUNDS = 150, MARK_ROUNDS = 4, MARK_LEAST = 150, ROWS = 2800 };

/* ---- marks ---- */

/* Whether a template may say something of marks: not how far they are. */
static bool tells_of_marks(const PhraseTemplate *template)
{
    for (size_t k = 0; k < PHRASE_PARTS_EACH; k++)
        if (template->part[k] >= PART_BEFORE && template->part[k] != PART_NEUTRAL) return false;
    return true;
}

double *weights_of_marks(const Examples *examples)
{
    uint32_t count = examples->features.count;
    double *weight = calloc(count, sizeof *weight), *squares = calloc(count, sizeof *squares);
    uint32_t *seen = calloc(count, sizeof *seen);
    bool told[PHRASE_TEMPLATES_MAX];
    if (!weight || !squares || !seen) abort();
    for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) told[t] = tells_of_marks(&PHRASE_TEMPLATES[t]);
    for (size_t i = 0; i < examples->place_count; i++)
        for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) seen[examples->places[i].features[t]]++;
    for (int round = 0; round < MARK_ROUNDS; round++)
        for (size_t i = 0; i < examples->place_count; i++) {
            const Place *place = &examples->places[i];
            double score = 0;
            for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) score += told[t] ? weight[place->features[t]] : 0;
            double slope = 1 / (1 + exp(-score)) - place->marked;
            for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) {
                uint32_t number = place->features[t];
                if (!told[t] || seen[number] < MARK_LEAST) continue;
                double by = slope + 1e-5 * weight[number];
                squares[number] += by * by;
                weight[number] -= 0.1 * by / sqrt(squares[number] + 1e-3);
            }
        }
    weight[0] = 0;
    free(squares);
    free(seen);
    return weight;
}

/* ---- phrasings ---- */

static size_t phrase_length(const Stretch *stretch, size_t from, size_t to)
{
    return (size_t)stretch->said[to - 1] - (from ? stretch->said[from - 1] : 0);
}

static double length_weight(const Weights *weights, const Stretch *stretch, size_t from, size_t to)
{
    size_t length = phrase_length(stretch, from, to);
    if (length > PHRASE_SYLLABLES_MAX && from + 1 < to) return -INFINITY;
    return weights->length[phrase_kind(from, to, stretch->count)][length < PHRASE_SYLLABLES_MAX ? length : PHRASE_SYLLABLES_MAX];
}

static double break_weight(const Weights *weights, const Stretch *stretch, size_t to)
{
    double sum = 0;
    if (to == 0 || to == stretch->count) return 0;
    for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) sum += weights->feature[stretch->features[to - 1][t]];
    return sum;
}

static double log_sum(double a, double b)
{
    if (a < b) return log_sum(b, a);
    return b == -INFINITY ? a : a + log1p(exp(b - a));
}

/* forward[to]: of all phrasings of the words before `to` that break there; backward[to]: of those after it. */
static void sums(const Weights *weights, const Stretch *stretch, double *forward, double *backward)
{
    size_t count = stretch->count;
    for (size_t to = 0; to <= count; to++) {
        forward[to] = to ? -INFINITY : 0;
        for (size_t from = 0; from < to; from++) forward[to] = log_sum(forward[to], forward[from] + length_weight(weights, stretch, from, to));
        if (to) forward[to] += break_weight(weights, stretch, to);
    }
    for (size_t from = count + 1; from-- > 0;) {
        backward[from] = from < count ? -INFINITY : 0;
        for (size_t to = from + 1; to <= count; to++)
            backward[from] = log_sum(backward[from], length_weight(weights, stretch, from, to) + break_weight(weights, stretch, to) + backward[to]);
    }
}

/* Adds to the slope of the loss: what is expected less what the reader did. */
static void slope_of(const Weights *weights, const Stretch *stretch, Weights *slope)
{
    double forward[PHRASE_WORDS_MAX + 1], backward[PHRASE_WORDS_MAX + 1];
    size_t count = stretch->count, last = 0;
    sums(weights, stretch, forward, backward);
    for (size_t to = 1; to <= count; to++) {
        for (size_t from = 0; from < to; from++) {
            double score = forward[from] + length_weight(weights, stretch, from, to) + break_weight(weights, stretch, to) + backward[to] - forward[count];
            size_t length = phrase_length(stretch, from, to);
            if (score > -30) slope->length[phrase_kind(from, to, count)][length < PHRASE_SYLLABLES_MAX ? length : PHRASE_SYLLABLES_MAX] += exp(score);
        }
        bool cut = stretch->cut[to - 1] || to == count;
        if (to < count) {
            double expected = exp(forward[to] + backward[to] - forward[count]) - cut;
            for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) slope->feature[stretch->features[to - 1][t]] += expected;
        }
        if (!cut) continue;
        size_t length = phrase_length(stretch, last, to);
        slope->length[phrase_kind(last, to, count)][length < PHRASE_SYLLABLES_MAX ? length : PHRASE_SYLLABLES_MAX] -= 1;
        last = to;
    }
}

static void step(double *weight, double *square, double slope, double start)
{
    slope += PULL * (*weight - start);
    *square += slope * slope;
    if (slope != 0) *weight -= STEP * slope / sqrt(*square);
}

static void weights_zero(Weights *weights, uint32_t count)
{
    memset(weights->feature, 0, count * sizeof *weights->feature);
    memset(weights->length, 0, sizeof weights->length);
}

static Weights weights_new(uint32_t count)
{
    Weights weights = { .feature = calloc(count, sizeof *weights.feature) };
    if (!weights.feature) abort();
    return weights;
}

static double start_of(const double *marks, const bool *kept, uint32_t i)
{
    return marks && kept[i] ? MARKS_SHARE * marks[i] : 0;
}

static void learn(Weights *weights, const Examples *examples, const double *marks, const bool *kept, int without)
{
    uint32_t count = examples->features.count;
    Weights slope = weights_new(count), square = weights_new(count);
    for (uint32_t i = 0; i < count; i++) weights->feature[i] = start_of(marks, kept, i);
    for (int round = 0; round < ROUNDS; round++) {
        weights_zero(&slope, count);
        for (size_t i = 0; i < examples->count; i++)
            if (examples->stretches[i].fold != without && examples->stretches[i].whole) slope_of(weights, &examples->stretches[i], &slope);
        for (uint32_t i = 1; i < count; i++)
            if (kept[i]) step(&weights->feature[i], &square.feature[i], slope.feature[i], start_of(marks, kept, i));
        for (size_t kind = 0; kind < PHRASE_KINDS; kind++)
            for (size_t n = 0; n <= PHRASE_SYLLABLES_MAX; n++) step(&weights->length[kind][n], &square.length[kind][n], slope.length[kind][n], 0);
    }
    weights_finish(&slope);
    weights_finish(&square);
}

/* ---- which features are worth a row ---- */

typedef struct Worth {
    double worth;
    uint32_t number;
} Worth;

static int by_worth(const void *left, const void *right)
{
    const Worth *a = left, *b = right;
    return a->worth != b->worth ? (a->worth < b->worth ? 1 : -1) : a->number < b->number ? -1 : 1;
}

/* How often a feature is met in a sentence to be phrased, as far as the examples tell. By number; malloc'ed. */
static double *frequencies(const Examples *examples)
{
    double *frequency = calloc(examples->features.count, sizeof *frequency), places = 1;
    if (!frequency) abort();
    for (size_t i = 0; i < examples->count; i++)
        for (size_t k = 0; k + 1 < examples->stretches[i].count; k++, places++)
            for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) frequency[examples->stretches[i].features[k][t]] += 1;
    for (size_t i = 0; i < examples->place_count; i++)
        for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) frequency[examples->places[i].features[t]] += places / (double)examples->place_count;
    return frequency;
}

/* Keeps the ROWS features that move scores most: by how large they are and how often they hold. */
static void choose(const Examples *examples, const Weights *weights, bool *kept)
{
    uint32_t count = examples->features.count;
    double *frequency = frequencies(examples);
    Worth *worth = calloc(count, sizeof *worth);
    if (!worth) abort();
    for (uint32_t i = 0; i < count; i++) worth[i] = (Worth){ fabs(weights->feature[i]) * sqrt(frequency[i]), i };
    qsort(worth, count, sizeof *worth, by_worth);
    for (uint32_t i = 0; i < count; i++) kept[worth[i].number] = i < ROWS;
    kept[0] = false;
    free(worth);
    free(frequency);
}

void weights_learn(Weights *weights, const Examples *examples, const double *marks, int without)
{
    uint32_t count = examples->features.count;
    bool *kept = malloc(count * sizeof *kept);
    if (!kept) abort();
    *weights = weights_new(count);
    memset(kept, true, count * sizeof *kept);
    learn(weights, examples, marks, kept, without);
    choose(examples, weights, kept);
    weights_zero(weights, count);
    learn(weights, examples, marks, kept, without);
    free(kept);
}

void weights_finish(Weights *weights)
{
    free(weights->feature);
    *weights = (Weights){ 0 };
}

void weights_cut(const Weights *weights, const Stretch *stretch, double bias, bool *cut)
{
    double best[PHRASE_WORDS_MAX + 1] = { 0 };
    size_t from_of[PHRASE_WORDS_MAX + 1] = { 0 };
    for (size_t to = 1; to <= stretch->count; to++) {
        best[to] = -INFINITY;
        cut[to - 1] = false;
        for (size_t from = 0; from < to; from++) {
            double score = best[from] + length_weight(weights, stretch, from, to);
            if (score <= best[to]) continue;
            best[to] = score;
            from_of[to] = from;
        }
        if (to < stretch->count) best[to] += break_weight(weights, stretch, to) + bias;
    }
    for (size_t to = from_of[stretch->count]; to > 0; to = from_of[to]) cut[to - 1] = true;
}
