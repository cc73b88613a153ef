/* Traditional characters are looked up by their simplified form, which the lexicon and the model know; what is spoken stays as it is written. */
#ifndef DUBAO_PINYIN_TRADITIONAL_H
#define DUBAO_PINYIN_TRADITIONAL_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

typedef struct TraditionalWord TraditionalWord;
typedef struct TraditionalReading TraditionalReading;

typedef struct Traditional {
    uint16_t *simplified;  /* by code; 0: the same */
    CodeSet shows;         /* what no simplified text has */
    uint8_t *kinds;        /* by code: whether a simplified text has it too, whether a word or a reading of its own begins with it */
    TraditionalWord **words; /* by a hash of their first character */
    TraditionalReading *readings;
} Traditional;

/* The rows of traditional.tsv and traditional_corrections.tsv in the folder. */
int traditional_read(Traditional *traditional, Arena *arena, const char *folder, Error *error);
/* The same text in simplified characters, with as many bytes for each character; `text` itself when nothing in it is traditional. */
Str traditional_simplified(const Traditional *traditional, Str text, Arena *arena);
/* Where two characters became one, 發 and 髮 as 发, a reading that only the other has is put right. `written` is the spoken form before it was
 * simplified. */
void traditional_keep_readings(const Traditional *traditional, const Sentence *sentence, Str written);

#endif
