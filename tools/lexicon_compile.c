/* Compiles voices/mandarin/{lexicon.txt,characters.tsv,priors.tsv,corrections.tsv,polyphones.txt,kinds.tsv,collocations.txt} into the mapped file that src/pinyin/lexicon.c reads.
 *
 *     lexicon_compile MANDARIN OUT
 *
 * The same texts give the same bytes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/syllable.h"
#include "lexicon_compile/polyphones.h"
#include "lexicon_compile/trie.h"

enum { CORRECTED_FREQUENCY = 200 }; /* a corrected word that lexicon.txt lacks is as frequent as this */

typedef struct Source {
    Str word, tag, reading;
    double frequency;
    bool correction;
} Source;

typedef struct Compiler {
    Arena arena;
    Error error;
    Source *sources;   /* words, sorted */
    size_t count, capacity;
    Str *lists;        /* readings by character; by code */
    uint32_t *seen;    /* how many words a character is in; by code */
    uint16_t *labels;  /* by code */
    char *pool;
    size_t pool_used;
    char (*tags)[LEXICON_TAG_BYTES];
    Str *sounds;       /* the syllables of phonemes.tsv, sorted */
    size_t sound_count;
    uint32_t tag_count;
    PolyphoneTables model;
} Compiler;

enum { CODES = 0x110000, POOL_BYTES = 4 << 20, TAGS_MAX = 255, SOUNDS_MAX = 10000 };

/* ---- reading the texts ---- */

static int table_of(Compiler *c, Table *table, const char *folder, const char *name)
{
    return table_open(table, &c->arena, arena_printf(&c->arena, "%s/%s", folder, name).s, &c->error);
}

