/* Readings as people write them - "yin2 hang2", "yín háng", "yínháng", "yin2'hang2", "lü4" - in the form the data has: "yin2 hang2", "lv4". */
#ifndef DUBAO_PINYIN_WRITTEN_H
#define DUBAO_PINYIN_WRITTEN_H

#include "base/arena.h"
#include "pinyin/pinyin.h"

/* In the arena; empty when it is no reading. `syllables`: how many there should be, which decides where "fangan" is cut; 0: as few as there can be. */
Str reading_as_ours(const Readings *readings, Str written, size_t syllables, Arena *arena);
/* Whether tones were forgotten in `written`, which is `ours`. */
bool reading_lacks_tones(Str written, Str ours);

#endif
