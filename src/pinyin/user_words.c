#include "pinyin/user_words.h"

#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"
#include "pinyin/written.h"

static size_t bucket_of(Str character)
{
    return (size_t)(hash_str(HASH_START, character) % USER_BUCKETS);
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
    if (utf8_all_han(word) && syllable_characters(reading) != utf8_count(word)) return _("the reading has not one syllable for each character");
    return NULL;
}

/* Marks what a word was said to be before; the line of this file that says something else of it, or 0. */
static int supersede(const UserLexicon *user, UserWord *older, Str lookup, Str reading)
{
    int line = 0;
    for (; older; older = older->next) {
        if (!str_equal(older->lookup, lookup)) continue;
        if (line == 0 && !older->superseded && older->file == user->file && !str_equal(older->reading, reading)) line = older->line;
        older->superseded = true;
    }
    return line;
}

static int word_add(Readings *readings, Str word, Str reading, int line)
{
    UserLexicon *user = &readings->user;
    if (!user->buckets) user->buckets = ARENA_NEW(&readings->arena, UserWord *, USER_BUCKETS);
    Str lookup = traditional_simplified(&readings->traditional, arena_str(&readings->arena, word), &readings->arena), rest = lookup;
    UserWord **link = &user->buckets[bucket_of(utf8_next(&rest))], *entry = ARENA_NEW(&readings->arena, UserWord, 1);
    while (*link && (*link)->lookup.n > lookup.n) link = &(*link)->next;
    int other = supersede(user, *link, lookup, reading);
    *entry = (UserWord){ .next = *link, .word = arena_str(&readings->arena, word), .reading = arena_str(&readings->arena, reading), .lookup = lookup,
                         .file = user->file, .line = line };
    *link = entry; /* before an older one of the same word */
    if (user->last) user->last->in_order = entry;
    else user->first = entry;
    user->last = entry;
    user->version = hash_str(hash_str(user->version ? user->version : HASH_START, word), reading);
    return other;
}

void user_words_begin(Readings *readings)
{
    readings->user.file++;
}

const char *user_words_add(Readings *readings, Str word, Str written, int line, int *other)
{
    *other = 0;
    Str reading = reading_as_ours(readings, written, utf8_count(word), &readings->arena);
    if (written.n == 0) return _("there is no reading");
    if (reading.n == 0) return _("the reading is no pinyin; write it as yin2 hang2 or yín háng");
    if (reading_lacks_tones(written, reading)) return _("a syllable has no tone; write yin2 hang2 or yín háng, and 5 for a neutral tone");
    const char *why = fault_of(word, reading);
    if (!why) *other = word_add(readings, word, reading, line);
    return why;
}

static bool is_latin(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const UserWord *user_words_at(const UserLexicon *user, Str text, size_t at)
{
    if (!user->buckets) return NULL;
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

uint64_t pinyin_user_version(const Readings *readings)
{
    return readings->user.version;
}

void pinyin_each_user_word(const Readings *readings, void (*visit)(void *context, Str word, Str reading), void *context)
{
    for (const UserWord *entry = readings->user.first; entry; entry = entry->in_order)
        if (!entry->superseded) visit(context, entry->word, entry->reading);
}