static int by_name(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static int sounds_read(Compiler *c, const char *folder)
{
    Table table;
    int more;
    if (table_of(c, &table, folder, "phonemes.tsv") < 0) return -1;
    c->sounds = ARENA_NEW(&c->arena, Str, SOUNDS_MAX);
    while ((more = table_next(&table, 2, &c->error)) > 0 && c->sound_count < SOUNDS_MAX) c->sounds[c->sound_count++] = table.field[0];
    qsort(c->sounds, c->sound_count, sizeof(Str), by_name);
    return more;
}

/* What phonemes.tsv lacks could not be said. */
static bool is_sound(const Compiler *c, Str syllable)
{
    return bsearch(&syllable, c->sounds, c->sound_count, sizeof(Str), by_name) != NULL;
}

static void source_add(Compiler *c, Source source)
{
    if (c->count == c->capacity) {
        c->sources = arena_grow(&c->arena, c->sources, c->capacity, c->capacity * 2 + 1024, sizeof *c->sources);
        c->capacity = c->capacity * 2 + 1024;
    }
    c->sources[c->count++] = source;
}

/* A reading must be syllables; as many as the word has characters, a merged erhua counting for two. */
static int reading_check(Compiler *c, const Table *table, Str word, Str reading)
{
    size_t wanted = 0, characters = utf8_count(word);
    Str base, rest = reading;
    uint8_t tone;
    while (syllable_next(&rest, &base, &tone)) {
        wanted += syllable_is_erhua(base) ? 2 : 1;
        if (!is_sound(c, (Str){ base.s, base.n + 1 })) return table_fault(table, &c->error, "%.*s%d is no row of phonemes.tsv", STR_ARG(base), tone);
    }
    if (str_trim(rest).n > 0) return table_fault(table, &c->error, "\"%.*s\" is no reading", STR_ARG(reading));
    if (characters > 1 && wanted != characters)
        return table_fault(table, &c->error, "%zu characters, but a reading of %zu", characters, wanted);
    return 0;
}

static int lexicon_read(Compiler *c, const char *folder)
{
    Table table;
    int more;
    if (table_of(c, &table, folder, "lexicon.txt") < 0) return -1;
    while ((more = table_next(&table, 3, &c->error)) > 0) {
        long frequency;
        Str word = table.field[0], reading = table.field[3];
        if (!str_to_long(table.field[1], &frequency) || frequency <= 0) return table_fault(&table, &c->error, "no frequency");
        if (table.field[2].n >= LEXICON_TAG_BYTES) return table_fault(&table, &c->error, "the class is too long");
        if (reading.n > 0 && reading_check(c, &table, word, reading) < 0) return -1;
        source_add(c, (Source){ word, table.field[2], reading, (double)frequency, false });
    }
    return more;
}

static int characters_read(Compiler *c, const char *folder)
{
    Table table;
    int more;
    if (table_of(c, &table, folder, "characters.tsv") < 0) return -1;
    while ((more = table_next(&table, 2, &c->error)) > 0) {
        uint32_t code;
        utf8_decode(table.field[0], &code);
        if (reading_check(c, &table, table.field[0], table.field[1]) < 0) return -1;
        c->lists[code] = table.field[1];
    }
    return more;
}

/* The reading most frequent in running text goes to the front of the character's list. */
static int priors_read(Compiler *c, const char *folder)
{
    Table table;
    int more;
    if (table_of(c, &table, folder, "priors.tsv") < 0) return -1;
    while ((more = table_next(&table, 2, &c->error)) > 0) {
        uint32_t code;
        Str first = table.field[1], list;
        utf8_decode(table.field[0], &code);
        if (reading_check(c, &table, table.field[0], first) < 0) return -1;
        for (list = c->lists[code], c->lists[code] = first; list.n > 0;) {
            Str other = str_split(&list, ' ');
            if (!str_equal(other, first)) c->lists[code] = arena_printf(&c->arena, "%.*s %.*s", STR_ARG(c->lists[code]), STR_ARG(other));
        }
    }
    return more;
}

static int corrections_read(Compiler *c, const char *folder)
{
    Table table;
    int more;
    if (table_of(c, &table, folder, "corrections.tsv") < 0) return -1;
    while ((more = table_next(&table, 3, &c->error)) > 0) {
        uint32_t code;
        Str word = table.field[0];
        if (str_starts(word, STR("…"))) continue; /* an ending, for lexicon_import */
        if (reading_check(c, &table, word, table.field[1]) < 0) return -1;
        if (utf8_decode(word, &code) == word.n) c->lists[code] = table.field[1];
        else source_add(c, (Source){ word, STR(""), table.field[1], CORRECTED_FREQUENCY, true });
    }
    return more;
}

static int by_word(const void *left, const void *right)
{
    const Source *a = left, *b = right;
    int order = str_compare(a->word, b->word);
    return order ? order : a->correction - b->correction;
}

/* A correction takes frequency and class of the word it mends; a rare one would be cut apart, and its reading lost (深|省). */
static void sources_merge(Compiler *c)
{
    size_t kept = 0;
    qsort(c->sources, c->count, sizeof *c->sources, by_word);
    for (size_t i = 0; i < c->count; i++) {
        if (kept > 0 && str_equal(c->sources[kept - 1].word, c->sources[i].word)) {
            c->sources[kept - 1].reading = c->sources[i].reading;
            c->sources[kept - 1].correction = c->sources[i].correction;
            if (c->sources[kept - 1].frequency < CORRECTED_FREQUENCY) c->sources[kept - 1].frequency = CORRECTED_FREQUENCY;
        } else c->sources[kept++] = c->sources[i];
    }
    c->count = kept;
}

/* ---- labels, tags, pool ---- */

static int by_seen(const void *left, const void *right)
{
    const uint32_t *const *a = left, *const *b = right;
    if (**a != **b) return **a < **b ? 1 : -1;
    return *a < *b ? -1 : 1;
}

static void labels_assign(Compiler *c)
{
    uint32_t **order = ARENA_NEW(&c->arena, uint32_t *, CODES);
    size_t count = 0;
    for (size_t i = 0; i < c->count; i++) {
        for (Str rest = c->sources[i].word; rest.n > 0; utf8_next(&rest)) {
            uint32_t code;
            utf8_decode(rest, &code);
            c->seen[code]++;
        }
    }
    for (uint32_t code = 0; code < CODES; code++)
        if (c->seen[code]) order[count++] = &c->seen[code];
    qsort(order, count, sizeof *order, by_seen);
    for (size_t i = 0; i < count; i++) c->labels[order[i] - c->seen] = (uint16_t)(i + 1);
}

static uint32_t pool_add(Compiler *c, Str text)
{
    uint32_t at = (uint32_t)c->pool_used;
    if (text.n > 255 || c->pool_used + text.n + 1 > POOL_BYTES) {
        fputs("lexicon_compile: the readings are larger than foreseen\n", stderr);
        exit(STATUS_DATA);
    }
    c->pool[c->pool_used++] = (char)text.n;
    memcpy(c->pool + c->pool_used, text.s, text.n);
    c->pool_used += text.n;
    return at;
}

static uint32_t tag_number(Compiler *c, Str tag)
{
    char cell[LEXICON_TAG_BYTES] = { 0 };
    memcpy(cell, tag.s, tag.n);
    for (uint32_t i = 0; i < c->tag_count; i++)
        if (memcmp(c->tags[i], cell, sizeof cell) == 0) return i;
    if (c->tag_count == TAGS_MAX) return 0;
    memcpy(c->tags[c->tag_count], cell, sizeof cell);
    return c->tag_count++;
}

/* ---- sections ---- */

typedef struct Section {
    const void *data;
    size_t count, bytes_each;
} Section;

typedef struct Pooled {
    Str text;
    uint32_t number;
} Pooled;

static int by_text(const void *left, const void *right)
{
    const Pooled *a = left, *b = right;
    int order = str_compare(a->text, b->text);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* Stores each different text once; offsets[number] for each item. */
static void texts_pool(Compiler *c, Pooled *items, size_t count, uint32_t *offsets)
{
    qsort(items, count, sizeof *items, by_text);
    for (size_t i = 0; i < count; i++) {
        bool same = i > 0 && str_equal(items[i].text, items[i - 1].text);
        offsets[items[i].number] = same ? offsets[items[i - 1].number] : pool_add(c, items[i].text);
    }
}

/* The readings of characters: list numbers by code, and the offsets of the lists. */
static size_t lists_make(Compiler *c, uint16_t *list_of, uint32_t *lists)
{
    Pooled *items = ARENA_NEW(&c->arena, Pooled, CODES);
    size_t count = 0, list_count = 1;
    for (uint32_t code = 0; code < CODES; code++)
        if (c->lists[code].n) items[count++] = (Pooled){ c->lists[code], code };
    qsort(items, count, sizeof *items, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !str_equal(items[i].text, items[i - 1].text)) lists[list_count++] = pool_add(c, items[i].text);
        list_of[items[i].number] = (uint16_t)(list_count - 1);
    }
    return list_count;
}

static void pages_make(Compiler *c, const uint16_t *list_of, Section *index, Section *characters)
{
    uint16_t *page_index = ARENA_NEW(&c->arena, uint16_t, LEXICON_PAGES);
    LexiconCharacter *cells = ARENA_NEW(&c->arena, LexiconCharacter, CODES + LEXICON_PAGE);
    uint16_t pages = 1;
    for (uint32_t page = 0; page < LEXICON_PAGES; page++) {
        bool used = false;
        LexiconCharacter *cell = &cells[(size_t)pages * LEXICON_PAGE];
        for (uint32_t i = 0; i < LEXICON_PAGE; i++) {
            uint32_t code = page * LEXICON_PAGE + i;
            cell[i] = (LexiconCharacter){ c->labels[code], list_of[code] };
            used |= cell[i].label || cell[i].list;
        }
        if (used) page_index[page] = pages++;
    }
    memset(&cells[(size_t)pages * LEXICON_PAGE], 0, LEXICON_PAGE * sizeof *cells);
    *index = (Section){ page_index, LEXICON_PAGES, sizeof *page_index };
    *characters = (Section){ cells, (size_t)pages * LEXICON_PAGE, sizeof *cells };
}

/* By label: a character in no word has no kind. */
static Section kinds_make(Compiler *c)
{
    uint8_t *kinds = ARENA_NEW(&c->arena, uint8_t, UINT16_MAX + 1);
    size_t count = 1;
    for (uint32_t code = 0; code < CODES; code++) {
        if (c->labels[code] == 0) continue;
        kinds[c->labels[code]] = c->model.kinds[code];
        if (c->labels[code] >= count) count = c->labels[code] + (size_t)1;
    }
    return (Section){ kinds, count, sizeof *kinds };
}

static uint16_t word_cost(double total, double frequency, bool own_reading)
{
    double cost = log(total / frequency) * LEXICON_COST_ONE;
    if (cost > 32766) cost = 32766; /* one less than LEXICON_NO_WORD could be */
    return (uint16_t)((unsigned)cost << 1 | own_reading);
}

static void trie_words(Compiler *c, Trie *trie)
{
    double total = 0;
    for (size_t i = 0; i < c->count; i++) total += c->sources[i].frequency;
    for (size_t i = 0; i < c->count; i++) {
        const Source *source = &c->sources[i];
        uint16_t path[64];
        size_t depth = 0;
        for (Str rest = source->word; rest.n > 0 && depth < 64; utf8_next(&rest)) {
            uint32_t code;
            utf8_decode(rest, &code);
            path[depth++] = c->labels[code];
        }
        trie_add(trie, path, depth,
                 (TrieValue){ word_cost(total, source->frequency, source->reading.n > 0), (uint8_t)tag_number(c, source->tag), (uint32_t)i });
    }
}

/* Owners ascend by unit, and their readings stand in the same order. */
static void owners_make(Compiler *c, const Trie *trie, Section *owners, Section *readings)
{
    uint32_t *units = ARENA_NEW(&c->arena, uint32_t, c->count), *offsets = ARENA_NEW(&c->arena, uint32_t, c->count);
    Pooled *items = ARENA_NEW(&c->arena, Pooled, c->count);
    uint32_t count = 0;
    for (uint32_t unit = 1; unit < trie->unit_count; unit++) {
        if (trie->units[unit].label == 0 || trie->units[unit].cost == LEXICON_NO_WORD || !(trie->units[unit].cost & 1)) continue;
        units[count] = unit;
        items[count] = (Pooled){ c->sources[trie->word[unit]].reading, count };
        count++;
    }
    texts_pool(c, items, count, offsets);
    for (uint32_t i = 0; i < count; i++)
        if (c->sources[trie->word[units[i]]].correction) offsets[i] |= LEXICON_BY_HAND;
    *owners = (Section){ units, count, sizeof *units };
    *readings = (Section){ offsets, count, sizeof *offsets };
}

static Str file_make(Compiler *c, const Section *sections)
{
    LexiconHeader header = { .magic = LEXICON_MAGIC, .format = LEXICON_FORMAT, .size = sizeof header };
    for (int i = 0; i < SECTION_COUNT; i++) {
        header.section[i].at = (uint32_t)header.size;
        header.section[i].count = (uint32_t)sections[i].count;
        header.size = (header.size + sections[i].count * sections[i].bytes_each + 7) / 8 * 8;
    }
    char *bytes = arena_alloc(&c->arena, header.size);
    for (int i = 0; i < SECTION_COUNT; i++)
        memcpy(bytes + header.section[i].at, sections[i].data, sections[i].count * sections[i].bytes_each);
    header.hash = lexicon_hash(&header, bytes + sizeof header, header.size - sizeof header);
    memcpy(bytes, &header, sizeof header);
    return (Str){ bytes, header.size };
}

static uint32_t model_pool_add(void *context, Str text)
{
    return pool_add(context, text);
}

static Str compile(Compiler *c)
{
    Section sections[SECTION_COUNT];
    uint16_t *list_of = ARENA_NEW(&c->arena, uint16_t, CODES);
    uint32_t *lists = ARENA_NEW(&c->arena, uint32_t, UINT16_MAX);
    Trie trie;
    sources_merge(c);
    labels_assign(c);
    sections[SECTION_LISTS] = (Section){ lists, lists_make(c, list_of, lists), sizeof *lists };
    pages_make(c, list_of, &sections[SECTION_PAGE_INDEX], &sections[SECTION_CHARACTERS]);
    trie_init(&trie, c->count);
    trie_words(c, &trie);
    trie_pack(&trie);
    owners_make(c, &trie, &sections[SECTION_OWNERS], &sections[SECTION_READINGS]);
    sections[SECTION_UNITS] = (Section){ trie.units, trie.unit_count, sizeof *trie.units };
    sections[SECTION_TAGS] = (Section){ c->tags, c->tag_count, sizeof *c->tags };
    sections[SECTION_POOL] = (Section){ c->pool, c->pool_used, 1 };
    sections[SECTION_POLYPHONES] = (Section){ c->model.polyphones, c->model.polyphone_places, sizeof *c->model.polyphones };
    sections[SECTION_WEIGHTS] = (Section){ c->model.weights, c->model.weight_places, sizeof *c->model.weights };
    sections[SECTION_KINDS] = kinds_make(c);
    sections[SECTION_COLLOCATIONS] = (Section){ c->model.collocations, c->model.collocation_places, sizeof *c->model.collocations };
    sections[SECTION_WEIGHT_FILTER] = (Section){ c->model.weight_filter, (uint32_t)filter_elements(WEIGHT_FILTER_BITS), sizeof(uint64_t) };
    sections[SECTION_COLLOCATION_FILTER] = (Section){ c->model.collocation_filter, (uint32_t)filter_elements(COLLOCATION_FILTER_BITS), sizeof(uint64_t) };
    Str bytes = file_make(c, sections);
    trie_finish(&trie);
    return bytes;
}

static int file_write(Compiler *c, const char *path, Str bytes)
{
    FILE *file = fopen(path, "wb");
    if (!file) return error_set_errno(&c->error, STATUS_CANNOT_CREATE, "cannot create %s", path);
    size_t written = fwrite(bytes.s, 1, bytes.n, file);
    if (fclose(file) == 0 && written == bytes.n) return 0;
    return error_set_errno(&c->error, STATUS_IO, "cannot write %s", path);
}

static int sources_read(Compiler *c, const char *folder)
{
    bool read = sounds_read(c, folder) == 0 && lexicon_read(c, folder) == 0 && characters_read(c, folder) == 0 && priors_read(c, folder) == 0 &&
                corrections_read(c, folder) == 0 && polyphones_compile(&c->model, &c->arena, folder, model_pool_add, c, &c->error) == 0 &&
                kinds_compile(&c->model, &c->arena, folder, &c->error) == 0 && collocations_compile(&c->model, &c->arena, folder, &c->error) == 0;
    return read ? 0 : -1;
}

int main(int count, char **argument)
{
    if (count != 3) {
        fputs("usage: lexicon_compile MANDARIN OUT\n", stderr);
        return STATUS_USAGE;
    }
    Compiler c = { 0 };
    c.lists = ARENA_NEW(&c.arena, Str, CODES);
    c.seen = ARENA_NEW(&c.arena, uint32_t, CODES);
    c.labels = ARENA_NEW(&c.arena, uint16_t, CODES);
    c.pool = arena_alloc(&c.arena, POOL_BYTES);
    pool_add(&c, STR("")); /* what stands at 0 is "none" */
    c.tags = arena_alloc(&c.arena, sizeof *c.tags * TAGS_MAX);
    int result = sources_read(&c, argument[1]);
    if (result == 0) result = file_write(&c, argument[2], compile(&c));
    if (result < 0) fprintf(stderr, "lexicon_compile: %s\n", c.error.text);
    arena_finish(&c.arena);
    return result < 0 ? (int)c.error.status : 0;
}
