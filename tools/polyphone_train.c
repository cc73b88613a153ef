/* Trains the model of characters with several readings: voices/mandarin/polyphones.txt.
 *
 *     polyphone_train DATA_FOLDER SETS_FOLDER [OUT]
 *
 * DATA_FOLDER holds lexicon.bin and voices/mandarin (share/dubao of a build). SETS_FOLDER holds labelled sentences: NAME/NAME.sent, a sentence a line
 * with the character to be read between two U+2581, and its readings line by line in NAME/NAME.lb ("le5", ü as "u:"); counts of labels of
 * further sentences in NAME/NAME_counts.json ({"character": {"reading": count}}) tell how likely a reading is at the outset. The sentences of
 * training/, written for this project, are always learned from beside them and never measured.
 *
 * Prints how much is right of sentences that were held out (ten folds; then each set as a whole) and the characters with the most errors, then
 * learns from all sentences and writes OUT. The same sets and the same lexicon give the same bytes. Train anew when the lexicon, collocations.txt, kinds.tsv, the
 * spoken form or the templates of src/pinyin/features.c have changed much. A merged erhua counts as right when its syllable is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "polyphone_train/train.h"

enum { WORST_SHOWN = 20 };

typedef struct Score {
    int right, before, total;
} Score;

typedef struct Worst {
    uint32_t code;
    int errors, total;
} Worst;

/* Tries `weights` on what the split held out. `worst` may be NULL. */
static void split_try(const Corpus *corpus, const Weights *weights, const Split *split, Score *scores, Worst *worst)
{
    for (size_t i = 0; i < corpus->count; i++) {
        const Example *example = &corpus->examples[i];
        if (!split_holds_out(split, example)) continue;
        bool asked = example->given != NOT_A_CHOICE;
        bool right = asked ? weights_choose(weights, corpus, i) == example->wanted : example->given_right;
        scores[example->set].right += right;
        scores[example->set].before += example->given_right;
        scores[example->set].total++;
        if (!worst || example->subject == NO_SUBJECT) continue;
        worst[example->subject].errors += !right;
        worst[example->subject].total++;
    }
}

static void scores_print(const Corpus *corpus, const char *title, const Score *scores)
{
    for (size_t i = 0; i < corpus->set_count; i++)
        if (scores[i].total)
            printf("%s %s: %d of %d right: %.2f %% (%.2f %% without the model)\n", title, corpus->sets[i].name, scores[i].right, scores[i].total,
                   100.0 * scores[i].right / scores[i].total, 100.0 * scores[i].before / scores[i].total);
}

static int by_errors(const void *left, const void *right)
{
    const Worst *a = left, *b = right;
    return a->errors != b->errors ? b->errors - a->errors : a->code < b->code ? -1 : a->code > b->code;
}

static void worst_print(Worst *worst, size_t count)
{
    qsort(worst, count, sizeof *worst, by_errors);
    for (size_t i = 0; i < count && i < WORST_SHOWN; i++) {
        char bytes[4];
        printf("%s%.*s %d of %d", i ? ", " : "most errors: ", (int)utf8_encode(worst[i].code, bytes), bytes, worst[i].errors, worst[i].total);
    }
    putchar('\n');
}

static void cross_validate(const Corpus *corpus)
{
    Score scores[SETS_MAX] = { 0 };
    Worst *worst = calloc(corpus->subject_count, sizeof *worst);
    if (!worst) abort();
    for (size_t i = 0; i < corpus->subject_count; i++) worst[i].code = corpus->subjects[i].code;
    for (int fold = 0; fold < FOLDS; fold++) {
        Split split = { fold, -1 };
        Weights weights;
        weights_learn(&weights, corpus, &split);
        split_try(corpus, &weights, &split, scores, worst);
        weights_finish(&weights);
    }
    scores_print(corpus, "in ten folds:", scores);
    worst_print(worst, corpus->subject_count);
    free(worst);
}

static void hold_sets_out(const Corpus *corpus)
{
    for (int set = 0; set < (int)corpus->set_count; set++) {
        if (corpus->sets[set].own) continue;
        Score scores[SETS_MAX] = { 0 };
        Split split = { -1, set };
        Weights weights;
        weights_learn(&weights, corpus, &split);
        split_try(corpus, &weights, &split, scores, NULL);
        weights_finish(&weights);
        scores_print(corpus, "held out as a whole:", scores);
    }
}

static int train(Corpus *corpus, const char *path, Error *error)
{
    Weights weights;
    weights_learn(&weights, corpus, &(Split){ -1, -1 });
    int result = model_write(corpus, &weights, path, error);
    weights_finish(&weights);
    return result;
}

int main(int count, char **argument)
{
    if (count != 3 && count != 4) {
        fputs("usage: polyphone_train DATA_FOLDER SETS_FOLDER [OUT]\n", stderr);
        return STATUS_USAGE;
    }
    Corpus corpus = { 0 };
    Error error;
    int result = corpus_open(&corpus, argument[1], argument[2], &error);
    if (result == 0) {
        printf("%zu sentences, %zu characters, %u features\n", corpus.count, corpus.subject_count, corpus.feature_count);
        cross_validate(&corpus);
        hold_sets_out(&corpus);
        if (count == 4) result = train(&corpus, argument[3], &error);
    }
    if (result < 0) fprintf(stderr, "polyphone_train: %s\n", error.text);
    corpus_close(&corpus);
    return result < 0 ? (int)error.status : 0;
}
