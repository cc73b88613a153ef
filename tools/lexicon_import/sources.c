/* The files that lexicon_import is given, and how their readings become ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon_import/import.h"

/* ---- readings ---- */

Str only_reading(const Import *import, Str character)
{
    const Entry *entry = words_find(&import->characters, character);
    return entry && entry->sure && syllable_count(entry->tag) == 1 ? entry->tag : (Str){ 0 };
}

/* The full tone that a hand correction gives a syllable which the source has neutral: 骗回来 follows 回来. `pair`: it and the character before. */
static void full_by_hand(const Import *import, Str pair, Str *base, uint8_t *tone)
{
    const Entry *entry = words_find(&import->readings, pair);
    Str reading = entry && entry->sure ? entry->reading : (Str){ 0 };
    uint8_t full;
    Str whole;
    if (!syllable_next(&reading, &whole, &full) || !syllable_next(&reading, &whole, &full) || full == 5) return;
    *base = whole;
    *tone = full;
}

/* 一 and 不 as they are before sandhi; a neutral 不 (差不多) is a reading. A character that has only one reading gets it. */
static Str reading_as_standard(const Import *import, Str word, Str reading, Arena *arena)
{
    Str base, out = { 0 }, before = { 0 };
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) {
        Str character = utf8_next(&word), only = only_reading(import, character);
        if (only.n > 0 && tone != 5) syllable_next(&only, &base, &tone);
        if (tone == 5 && before.n > 0) full_by_hand(import, (Str){ before.s, before.n + character.n }, &base, &tone);
        before = character;
        if (str_equal(character, STR("一")) && str_equal(base, STR("yi"))) tone = 1;
        if (str_equal(character, STR("不")) && str_equal(base, STR("bu")) && tone != 5) tone = 4;
        out = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(base), tone);
    }
    return out;
}

static bool word_fits(Str word, Str reading)
{
    uint32_t code;
    size_t characters = utf8_count(word);
    for (Str rest = word; rest.n > 0; utf8_next(&rest))
        if (utf8_decode(rest, &code) == 0 || !utf8_is_han(code)) return false;
    return characters > 1 && characters <= READING_CHARACTERS && syllable_count(reading) == characters;
}

/* How unusual the reading is for its characters: the sum of the places in their lists. Readings that a character does not have in
 * the standard of the mainland (企 qi4, 期 qi2: terra-pinyin has Taiwan's too) count as READING_FOREIGN. */
static size_t reading_rank(const Import *import, Str word, Str reading)
{
    size_t rank = 0;
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) {
        Entry *character = words_find(&import->characters, utf8_next(&word));
        Str list = character ? character->tag : (Str){ 0 }, known;
        uint8_t known_tone = 0;
        size_t place = 0;
        bool same = false;
        while (!same && syllable_next(&list, &known, &known_tone)) {
            same = str_equal(known, base) && (known_tone == tone || tone == 5);
            place += !same;
        }
        if (!same) return READING_FOREIGN;
        rank += place + (known_tone != tone); /* a neutral tone of a word's own is allowed, but a full one goes before it */
    }
    return rank;
}

/* The first source wins; among several readings in one source the most usual for its characters. */
static void reading_offer(Import *import, int source, Str word, Str reading)
{
    if (!word_fits(word, reading)) return;
    reading = reading_as_standard(import, word, reading, &import->arena);
    Entry *entry = words_add(&import->readings, word);
    size_t rank = source == SOURCE_TERRA ? reading_rank(import, word, reading) : 0;
    bool better = entry->reading.n == 0 || (entry->source == source && rank < entry->rank);
    if (entry->sure || rank == READING_FOREIGN || !better) return;
    entry->reading = reading;
    entry->source = source;
    entry->rank = rank;
}

/* ---- files ---- */

static Str source_read(Import *import, const char *path)
{
    Error error;
    Str text;
    if (file_read(&import->arena, path, &text, &error) == 0) return text;
    fprintf(stderr, "lexicon_import: %s\n", error.text);
    exit((int)error.status);
}

void characters_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/characters.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), character = str_split(&line, '\t');
        if (line.n == 0 || str_starts(character, STR("#"))) continue;
        Entry *entry = words_add(&import->characters, character);
        entry->tag = line;
        entry->reading = str_split(&line, ' ');
    }
}

void corrections_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/corrections.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), word = str_split(&line, '\t'), reading = str_trim(str_split(&line, '\t'));
        if (reading.n == 0 || str_starts(word, STR("#"))) continue;
        if (str_starts(word, STR("…"))) {
            words_add(&import->endings, str_slice(word, STR("…").n, word.n))->reading = reading;
            continue;
        }
        bool single = utf8_count(word) == 1;
        Entry *entry = words_add(single ? &import->characters : &import->readings, word);
        if (single) entry->tag = reading;
        entry->reading = single ? str_split(&reading, ' ') : reading;
        entry->sure = true;
    }
}

void priors_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/priors.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), character = str_split(&line, '\t');
        if (line.n > 0 && !str_starts(character, STR("#"))) words_add(&import->characters, character)->reading = str_split(&line, '\t');
    }
}

