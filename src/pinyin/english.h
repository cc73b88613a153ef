/* English words among the Latin letters: what the English of a voice says as a word. The rows of voices/mandarin/english.tsv. */
#ifndef DUBAO_PINYIN_ENGLISH_H
#define DUBAO_PINYIN_ENGLISH_H

#include "base/arena.h"
#include "base/error.h"

typedef struct EnglishWords {
    bool vowel[128];
    size_t least, most; /* letters of a part, of a word */
    Str *letters;       /* words that are said letter by letter all the same */
    size_t letter_count;
} EnglishWords;

int english_read(EnglishWords *words, Arena *arena, const char *folder, Error *error);
/* How many syllables it has, about, when it is an English word: a vowel group each, and a capital that stands by itself (the GPT of ChatGPT). 0 when it is
 * none, which is the answer for all that holds anything but A-Z and a-z. */
uint8_t english_syllables(const EnglishWords *words, Str word);

#endif
