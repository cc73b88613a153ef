/* The rows of voices/mandarin/pauses.tsv and marks.tsv: what is silent where, and for how long. */
#ifndef DUBAO_SPEECH_PAUSES_H
#define DUBAO_SPEECH_PAUSES_H

#include "base/error.h"
#include "edition.h"

enum { PAUSES_MAX = 32, PAUSE_NONE = BREAK_NONE };

typedef struct Pause { /* the first BREAK_COUNT rows are the breaks themselves, by number */
    Str name;
    Break at;
    int ms;
    int last; /* percent of the pace for the word before it */
    int decay_ms; /* over so long the voice dies away before it */
} Pause;

typedef struct MarkPause {
    uint32_t code;
    uint8_t pause;
} MarkPause;

typedef struct Pauses {
    Pause rows[PAUSES_MAX];
    size_t count;
    uint8_t breath, brief, full, question, language, turn; /* rows by name; PAUSE_NONE where there is none */
    MarkPause *marks;         /* sorted by code */
    size_t mark_count;
} Pauses;

int pauses_read(Pauses *pauses, Arena *arena, const char *folder, Error *error); /* folder: voices/mandarin */
/* The row of the strongest mark among `marks`; PAUSE_NONE when none of them is a row. */
uint8_t pauses_of_marks(const Pauses *pauses, Str marks);

#endif
