/* Makes voices/mandarin/lexicon.txt: words with frequency, class, and a reading where it does not follow from the characters.
 *
 *     lexicon_import MANDARIN DICT TERRA VARIANTS PINYIN_PRO... > voices/mandarin/lexicon.txt
 *
 *     MANDARIN    the folder voices/mandarin (characters.tsv, priors.tsv, neutral.tsv and corrections.tsv are read)
 *     DICT        dict.txt of jieba (MIT; Debian: python3-jieba): words, frequencies, classes
 *     TERRA       terra_pinyin.dict.yaml (LGPL-3, after CC-CEDICT; Debian: rime-data-terra-pinyin): readings of words
 *     VARIANTS    Unihan_Variants.txt (Unicode; Debian: unicode-data, bunzip2 it): traditional to simplified, for TERRA
 *     PINYIN_PRO  dict1.mjs ... dict5.mjs, surname.mjs of pinyin-pro (MIT; npm): readings of words and of surnames
 *
 * Run by hand when a source or corrections.tsv changes. A reading comes from corrections.tsv, else from the sources, else
 * from the words inside the word (银行业 from 银行), else from its characters. The sources' tone sandhi of 一 and 不 is undone. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum {
    FREQUENCY_LEAST = 28,  /* rarer words stay out unless they have a reading of their own */
    READING_CHARACTERS = 8, /* words longer than this are left out */
    VARIANTS_MAX = 0x30000,
    READING_FOREIGN = 1000,
    SOURCE_PINYIN_PRO = 1,
    SOURCE_TERRA = 2
};

typedef struct Entry {
    Str word, tag;
    Str reading;     /* the one chosen so far */
    double frequency;
    bool sure;       /* `reading` comes from corrections.tsv */
    int source;      /* which source gave `reading` */
    size_t rank;     /* of `reading`, see reading_rank */
} Entry;

typedef struct Words { /* open addressing */
    Entry *entries;
    size_t count, size;
} Words;

typedef struct Import {
    Arena arena;
    Words words;      /* jieba's */
    Words readings;   /* word -> reading, all sources */
    Words surnames;
    Words neutral;    /* words whose last syllable is neutral */
    Words habits;     /* character -> likeliest reading within a word */
    Words characters; /* character -> likeliest reading; `tag` is the list of all */
    uint32_t *simplified;
    double total;
} Import;

static Entry *words_slot(const Words *words, Str word)
{
    size_t at = (size_t)hash_str(HASH_START, word) & (words->size - 1);
    while (words->entries[at].word.n && !str_equal(words->entries[at].word, word)) at = (at + 1) & (words->size - 1);
    return &words->entries[at];
}

static Entry *words_find(const Words *words, Str word)
{
    Entry *entry = words_slot(words, word);
    return entry->word.n ? entry : NULL;
}

static Entry *words_add(Words *words, Str word)
{
    Entry *entry = words_slot(words, word);
    if (entry->word.n) return entry;
    entry->word = word;
    if (++words->count > words->size / 2) {
        fputs("lexicon_import: a source is larger than foreseen\n", stderr);
        exit(1);
    }
    return entry;
}

static void words_init(Words *words, size_t size, Arena *arena)
{
    *words = (Words){ .size = size };
    words->entries = ARENA_NEW(arena, Entry, size);
}

/* ---- readings ---- */

/* 一 and 不 as they are before sandhi; a neutral 不 (差不多) is a reading. */
static Str sandhi_undo(Str word, Str reading, Arena *arena)
{
    Str base, out = { 0 };
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) {
        Str character = utf8_next(&word);
        if (str_equal(character, STR("一")) && str_equal(base, STR("yi"))) tone = 1;
        if (str_equal(character, STR("不")) && str_equal(base, STR("bu")) && tone != 5) tone = 4;
        out = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(base), tone);
    }
    return out;
}

/* An erhua that its source writes apart ("dian3 er5", "dian3 r5") is merged: "dianr3". 女儿 nv3 er2 is none. */
static Str erhua_merge(Str word, Str reading, Arena *arena)
{
    Str base, out = { 0 };
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) {
        bool er = str_equal(base, STR("r")) || (tone == 5 && str_equal(base, STR("er")));
        if (er && out.n > 1 && str_equal(utf8_next(&word), STR("儿")))
            out = arena_printf(arena, "%.*sr%c", (int)out.n - 1, out.s, out.s[out.n - 1]);
        else {
            out = arena_printf(arena, "%.*s%s%.*s%d", STR_ARG(out), out.n ? " " : "", STR_ARG(base), tone);
            if (!er) utf8_next(&word);
        }
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
    reading = sandhi_undo(word, reading, &import->arena);
    Entry *entry = words_add(&import->readings, word);
    size_t rank = source == SOURCE_TERRA ? reading_rank(import, word, reading) : 0;
    bool better = entry->reading.n == 0 || (entry->source == source && rank < entry->rank);
    if (entry->sure || rank == READING_FOREIGN || !better) return;
    entry->reading = reading;
    entry->source = source;
    entry->rank = rank;
}

/* ---- sources ---- */

