/* text -> spoken form: figures, signs, units and letters written as they are said (text normalisation). */
#ifndef DUBAO_TEXT_SPOKEN_H
#define DUBAO_TEXT_SPOKEN_H

#include "base/error.h"
#include "edition.h"
#include "text/marks.h"

typedef struct SpokenRules SpokenRules;

/* Reads the rules in `folder` (voices/mandarin); NULL on failure. */
SpokenRules *spoken_create(const char *folder, Error *error);
void spoken_destroy(SpokenRules *rules);
/* The marks that the rules know, for the splitter. */
const Marks *spoken_marks(const SpokenRules *rules);

/* Fills spoken, pieces and piece_count of a sentence, in `arena`. In the spoken form stand Chinese characters, Latin letters (each said as a
 * letter) and marks, and nothing else that should be heard: no digit, no unit sign. Linear in the text; cannot fail. */
void spoken_form(const SpokenRules *rules, Sentence *sentence, Arena *arena);

#endif
