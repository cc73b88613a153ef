/* The words that dubao knows: a mapped file (lexicon.bin), compiled from the texts in voices/mandarin by
 * tools/lexicon_compile.c. Opening it costs a few system calls, no parsing. */
#ifndef DUBAO_PINYIN_LEXICON_H
#define DUBAO_PINYIN_LEXICON_H

#include "base/error.h"
#include "edition.h"

typedef struct Lexicon Lexicon;

typedef struct LexiconEntry {
    uint32_t word;       /* its number in this lexicon, never 0 */
    float cost;          /* -ln(probability) */
    uint32_t characters; /* of the text that matched */
} LexiconEntry;

/* A text, taken apart once for all words that are looked for in it. */
typedef struct LexiconText {
    Str text;
    size_t count;    /* characters */
    uint32_t *at;    /* where each begins in the text, in bytes; behind the last the text's end */
    uint32_t *code;
    uint16_t *label; /* what the lexicon calls it; 0: it is in no word */
} LexiconText;

enum { LEXICON_MATCHES_MAX = 16 };

/* `data_folder` holds lexicon.bin. STATUS_DATA when it is missing, damaged or of another format. */
Lexicon *lexicon_open(const char *data_folder, Error *error);
void lexicon_close(Lexicon *lexicon);
uint64_t lexicon_version(const Lexicon *lexicon); /* a hash of its contents */

LexiconText lexicon_text(const Lexicon *lexicon, Str text, Arena *arena);
/* All words of characters [from, to) that begin at `from`, shortest first, at most LEXICON_MATCHES_MAX; returns how many. */
size_t lexicon_matches(const Lexicon *lexicon, const LexiconText *text, size_t from, size_t to, LexiconEntry *entries);
/* The number of a word, the whole of the text; 0 when it is none. */
uint32_t lexicon_word(const Lexicon *lexicon, Str word);
/* Its class. */
Str lexicon_tag(const Lexicon *lexicon, uint32_t word);
/* Its reading as pinyin with tone digits, one space between syllables: "yin2 hang2"; empty when it is read by its characters. `by_hand`: it was
 * set by hand (corrections.tsv), and the model may not overrule it. */
Str lexicon_reading(const Lexicon *lexicon, uint32_t word, bool *by_hand);
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
/* The kind of a character by what it stands beside (kinds.tsv), from 1; 0 when it is of none. */
unsigned lexicon_kind(const Lexicon *lexicon, uint32_t code);
/* The first of the keys (collocations.h) that there is; `count` when there is none. */
size_t lexicon_collocation(const Lexicon *lexicon, const uint32_t *keys, size_t count, size_t *choice);

#endif