static Str source_read(Import *import, const char *path)
{
    Error error;
    Str text;
    if (file_read(&import->arena, path, &text, &error) == 0) return text;
    fprintf(stderr, "lexicon_import: %s\n", error.text);
    exit(error.status);
}

static void characters_read(Import *import, const char *folder)
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

static void corrections_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/corrections.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), word = str_split(&line, '\t'), reading = str_trim(str_split(&line, '\t'));
        if (reading.n == 0 || str_starts(word, STR("#"))) continue;
        bool single = utf8_count(word) == 1;
        Entry *entry = words_add(single ? &import->characters : &import->readings, word);
        if (single) entry->tag = reading;
        entry->reading = single ? str_split(&reading, ' ') : reading;
        entry->sure = true;
    }
}

static void priors_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/priors.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), character = str_split(&line, '\t');
        if (line.n > 0 && !str_starts(character, STR("#"))) words_add(&import->characters, character)->reading = str_split(&line, '\t');
    }
}

/* Words whose last syllable is neutral. */
static void neutral_read(Import *import, const char *folder)
{
    Str text = source_read(import, arena_printf(&import->arena, "%s/neutral.tsv", folder).s);
    while (text.n > 0) {
        Str line = str_split(&text, '\n');
        if (str_starts(line, STR("#"))) continue;
        while (line.n > 0) words_add(&import->neutral, str_split(&line, ' '));
    }
}

static void dict_read(Import *import, const char *path)
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

static void variants_read(Import *import, const char *path)
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
static void terra_read(Import *import, const char *path)
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
static void habits_read(Import *import, const char *path)
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
static void pinyin_pro_read(Import *import, const char *path)
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

/* ---- what a word is read like ---- */

typedef struct Path { /* the best way to the end of the word from here */
    double cost;
    size_t step;
    Str reading;
} Path;

static Str default_reading(const Import *import, Str character)
{
    Entry *entry = words_find(&import->characters, character);
    return entry ? entry->reading : (Str){ 0 };
}

/* By its characters, each as when it stands alone or inside a word; empty when one of them has none (a Latin letter). */
static Str plain_reading(const Import *import, Str word, bool inside, Arena *arena)
{
    Str out = { 0 };
    while (word.n > 0) {
        Str character = utf8_next(&word), one = default_reading(import, character);
        Entry *habit = inside ? words_find(&import->habits, character) : NULL;
        if (habit) one = habit->reading;
        if (one.n == 0) return (Str){ 0 };
        out = arena_printf(arena, "%.*s%s%.*s", STR_ARG(out), out.n ? " " : "", STR_ARG(one));
    }
    return out;
}

/* The reading of a part: a word of the sources, else a frequent word read by its characters, else one character. */
static bool part_reading(const Import *import, Str part, bool single, Str *reading, double *cost, Arena *arena)
{
    Entry *known = words_find(&import->readings, part), *word = words_find(&import->words, part);
    double frequency = word ? word->frequency : 1;
    *cost = log(import->total) - log(frequency);
    if (known && known->reading.n) *reading = known->reading;
    else if (single || (word && frequency >= 50)) *reading = plain_reading(import, part, !single, arena);
    else return false;
    return reading->n > 0;
}

/* By the words inside it, the likeliest parts; the word as a whole is no part of itself. */
static Str composed_reading(const Import *import, Str word, Arena *arena)
{
    Path path[64 + 1];
    if (word.n > 64) return (Str){ 0 };
    path[word.n] = (Path){ 0 };
    for (size_t from = word.n; from-- > 0;) {
        path[from] = (Path){ .cost = HUGE_VAL };
        if (((unsigned char)word.s[from] & 0xC0) == 0x80) continue;
        for (size_t to = from + 1; to <= word.n; to++) {
            Str part = str_slice(word, from, to), reading;
            double cost;
            if ((to < word.n && ((unsigned char)word.s[to] & 0xC0) == 0x80) || part.n == word.n) continue;
            if (!part_reading(import, part, utf8_count(part) == 1, &reading, &cost, arena)) continue;
            if (cost + path[to].cost >= path[from].cost) continue;
            path[from] = (Path){ cost + path[to].cost, to - from,
                                 arena_printf(arena, "%.*s%s%.*s", STR_ARG(reading), path[to].reading.n ? " " : "",
                                              STR_ARG(path[to].reading)) };
        }
    }
    return path[0].reading;
}

/* A person's name begins with a surname, which may have a reading of its own (任 ren2, 单 shan4). */
static Str name_reading(const Import *import, Str word, Arena *arena)
{
    Str given = word, family = utf8_next(&given);
    Entry *surname = words_find(&import->surnames, family);
    size_t characters = utf8_count(word);
    if (!surname || characters < 2 || characters > 3) return (Str){ 0 };
    Str rest = plain_reading(import, given, true, arena);
    return rest.n ? arena_printf(arena, "%.*s %.*s", STR_ARG(surname->reading), STR_ARG(rest)) : (Str){ 0 };
}

