/* The melody over a sentence: where each phrase lies, from voices/mandarin/melody.tsv. */
#ifndef DUBAO_SPEECH_MELODY_H
#define DUBAO_SPEECH_MELODY_H

#include "base/error.h"
#include "edition.h"

typedef struct Contour {
    double start, end, last, reset; /* semitones */
    long pace;                      /* percent */
    char neutral[3];                /* the letters of a neutral tone at the end (Chao 1930): "44"; empty: as anywhere */
} Contour;

typedef struct Melody {
    Contour roles[ROLE_COUNT], question;
    Contour paragraph, article; /* added to those: by where the sentence stands in its paragraph; to an article's last one */
} Melody;

int melody_read(Melody *melody, const char *folder, Error *error); /* folder: voices/mandarin */
/* The contour of a sentence. */
Contour melody_contour(const Melody *melody, const Sentence *sentence);
/* Fills the pitch of each utterance of a script of so many syllables. */
void melody_apply(const Contour *contour, Script *script, uint32_t syllables);

#endif
