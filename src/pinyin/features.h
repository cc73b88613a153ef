/* What stands around a character with several readings, as the polyphone model sees it: characters, words, classes and marks
 * beside it, its place in its word, the reading that the lexicon gives. The trainer (tools/polyphone_train.c) and the
 * program (polyphones.c) look through the same eyes. */
#ifndef DUBAO_PINYIN_FEATURES_H
#define DUBAO_PINYIN_FEATURES_H

#include "edition.h"

enum {
    FEATURE_PARTS = 3,
    FEATURE_TOKENS = 20,
    FEATURES_MAX = 64
};

/* The pieces that features are made of; views into the sentence and into itself. */
typedef struct FeatureView {
    Str text[FEATURE_TOKENS];
    char base[32], place[4], trust[4];
} FeatureView;

/* Looks around the syllable `syllable` of word `word`. `usual`: the readings of its character by itself, the likeliest first. Takes a
 * constant number of steps, whatever the sentence. */
void features_view(FeatureView *view, const Sentence *sentence, size_t word, size_t syllable, Str usual);
/* The keys by which the model knows the features, one a template; returns how many (the same for any view). */
size_t features_keys(const FeatureView *view, uint32_t code, uint32_t keys[FEATURES_MAX]);

/* Templates, by number: "c-1", "w+1", as polyphones.txt names them. */
const char *feature_name(size_t number);
int  feature_number(Str name); /* negative when there is none */
/* Weights of a shared feature do not belong to a character: they speak for or against the lexicon's reading. Shared ones come last. */
bool feature_is_shared(size_t number);
/* The parts of a feature with a space between them, and its key again from that text. */
Str  feature_text(const FeatureView *view, size_t number, Arena *arena);
uint32_t feature_key(size_t number, uint32_t code, Str text);

#endif
