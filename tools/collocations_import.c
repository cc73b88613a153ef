/* Makes voices/mandarin/collocations.txt: phrases that fix the reading of a character in them.
 *
 *     collocations_import MANDARIN COMPLETE TERRA > voices/mandarin/collocations.txt
 *
 *     MANDARIN    the folder voices/mandarin (polyphones.txt and the tables of traditional characters are read)
 *     COMPLETE    json/complete.json of @pinyin-pro/data (ISC; npm): 340,000 words and their readings
 *     TERRA       terra_pinyin.dict.yaml (LGPL-3, after CC-CEDICT; Debian: rime-data-terra-pinyin)
 *
 * Taken over are phrases of two to five characters, and of their readings those of a character that polyphones.txt knows with such a
 * reading, if no shorter phrase in it says the same. COMPLETE goes before TERRA; where TERRA has two readings, neither is taken. Run by hand when
 * a source changes or the model learns a new character; then train anew (tools/polyphone_train.c). */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/collocations.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/syllable.h"
#include "pinyin/traditional.h"

enum { CODES = 0x10000, KEPT = 1 << 20, SOURCE_COMPLETE = 1, SOURCE_TERRA = 2 };

typedef struct Phrase {
    Str text, reading;
    int source;
    size_t length; /* in characters */
    uint32_t codes[COLLOCATION_MOST];
    uint8_t said[COLLOCATION_MOST]; /* which readings go into the file, by their number; LEXICON_CHOICES: none */
} Phrase;

typedef struct Import {
    Arena arena;
    Error error;
    Traditional traditional;
    Str readings[CODES]; /* of the model, by code */
    Phrase *phrases;
    size_t count, capacity;
    uint32_t kept[KEPT]; /* keys and choices, open addressing */
} Import;

/* ---- sources ---- */

static int model_read(Import *import, const char *folder)
{
    Table table;
    int more;
    if (table_open(&table, &import->arena, arena_printf(&import->arena, "%s/polyphones.txt", folder).s, &import->error) < 0) return -1;
    while ((more = table_next(&table, 4, &import->error)) > 0) {
        uint32_t code;
        if (!str_equal(table.field[1], STR("readings"))) continue;
        utf8_decode(table.field[0], &code);
        if (code < CODES) import->readings[code] = table.field[2];
    }
    return more < 0 ? -1 : traditional_read(&import->traditional, &import->arena, folder, &import->error);
}

static void phrase_add(Import *import, Str text, Str reading, int source)
{
    Phrase phrase = { .text = text, .reading = reading, .source = source, .length = utf8_count(text) };
    bool known = false;
    if (phrase.length < COLLOCATION_LEAST || phrase.length > COLLOCATION_MOST || syllable_count(reading) != phrase.length) return;
    for (size_t i = 0; i < phrase.length; i++) {
        utf8_decode(text, &phrase.codes[i]);
        if (!utf8_is_han(phrase.codes[i]) || utf8_next(&text).n != 3) return;
        known |= import->readings[phrase.codes[i]].n > 0;
    }
    if (!known) return;
    if (import->count == import->capacity) {
        import->phrases = arena_grow(&import->arena, import->phrases, import->capacity, import->capacity * 2 + 4096, sizeof *import->phrases);
        import->capacity = import->capacity * 2 + 4096;
    }
    import->phrases[import->count++] = phrase;
}

/* {"参将": ["cān jiàng", frequency], ...} */
static int complete_read(Import *import, const char *path)
{
    json_error_t fault;
    const char *word;
    json_t *value, *all = json_load_file(path, 0, &fault);
    if (!all) return error_set(&import->error, STATUS_DATA, "%s:%d: %s", path, fault.line, fault.text);
    json_object_foreach(all, word, value) {
        const char *marked = json_string_value(json_array_get(value, 0));
        Str rest = str_from(marked ? marked : ""), reading = { 0 };
        while (rest.n > 0) {
            Str one = syllable_from_marked(str_split(&rest, ' '), &import->arena);
            reading = arena_printf(&import->arena, "%.*s%s%.*s", STR_ARG(reading), reading.n ? " " : "", STR_ARG(one));
        }
        phrase_add(import, arena_str(&import->arena, str_from(word)), reading, SOURCE_COMPLETE);
    }
    json_decref(all);
    return 0;
}

/* "word<TAB>reading", after the line "..." that ends the head. */
static int terra_read(Import *import, const char *path)
{
    Str text;
    if (file_read(&import->arena, path, &text, &import->error) < 0) return -1;
    while (text.n > 0 && !str_equal(str_split(&text, '\n'), STR("..."))) continue;
    while (text.n > 0) {
        Str line = str_split(&text, '\n'), word = str_split(&line, '\t');
        phrase_add(import, traditional_simplified(&import->traditional, word, &import->arena), str_split(&line, '\t'), SOURCE_TERRA);
    }
    return 0;
}

/* ---- choosing ---- */

