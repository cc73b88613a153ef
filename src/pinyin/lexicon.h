/* The words that dubao knows: a mapped file (lexicon.bin), compiled from the texts in voices/mandarin by
 * tools/lexicon_compile.c. Opening it costs a few system calls, no parsing. */
#ifndef DUBAO_PINYIN_LEXICON_H
#define DUBAO_PINYIN_LEXICON_H

#include "base/error.h"
#include "edition.h"

typedef struct Lexicon Lexicon;

typedef struct LexiconEntry {
    size_t bytes;    /* of the text that matched */
    float cost;      /* -ln(probability) */
    Str tag;         /* word class */
    uint32_t reading; /* for lexicon_reading; 0: no reading of its own, read it by its characters */
} LexiconEntry;

enum { LEXICON_MATCHES_MAX = 16 };

/* `data_folder` holds lexicon.bin. STATUS_DATA when it is missing, damaged or of another format. */
Lexicon *lexicon_open(const char *data_folder, Error *error);
void lexicon_close(Lexicon *lexicon);
uint64_t lexicon_version(const Lexicon *lexicon); /* a hash of its contents */

/* All words that begin `text`, shortest first, at most LEXICON_MATCHES_MAX; returns how many. */
size_t lexicon_matches(const Lexicon *lexicon, Str text, LexiconEntry *entries);
/* The whole of `word`; false when it is none. */
bool lexicon_word(const Lexicon *lexicon, Str word, LexiconEntry *entry);
/* The reading of an entry as pinyin with tone digits, one space between syllables: "yin2 hang2". */
Str lexicon_reading(const Lexicon *lexicon, const LexiconEntry *entry);
/* Whether it was set by hand (corrections.tsv): the model may not overrule it. */
bool lexicon_by_hand(const Lexicon *lexicon, const LexiconEntry *entry);
/* The reading of one character by itself, the likeliest first, in the same form: "hang2 xing2"; empty when it has none. */
Str lexicon_character(const Lexicon *lexicon, uint32_t code);

/* ---- the model of characters with several readings (polyphones.h) ---- */

typedef struct LexiconChoices {
    Str readings;       /* "wei2 wei4" */
    const int8_t *bias; /* of each */
} LexiconChoices;

/* False for a character that the model does not know. */
bool lexicon_choices(const Lexicon *lexicon, uint32_t code, LexiconChoices *choices);
/* The weights of features, one a choice; NULL for a feature that has none. All keys at once, because each is a place in memory to wait for. */
void lexicon_weights(const Lexicon *lexicon, const uint32_t *keys, size_t count, const int8_t **weights);
/* The first of the keys (collocations.h) that there is; `count` when there is none. */
size_t lexicon_collocation(const Lexicon *lexicon, const uint32_t *keys, size_t count, size_t *choice);

#endif
