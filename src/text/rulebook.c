#include "text/rulebook.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"

/* ---- reading the tables ---- */

/* How a table fills lists. Each row names words; the other columns differ. */
typedef struct WordTable {
    const char *file;
    const char *list;  /* NULL: the first field names it */
    int words, say, two; /* columns; -1: it has none */
    int least;
} WordTable;

static const WordTable WORD_TABLES[] = {
    { "words.tsv", NULL, 1, -1, -1, 2 },
    { "numbers.tsv", "measure", 0, -1, 1, 2 },
    { "units.tsv", "unit", 0, 1, 2, 3 },
    { "signs.tsv", NULL, 1, 2, -1, 3 },
};

static int read_words(SpokenRules *rules, const char *folder, const WordTable *format, Error *error)
{
    Table table;
    int more = table_open(&table, &rules->arena, arena_printf(&rules->arena, "%s/%s", folder, format->file).s, error);
    if (more < 0) return -1;
    while ((more = table_next(&table, format->least, error)) > 0) {
        Str name = format->list ? str_from(format->list) : table.field[0];
        WordRow *row = ARENA_NEW(&rules->arena, WordRow, 1);
        row->name = row_name(&table, name, &rules->arena);
        row->mapped = format->say >= 0;
        row->two = format->two >= 0 && str_equal(table.field[format->two], STR("两"));
        if (row->mapped && !str_equal(table.field[format->say], STR("silent"))) row->say = table.field[format->say];
        if (!words_add(words_list(&rules->lists, name, &rules->arena), table.field[format->words], ' ', row, &rules->arena))
            return table_fault(&table, error, _("a word of this row is damaged"));
    }
    return more;
}

static int read_rules(SpokenRules *rules, const char *folder, Error *error)
{
    Table table;
    int more = table_open(&table, &rules->arena, arena_printf(&rules->arena, "%s/spoken.tsv", folder).s, error);
    if (more < 0) return -1;
    rules->rules = ARENA_ROOM(&rules->arena, Rule, table_rows_most(&table));
    while ((more = table_next(&table, 5, error)) > 0) {
        if (rules->count == RULES_MAX) return table_fault(&table, error, _("too many rows"));
        if (rule_compile(&rules->rules[rules->count++], &table, &rules->lists, &rules->arena, error) < 0) return -1;
    }
    return more;
}

static int list_wanted(const WordList **list, SpokenRules *rules, const char *name, Error *error)
{
    *list = words_find(&rules->lists, str_from(name));
    return *list ? 0 : error_set(error, STATUS_DATA, _("words.tsv: there is no list \"%s\""), name);
}

static void hanzi_take(Hanzi *hanzi, uint32_t code, uint32_t to, Str use)
{
    enum { TRADITIONAL = 2, SIMPLIFIED = -1 }; /* simplified forms are old variants now and then (台, 里), the others never are */
    hanzi->simplified[code] = to == code ? 0 : (uint16_t)to;
    codeset_add(&hanzi->changes, code);
    hanzi->lean[code] = to == code || str_equal(use, STR("both")) ? 0 : TRADITIONAL;
    if (to != code && hanzi->lean[to] == 0) hanzi->lean[to] = SIMPLIFIED;
}

/* Rules are written in simplified characters and hold for both. Rows for words are for those who look for readings. */
static int read_simplified(SpokenRules *rules, const char *folder, const char *file, Error *error)
{
    Table table;
    Arena arena = { 0 };
    int more = table_open(&table, &arena, arena_printf(&arena, "%s/%s", folder, file).s, error);
    while (more >= 0 && (more = table_next(&table, 2, error)) > 0) {
        uint32_t code = 0, to = 0;
        size_t n = utf8_decode(table.field[0], &code);
        utf8_decode(table.field[1], &to);
        if (n == table.field[0].n && n == table.field[1].n && code < PLANE && to < PLANE) hanzi_take(&rules->hanzi, code, to, table.field[2]);
    }
    arena_finish(&arena);
    return more;
}

/* The list names the traditional characters that may be said; their simplified forms are known. */
static int read_said(SpokenRules *rules, Error *error)
{
    WordList *said;
    if (list_wanted((const WordList **)&said, rules, "said-traditional", error) < 0) return -1;
    for (size_t i = 0; i < said->count; i++) {
        uint32_t code = said->words[i].code[0];
        if (code < PLANE && rules->hanzi.simplified[code]) rules->hanzi.traditional[rules->hanzi.simplified[code]] = (uint16_t)code;
    }
    return 0;
}

/* ㎡ and ① have rows of their own and must not be folded into m2 and 1. */
static void index_kept(SpokenRules *rules)
{
    for (WordList *list = rules->lists.newest; list; list = list->next) {
        for (size_t i = 0; i < list->count; i++)
            for (size_t k = 0; k < list->words[i].n; k++)
                if (list->words[i].code[k] < PLANE) codeset_add(&rules->kept, list->words[i].code[k]);
        for (size_t i = 0; i < list->range_count; i++)
            for (uint32_t code = list->ranges[i].first; code <= list->ranges[i].last && code < PLANE; code++) codeset_add(&rules->kept, code);
    }
}

static int read_folder(SpokenRules *rules, const char *folder, Error *error)
{
    rules->marks = marks_create(folder, error);
    if (!rules->marks) return -1;
    for (size_t i = 0; i < sizeof WORD_TABLES / sizeof *WORD_TABLES; i++)
        if (read_words(rules, folder, &WORD_TABLES[i], error) < 0) return -1;
    if (read_simplified(rules, folder, "traditional.tsv", error) < 0 || read_simplified(rules, folder, "traditional_corrections.tsv", error) < 0) return -1;
    if (read_said(rules, error) < 0 || read_rules(rules, folder, error) < 0 || figures_init(&rules->figures, &rules->lists, error) < 0) return -1;
    if (list_wanted(&rules->measures, rules, "measure", error) < 0 || list_wanted(&rules->units, rules, "unit", error) < 0) return -1;
    if (list_wanted(&rules->spell, rules, "spell", error) < 0 || list_wanted(&rules->domains, rules, "domain", error) < 0) return -1;
    if (list_wanted(&rules->comma_before, rules, "comma-before", error) < 0 || list_wanted(&rules->comma_behind, rules, "comma-behind", error) < 0) return -1;
    words_index(&rules->lists, &rules->arena);
    rule_index_build(&rules->index, rules->rules, rules->count);
    index_kept(rules);
    return 0;
}

SpokenRules *spoken_create(const char *folder, Error *error)
{
    SpokenRules *rules = memory_new(1, sizeof *rules);
    if (read_folder(rules, folder, error) == 0) return rules;
    spoken_destroy(rules);
    return NULL;
}

const Marks *spoken_marks(const SpokenRules *rules)
{
    return rules->marks;
}

void spoken_destroy(SpokenRules *rules)
{
    if (!rules) return;
    marks_destroy(rules->marks);
    arena_finish(&rules->arena);
    free(rules);
}
