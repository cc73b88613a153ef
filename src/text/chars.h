/* A sentence's text as an array of characters, full-width and compatibility forms folded (NFKC), traditional characters simplified, each
 * with the place in the text it comes from. Rules are matched on it, so that they need no row for ２０２１, ㎞ or 億 of their own. */
#ifndef DUBAO_TEXT_CHARS_H
#define DUBAO_TEXT_CHARS_H

#include "base/arena.h"
#include "base/codeset.h"

enum { CHARS_PLANE = 0x10000, CHARS_FULL_WIDTH_COMMA = 0xFF0C };

/* What is known of a character up to U+FFFF. */
typedef struct Hanzi {
    uint16_t simplified[CHARS_PLANE];  /* its simplified form; 0: it is its own */
    uint16_t traditional[CHARS_PLANE]; /* of a character that rules say: how a traditional text writes it; 0: as it stands */
    CodeSet changes;                   /* all characters that have another simplified form, and some that have not */
    int8_t lean[CHARS_PLANE];          /* whether it shows its text to be traditional (positive) or simplified (negative) */
} Hanzi;

typedef struct Chars {
    Str text;
    uint32_t *code;
    uint32_t *from;  /* n + 1 byte offsets: character i stands for text [from[i], from[i + 1]); where one character folds
                      * into several, the first has its bytes and the others none */
    size_t n;
    bool folded;     /* some code differs from the text, and not only because it is simplified: that is copied as it is written */
    bool commas;      /* there is a full-width comma: it may stand within a figure (text/thousands.h) */
    bool traditional; /* the text is written in traditional characters: what is said in place of figures should be, too */
    const Hanzi *hanzi;
} Chars;

/* Whether a character must stay as it is because a mark or a rule knows it. */
typedef bool CharsKeep(const void *context, uint32_t code);

Chars chars_fold(Str text, const Hanzi *hanzi, CharsKeep *keep, const void *context, Arena *arena);
/* Whether character i is the text's own: not folded, or only simplified. */
bool chars_written(const Chars *chars, size_t i);
/* Character i as it is copied: what the text has where it is the text's own, else its folded form, put into `bytes`. */
Str chars_copy(const Chars *chars, size_t i, char bytes[4]);

static inline uint32_t chars_at(const Chars *chars, size_t i)
{
    return i < chars->n ? chars->code[i] : 0;
}

static inline bool code_is_digit(uint32_t code)
{
    return code - '0' < 10;
}

static inline bool code_is_latin(uint32_t code)
{
    return (code | 0x20) - 'a' < 26;
}

#endif
