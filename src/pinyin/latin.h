/* Latin words that are said as words, not letter by letter: NASA, iPhone. The rows of voices/mandarin/latin.tsv. */
#ifndef DUBAO_PINYIN_LATIN_H
#define DUBAO_PINYIN_LATIN_H

#include "base/arena.h"
#include "base/error.h"

typedef struct LatinWord {
    struct LatinWord *next; /* with the same first byte */
    Str form, reading;
} LatinWord;

typedef struct LatinWords {
    LatinWord *first[128]; /* by their first byte */
} LatinWords;

int latin_read(LatinWords *words, Arena *arena, const char *folder, Error *error);
/* ', U+2019 (the apostrophe as it is printed) and the hyphen: what may stand inside a word. */
static inline bool latin_joins(uint32_t code)
{
    return code == '\'' || code == '-' || code == 0x2019;
}
/* How many letters it has; 0 when it is anything but A-Z and a-z and, one at a time between them, signs that join. */
size_t latin_letters(Str word);
/* "na4 sa4" for NASA; empty for a word that is said letter by letter. */
Str latin_reading(const LatinWords *words, Str word);

#endif