static int by_text(const void *left, const void *right)
{
    const Phrase *a = left, *b = right;
    int order = str_compare(a->text, b->text);
    if (order == 0) order = a->source - b->source;
    return order ? order : str_compare(a->reading, b->reading);
}

static int by_length(const void *left, const void *right)
{
    const Phrase *a = left, *b = right;
    return a->length != b->length ? (a->length < b->length ? -1 : 1) : str_compare(a->text, b->text);
}

/* One phrase of each text; none where its first source does not agree with itself. */
static void phrases_merge(Import *import)
{
    size_t kept = 0;
    qsort(import->phrases, import->count, sizeof *import->phrases, by_text);
    for (size_t i = 0, next; i < import->count; i = next) {
        const Phrase *first = &import->phrases[i];
        bool agree = true;
        for (next = i + 1; next < import->count && str_equal(import->phrases[next].text, first->text); next++)
            if (import->phrases[next].source == first->source) agree &= str_equal(import->phrases[next].reading, first->reading);
        if (agree) import->phrases[kept++] = *first;
    }
    import->count = kept;
}

static uint32_t *kept_place(Import *import, uint32_t key)
{
    size_t at = key_place(key, KEPT);
    while (import->kept[at] && (import->kept[at] & ~(uint32_t)COLLOCATION_CHOICE) != key) at = (at + 1) % KEPT;
    return &import->kept[at];
}

/* What the longest shorter phrase says that is in this one. */
static size_t said_already(Import *import, const Phrase *phrase, size_t place)
{
    for (size_t length = phrase->length - 1; length >= COLLOCATION_LEAST; length--) {
        for (size_t inside = length; inside-- > 0;) {
            if (inside > place || place - inside + length > phrase->length) continue;
            uint32_t cell = *kept_place(import, collocation_key(phrase->codes + place - inside, length, inside));
            if (cell) return cell & COLLOCATION_CHOICE;
        }
    }
    return LEXICON_CHOICES;
}

static size_t choice_of(Str readings, Str reading)
{
    for (size_t i = 0; readings.n > 0; i++)
        if (str_equal(str_split(&readings, ' '), reading)) return i;
    return LEXICON_CHOICES;
}

/* Shorter phrases first. */
static void phrase_choose(Import *import, Phrase *phrase)
{
    Str rest = phrase->reading;
    for (size_t i = 0; i < phrase->length; i++) {
        size_t choice = choice_of(import->readings[phrase->codes[i]], str_split(&rest, ' '));
        phrase->said[i] = LEXICON_CHOICES;
        if (choice == LEXICON_CHOICES || choice == said_already(import, phrase, i)) continue;
        uint32_t key = collocation_key(phrase->codes, phrase->length, i);
        *kept_place(import, key) = key | (uint32_t)choice;
        phrase->said[i] = (uint8_t)choice;
    }
}

static void phrase_print(const Phrase *phrase)
{
    bool any = false;
    for (size_t i = 0; i < phrase->length; i++) any |= phrase->said[i] < LEXICON_CHOICES;
    if (!any) return;
    printf("%.*s\t", STR_ARG(phrase->text));
    Str rest = phrase->reading;
    for (size_t i = 0; i < phrase->length; i++) {
        Str one = str_split(&rest, ' ');
        printf("%s%.*s", i ? " " : "", STR_ARG(phrase->said[i] < LEXICON_CHOICES ? one : STR("-")));
    }
    putchar('\n');
}

static const char HEAD[] =
    "# Phrases that fix the reading of a character in them, made by tools/collocations_import.c. They speak to the model of polyphones.txt, which\n"
    "# may know better; what is wrong is mended in corrections.tsv.\n"
    "#\n"
    "# phrase\treadings (- : what the model does not ask about, or a shorter phrase says already)\n"
    "#\n"
    "# Sources: @pinyin-pro/data 1.3.1 (https://github.com/chinese-data/pinyin-pro-data), ISC; terra-pinyin 2021.08.05, LGPL-3.0, after CC-CEDICT.";

int main(int count, char **argument)
{
    static Import import;
    if (count != 4) {
        fputs("usage: collocations_import MANDARIN COMPLETE TERRA\n", stderr);
        return STATUS_USAGE;
    }
    int result = model_read(&import, argument[1]);
    if (result == 0) result = complete_read(&import, argument[2]);
    if (result == 0) result = terra_read(&import, argument[3]);
    if (result < 0) {
        fprintf(stderr, "collocations_import: %s\n", import.error.text);
        return (int)import.error.status;
    }
    phrases_merge(&import);
    qsort(import.phrases, import.count, sizeof *import.phrases, by_length);
    for (size_t i = 0; i < import.count; i++) phrase_choose(&import, &import.phrases[i]);
    qsort(import.phrases, import.count, sizeof *import.phrases, by_text);
    puts(HEAD);
    for (size_t i = 0; i < import.count; i++) phrase_print(&import.phrases[i]);
    arena_finish(&import.arena);
    return 0;
}
