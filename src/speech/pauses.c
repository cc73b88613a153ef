#include "speech/pauses.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

static const char *const BREAK_NAMES[BREAK_COUNT] = { "none", "word", "phrase", "clause", "sentence", "paragraph", "heading", "article" };
enum { PAUSE_MS_MOST = 10000, LAST_LEAST = 50, LAST_MOST = 100, DECAY_MS_MOST = 500 };

static int break_from(const Table *table, Str name, Break *value, Error *error)
{
    for (int i = 0; i < BREAK_COUNT; i++)
        if (str_is(name, BREAK_NAMES[i])) {
            *value = (Break)i;
            return 0;
        }
    return table_fault(table, error, _("there is no break '%.*s'"), STR_ARG(name));
}

static int pause_from(const Pauses *pauses, const Table *table, Str name, uint8_t *row, Error *error)
{
    for (size_t i = 0; i < pauses->count; i++)
        if (str_equal(name, pauses->rows[i].name)) {
            *row = (uint8_t)i;
            return 0;
        }
    return table_fault(table, error, _("pauses.tsv has no row '%.*s'"), STR_ARG(name));
}

static int read_pause(Pauses *pauses, const Table *table, Error *error)
{
    long ms, last, decay;
    if (pauses->count == PAUSES_MAX) return table_fault(table, error, _("more than %d rows"), PAUSES_MAX);
    Pause *pause = &pauses->rows[pauses->count];
    pause->name = table->field[0];
    if (pauses->count < BREAK_COUNT && !str_is(pause->name, BREAK_NAMES[pauses->count]))
        return table_fault(table, error, _("this row is for '%s'"), BREAK_NAMES[pauses->count]);
    if (break_from(table, table->field[1], &pause->at, error) < 0) return -1;
    if (!str_to_long(table->field[2], &ms) || ms < 0 || ms > PAUSE_MS_MOST)
        return table_fault(table, error, _("a pause is 0 to %d milliseconds"), PAUSE_MS_MOST);
    if (!str_to_long(table->field[3], &last) || last < LAST_LEAST || last > LAST_MOST)
        return table_fault(table, error, _("a pace is %d to %d percent"), LAST_LEAST, LAST_MOST);
    if (!str_to_long(table->field[4], &decay) || decay < 0 || decay > DECAY_MS_MOST)
        return table_fault(table, error, _("a voice dies away over 0 to %d milliseconds"), DECAY_MS_MOST);
    pause->ms = (int)ms;
    pause->last = (int)last;
    pause->decay_ms = (int)decay;
    if (str_equal(pause->name, STR("breath"))) pauses->breath = (uint8_t)pauses->count;
    if (str_equal(pause->name, STR("language"))) pauses->language = (uint8_t)pauses->count;
    if (str_equal(pause->name, STR("turn"))) pauses->turn = (uint8_t)pauses->count;
    if (str_equal(pause->name, STR("brief"))) pauses->brief = (uint8_t)pauses->count;
    if (str_equal(pause->name, STR("full"))) pauses->full = (uint8_t)pauses->count;
    if (str_equal(pause->name, STR("question"))) pauses->question = (uint8_t)pauses->count;
    pauses->count++;
    return 0;
}

static int read_pauses(Pauses *pauses, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/pauses.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 5, error)) > 0)
        if (read_pause(pauses, &table, error) < 0) return -1;
    if (more == 0 && pauses->count < BREAK_COUNT) return table_fault(&table, error, _("the row for '%s' is missing"), BREAK_NAMES[pauses->count]);
    return more;
}

/* A character, or U+XXXX for one that could not be seen in the file. */
static int code_from(const Table *table, Str text, uint32_t *code, Error *error)
{
    if (str_starts(text, STR("U+")) && text.n >= 6 && text.n <= 8) {
        char digits[8] = { 0 };
        for (size_t i = 2; i < text.n; i++) digits[i - 2] = text.s[i];
        char *end;
        *code = (uint32_t)strtoul(digits, &end, 16);
        if (*end == '\0') return 0;
    } else if (text.n > 0 && utf8_decode(text, code) == text.n) {
        return 0;
    }
    return table_fault(table, error, _("'%.*s' is not one character"), STR_ARG(text));
}

static int by_code(const void *a, const void *b)
{
    uint32_t x = ((const MarkPause *)a)->code, y = ((const MarkPause *)b)->code;
    return (x > y) - (x < y);
}

static int read_marks(Pauses *pauses, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/marks.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 3, error)) > 0) {
        MarkPause mark;
        if (code_from(&table, table.field[0], &mark.code, error) < 0) return -1;
        if (pause_from(pauses, &table, table.field[1], &mark.pause, error) < 0) return -1;
        pauses->marks = arena_grow(arena, pauses->marks, pauses->mark_count, pauses->mark_count + 1, sizeof mark);
        pauses->marks[pauses->mark_count++] = mark;
    }
    if (pauses->mark_count) qsort(pauses->marks, pauses->mark_count, sizeof *pauses->marks, by_code);
    return more;
}

int pauses_read(Pauses *pauses, Arena *arena, const char *folder, Error *error)
{
    *pauses = (Pauses){ .count = 0 };
    if (read_pauses(pauses, arena, folder, error) < 0) return -1;
    return read_marks(pauses, arena, folder, error);
}

static bool is_stronger(const Pause *a, const Pause *b)
{
    return a->at != b->at ? a->at > b->at : a->ms > b->ms;
}

uint8_t pauses_of_marks(const Pauses *pauses, Str marks)
{
    uint8_t strongest = PAUSE_NONE;
    MarkPause key = { .code = 0 };
    for (size_t n; (n = utf8_decode(marks, &key.code)) > 0; marks = str_slice(marks, n, marks.n)) {
        const MarkPause *found = bsearch(&key, pauses->marks, pauses->mark_count, sizeof key, by_code);
        if (found && is_stronger(&pauses->rows[found->pause], &pauses->rows[strongest])) strongest = found->pause;
    }
    return strongest;
}
