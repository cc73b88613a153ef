/* Writes the model as text: sorted rows that a person can read and a difference can show. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "pinyin/polyphones.h"
#include "polyphone_train/train.h"

typedef struct Row {
    uint32_t code; /* 0: shared */
    size_t template;
    Str text;
    int weight[WEIGHTS_EACH];
    size_t count;
} Row;

typedef struct Writer {
    Corpus *corpus;
    const Weights *weights;
    bool *written; /* by feature */
    Row *rows;
    size_t count;
} Writer;

static void row_add(Writer *writer, const Example *example, const FeatureView *view, size_t template, uint32_t feature)
{
    const Subject *subject = &writer->corpus->subjects[example->subject];
    Row *row = &writer->rows[writer->count];
    bool any = false;
    *row = (Row){ subject->code, template, { 0 }, { 0 }, subject->choices - 1 };
    if (feature_speaks(template) != OF_CHARACTER) row->code = 0, row->count = 1;
    for (size_t k = 0; k < row->count; k++) {
        row->weight[k] = weight_rounded(writer->weights->weight[(size_t)feature * WEIGHTS_EACH + k]);
        any |= row->weight[k] != 0;
    }
    writer->written[feature] = true;
    if (!any) return;
    row->text = arena_str(&writer->corpus->arena, feature_text(view, template, &writer->corpus->scratch));
    writer->count++;
}

/* What a weight stands for is no longer known: the sentences are gone through once more. */
static void rows_make(Writer *writer)
{
    Corpus *corpus = writer->corpus;
    for (size_t i = 0; i < corpus->count; i++) {
        const Example *example = &corpus->examples[i];
        Sentence sentence;
        size_t word, at;
        ArenaMark mark = arena_mark(&corpus->scratch);
        if (example->given == NOT_A_CHOICE || !example_read(corpus, example, &sentence, &word, &at)) continue;
        FeatureView view;
        example_view(corpus, &sentence, word, at, &view);
        for (size_t k = 0; k < FEATURES_MAX; k++) {
            uint32_t feature = corpus->features[i][k];
            if (feature && !writer->written[feature]) row_add(writer, example, &view, k, feature);
        }
        arena_reset(&corpus->scratch, mark);
    }
}

static int by_place(const void *left, const void *right)
{
    const Row *a = left, *b = right;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    if (a->template != b->template) return a->template < b->template ? -1 : 1;
    return str_compare(a->text, b->text);
}

static void subject_print(FILE *file, const Subject *subject, Str character)
{
    fprintf(file, "%.*s\treadings\t", STR_ARG(character));
    for (size_t k = 0; k < subject->choices; k++) fprintf(file, "%s%.*s", k ? " " : "", STR_ARG(subject->choice[k]));
    for (size_t k = 0; k < subject->choices; k++) {
        long bias = lrint(subject->prior[k] * SCALE);
        fprintf(file, "%c%ld", k ? ' ' : '\t', bias < -127 ? -127 : bias);
    }
    fputc('\n', file);
}

static void row_print(FILE *file, const Row *row, Str character)
{
    fprintf(file, "%.*s\t%s\t%.*s", STR_ARG(character), feature_name(row->template), STR_ARG(row->text));
    for (size_t k = 0; k < row->count; k++) fprintf(file, "%c%d", k ? ' ' : '\t', row->weight[k]);
    fputc('\n', file);
}

static const char HEAD[] =
    "# The model of characters with several readings, made by tools/polyphone_train.c; what it gets wrong is mended in the lexicon or by training\n"
    "# anew, not here. Facts about words and their neighbours, counted in the labelled sentences of CPP (https://github.com/kakaobrain/g2pM) and\n"
    "# g2pL, both Apache-2.0, and of this project (training/); no sentence is in here.\n"
    "#\n"
    "# character\treadings\treadings\thow likely each is at the outset\n"
    "# character\tfeature\tits parts\twhat it adds for each reading from the second on (for the first it is 0); * : for the reading of the lexicon,\n"
    "# or of the phrase (collocations.txt)\n"
    "#\n"
    "# All in 16ths of a natural logarithm. The features are the TEMPLATES of src/pinyin/features.c.\n";

static void rows_print(FILE *file, const Writer *writer)
{
    fputs(HEAD, file);
    size_t at = 0;
    for (; at < writer->count && writer->rows[at].code == 0; at++) row_print(file, &writer->rows[at], STR("*"));
    for (size_t i = 0; i < writer->corpus->subject_count; i++) {
        const Subject *subject = &writer->corpus->subjects[i];
        char bytes[4];
        Str character = { bytes, utf8_encode(subject->code, bytes) };
        subject_print(file, subject, character);
        for (; at < writer->count && writer->rows[at].code == subject->code; at++) row_print(file, &writer->rows[at], character);
    }
}

int model_write(Corpus *corpus, const Weights *weights, const char *path, Error *error)
{
    Writer writer = { corpus, weights, ARENA_NEW(&corpus->arena, bool, corpus->feature_count), ARENA_NEW(&corpus->arena, Row, corpus->feature_count), 0 };
    FILE *file = fopen(path, "wb");
    if (!file) return error_set_errno(error, STATUS_CANNOT_CREATE, "cannot create %s", path);
    rows_make(&writer);
    qsort(writer.rows, writer.count, sizeof *writer.rows, by_place);
    rows_print(file, &writer);
    printf("%zu weights written to %s\n", writer.count, path);
    bool failed = ferror(file);
    if (fclose(file) != 0 || failed) return error_set_errno(error, STATUS_IO, "cannot write %s", path);
    return 0;
}
