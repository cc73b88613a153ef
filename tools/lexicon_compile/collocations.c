#include <stdlib.h>

#include "base/utf8.h"
#include "lexicon_compile/polyphones.h"
#include "pinyin/collocations.h"

typedef struct Cells {
    const PolyphoneTables *tables;
    Arena *arena;
    uint32_t *cells; /* a key and its choice */
    size_t count, capacity;
} Cells;

/* The number of the reading among those of the character; LEXICON_CHOICES when it is none of them. */
static size_t choice_of(const PolyphoneTables *tables, uint32_t code, Str reading)
{
    uint32_t at = polyphone_place(code, tables->polyphone_places);
    while (tables->polyphones[at].code && tables->polyphones[at].code != code) at = (at + 1) % tables->polyphone_places;
    Str rest = tables->readings[at];
    for (size_t i = 0; rest.n > 0; i++)
        if (str_equal(str_split(&rest, ' '), reading)) return i;
    return LEXICON_CHOICES;
}

static void cell_add(Cells *all, uint32_t cell)
{
    if (all->count == all->capacity) {
        all->cells = arena_grow(all->arena, all->cells, all->capacity, all->capacity * 2 + 4096, sizeof *all->cells);
        all->capacity = all->capacity * 2 + 4096;
    }
    all->cells[all->count++] = cell;
}

static int row_add(Cells *all, const Table *table, Error *error)
{
    uint32_t codes[COLLOCATION_MOST];
    size_t length = 0;
    Str readings = table->field[1];
    for (Str rest = table->field[0]; rest.n > 0; length++) {
        if (length == COLLOCATION_MOST) return table_fault(table, error, "more than %d characters", COLLOCATION_MOST);
        utf8_decode(rest, &codes[length]);
        utf8_next(&rest);
    }
    if (length < COLLOCATION_LEAST) return table_fault(table, error, "fewer than %d characters", COLLOCATION_LEAST);
    for (size_t i = 0; i < length; i++) {
        Str reading = str_split(&readings, ' ');
        if (reading.n == 0) return table_fault(table, error, "%zu characters, but a reading of %zu", length, i);
        size_t choice = choice_of(all->tables, codes[i], reading);
        if (choice < LEXICON_CHOICES) cell_add(all, collocation_key(codes, length, i) | (uint32_t)choice);
    }
    return readings.n == 0 ? 0 : table_fault(table, error, "more readings than characters");
}

static int by_cell(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Ascending, each at its place or behind it. Of two that share a key by chance (about two in 60,000) the first stays. */
static int cells_place(PolyphoneTables *tables, const Cells *all, const char *folder, Error *error)
{
    tables->collocation_places = (uint32_t)(all->count + all->count / 6 + 64);
    tables->collocations = ARENA_NEW(all->arena, uint32_t, tables->collocation_places);
    tables->collocation_filter = ARENA_NEW(all->arena, uint64_t, filter_elements(COLLOCATION_FILTER_BITS));
    qsort(all->cells, all->count, sizeof *all->cells, by_cell);
    for (size_t i = 0, next = 0; i < all->count; i++) {
        if (i > 0 && (all->cells[i] | COLLOCATION_CHOICE) == (all->cells[i - 1] | COLLOCATION_CHOICE)) continue;
        uint32_t place = key_place(all->cells[i] & ~(uint32_t)COLLOCATION_CHOICE, tables->collocation_places);
        if (next < place) next = place;
        if (next + 1 >= tables->collocation_places) return error_set(error, STATUS_DATA, "%s/collocations.txt: the table overflows", folder);
        filter_add(tables->collocation_filter, COLLOCATION_FILTER_BITS, all->cells[i]);
        tables->collocations[next++] = all->cells[i];
    }
    return 0;
}

int collocations_compile(PolyphoneTables *tables, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    Cells all = { .tables = tables, .arena = arena };
    if (table_open(&table, arena, arena_printf(arena, "%s/collocations.txt", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0)
        if (row_add(&all, &table, error) < 0) return -1;
    return more < 0 ? -1 : cells_place(tables, &all, folder, error);
}
