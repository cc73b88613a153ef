/* What the player itself says in Mandarin: sentences with places to fill (voices/mandarin/player.tsv), and a word by which each character is
 * known (voices/mandarin/spelling.tsv). */
#ifndef DUBAO_PLAYER_PHRASES_H
#define DUBAO_PLAYER_PHRASES_H

#include "base/arena.h"
#include "base/error.h"

typedef struct Phrases Phrases;

Phrases *phrases_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void phrases_destroy(Phrases *phrases);

typedef struct PhraseValue {
    const char *name;
    Str value;
} PhraseValue;

/* The sentence of this key with each {name} replaced, in the arena. Empty when there is no such row. */
Str phrases_fill(const Phrases *phrases, const char *key, const PhraseValue *values, size_t count, Arena *arena);
/* How a person says which character it is (弓长张); empty when there is no row. */
Str phrases_spell(const Phrases *phrases, Str character);

#endif
