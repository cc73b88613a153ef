/* Which words a newsreader brings out and which are passed over, from voices/mandarin/accent.tsv.
 *
 * In Mandarin a word is brought out by a wider range of its tones, most of it at the top, and by its length; the tones stay what they are (Xu, Effects of tone
 * and focus on the formation and alignment of f0 contours, Journal of Phonetics 27, 1999). */
#ifndef DUBAO_SPEECH_ACCENT_H
#define DUBAO_SPEECH_ACCENT_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

typedef enum AccentDegree { ACCENT_USUAL, ACCENT_WEAK, ACCENT_MILD, ACCENT_STRONG } AccentDegree;
enum { ACCENT_DEGREES = ACCENT_STRONG + 1 };

/* In percent of what the voice does otherwise. */
typedef struct Accent {
    char range, pace;
} Accent;

typedef struct AccentWord {
    Str text;
    bool leads; /* it brings out the word behind it */
    AccentDegree degree;
} AccentWord;

typedef struct Accents {
    Accent degrees[ACCENT_DEGREES];
    AccentWord *words; /* sorted by text */
    size_t word_count;
    AccentWord *classes;
    size_t class_count;
    CodeSet figures;
    AccentDegree of_figures, of_first[ROLE_COUNT]; /* numbers; the first word of a headline */
} Accents;

int accents_read(Accents *accents, Arena *arena, const char *folder, Error *error); /* folder: voices/mandarin */
/* Of sentence->words[i], a spoken word whose breaks are known. */
Accent accent_of(const Accents *accents, const Sentence *sentence, size_t i);

#endif
