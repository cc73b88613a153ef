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
        Word32 like = { .mapped = format->say >= 0, .row = row_name(&table, name, &rules->arena) };
        like.two = format->two >= 0 && str_equal(table.field[format->two], STR("两"));
        if (like.mapped && !str_equal(table.field[format->say], STR("silent"))) like.say = table.field[format->say];
        if (!words_add(&rules->lists, name, table.field[format->words], like, &rules->arena))
            return table_fault(&table, error, _("a word of this row is damaged"));
    }
    return more;
}

static int read_rules(SpokenRules *rules, const char *folder, Error *error)
{
    Table table;
    size_t capacity = 0;
    int more = table_open(&table, &rules->arena, arena_printf(&rules->arena, "%s/spoken.tsv", folder).s, error);
    if (more < 0) return -1;
    while ((more = table_next(&table, 5, error)) > 0) {
        if (rules->count == UINT16_MAX) return table_fault(&table, error, _("too many rows"));
        if (rules->count == capacity) {
            size_t wanted = capacity ? capacity * 2 : 64;
            rules->rules = arena_grow(&rules->arena, rules->rules, capacity, wanted, sizeof *rules->rules);
            capacity = wanted;
        }
        if (rule_compile(&rules->rules[rules->count++], &table, &rules->lists, &rules->arena, error) < 0) return -1;
    }
    return more;
}

