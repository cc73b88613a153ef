#include "base/table.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/message.h"

int table_open(Table *table, Arena *arena, const char *path, Error *error)
{
    *table = (Table){ .path = arena_str(arena, str_from(path)).s, .wanted = TABLE_FIELDS_MAX };
    return file_read(arena, path, &table->rest, error);
}

int table_next(Table *table, int least, Error *error)
{
    while (table->rest.n > 0) {
        Str line = str_split(&table->rest, '\n');
        table->line++;
        if (str_starts(line, STR("#")) || str_trim(line).n == 0) continue;
        while (table->count > 0) table->field[--table->count] = (Str){ 0 };
        while (line.n > 0 && table->count < table->wanted) table->field[table->count++] = str_trim(str_split(&line, '\t'));
        if (line.n > 0 && table->count == TABLE_FIELDS_MAX) return table_fault(table, error, _("more than %d fields"), TABLE_FIELDS_MAX);
        if (table->count < least) return table_fault(table, error, _("%d fields wanted, %d found"), least, table->count);
        return 1;
    }
    return 0;
}

size_t table_rows_most(const Table *table)
{
    size_t rows = 1;
    for (size_t i = 0; i < table->rest.n; i++) rows += table->rest.s[i] == '\n';
    return rows;
}

int table_fault(const Table *table, Error *error, const char *format, ...)
{
    char words[384];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    return error_set(error, STATUS_DATA, "%s:%d: %s", table->path, table->line, words);
}
