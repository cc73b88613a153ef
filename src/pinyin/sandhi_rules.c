#include "pinyin/sandhi_rules.h"

#include "base/message.h"
#include "base/table.h"

enum { SETS_MAX = 16 };

typedef struct Sets {
    Str name[SETS_MAX], members[SETS_MAX];
    size_t count;
} Sets;

static int side_read(SandhiSide *side, const Sets *sets, Str field, const Table *table, Error *error)
{
    *side = (SandhiSide){ 0 };
    if (field.n == 0 || str_equal(field, STR("*"))) return 0;
    if (str_equal(field, STR("|"))) side->edge = true;
    else if (str_equal(field, STR("="))) side->same = true;
    else if (str_starts(field, STR(":"))) {
        side->word = true;
        side->tag = str_slice(field, 1, field.n);
    } else if (str_starts(field, STR("@"))) {
        size_t i = 0;
        while (i < sets->count && !str_equal(sets->name[i], str_slice(field, 1, field.n))) i++;
        if (i == sets->count) return table_fault(table, error, _("there is no set \"%.*s\""), STR_ARG(field));
        side->characters = sets->members[i];
    } else side->characters = field;
    return 0;
}

/* case 一 any|word-front|word-end|figure before after tone */
static int case_read(SandhiRules *rules, const Sets *sets, const Table *table, Error *error)
{
    const Str *field = table->field;
    SandhiCase *one = &rules->cases[rules->case_count++];
    *one = (SandhiCase){ .character = field[1] };
    if (str_equal(field[2], STR("word-end"))) one->place = PLACE_WORD_END;
    else if (str_equal(field[2], STR("word-front"))) one->place = PLACE_WORD_FRONT;
    else if (str_equal(field[2], STR("figure"))) one->place = PLACE_FIGURE;
    else if (!str_equal(field[2], STR("any"))) return table_fault(table, error, _("\"%.*s\" is none of any, word-front, word-end and figure"), STR_ARG(field[2]));
    Str beyond = field[3], before = str_split(&beyond, ' '), second = field[4], after = str_split(&second, ' ');
    if (side_read(&one->before, sets, before, table, error) < 0 || side_read(&one->beyond, sets, beyond, table, error) < 0 ||
        side_read(&one->after, sets, after, table, error) < 0 || side_read(&one->second, sets, second, table, error) < 0)
        return -1;
    if (str_equal(field[5], STR("next"))) return 0;
    if (field[5].n != 1 || *field[5].s < '1' || *field[5].s > '5') return table_fault(table, error, _("\"%.*s\" is no tone"), STR_ARG(field[5]));
    one->tone = (uint8_t)(*field[5].s - '0');
    return 0;
}

/* follow 一 123 4 */
static int follow_read(SandhiRules *rules, const Table *table, Error *error)
{
    Str next = table->field[2], tone = table->field[3];
    int row = str_equal(table->field[1], STR("一")) ? 0 : 1;
    for (size_t i = 0; i < next.n; i++) {
        if (next.s[i] < '1' || next.s[i] > '5' || tone.n != 1 || *tone.s < '1' || *tone.s > '5')
            return table_fault(table, error, _("tones are 1 to 5"));
        rules->follow[row][next.s[i] - '0'] = (uint8_t)(*tone.s - '0');
    }
    return 0;
}

static int row_read(SandhiRules *rules, Sets *sets, const Table *table, Error *error)
{
    Str kind = table->field[0];
    if (str_equal(kind, STR("set"))) {
        if (sets->count == SETS_MAX) return table_fault(table, error, _("too many sets"));
        sets->name[sets->count] = table->field[1];
        sets->members[sets->count++] = table->field[2];
        return 0;
    }
    if (str_equal(kind, STR("split"))) {
        rules->split = table->field[1];
        return 0;
    }
    if (str_equal(kind, STR("child"))) {
        rules->child = table->field[1];
        return 0;
    }
    if (str_equal(kind, STR("merge"))) {
        rules->merge = table->field[1];
        return 0;
    }
    if (str_equal(kind, STR("keep"))) {
        rules->keep = table->field[1];
        return 0;
    }
    if (str_equal(kind, STR("follow")) && table->count >= 4) return follow_read(rules, table, error);
    if (str_equal(kind, STR("case")) && table->count >= 6) return case_read(rules, sets, table, error);
    return table_fault(table, error, _("\"%.*s\" is no rule, or lacks fields"), STR_ARG(kind));
}

int sandhi_rules_read(SandhiRules *rules, Arena *arena, const char *folder, Error *error)
{
    Sets sets = { 0 };
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/sandhi.tsv", folder).s, error) < 0) return -1;
    *rules = (SandhiRules){ .cases = ARENA_ROOM(arena, SandhiCase, table_rows_most(&table)) };
    while ((more = table_next(&table, 2, error)) > 0)
        if (row_read(rules, &sets, &table, error) < 0) return -1;
    return more;
}
