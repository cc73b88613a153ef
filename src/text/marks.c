#include "text/marks.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

static bool class_from_name(Str name, MarkClass *class)
{
    static const struct {
        const char *name;
        MarkClass class;
    } CLASSES[] = {
        { "end", MARK_END },   { "clause", MARK_CLAUSE }, { "list", MARK_LIST },
        { "open", MARK_OPEN }, { "close", MARK_CLOSE },   { "other", MARK_OTHER },
        { "title", MARK_CLOSE_TITLE },
    };
    for (size_t i = 0; i < sizeof CLASSES / sizeof *CLASSES; i++) {
        if (!str_is(name, CLASSES[i].name)) continue;
        *class = CLASSES[i].class;
        return true;
    }
    return false;
}

/* "U+00A0" or the character itself. */
static bool mark_from_name(Str name, uint32_t *code)
{
    if (str_starts(name, STR("U+")) && name.n > 2 && name.n < 9) {
        char hex[8] = { 0 };
        for (size_t i = 2; i < name.n; i++) hex[i - 2] = name.s[i];
        char *end;
        *code = (uint32_t)strtoul(hex, &end, 16);
        return *end == '\0';
    }
    return name.n > 0 && utf8_decode(name, code) == name.n;
}

static bool mark_add(Marks *marks, uint32_t code, uint8_t entry)
{
    uint8_t *row = &marks->row_of[code / MARK_ROW];
    if (*row == 0 && marks->row_count + 1 == MARK_ROWS_MAX) return false;
    if (*row == 0) *row = (uint8_t)++marks->row_count;
    marks->class_of[*row][code % MARK_ROW] = entry;
    return true;
}

static int marks_read(Marks *marks, Table *table, Error *error)
{
    int more;
    while ((more = table_next(table, 3, error)) > 0) {
        uint32_t code;
        MarkClass class;
        if (!mark_from_name(table->field[0], &code) || code >= MARKS_PLANE)
            return table_fault(table, error, _("\"%.*s\" is not one mark"), STR_ARG(table->field[0]));
        if (!class_from_name(table->field[2], &class))
            return table_fault(table, error, _("\"%.*s\" is no class of marks"), STR_ARG(table->field[2]));
        bool quote = str_equal(table->field[1], STR("quote"));
        if (!mark_add(marks, code, (uint8_t)(class | (quote ? MARK_IS_QUOTE : 0)))) return table_fault(table, error, _("too many rows"));
        if (quote) marks->quote_lead[(unsigned char)table->field[0].s[0]] = true; /* these are never written as U+XXXX */
    }
    return more;
}

Marks *marks_create(const char *folder, Error *error)
{
    Arena arena = { 0 };
    Table table;
    Marks *marks = memory_new(1, sizeof *marks);
    int result = table_open(&table, &arena, arena_printf(&arena, "%s/marks.tsv", folder).s, error);
    if (result >= 0) result = marks_read(marks, &table, error);
    arena_finish(&arena);
    if (result >= 0) return marks;
    marks_destroy(marks);
    return NULL;
}

void marks_destroy(Marks *marks)
{
    free(marks);
}