/* Words whose last syllable is neutral. */
void neutral_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/neutral.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n');
        if (str_starts(line, STR("#"))) continue;
        while (line.n > 0) words_add(&import->neutral, str_split(&line, ' '));
    }
}

void dict_read(Import *import, const char *path)
{
    Str text = source_read(import, path);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), word = str_split(&line, ' '), number = str_split(&line, ' ');
        long frequency;
        if (word.n == 0 || !str_to_long(number, &frequency) || frequency <= 0) continue;
        Entry *entry = words_add(&import->words, word);
        entry->frequency += (double)frequency;
        entry->tag = str_trim(line);
        import->total += (double)frequency;
    }
}

void variants_read(Import *import, const char *path)
{
    Str text = source_read(import, path);
    import->simplified = ARENA_NEW(&import->arena, uint32_t, VARIANTS_MAX);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), code = str_split(&line, '\t');
        if (!str_equal(str_split(&line, '\t'), STR("kSimplifiedVariant"))) continue;
        unsigned long from = strtoul(code.s + 2, NULL, 16), to = strtoul(str_split(&line, ' ').s + 2, NULL, 16);
        if (to == from && line.n > 0) to = strtoul(line.s + 2, NULL, 16); /* 乾 is written 乾 (坤) and 干 (净): the latter is the common one */
        if (from < VARIANTS_MAX && to != from) import->simplified[from] = (uint32_t)to;
    }
}

static Str word_simplified(const Import *import, Str word, Arena *arena)
{
    char *out = arena_alloc(arena, word.n * 2 + 1);
    size_t used = 0;
    uint32_t code;
    while (word.n > 0) {
        utf8_decode(word, &code);
        utf8_next(&word);
        if (code < VARIANTS_MAX && import->simplified[code]) code = import->simplified[code];
        used += utf8_encode(code, out + used);
    }
    return (Str){ out, used };
}

/* "word<TAB>reading", after the line "..." that ends the head. */
void terra_read(Import *import, const char *path)
{
    Str text = source_read(import, path);
    while (text.n > 0 && !str_equal(str_split(&text, '\n'), STR("..."))) continue;
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), word = str_split(&line, '\t'), reading = str_split(&line, '\t');
        if (str_starts(word, STR("#")) || word.n < 6 || reading.n == 0) continue;
        Str padded = { 0 }, base;
        /* "r5" for erhua, "nü" as "nv" already: made syllables of ours. */
        for (Str rest = reading; rest.n > 0;) {
            base = str_split(&rest, ' ');
            padded = arena_printf(&import->arena, "%.*s%s%.*s", STR_ARG(padded), padded.n ? " " : "",
                                  STR_ARG(str_equal(base, STR("r5")) ? STR("er5") : base));
        }
        reading_offer(import, SOURCE_TERRA, word_simplified(import, word, &import->arena), padded);
    }
}

/* dict1.mjs: "líng: [ '〇', '伶', ... ]" over many lines, the likeliest reading first. The package's word lists leave out words whose
 * characters are read so, which makes this the reading to expect inside a word. */
void habits_read(Import *import, const char *path)
{
    Str text = source_read(import, path), reading = { 0 };
    while (text.n > 0) {
        Str line = str_trim(str_split(&text, '\n')), rest = line;
        size_t open = str_find(line, STR(": ["));
        if (open < line.n) {
            Str key = str_slice(line, *line.s == '\'', open);
            reading = syllable_from_marked(str_slice(key, 0, str_find(str_slice(key, 0, str_find(key, STR("'"))), STR(" "))), &import->arena);
            rest = str_slice(line, open + 3, line.n);
        }
        while (rest.n > 0) {
            Str one = str_split(&rest, '\'');
            if (one.n > 2 && (unsigned char)*one.s >= 0x80 && reading.n > 0) words_add(&import->habits, one)->reading = reading;
        }
    }
}

/*     word: 'rèn wéi',      keys and values in ' or " or bare */
void pinyin_pro_read(Import *import, const char *path)
{
    Str text = source_read(import, path);
    bool surnames = strstr(path, "surname") != NULL;
    while (text.n > 0) {
        Str value = str_trim(str_split(&text, '\n')), key = str_split(&value, ':');
        if (key.n > 2 && (*key.s == '\'' || *key.s == '"')) key = str_slice(key, 1, key.n - 1);
        value = str_trim(value);
        if (value.n < 4 || key.n == 0 || (unsigned char)*key.s < 0x80) continue;
        value = str_slice(value, 1, value.n - (str_ends(value, STR(",")) ? 2 : 1));
        Str reading = { 0 };
        while (value.n > 0) {
            Str one = syllable_from_marked(str_split(&value, ' '), &import->arena);
            reading = arena_printf(&import->arena, "%.*s%s%.*s", STR_ARG(reading), reading.n ? " " : "", STR_ARG(one));
        }
        if (surnames) words_add(&import->surnames, key)->reading = reading;
        reading_offer(import, SOURCE_PINYIN_PRO, key, reading);
    }
}
