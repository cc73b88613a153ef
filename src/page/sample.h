/* The words of a stretch of text, to see whose words another text has: two and three Chinese characters in a row need no lexicon to be found. */
#ifndef DUBAO_PAGE_SAMPLE_H
#define DUBAO_PAGE_SAMPLE_H

#include "page/blocks.h"

enum { SAMPLE_CHARS = 800, SAMPLE_BITS = 1 << 14 };

typedef struct Sample { /* a set of hashes; {0} is empty */
    uint64_t bits[SAMPLE_BITS / 64];
    int chars; /* what has come in; beyond SAMPLE_CHARS nothing does */
} Sample;

void sample_add(Sample *sample, Str text);
/* How many words of the text's first SAMPLE_CHARS are in `in` and not in `out`. */
int sample_count(Str text, const Sample *in, const Sample *out);

/* Whether a new subject begins with this short line: words of it recur in the text below, and none in the text above. */
bool sample_subject_begins(const PageRules *rules, const PageBlock *line);

#endif