static Str word_reading(const Import *import, const Entry *entry, Arena *arena)
{
    Entry *known = words_find(&import->readings, entry->word);
    Str reading = known ? known->reading : (Str){ 0 };
    if (reading.n == 0 && str_equal(entry->tag, STR("nr"))) reading = name_reading(import, entry->word, arena);
    if (reading.n == 0 && utf8_count(entry->word) == 2) reading = plain_reading(import, entry->word, true, arena);
    if (reading.n == 0) reading = composed_reading(import, entry->word, arena);
    return known && known->sure ? reading : erhua_merge(entry->word, reading, arena);
}

/* Before words are composed, so that 老朋友 takes its neutral tone from 朋友. */
static void neutral_apply(Import *import)
{
    for (size_t i = 0; i < import->neutral.size; i++) {
        Str word = import->neutral.entries[i].word;
        if (utf8_count(word) < 2) continue;
        Entry *entry = words_add(&import->readings, word);
        if (entry->sure) continue;
        Str reading = entry->reading.n ? entry->reading : composed_reading(import, word, &import->arena);
        if (reading.n > 1) entry->reading = arena_printf(&import->arena, "%.*s5", (int)reading.n - 1, reading.s);
    }
}

static int by_frequency(const void *left, const void *right)
{
    const Entry *a = left, *b = right;
    if (a->frequency < b->frequency) return 1;
    if (a->frequency > b->frequency) return -1;
    return str_compare(a->word, b->word);
}

/* Characters and Latin letters in one word: 卡拉OK, B超. */
static bool is_mixed(Str word)
{
    bool han = false, latin = false;
    while (word.n > 0) {
        uint32_t code;
        utf8_decode(word, &code);
        utf8_next(&word);
        bool letter = (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
        if (!letter && !utf8_is_han(code)) return false;
        latin |= letter;
        han |= !letter;
    }
    return han && latin;
}

static void word_print(const Import *import, const Entry *entry, Arena *arena)
{
    size_t characters = utf8_count(entry->word);
    Str reading = characters > 1 ? word_reading(import, entry, arena) : (Str){ 0 };
    Str plain = plain_reading(import, entry->word, false, arena);
    bool own = reading.n > 0 && !str_equal(reading, plain);
    bool mixed = plain.n == 0 && is_mixed(entry->word);
    if (characters > READING_CHARACTERS || (!own && !mixed && entry->frequency < FREQUENCY_LEAST)) return;
    if (own && entry->frequency < 3) return;
    printf("%.*s\t%.0f\t%.*s", STR_ARG(entry->word), entry->frequency, STR_ARG(entry->tag));
    if (own) printf("\t%.*s", STR_ARG(reading));
    putchar('\n');
}

static void import_print(Import *import)
{
    puts("# Words, made by tools/lexicon_import.c; mend in corrections.tsv.\n#\n"
         "# word\tfrequency\tclass\treading (only where it differs from the characters' own)\n#\n"
         "# Words, frequencies and classes: jieba 0.42.1, MIT, Copyright 2013 Sun Junyi.\n"
         "# Readings: pinyin-pro 3.29.4, MIT, Copyright 2020 zh-lx; terra-pinyin 2021.08.05, LGPL-3.0, after CC-CEDICT;\n"
         "# traditional to simplified for the latter: Unicode Unihan 15.0.0.");
    size_t count = 0;
    for (size_t i = 0; i < import->words.size; i++)
        if (import->words.entries[i].word.n) import->words.entries[count++] = import->words.entries[i];
    qsort(import->words.entries, count, sizeof(Entry), by_frequency);
    Words sorted = import->words;
    words_init(&import->words, sorted.size, &import->arena);
    for (size_t i = 0; i < count; i++) *words_add(&import->words, sorted.entries[i].word) = sorted.entries[i];
    for (size_t i = 0; i < count; i++) {
        ArenaMark mark = arena_mark(&import->arena);
        word_print(import, &sorted.entries[i], &import->arena);
        arena_reset(&import->arena, mark);
    }
}

int main(int count, char **argument)
{
    if (count < 6) {
        fputs("usage: lexicon_import MANDARIN DICT TERRA VARIANTS PINYIN_PRO...\n", stderr);
        return STATUS_USAGE;
    }
    Import import = { 0 };
    words_init(&import.words, 1 << 20, &import.arena);
    words_init(&import.readings, 1 << 20, &import.arena);
    words_init(&import.surnames, 1 << 12, &import.arena);
    words_init(&import.habits, 1 << 17, &import.arena);
    words_init(&import.neutral, 1 << 14, &import.arena);
    words_init(&import.characters, 1 << 17, &import.arena);
    characters_read(&import, argument[1]);
    priors_read(&import, argument[1]);
    corrections_read(&import, argument[1]);
    neutral_read(&import, argument[1]);
    dict_read(&import, argument[2]);
    variants_read(&import, argument[4]);
    for (int i = 5; i < count; i++) {
        if (strstr(argument[i], "dict1")) habits_read(&import, argument[i]);
        else pinyin_pro_read(&import, argument[i]);
    }
    terra_read(&import, argument[3]);
    neutral_apply(&import);
    import_print(&import);
    arena_finish(&import.arena);
    return 0;
}
