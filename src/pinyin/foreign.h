/* voices/mandarin/foreign.tsv: characters that foreign names are spelled with. Where the word list lacks a name, segmentation leaves its characters
 * alone; in a row they are one word. */
#ifndef DUBAO_PINYIN_FOREIGN_H
#define DUBAO_PINYIN_FOREIGN_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

typedef enum ForeignKind { FOREIGN_NONE, FOREIGN_STRONG, FOREIGN_WEAK, FOREIGN_INNER } ForeignKind;

typedef struct Foreign {
    CodeSet all, strong, inner; /* those that are neither are weak */
} Foreign;

int  foreign_read(Foreign *foreign, Arena *arena, const char *folder, Error *error);
/* After segmentation, of a sentence in which nobody has given a word: makes one word of each such row. */
void foreign_join(const Foreign *foreign, Sentence *sentence);

#endif
