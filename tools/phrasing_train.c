/* Trains the phrasing: voices/mandarin/phrasing_model.tsv.
 *
 *     phrasing_train DATA_FOLDER LABELLED [PLAIN [OUT]]
 *
 * DATA_FOLDER holds lexicon.bin and voices/mandarin (share/dubao of a build). LABELLED: sentences, a line each, with '/' where a reader breaks without a mark
 * (tests/cases/phrasing.txt). PLAIN: many sentences of any kind with their punctuation, a line each; '-' for none.
 *
 * Prints precision, recall and F1 of the breaks in sentences that were held out, of breaks that stand at every word, and of several
 * biases; then learns from four fifths of the sentences (the test measures on the last fifth) and writes OUT. The same files and the
 * same lexicon give the same bytes. Train anew when the lexicon, its classes or the templates of src/speech/phrase_features.c have changed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phrasing_train/train.h"

enum { BIASES = 9, HELD_OUT = FOLDS - 1 };
static const double GIVEN_UP = 0.002; /* of F1, for the fewest breaks that nearly reach the best: one too many is heard, one missing is not */

typedef struct Score {
    size_t right, given, wanted;
} Score;

static double f1(const Score *score)
{
    return score->right ? 2.0 * (double)score->right / (double)(score->given + score->wanted) : 0;
}

static double bias_at(size_t i)
{
    return -0.4 + 0.2 * (double)i;
}

static void score_add(Score *score, const Stretch *stretch, const bool *cut)
{
    for (size_t i = 0; i + 1 < stretch->count; i++) {
        score->right += cut[i] && stretch->cut[i];
        score->given += cut[i];
        score->wanted += stretch->cut[i];
    }
}

static void fold_try(const Weights *weights, const Examples *examples, int fold, Score *scores)
{
    for (size_t i = 0; i < examples->count; i++) {
        const Stretch *stretch = &examples->stretches[i];
        bool cut[PHRASE_WORDS_MAX];
        if (stretch->fold != fold) continue;
        for (size_t b = 0; b < BIASES; b++) {
            weights_cut(weights, stretch, bias_at(b), cut);
            score_add(&scores[b], stretch, cut);
        }
        memset(cut, 1, sizeof cut);
        score_add(&scores[BIASES], stretch, cut);
    }
}

static double cross_validate(const Examples *examples, const double *marks)
{
    Score scores[BIASES + 1] = { 0 };
    double best = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
        Weights weights;
        weights_learn(&weights, examples, marks, fold);
        fold_try(&weights, examples, fold, scores);
        weights_finish(&weights);
    }
    for (size_t i = 0; i <= BIASES; i++) {
        const Score *score = &scores[i];
        if (i < BIASES) printf("5 folds, bias %4.1f: ", bias_at(i));
        else printf("a break at every word: ");
        printf("%zu breaks, %zu given, precision %.3f, recall %.3f, F1 %.3f\n", score->wanted, score->given, (double)score->right / (double)score->given,
               (double)score->right / (double)score->wanted, f1(score));
        if (i < BIASES && f1(score) > best) best = f1(score);
    }
    size_t chosen = 0;
    while (f1(&scores[chosen]) < best - GIVEN_UP) chosen++;
    return bias_at(chosen);
}

static int by_text(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static int written(double weight)
{
    return (int)lround(weight * SCALE);
}

static const char HEAD[] =
    "# The phrasing of read Mandarin, made by tools/phrasing_train.c from tests/cases/phrasing.txt; do not edit. What marks say of where phrases end was\n"
    "# counted in sentences of CPP (https://github.com/kakaobrain/g2pM) and g2pL, both Apache-2.0; no sentence is in here.\n"
    "#\n"
    "# feature\tparts\tvalue\n"
    "#\n"
    "# value: added to a break's score where the feature holds, in 16ths of a natural logarithm; phrase: of a phrase, by its place and syllables.\n";

static int model_write(Examples *examples, const Weights *weights, double bias, const char *path, Error *error)
{
    FILE *out = fopen(path, "w");
    if (!out) return error_set_errno(error, STATUS_CANNOT_CREATE, "%s", path);
    Str *rows = ARENA_NEW(&examples->arena, Str, examples->features.count);
    size_t count = 0;
    fputs(HEAD, out);
    for (size_t kind = 0; kind < PHRASE_KINDS; kind++)
        for (int n = 1; n <= PHRASE_SYLLABLES_MAX; n++) fprintf(out, "phrase\t%s %d\t%d\n", PHRASE_KIND_NAMES[kind], n, written(weights->length[kind][n]));
    for (uint32_t i = 1; i < examples->features.count; i++) {
        Str text = examples->features.texts[i];
        double weight = weights->feature[i] + (str_equal(text, STR("any\t*")) ? bias : 0);
        if (written(weight) == 0) continue;
        rows[count++] = arena_printf(&examples->arena, "%.*s\t%d\n", STR_ARG(text), written(weight));
    }
    qsort(rows, count, sizeof *rows, by_text);
    for (size_t i = 0; i < count; i++) fwrite(rows[i].s, 1, rows[i].n, out);
    printf("%zu rows\n", count);
    if (fclose(out) != 0) return error_set_errno(error, STATUS_IO, "%s", path);
    return 0;
}

static int train(Examples *examples, char **argument, int count, Error *error)
{
    bool plain = count > 3 && strcmp(argument[3], "-") != 0;
    if (examples_open(examples, argument[1], error) < 0 || examples_read_labelled(examples, argument[2], error) < 0) return -1;
    if (plain && examples_read_plain(examples, argument[3], error) < 0) return -1;
    printf("%zu stretches, %zu places in plain text, %u features\n", examples->count, examples->place_count, examples->features.count);
    double *marks = plain ? weights_of_marks(examples) : NULL;
    double bias = cross_validate(examples, marks);
    int result = 0;
    if (count > 4) {
        Weights weights;
        weights_learn(&weights, examples, marks, HELD_OUT);
        result = model_write(examples, &weights, bias, argument[4], error);
        weights_finish(&weights);
    }
    free(marks);
    return result;
}

int main(int count, char **argument)
{
    if (count < 3 || count > 5) {
        fputs("usage: phrasing_train DATA_FOLDER LABELLED [PLAIN [OUT]]\n", stderr);
        return STATUS_USAGE;
    }
    Examples examples = { 0 };
    Error error;
    int result = train(&examples, argument, count, &error);
    if (result < 0) fprintf(stderr, "phrasing_train: %s\n", error.text);
    examples_close(&examples);
    return result < 0 ? (int)error.status : 0;
}
