/* voices/mandarin/weak.tsv: syllables with a full tone of their own that a voice lets go in running speech (一个, 关系, 站起来). How many it lets go is
 * its style. Words that are neutral by the dictionary have tone 5 already; this is about the surface. */
#ifndef DUBAO_PINYIN_WEAK_H
#define DUBAO_PINYIN_WEAK_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

enum { WEAK_CODES = 0x10000, WEAK_PAIRS = 2048 };

typedef enum WeakStyle { STYLE_BROADCAST, STYLE_COLLOQUIAL } WeakStyle; /* each lets go what the one before does, and more */

/* Where the weak character stands: in the word of the one before; or by itself as well; or anywhere behind it. */
typedef enum WeakReach { WEAK_INSIDE, WEAK_LONE, WEAK_ACROSS } WeakReach;

typedef struct WeakPair {
    uint64_t key;      /* the character before and the weak one; 0: a free place */
    WeakStyle least;   /* the first style that does it */
    WeakReach reach;
} WeakPair;

typedef struct WeakClass {
    uint32_t code;     /* a character that ends a word of that class; 0: the second half of a doubled word */
    WeakStyle least;
    Str tag;
} WeakClass;

enum { WEAK_CLASSES_MAX = 16 };
typedef struct WeakRules {
    CodeSet may;       /* characters that a row speaks of */
    CodeSet full;      /* those that are no doubled verbs */
    CodeSet objects;   /* verbs that are doubled before a word of themselves and their object */
    WeakPair *pairs;   /* a hash table */
    size_t pair_count;
    WeakClass classes[WEAK_CLASSES_MAX];
    size_t class_count;
    WeakStyle style;
} WeakRules;

/* False for a name that is no style. */
bool weak_style_from(Str name, WeakStyle *style);
int  weak_read(WeakRules *rules, Arena *arena, const char *folder, Error *error);
/* Whether the syllable of the word is let go. `before`: the character said before it, empty after a pause. */
bool weak_is(const WeakRules *rules, const Sentence *sentence, const Word *word, size_t syllable, Str before);

#endif
