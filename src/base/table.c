#include "base/table.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/message.h"

int table_open(Table *table, Arena *arena, const char *path, Error *error)
{
    *table = (Table){ .path = arena_str(arena, str_from(path)).s };
    return file_read(arena, path, &table->rest, error);
}

int table_next(Table *table, int least, Error *error)
{
    while (table->rest.n > 0) {
        Str line = str_split(&table->rest, '\n');
        table->line++;
        if (str_starts(line, STR("#")) || str_trim(line).n == 0) continue;
        table->count = 0;
        for (int i = 0; i < TABLE_FIELDS_MAX; i++) table->field[i] = (Str){ 0 };
        while (line.n > 0) {
            if (table->count == TABLE_FIELDS_MAX) return table_fault(table, error, _("more than %d fields"), TABLE_FIELDS_MAX);
            table->field[table->count++] = str_trim(str_split(&line, '\t'));
        }
        if (table->count < least) return table_fault(table, error, _("%d fields wanted, %d found"), least, table->count);
        return 1;
    }
    return 0;
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
