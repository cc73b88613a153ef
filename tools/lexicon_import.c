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

#include "lexicon_import/import.h"

enum {
    WORD_FREQUENCY = 50, /* a word so frequent is one wherever it stands */
    NAME_FREQUENCY = 20  /* rarer words of the class nr are cut from somewhere as often as not: 曾效力, 任红军 */
};

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
        if (habit && only_reading(import, character).n == 0) one = habit->reading;
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
    else if (single || (word && frequency >= WORD_FREQUENCY)) *reading = plain_reading(import, part, !single, arena);
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
    if (!surname || characters != 3) return (Str){ 0 }; /* of two characters they are words more often: 华丽, 过敏 */
    Str second = given;
    utf8_next(&second);
    Entry *front = characters == 3 ? words_find(&import->words, str_slice(word, 0, word.n - second.n)) : NULL;
    if (front && front->frequency >= WORD_FREQUENCY && !str_starts(front->tag, STR("nr"))) return (Str){ 0 }; /* 单一化 is no name */
    Entry *called = words_find(&import->readings, given); /* 姚师傅: what follows is no name */
    Str rest = called ? called->reading : plain_reading(import, given, true, arena);
    return rest.n ? arena_printf(arena, "%.*s %.*s", STR_ARG(surname->reading), STR_ARG(rest)) : (Str){ 0 };
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

static Str word_reading(const Import *import, const Entry *entry, Arena *arena)
{
    Entry *known = words_find(&import->readings, entry->word);
    Str reading = known ? known->reading : (Str){ 0 };
    if (reading.n == 0 && str_equal(entry->tag, STR("nr")) && entry->frequency >= NAME_FREQUENCY) reading = name_reading(import, entry->word, arena);
    if (reading.n == 0 && utf8_count(entry->word) == 2) reading = plain_reading(import, entry->word, true, arena);
    if (reading.n == 0) reading = composed_reading(import, entry->word, arena);
    return known && known->sure ? reading : erhua_merge(entry->word, reading, arena);
}

/* "…为 wei2": a word of the dictionary that ends so and that no source reads. */
static void endings_apply(Import *import)
{
    for (size_t i = 0; i < import->words.size; i++) {
        const Entry *word = &import->words.entries[i];
        Str last = utf8_last(word->word), front = str_slice(word->word, 0, word->word.n - last.n);
        Entry *ending = front.n > 0 ? words_find(&import->endings, last) : NULL;
        if (!ending || str_starts(word->tag, STR("nr")) || words_find(&import->readings, word->word)) continue;
        Str reading = utf8_count(front) == 1 ? plain_reading(import, front, true, &import->arena) : composed_reading(import, front, &import->arena);
        if (reading.n == 0) continue;
        words_add(&import->readings, word->word)->reading = arena_printf(&import->arena, "%.*s %.*s", STR_ARG(reading), STR_ARG(ending->reading));
    }
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
    words_init(&import.endings, 1 << 8, &import.arena);
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
    endings_apply(&import);
    neutral_apply(&import);
    import_print(&import);
    arena_finish(&import.arena);
    return 0;
}