static int list_wanted(const WordList **list, SpokenRules *rules, const char *name, Error *error)
{
    *list = words_find(rules->lists, str_from(name));
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
    int more = table_open(&table, &rules->arena, arena_printf(&rules->arena, "%s/%s", folder, file).s, error);
    if (more < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        uint32_t code = 0, to = 0;
        size_t n = utf8_decode(table.field[0], &code);
        utf8_decode(table.field[1], &to);
        if (n == table.field[0].n && n == table.field[1].n && code < PLANE && to < PLANE) hanzi_take(&rules->hanzi, code, to, table.field[2]);
    }
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

/* ---- which rules to ask where ---- */

static bool begins_digit_at(const Element *element, bool zero)
{
    switch (element->kind) {
    case ELEMENT_LATIN:
    case ELEMENT_SAID:
    case ELEMENT_EDGE: return false;
    case ELEMENT_WORD: break;
    default: return true;
    }
    for (size_t i = 0; i < element->list->count; i++) {
        uint32_t first = element->list->words[i].code[0];
        if (code_is_digit(first) && (first == '0') == zero) return true;
    }
    return false;
}

/* With a nought, or with another digit. */
static bool begins_digit(const Rule *rule, bool zero)
{
    for (int i = 0; i < rule->match_count; i++) {
        if (begins_digit_at(&rule->match[i], zero)) return true;
        if (!rule->match[i].optional) break;
    }
    return false;
}

/* The characters that an element of a rule can begin with (or end with, for a context on the left). */
static CharSet element_set(const Element *element, bool last)
{
    static const CharSet DIGITS = { UINT64_C(0x3FF) << ('0' & 63), UINT64_C(1) << ('0' >> 6) };
    if (element->negative || element->optional) return CHAR_SET_ALL;
    switch (element->kind) {
    case ELEMENT_WORD: return last ? element->list->lasts : element->list->firsts;
    case ELEMENT_LATIN:
    case ELEMENT_MIXED:
    case ELEMENT_ADDRESS:
    case ELEMENT_SAID:
    case ELEMENT_EDGE: return CHAR_SET_ALL;
    default: return DIGITS;
    }
}

/* From element i of the match on. Optional elements may be skipped, so each adds what can stand in its place. */
static CharSet set_from(const Rule *rule, int i)
{
    CharSet set = { 0 };
    for (; i < rule->match_count; i++) {
        Element element = rule->match[i];
        bool optional = element.optional;
        element.optional = false;
        set = char_set_join(set, element_set(&element, false));
        if (!optional) return set;
    }
    return rule->after_count > 0 ? char_set_join(set, element_set(&rule->after[0], false)) : CHAR_SET_ALL;
}

static size_t leading_digits(const Word32 *word)
{
    size_t n = 0;
    while (n < word->n && code_is_digit(word->code[n])) n++;
    return n;
}

/* What stands behind the digits that a word of the list begins with. */
static CharSet set_behind_words(const Rule *rule)
{
    const WordList *list = rule->match[0].list;
    CharSet set = { 0 };
    if (list->range_count > 0) return CHAR_SET_ALL;
    for (size_t i = 0; i < list->count; i++) {
        const Word32 *word = &list->words[i];
        size_t n = leading_digits(word);
        if (n == 0) return CHAR_SET_ALL;
        set = char_set_join(set, n < word->n ? char_set(word->code[n]) : set_from(rule, 1));
    }
    return set;
}

/* See RuleEntry.next. */
static CharSet next_set(const Rule *rule)
{
    static const CharSet FROM_SPACE_TO_TILDE = { UINT64_MAX, 3 }, POINT = { UINT64_C(1) << '.', 1 }, SPACE = { UINT64_C(1) << ' ', 1 };
    const Element *first = &rule->match[0];
    int i = 1;
    if (first->optional) return CHAR_SET_ALL;
    switch (first->kind) {
    case ELEMENT_WORD: return set_behind_words(rule);
    case ELEMENT_GROUPS: return SPACE;
    case ELEMENT_VERSION: return POINT;
    case ELEMENT_MIXED:
    case ELEMENT_ADDRESS: return FROM_SPACE_TO_TILDE;
    case ELEMENT_PART:
        while (i < rule->match_count && rule->match[i].kind == ELEMENT_PART) i++;
        break;
    default: break;
    }
    return set_from(rule, i);
}

static size_t digits_of(uint64_t value)
{
    size_t n = 1;
    while (value >= 10) {
        value /= 10;
        n++;
    }
    return n;
}

/* A word is never found inside a longer run, so the digits that it begins with are all of one. */
static bool words_begin_run(const WordList *list, size_t run)
{
    for (size_t i = 0; i < list->count; i++) {
        size_t n = leading_digits(&list->words[i]);
        if (n == run || (n > run && run == RUN_MAX)) return true;
    }
    return false;
}

/* Whether a rule can begin with `run` digits in a row. A run that begins with 0 may be longer than its value says. */
static bool begins_run(const Rule *rule, size_t run, bool zero)
{
    const Element *first = &rule->match[0];
    size_t least = 0, most = SIZE_MAX;
    if (first->kind == ELEMENT_WORD && !first->optional) return words_begin_run(first->list, run);
    if (first->kind == ELEMENT_DIGITS || first->kind == ELEMENT_ZERO) {
        least = (size_t)first->least;
        most = first->most < SIZE_MAX ? (size_t)first->most : SIZE_MAX;
    } else if (first->kind == ELEMENT_INTEGER) {
        least = digits_of(first->least);
        most = zero ? SIZE_MAX : digits_of(first->most);
    } else if (first->kind == ELEMENT_TWO || first->kind == ELEMENT_PART) {
        least = most = first->kind == ELEMENT_TWO ? 2 : first->run;
    }
    return first->optional || (run == RUN_MAX ? most >= run : run >= least && run <= most);
}

/* What can stand before the match: the last context's, and that of each one before it as long as they may be missing. */
static CharSet previous_set(const Rule *rule)
{
    CharSet set = { 0 };
    for (int i = rule->before_count - 1; i >= 0; i--) {
        Element element = rule->before[i];
        element.optional = false;
        set = char_set_join(set, element_set(&element, true));
        if (!rule->before[i].optional) return set;
    }
    return CHAR_SET_ALL;
}

static RuleEntry rule_entry(const Rule *rule)
{
    return (RuleEntry){ rule, previous_set(rule), next_set(rule) };
}

/* Room for one more behind `count`; it doubles at each power of two. */
static void *room_for_one(void *array, size_t count, size_t bytes_each, Arena *arena)
{
    bool full = (count & (count - 1)) == 0;
    return full ? arena_grow(arena, array, count, count ? count * 2 : 1, bytes_each) : array;
}

/* Rules come in their order, so the one that is there already is the last. */
static void list_add(RuleList *list, size_t rule, Arena *arena)
{
    if (list->count > 0 && list->rules[list->count - 1] == rule) return;
    list->rules = room_for_one(list->rules, list->count, sizeof *list->rules, arena);
    list->rules[list->count++] = (uint16_t)rule;
}

static void index_runs(SpokenRules *rules, size_t rule)
{
    const Rule *row = &rules->rules[rule];
    for (int zero = 0; zero < 2; zero++)
        for (size_t run = 1; run <= RUN_MAX && begins_digit(row, zero); run++)
            if (begins_run(row, run, zero)) list_add(&rules->run[zero][run], rule, &rules->arena);
}

static void begin_with(SpokenRules *rules, uint32_t code, size_t list)
{
    rules->begin[code] = (uint16_t)list;
    codeset_add(&rules->starts, code);
}

/* A character that was one of a range until now has the rules for those, too. */
static RuleList *own_list(SpokenRules *rules, uint32_t code)
{
    if (code >= PLANE) return &rules->begins[BEGIN_BEYOND];
    if (rules->begin[code] < BEGIN_OWN) {
        RuleList shared = rules->begins[rules->begin[code]];
        rules->begins = room_for_one(rules->begins, rules->begin_count, sizeof *rules->begins, &rules->arena);
        for (size_t i = 0; i < shared.count; i++) list_add(&rules->begins[rules->begin_count], shared.rules[i], &rules->arena);
        begin_with(rules, code, rules->begin_count++);
    }
    return &rules->begins[rules->begin[code]];
}

static void index_character(SpokenRules *rules, size_t rule, uint32_t code)
{
    if (!code_is_digit(code)) list_add(own_list(rules, code), rule, &rules->arena);
}

static void index_range(SpokenRules *rules, size_t rule, const WordRange *range)
{
    list_add(&rules->begins[BEGIN_RANGE], rule, &rules->arena);
    if (range->last >= PLANE) list_add(&rules->begins[BEGIN_BEYOND], rule, &rules->arena);
    for (uint32_t code = range->first; code <= range->last && code < PLANE; code++) {
        if (rules->begin[code] >= BEGIN_OWN) list_add(&rules->begins[rules->begin[code]], rule, &rules->arena);
        else begin_with(rules, code, BEGIN_RANGE);
    }
}

static void index_letters(SpokenRules *rules, size_t rule)
{
    for (uint32_t letter = 'a'; letter <= 'z'; letter++) {
        index_character(rules, rule, letter);
        index_character(rules, rule, letter - 'a' + 'A');
    }
}

static void index_element(SpokenRules *rules, size_t rule, const Element *element)
{
    bool letters = element->kind == ELEMENT_LATIN || element->kind == ELEMENT_MIXED || element->kind == ELEMENT_ADDRESS;
    if (letters) index_letters(rules, rule);
    const WordList *list = element->list;
    for (size_t i = 0; list && i < list->count; i++) index_character(rules, rule, list->words[i].code[0]);
    for (size_t i = 0; list && i < list->range_count; i++) index_range(rules, rule, &list->ranges[i]);
}

static void index_rules(SpokenRules *rules)
{
    rules->entries = ARENA_NEW(&rules->arena, RuleEntry, rules->count);
    rules->begins = ARENA_NEW(&rules->arena, RuleList, BEGIN_OWN);
    rules->begin_count = BEGIN_OWN; /* a power of two, see room_for_one */
    for (uint32_t digit = '0'; digit <= '9'; digit++) begin_with(rules, digit, BEGIN_DIGIT);
    rules->starts.beyond = true;
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->rules[i];
        rules->entries[i] = rule_entry(rule);
        index_runs(rules, i);
        for (int k = 0; k < rule->match_count; k++) {
            index_element(rules, i, &rule->match[k]);
            if (!rule->match[k].optional) break;
        }
    }
}

