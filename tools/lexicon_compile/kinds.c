#include "base/utf8.h"
#include "lexicon_compile/polyphones.h"

enum { CODES = 0x110000, KINDS_MOST = 99 }; /* two digits in a feature's text */

int kinds_compile(PolyphoneTables *tables, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    tables->kinds = ARENA_NEW(arena, uint8_t, CODES);
    if (table_open(&table, arena, arena_printf(arena, "%s/kinds.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        long kind;
        if (!str_to_long(table.field[0], &kind) || kind < 1 || kind > KINDS_MOST) return table_fault(&table, error, "a number from 1 to %d must stand here", KINDS_MOST);
        for (Str rest = table.field[1]; rest.n > 0;) {
            uint32_t code;
            utf8_decode(utf8_next(&rest), &code);
            if (tables->kinds[code]) return table_fault(&table, error, "U+%X is of another kind already", (unsigned)code);
            tables->kinds[code] = (uint8_t)kind;
        }
    }
    return more;
}
