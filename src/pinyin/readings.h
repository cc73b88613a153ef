/* What this folder reads from voices/mandarin: letters.tsv, latin.tsv, english.tsv, marks.tsv (its first column), sandhi.tsv, weak.tsv, contexts.tsv, names.tsv, foreign.tsv. */
#ifndef DUBAO_PINYIN_READINGS_H
#define DUBAO_PINYIN_READINGS_H

#include "base/codeset.h"
#include "pinyin/contexts.h"
#include "pinyin/english.h"
#include "pinyin/foreign.h"
#include "pinyin/latin.h"
#include "pinyin/names.h"
#include "pinyin/pinyin.h"
#include "pinyin/sandhi_rules.h"
#include "pinyin/traditional.h"
#include "pinyin/user_words.h"
#include "pinyin/weak.h"

struct Readings {
    Arena arena;
    uint16_t *sign;      /* by code below 0x10000: 0, SIGN_MARK, or SIGN_LETTER + its place in `letters` */
    CodeSet signs;       /* all that are not 0 there: no Chinese character is */
    Str *letters;        /* readings */
    size_t letter_count;
    LatinWords latin;
    EnglishWords english;
    SandhiRules sandhi;
    WeakRules weak;
    Contexts contexts;
    Names names;
    Foreign foreign;
    uint32_t *syllables; /* those that can be spoken, hashed: the rows of phonemes.tsv */
    UserLexicon user;
    Traditional traditional;
};

enum { SYLLABLE_PLACES = 8192 };
enum { SIGN_MARK = 1, SIGN_LETTER = 2, SIGN_CODES = 0x10000 };

/* Whether the voice can say it. */
bool readings_has_syllable(const Readings *readings, Str base, uint8_t tone);
static inline uint16_t readings_sign(const Readings *readings, uint32_t code)
{
    return codeset_has(&readings->signs, code) ? readings->sign[code] : 0;
}
static inline bool readings_is_mark(const Readings *readings, uint32_t code)
{
    return readings_sign(readings, code) == SIGN_MARK;
}
/* "da2 bu5 liu5" for W; empty for what is no letter. */
static inline Str readings_letter(const Readings *readings, uint32_t code)
{
    uint16_t sign = readings_sign(readings, code);
    return sign >= SIGN_LETTER ? readings->letters[sign - SIGN_LETTER] : (Str){ 0 };
}

#endif
