#include "player/phrases.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"

typedef struct Row {
    Str key, text;
} Row;

typedef struct Rows {
    Row *rows;
    size_t count;
} Rows;

struct Phrases {
    Arena arena;
    Rows sentences, characters;
};

static int by_key(const void *a, const void *b)
{
    return str_compare(((const Row *)a)->key, ((const Row *)b)->key);
}

static int read_rows(Rows *rows, Arena *arena, const char *folder, const char *name, Error *error)
{
    Table table;
    int more;
    size_t room = 0;
    if (table_open(&table, arena, arena_printf(arena, "%s/%s", folder, name).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        if (rows->count == room) {
            rows->rows = arena_grow(arena, rows->rows, room, room ? room * 2 : 1024, sizeof *rows->rows);
            room = room ? room * 2 : 1024;
        }
        rows->rows[rows->count++] = (Row){ table.field[0], table.field[1] };
    }
    if (rows->count > 1) qsort(rows->rows, rows->count, sizeof *rows->rows, by_key);
    return more;
}

Phrases *phrases_create(const char *folder, Error *error)
{
    Phrases *phrases = memory_new(1, sizeof *phrases);
    if (read_rows(&phrases->sentences, &phrases->arena, folder, "player.tsv", error) == 0 &&
        read_rows(&phrases->characters, &phrases->arena, folder, "spelling.tsv", error) == 0)
        return phrases;
    phrases_destroy(phrases);
    return NULL;
}

void phrases_destroy(Phrases *phrases)
{
    if (!phrases) return;
    arena_finish(&phrases->arena);
    free(phrases);
}

static Str find(const Rows *rows, Str key)
{
    Row wanted = { key, key };
    const Row *row = rows->count ? bsearch(&wanted, rows->rows, rows->count, sizeof wanted, by_key) : NULL;
    return row ? row->text : (Str){ 0 };
}

static Str value_of(Str name, const PhraseValue *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, str_from(values[i].name))) return values[i].value;
    return (Str){ 0 };
}

Str phrases_fill(const Phrases *phrases, const char *key, const PhraseValue *values, size_t count, Arena *arena)
{
    Str rest = find(&phrases->sentences, str_from(key)), filled = { 0 };
    while (rest.n > 0) {
        Str text = str_split(&rest, '{'), name = rest.n > 0 ? str_split(&rest, '}') : (Str){ 0 }, value = value_of(name, values, count);
        filled = arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(filled), STR_ARG(text), STR_ARG(value));
    }
    return filled;
}

Str phrases_spell(const Phrases *phrases, Str character)
{
    return find(&phrases->characters, character);
}
