/* What stands around a character with several readings, as the polyphone model sees it: characters, words, classes and marks
 * beside it, its place in its word, the reading that the lexicon gives. The trainer (tools/polyphone_train.c) and the
 * program (polyphones.c) look through the same eyes. */
#ifndef DUBAO_PINYIN_FEATURES_H
#define DUBAO_PINYIN_FEATURES_H

#include "edition.h"
#include "pinyin/collocations.h"

enum {
    FEATURE_PARTS = 3,
    FEATURE_TOKENS = 32,
    FEATURE_KINDS = 10,
    FEATURES_MAX = 64
};

/* The pieces that features are made of; views into the sentence and into itself. */
typedef struct FeatureView {
    Str text[FEATURE_TOKENS];
    char base[32], place[4], trust[4], span[4], fit[4], kind[FEATURE_KINDS][2], rare[1];
} FeatureView;

/* Where a feature looks: into the character's own word, which often is enough, or beyond it, or at a phrase that it is in. */
typedef enum FeatureScope { FEATURES_OF_WORD, FEATURES_AROUND, FEATURES_OF_PHRASE } FeatureScope;

/* What the weights of a feature belong to: to the readings of its character; or, whatever the character, to the reading that the lexicon
 * gives or to the one that the phrase gives. */
typedef enum FeatureSpeaks { OF_CHARACTER, FOR_LEXICON, FOR_PHRASE } FeatureSpeaks;

/* Looks at syllable `syllable` of word `word`, in that scope. Takes a constant number of steps, whatever the sentence. A view must look at the word
 * before it looks around. */
void features_view(FeatureView *view, FeatureScope scope, const Lexicon *lexicon, const Sentence *sentence, size_t word, size_t syllable);
/* Looks at a phrase, in which the character has the reading `said`; the view must have looked at the word. */
void features_view_phrase(FeatureView *view, const Sentence *sentence, size_t word, const Collocation *phrase, Str said);
/* The keys by which the model knows the features of a scope, and the number of the template of each; returns how many (the same for
 * any view). */
size_t features_keys(const FeatureView *view, FeatureScope scope, uint32_t code, uint32_t keys[FEATURES_MAX], uint8_t numbers[FEATURES_MAX]);
size_t features_count(void); /* templates in all */

/* Templates, by number: "c-1", "w+1", as polyphones.txt names them. */
const char *feature_name(size_t number);
int  feature_number(Str name); /* negative when there is none */
FeatureSpeaks feature_speaks(size_t number);
/* The parts of a feature with a space between them, and its key again from that text. */
Str  feature_text(const FeatureView *view, size_t number, Arena *arena);
uint32_t feature_key(size_t number, uint32_t code, Str text);

#endif
