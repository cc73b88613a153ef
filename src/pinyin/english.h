/* English words among the Latin letters: what the English of a voice says as a word. The rows of voices/mandarin/english.tsv. */
#ifndef DUBAO_PINYIN_ENGLISH_H
#define DUBAO_PINYIN_ENGLISH_H

#include "base/arena.h"
#include "base/error.h"
#include "pinyin/latin.h"

typedef struct EnglishWords {
    bool vowel[128];
    size_t least, most;    /* letters of a part, of a word */
    size_t before, behind; /* of an apostrophe: letters at most on the one side of it or on the other */
    Str *letters, *words;  /* those that are said letter by letter, and as words, all the same */
    size_t letter_count, word_count;
} EnglishWords;

int english_read(EnglishWords *words, Arena *arena, const char *folder, Error *error);
/* How many syllables it has, about, when it is an English word: a vowel group each, and a capital that stands by itself (the GPT of ChatGPT). 0 when it is
 * none, which is the answer for all that has no latin_letters. */
uint8_t english_syllables(const EnglishWords *words, Str word);
/* The bytes of the longest word at the start of `text` that signs (latin_joins) hold together: an English word (don't, e-mail), or one of latin.tsv (Wi-Fi).
 * 0 when there is none. A hyphen joins nothing that has a Chinese name of its own. */
size_t english_joined(const EnglishWords *words, const LatinWords *latin, Str text);

#endif
