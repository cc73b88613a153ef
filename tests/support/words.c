#include "support/words.h"

#include <string.h>

static void add_syllable(Arena *arena, Word *word, Str toned)
{
    word->syllables = arena_grow(arena, word->syllables, word->syllable_count, word->syllable_count + 1, sizeof *word->syllables);
    uint8_t tone = (uint8_t)(toned.s[toned.n - 1] - '0');
    word->syllables[word->syllable_count++] = (Syllable){ .base = str_slice(toned, 0, toned.n - 1), .tone = tone, .surface = tone };
}

static bool ends_in_tone(Str part)
{
    return part.n > 1 && part.s[part.n - 1] >= '1' && part.s[part.n - 1] <= '5';
}

Sentence sentence_from(Arena *arena, const char *notation)
{
    Sentence sentence = { .role = ROLE_BODY, .line = 1, .text = str_from(notation), .spoken = str_from(notation), .after = BREAK_SENTENCE };
    for (Str rest = str_from(notation); rest.n > 0;) {
        Str part = str_split(&rest, ' ');
        if (part.n == 0) continue;
        Word word = { .kind = ends_in_tone(part) ? WORD_SPOKEN : WORD_MARK, .text = part };
        while (word.kind == WORD_SPOKEN && part.n > 0) add_syllable(arena, &word, str_split(&part, '-'));
        sentence.words = arena_grow(arena, sentence.words, sentence.word_count, sentence.word_count + 1, sizeof word);
        sentence.words[sentence.word_count++] = word;
    }
    return sentence;
}
