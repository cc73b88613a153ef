/* Punctuation as the text stages see it: rows of voices/mandarin/marks.tsv (mark, break, class).
 * speech/prosody.h reads the break column of the same file. */
#ifndef DUBAO_TEXT_MARKS_H
#define DUBAO_TEXT_MARKS_H

#include "base/arena.h"
#include "base/error.h"

typedef enum MarkClass {
    MARK_NONE,   /* no mark: a character to be spoken */
    MARK_END,    /* ends a sentence: 。！？… */
    MARK_CLAUSE, /* ，；： */
    MARK_LIST,   /* 、 */
    MARK_OPEN,   /* opening quote or bracket: belongs to what follows */
    MARK_CLOSE,  /* closing quote or bracket: belongs to what went before */
    MARK_CLOSE_TITLE, /* closes the name of a work: an end mark inside it ends no sentence (《谁？》) */
    MARK_OTHER   /* space, dash, dot in a name, and other silent signs */
} MarkClass;

/* All punctuation of the table lies in a few rows of the basic plane (Unicode's: 256 codes that differ in the last byte alone). */
enum { MARKS_PLANE = 0x10000, MARK_ROW = 256, MARK_ROWS_MAX = 32 };

enum { MARK_IS_QUOTE = 0x80 }; /* beside the class: the pause is `quote` */

typedef struct Marks {
    uint8_t row_of[MARKS_PLANE / MARK_ROW]; /* where in `class_of` a row stands; the first there is that of all rows without a mark */
    uint8_t class_of[MARK_ROWS_MAX][MARK_ROW];
    size_t row_count;
    bool quote_lead[256]; /* bytes that a mark of quotation begins with */
} Marks;

Marks *marks_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void marks_destroy(Marks *marks);
/* Of a code in the plane. */
static inline uint8_t marks_entry(const Marks *marks, uint32_t code)
{
    return marks->class_of[marks->row_of[code / MARK_ROW]][code % MARK_ROW];
}
static inline MarkClass marks_class(const Marks *marks, uint32_t code)
{
    return code < MARKS_PLANE ? (MarkClass)(marks_entry(marks, code) & ~MARK_IS_QUOTE) : MARK_NONE;
}
static inline bool marks_is_quote(const Marks *marks, uint32_t code)
{
    return code < MARKS_PLANE && marks_entry(marks, code) & MARK_IS_QUOTE;
}

#endif
