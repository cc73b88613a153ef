#include "lexicon_compile/polyphones.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "pinyin/features.h"
#include "pinyin/syllable.h"

enum { POLYPHONE_PLACES = 1024, POLYPHONES_MAX = POLYPHONE_PLACES / 2 };

typedef struct Rows {
    PolyphoneTables *tables;
    Arena *arena;
    PoolAdd *add;
    void *context;
    LexiconWeight *weights;
    size_t count, capacity, polyphones;
    uint32_t code;  /* of the last row of readings */
    size_t choices; /* in it */
} Rows;

static int numbers_read(const Table *table, int8_t *numbers, size_t wanted, Error *error)
{
    Str rest = table->field[3];
    for (size_t i = 0; i < wanted; i++) {
        long value;
        if (!str_to_long(str_split(&rest, ' '), &value) || value < -127 || value > 127)
            return table_fault(table, error, "%zu numbers from -127 to 127 must stand here", wanted);
        numbers[i] = (int8_t)value;
    }
    return rest.n == 0 ? 0 : table_fault(table, error, "more than %zu numbers", wanted);
}

static int readings_read(Rows *rows, const Table *table, Error *error)
{
    size_t choices = syllable_count(table->field[2]);
    if (choices < 2 || choices > LEXICON_CHOICES) return table_fault(table, error, "two to %d readings must stand here", LEXICON_CHOICES);
    if (utf8_decode(table->field[0], &rows->code) != table->field[0].n) return table_fault(table, error, "this is not one character");
    if (++rows->polyphones > POLYPHONES_MAX) return table_fault(table, error, "more than %d characters", POLYPHONES_MAX);
    uint32_t at = polyphone_place(rows->code, POLYPHONE_PLACES);
    while (rows->tables->polyphones[at].code) at = (at + 1) % POLYPHONE_PLACES;
    LexiconPolyphone *polyphone = &rows->tables->polyphones[at];
    polyphone->code = rows->code;
    polyphone->readings = rows->add(rows->context, table->field[2]);
    rows->tables->readings[at] = table->field[2];
    rows->choices = choices;
    return numbers_read(table, polyphone->bias, choices, error);
}

static int weight_read(Rows *rows, const Table *table, Error *error)
{
    int number = feature_number(table->field[1]);
    if (number < 0) return table_fault(table, error, "no feature is called \"%.*s\"", STR_ARG(table->field[1]));
    bool shared = feature_speaks((size_t)number) != OF_CHARACTER;
    uint32_t code;
    utf8_decode(table->field[0], &code);
    if (!shared && code != rows->code) return table_fault(table, error, "the row of the character's readings must come first");
    if (rows->count == rows->capacity) {
        rows->weights = arena_grow(rows->arena, rows->weights, rows->capacity, rows->capacity * 2 + 4096, sizeof *rows->weights);
        rows->capacity = rows->capacity * 2 + 4096;
    }
    LexiconWeight *weight = &rows->weights[rows->count++];
    weight->key = feature_key((size_t)number, code, table->field[2]);
    return numbers_read(table, shared ? weight->weight : weight->weight + 1, shared ? 1 : rows->choices - 1, error);
}

static int by_key(const void *left, const void *right)
{
    const LexiconWeight *a = left, *b = right;
    return a->key < b->key ? -1 : a->key > b->key;
}

/* Ascending keys, each at its place or behind it. */
static int weights_place(Rows *rows, const char *folder, Error *error)
{
    PolyphoneTables *tables = rows->tables;
    tables->weight_places = (uint32_t)(rows->count + rows->count / 8 + 64);
    tables->weights = ARENA_NEW(rows->arena, LexiconWeight, tables->weight_places);
    tables->weight_filter = ARENA_NEW(rows->arena, uint64_t, filter_elements(WEIGHT_FILTER_BITS));
    qsort(rows->weights, rows->count, sizeof *rows->weights, by_key);
    for (size_t i = 0, next = 0; i < rows->count; i++) {
        if (i > 0 && rows->weights[i].key == rows->weights[i - 1].key)
            return error_set(error, STATUS_DATA, "%s/polyphones.txt: two features of one key", folder);
        uint32_t place = key_place(rows->weights[i].key, tables->weight_places);
        if (next < place) next = place;
        if (next + 1 >= tables->weight_places) return error_set(error, STATUS_DATA, "%s/polyphones.txt: the table overflows", folder);
        filter_add(tables->weight_filter, WEIGHT_FILTER_BITS, rows->weights[i].key);
        tables->weights[next++] = rows->weights[i];
    }
    return 0;
}

int polyphones_compile(PolyphoneTables *tables, Arena *arena, const char *folder, PoolAdd *add, void *context, Error *error)
{
    Table table;
    int more;
    *tables = (PolyphoneTables){ .polyphones = ARENA_NEW(arena, LexiconPolyphone, POLYPHONE_PLACES), .polyphone_places = POLYPHONE_PLACES,
                                 .readings = ARENA_NEW(arena, Str, POLYPHONE_PLACES) };
    Rows rows = { .tables = tables, .arena = arena, .add = add, .context = context };
    if (table_open(&table, arena, arena_printf(arena, "%s/polyphones.txt", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 4, error)) > 0) {
        int result = str_equal(table.field[1], STR("readings")) ? readings_read(&rows, &table, error) : weight_read(&rows, &table, error);
        if (result < 0) return -1;
    }
    return more < 0 ? -1 : weights_place(&rows, folder, error);
}
