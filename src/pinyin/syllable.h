/* A syllable as the data files write it: base and tone digit, "hang2", "lv4", "huar1"; tone 5 is neutral. */
#ifndef DUBAO_PINYIN_SYLLABLE_H
#define DUBAO_PINYIN_SYLLABLE_H

#include "base/arena.h"

/* Takes the next syllable off a reading ("yin2 hang2"); false at its end or where none stands (`rest` keeps its place). */
bool syllable_next(Str *rest, Str *base, uint8_t *tone);
/* How many syllables `reading` has; 0 when any part of it is no syllable. */
size_t syllable_count(Str reading);
/* Characters that a reading reads: an erhua reads two. */
size_t syllable_characters(Str reading);
/* An erhua merged into its syllable ("huar"), which reads two characters; "er" itself is none. */
bool syllable_is_erhua(Str base);
/* A syllable written with a tone mark ("háng", "lǜ", "de") as ours ("hang2", "lv4", "de5"), in the arena; empty when it is none. */
Str syllable_from_marked(Str marked, Arena *arena);

#endif
