/* voices/mandarin/sandhi.tsv: which tone 一 and 不 take, and where a word of three third tones is cut. */
#ifndef DUBAO_PINYIN_SANDHI_RULES_H
#define DUBAO_PINYIN_SANDHI_RULES_H

#include "base/arena.h"
#include "base/error.h"

typedef enum SandhiPlace { PLACE_ANY, PLACE_WORD_FRONT, PLACE_WORD_END, PLACE_FIGURE } SandhiPlace;

/* What must stand beside the character: one of `characters`, or what the flags say. All empty: anything. */
typedef struct SandhiSide {
    bool edge;      /* nothing: a pause or the sentence's end */
    bool same;      /* the character on the other side */
    bool word;      /* any character, if it is in a word of class `tag` */
    Str tag;
    Str characters;
} SandhiSide;

typedef struct SandhiCase {
    Str character;
    SandhiPlace place; /* PLACE_WORD_FRONT: it begins a word of three characters or more; PLACE_WORD_END: it ends one of several;
                          * PLACE_FIGURE: the text has a figure there */
    SandhiSide before, beyond, after, second; /* beyond: the character before that before it; second: the one after the next */
    uint8_t tone;      /* 0: as the next tone has it */
} SandhiCase;

typedef struct SandhiRules {
    SandhiCase *cases; /* the first that fits decides */
    size_t case_count;
    uint8_t follow[2][6]; /* of 一 and 不, by the next tone; 0: the lexical tone */
    Str split;         /* characters that stand apart at the front of a word of three syllables */
    Str child;         /* characters behind which 儿 is a child, and no ending that is merged into the syllable */
    Str merge;         /* characters, words by themselves, behind which 儿 is such an ending */
    Str keep;          /* words of two, a space between them, that stay together there all the same */
} SandhiRules;

int sandhi_rules_read(SandhiRules *rules, Arena *arena, const char *folder, Error *error);

#endif