/* ㎡ and ① have rows of their own and must not be folded into m2 and 1. */
static void index_kept(SpokenRules *rules)
{
    for (WordList *list = rules->lists; list; list = list->next) {
        for (size_t i = 0; i < list->count; i++)
            for (size_t k = 0; k < list->words[i].n; k++)
                if (list->words[i].code[k] < PLANE) rules->kept[list->words[i].code[k]] = true;
        for (size_t i = 0; i < list->range_count; i++)
            for (uint32_t code = list->ranges[i].first; code <= list->ranges[i].last && code < PLANE; code++) rules->kept[code] = true;
    }
}

static int read_folder(SpokenRules *rules, const char *folder, Error *error)
{
    rules->marks = marks_create(folder, error);
    if (!rules->marks) return -1;
    for (size_t i = 0; i < sizeof WORD_TABLES / sizeof *WORD_TABLES; i++)
        if (read_words(rules, folder, &WORD_TABLES[i], error) < 0) return -1;
    if (read_simplified(rules, folder, "traditional.tsv", error) < 0 || read_simplified(rules, folder, "traditional_corrections.tsv", error) < 0) return -1;
    if (read_said(rules, error) < 0 || read_rules(rules, folder, error) < 0 || figures_init(&rules->figures, rules->lists, error) < 0) return -1;
    if (list_wanted(&rules->measures, rules, "measure", error) < 0 || list_wanted(&rules->units, rules, "unit", error) < 0) return -1;
    if (list_wanted(&rules->spell, rules, "spell", error) < 0 || list_wanted(&rules->domains, rules, "domain", error) < 0) return -1;
    words_index(rules->lists, &rules->arena);
    index_rules(rules);
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

void spoken_destroy(SpokenRules *rules)
{
    if (!rules) return;
    marks_destroy(rules->marks);
    arena_finish(&rules->arena);
    free(rules);
}
