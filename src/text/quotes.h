/* Direct speech: quotations that hold a sentence (他说：“……。”), not quoted terms (“五一”). Marks of quotation are the rows of voices/mandarin/marks.tsv whose
 * pause is `quote`; how they stand is GB/T 15834: with direct speech the closing mark comes behind the sentence's own, and a quotation of several paragraphs is
 * opened anew in each and closed in the last. */
#ifndef DUBAO_TEXT_QUOTES_H
#define DUBAO_TEXT_QUOTES_H

#include "edition.h"
#include "text/marks.h"

/* How far a block was looked through; from a zeroed one. */
typedef struct Quotes {
    size_t at;       /* behind the last quotation */
    size_t from, to; /* the direct speech that was found last, in bytes of the block */
} Quotes;

/* Fills sentence->speech; sentences of a body block in their order. Linear in the block. */
void quotes_mark(Quotes *quotes, const Marks *marks, const Block *block, Sentence *sentence);

#endif
