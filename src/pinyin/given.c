#include "pinyin/given.h"

#include "base/utf8.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"

/* The characters before `end` that the reading is for. */
static bool fits_before(Str spoken, size_t end, Str reading, Given *given)
{
    size_t at = end;
    bool erhua = false;
    Str base;
    uint8_t tone;
    for (Str rest = reading; syllable_next(&rest, &base, &tone);) erhua |= syllable_is_erhua(base);
    for (size_t left = syllable_characters(reading); left > 0; left--) {
        uint32_t code;
        Str last = utf8_last(str_slice(spoken, 0, at));
        utf8_decode(last, &code);
        if (last.n == 0 || !utf8_is_han(code)) return false;
        at -= last.n;
    }
    *given = (Given){ (uint32_t)at, (uint32_t)(end - at), reading, erhua, SOURCE_TEXT };
    return true;
}

/* The readings that stand in the text; each is a piece by itself, which says nothing. */
static size_t find_in_text(const Sentence *sentence, Given *given)
{
    size_t count = 0, piece = 0;
    for (size_t i = 0; i < sentence->ruby_count; i++) {
        const Ruby *ruby = &sentence->rubies[i];
        while (piece < sentence->piece_count && sentence->pieces[piece].text_at < ruby->text_at) piece++;
        if (ruby->fault || piece == sentence->piece_count || sentence->pieces[piece].text_at != ruby->text_at) continue;
        count += fits_before(sentence->spoken, sentence->pieces[piece].spoken_at, ruby->reading, &given[count]);
    }
    return count;
}

/* Leftmost, then longest; around what the text itself says. */
static size_t add_user_words(const Readings *readings, const Sentence *sentence, const Given *fixed, size_t fixed_count, Given *given)
{
    Str spoken = sentence->spoken;
    size_t count = 0, next = 0;
    for (size_t at = 0; at < spoken.n;) {
        while (next < fixed_count && fixed[next].at + fixed[next].n <= at) given[count++] = fixed[next++];
        const UserWord *word = user_words_at(&readings->user, spoken, at);
        bool covered = word && next < fixed_count && at + word->word.n > fixed[next].at;
        if (word && !covered) {
            given[count++] = (Given){ (uint32_t)at, (uint32_t)word->word.n, word->reading, true, SOURCE_USER };
            at += word->word.n;
        } else {
            uint32_t code;
            at += utf8_decode(str_slice(spoken, at, spoken.n), &code);
        }
    }
    while (next < fixed_count) given[count++] = fixed[next++];
    return count;
}

size_t given_find(const Readings *readings, const Sentence *sentence, Given **given, Arena *arena)
{
    *given = NULL;
    if (sentence->ruby_count == 0 && !readings->user.buckets) return 0;
    Given *fixed = ARENA_NEW(arena, Given, sentence->ruby_count + 1);
    size_t fixed_count = find_in_text(sentence, fixed);
    *given = ARENA_NEW(arena, Given, fixed_count + utf8_count(sentence->spoken) + 1);
    return add_user_words(readings, sentence, fixed, fixed_count, *given);
}

/* A character that has no reading of ours. */
static void read_unread(Word *word, const Given *given, Str base, uint8_t tone, size_t at, Arena *arena)
{
    word->kind = WORD_SPOKEN;
    word->syllables = ARENA_NEW(arena, Syllable, 1);
    word->syllable_count = 1;
    word->syllables[0] = (Syllable){ .base = base, .tone = tone, .surface = tone, .spoken_n = (uint8_t)word->text.n, .spoken_at = (uint32_t)at, .source = (uint8_t)given->source };
}

static void apply_one(const Sentence *sentence, const Given *given, size_t *word_at, Arena *arena)
{
    Str rest = given->reading, base;
    uint8_t tone;
    size_t at = given->at;
    while (syllable_next(&rest, &base, &tone)) {
        uint32_t code;
        Word *word = NULL;
        for (; *word_at < sentence->word_count; ++*word_at) {
            word = &sentence->words[*word_at];
            if ((size_t)(word->text.s - sentence->spoken.s) + word->text.n > at) break;
        }
        if (!word || *word_at == sentence->word_count) return;
        if (word->kind == WORD_UNREAD) read_unread(word, given, base, tone, at, arena);
        for (size_t k = 0; k < word->syllable_count; k++) {
            Syllable *syllable = &word->syllables[k];
            if (syllable->spoken_at != at) continue;
            *syllable = (Syllable){ .base = base, .tone = tone, .surface = tone, .spoken_n = syllable->spoken_n, .spoken_at = syllable->spoken_at, .source = (uint8_t)given->source };
        }
        at += utf8_decode(str_slice(sentence->spoken, at, sentence->spoken.n), &code);
    }
}

void given_apply(const Sentence *sentence, const Given *given, size_t count, Arena *arena)
{
    size_t word_at = 0;
    for (size_t i = 0; i < count; i++)
        if (!given[i].whole) apply_one(sentence, &given[i], &word_at, arena);
}
