#include "pinyin/given.h"

#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"

/* ---- the user's lexicon ---- */

static size_t bucket_of(Str character)
{
    return (size_t)(hash_str(HASH_START, character) % USER_BUCKETS);
}

/* Characters that a reading of our form reads: an erhua reads two. */
static size_t characters_read(Str reading)
{
    size_t count = 0;
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) count += syllable_is_erhua(base) ? 2 : 1;
    return count;
}

static bool holds_other(Str word)
{
    while (word.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&word), &code);
        bool latin = (code | 0x20) - 'a' < 26;
        if (!latin && !utf8_is_han(code)) return true;
    }
    return false;
}

static const char *fault_of(Str word, Str reading)
{
    if (word.n == 0) return _("there is no word");
    if (word.n > USER_WORD_BYTES_MAX) return _("the word is too long");
    if (holds_other(word)) return _("a word holds Chinese characters and Latin letters only");
    if (utf8_all_han(word) && characters_read(reading) != utf8_count(word)) return _("the reading has not one syllable for each character");
    return NULL;
}

bool given_add(Readings *readings, Str word, Str reading, const char **why)
{
    UserLexicon *user = &readings->user;
    *why = fault_of(word, reading);
    if (*why) return false;
    if (!user->buckets) user->buckets = ARENA_NEW(&readings->arena, UserWord *, USER_BUCKETS);
    Str lookup = traditional_simplified(&readings->traditional, arena_str(&readings->arena, word), &readings->arena), rest = lookup;
    UserWord **link = &user->buckets[bucket_of(utf8_next(&rest))], *entry = ARENA_NEW(&readings->arena, UserWord, 1);
    while (*link && (*link)->lookup.n > lookup.n) link = &(*link)->next;
    for (UserWord *older = *link; older; older = older->next) older->superseded |= str_equal(older->lookup, lookup);
    *entry = (UserWord){ *link, NULL, arena_str(&readings->arena, word), arena_str(&readings->arena, reading), lookup, false };
    *link = entry; /* before an older one of the same word */
    if (user->last) user->last->in_order = entry;
    else user->first = entry;
    user->last = entry;
    user->version = hash_str(hash_str(user->version ? user->version : HASH_START, word), reading);
    return true;
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The longest word of the user's that begins at `at`; one in letters is not found inside a longer run of them. */
static const UserWord *user_word(const UserLexicon *user, Str text, size_t at)
{
    Str rest = str_slice(text, at, text.n), first = rest;
    for (const UserWord *entry = user->buckets[bucket_of(utf8_next(&first))]; entry; entry = entry->next) {
        size_t end = at + entry->lookup.n;
        if (!str_starts(rest, entry->lookup)) continue;
        bool cut_before = at > 0 && is_latin(text.s[at - 1]) && is_latin(text.s[at]);
        bool cut_after = end < text.n && is_latin(text.s[end]) && is_latin(text.s[end - 1]);
        if (!cut_before && !cut_after) return entry;
    }
    return NULL;
}

/* ---- readings in the text ---- */

/* What a piece holds that says nothing: "<hang2>"; empty for any other. */
static Str reading_in(const Sentence *sentence, const Piece *piece)
{
    Str text = str_slice(sentence->text, piece->text_at, piece->text_at + piece->text_n);
    if (piece->spoken_n > 0 || text.n < 4 || text.s[0] != '<' || text.s[text.n - 1] != '>') return (Str){ 0 };
    return str_slice(text, 1, text.n - 1);
}

/* The characters before `end` that the reading is for. */
static bool fits_before(const Readings *readings, Str spoken, size_t end, Str reading, Given *given)
{
    size_t at = end;
    bool erhua = false;
    for (Str rest = reading, base = { 0 }; rest.n > 0;) {
        uint8_t tone;
        if (!syllable_next(&rest, &base, &tone) || !readings_has_syllable(readings, base, tone)) return false;
        erhua |= syllable_is_erhua(base);
    }
    for (size_t left = characters_read(reading); left > 0; left--) {
        uint32_t code;
        Str last = utf8_last(str_slice(spoken, 0, at));
        utf8_decode(last, &code);
        if (last.n == 0 || !utf8_is_han(code)) return false;
        at -= last.n;
    }
    *given = (Given){ (uint32_t)at, (uint32_t)(end - at), reading, erhua, SOURCE_TEXT };
    return true;
}

static size_t find_in_text(const Readings *readings, const Sentence *sentence, Given *given)
{
    size_t count = 0;
    for (size_t i = 0; i < sentence->piece_count; i++) {
        Str reading = reading_in(sentence, &sentence->pieces[i]);
        if (reading.n == 0 || !fits_before(readings, sentence->spoken, sentence->pieces[i].spoken_at, reading, &given[count])) continue;
        if (count == 0 || given[count].at >= given[count - 1].at + given[count - 1].n) count++;
    }
    return count;
}

/* ---- both ---- */

/* Leftmost, then longest; around what the text itself says. */
static size_t add_user_words(const Readings *readings, const Sentence *sentence, const Given *fixed, size_t fixed_count, Given *given)
{
    Str spoken = sentence->spoken;
    size_t count = 0, next = 0;
    for (size_t at = 0; at < spoken.n;) {
        while (next < fixed_count && fixed[next].at + fixed[next].n <= at) given[count++] = fixed[next++];
        const UserWord *word = readings->user.buckets ? user_word(&readings->user, spoken, at) : NULL;
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
    size_t silent = 0;
    *given = NULL;
    for (size_t i = 0; i < sentence->piece_count; i++) silent += reading_in(sentence, &sentence->pieces[i]).n > 0;
    if (silent == 0 && !readings->user.buckets) return 0;
    Given *fixed = ARENA_NEW(arena, Given, silent + 1);
    size_t fixed_count = find_in_text(readings, sentence, fixed);
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
