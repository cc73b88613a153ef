/* voices/mandarin/contexts.tsv: the reading of a word, nearly always of one character, by its neighbours (为 得 地 一行 ...). */
#ifndef DUBAO_PINYIN_CONTEXTS_H
#define DUBAO_PINYIN_CONTEXTS_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

typedef struct ContextRow {
    uint32_t code;     /* of the word's first character */
    Str word, reading; /* a syllable a character */
    Str base;
    bool final; /* the model may not overrule it */
    Str before, after; /* alternatives, a space between them */
} ContextRow;

typedef struct Contexts {
    ContextRow *rows; /* by code; those of one character in the order of the file: the first that fits decides */
    size_t count;
    CodeSet codes, finals; /* of all rows, and of the final ones */
} Contexts;

int contexts_read(Contexts *contexts, Arena *arena, const char *folder, Error *error);
/* final_only: after the model, only where the row that fits says that it is final. */
void contexts_apply(const Contexts *contexts, Sentence *sentence, bool final_only);

#endif
