#include "page/sample.h"

#include "base/utf8.h"
#include "page/evidence.h"

enum { GRAM_LEAST = 2, GRAM_MOST = 3, GRAMS_A_CHAR = GRAM_MOST - GRAM_LEAST + 1 };

/* The last character read, and the words that end with it. */
typedef struct Reading {
    uint32_t codes[GRAM_MOST];
    int run; /* Chinese characters in a row */
} Reading;

/* Takes the next character off the text. Returns how many words end with it; their places in a sample are in `bits`. */
static int read_character(Reading *reading, Str *text, size_t *bits)
{
    int count = 0;
    for (int i = 1; i < GRAM_MOST; i++) reading->codes[i - 1] = reading->codes[i];
    utf8_decode(utf8_next(text), &reading->codes[GRAM_MOST - 1]);
    reading->run = utf8_is_han(reading->codes[GRAM_MOST - 1]) ? reading->run + 1 : 0;
    for (int n = GRAM_LEAST; n <= GRAM_MOST && n <= reading->run; n++) {
        uint64_t key = (uint64_t)n;
        for (int i = GRAM_MOST - n; i < GRAM_MOST; i++) key = hash_mix(key, reading->codes[i]);
        bits[count++] = (size_t)key % SAMPLE_BITS;
    }
    return count;
}

static bool holds(const Sample *sample, size_t bit)
{
    return sample->bits[bit / 64] >> bit % 64 & 1;
}

void sample_add(Sample *sample, Str text)
{
    Reading reading = { 0 };
    size_t bits[GRAMS_A_CHAR];
    for (; text.n > 0 && sample->chars < SAMPLE_CHARS; sample->chars++)
        for (int i = read_character(&reading, &text, bits); i-- > 0;) sample->bits[bits[i] / 64] |= UINT64_C(1) << bits[i] % 64;
}

int sample_count(Str text, const Sample *in, const Sample *out)
{
    Reading reading = { 0 };
    size_t bits[GRAMS_A_CHAR];
    int count = 0;
    for (int chars = 0; text.n > 0 && chars < SAMPLE_CHARS; chars++)
        for (int i = read_character(&reading, &text, bits); i-- > 0;) count += holds(in, bits[i]) && !holds(out, bits[i]);
    return count;
}

/* ---- where a subject begins ---- */

enum { CHARS_MOST = 400, BLOCKS_MOST = 24 };

/* The text above, down from the headline over it. */
static void sample_above(const PageBlock *line, Sample *sample)
{
    const PageBlock *block = line->previous;
    for (int blocks = 0; block && sample->chars < CHARS_MOST && blocks < BLOCKS_MOST; block = block->previous, blocks++) {
        if (block->kind != KIND_SILENT) sample_add(sample, block->text);
        if (block->kind == KIND_HEADING) return;
    }
}

/* The text below, as far as the next line that could be a headline. */
static void sample_below(const PageRules *rules, const PageBlock *line, Sample *sample)
{
    const PageBlock *block = line->next;
    for (int blocks = 0; block && sample->chars < CHARS_MOST && blocks < BLOCKS_MOST; block = block->next, blocks++) {
        if (block->kind == KIND_HEADING || (sample->chars > 0 && evidence_is_short_line(rules, block))) return;
        if (block->kind != KIND_SILENT) sample_add(sample, block->text);
    }
}

/* Of 22 headlines on pages of this project, 17 share as many words with their text and none with the text above; of the short first sentences of
 * paragraphs, none. */
bool sample_subject_begins(const PageRules *rules, const PageBlock *line)
{
    enum { WORDS_LEAST = 5 };
    Sample above = { .chars = 0 }, below = { .chars = 0 };
    sample_above(line, &above);
    sample_below(rules, line, &below);
    return sample_count(line->text, &below, &above) >= WORDS_LEAST && sample_count(line->text, &above, &(Sample){ .chars = 0 }) == 0;
}
