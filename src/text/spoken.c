#include "text/spoken.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/utf8.h"
#include "text/figures.h"
#include "text/match.h"
#include "text/rules.h"
#include "text/writer.h"

enum { PLANE = 0x10000, ASCII = 0x80 };

typedef struct RuleList {
    const Rule **rules;
    size_t count;
} RuleList;

struct SpokenRules {
    Arena arena;
    WordList *lists;
    Marks *marks;
    Rule *rules;
    size_t count;
    Figures figures;
    const WordList *measures, *units, *spell, *domains;
    RuleList ascii[ASCII], other;   /* the rules that can begin with a character */
    bool starts[PLANE];             /* a rule begins with it; above the plane the rules are always asked */
    bool kept[PLANE];               /* not to be folded: some list has it */
};

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
        const Str *say = format->say >= 0 ? &table.field[format->say] : NULL;
        bool two = format->two >= 0 && str_equal(table.field[format->two], STR("两"));
        if (!words_add(&rules->lists, name, table.field[format->words], say, two, &rules->arena))
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
        if (rules->count == capacity) {
            size_t wanted = capacity ? capacity * 2 : 64;
            rules->rules = arena_grow(&rules->arena, rules->rules, capacity, wanted, sizeof *rules->rules);
            capacity = wanted;
        }
        if (rule_compile(&rules->rules[rules->count++], &table, &rules->lists, &rules->arena, error) < 0) return -1;
    }
    return more;
}

/* ---- which rules to ask where ---- */

static bool begins(const Element *element, uint32_t code)
{
    switch (element->kind) {
    case ELEMENT_LATIN: return code_is_latin(code);
    case ELEMENT_ADDRESS: return code_is_latin(code) || code_is_digit(code);
    case ELEMENT_EDGE: return false;
    case ELEMENT_WORD: break;
    default: return code_is_digit(code);
    }
    for (size_t i = 0; i < element->list->count; i++)
        if (element->list->words[i].code[0] == code) return true;
    return false;
}

static bool rule_begins(const Rule *rule, uint32_t code)
{
    for (int i = 0; i < rule->match_count; i++) {
        if (begins(&rule->match[i], code)) return true;
        if (!rule->match[i].optional) break;
    }
    return false;
}

static void mark_starts(SpokenRules *rules, const Element *element)
{
    const WordList *list = element->list;
    for (size_t i = 0; list && i < list->count; i++)
        if (list->words[i].code[0] < PLANE) rules->starts[list->words[i].code[0]] = true;
    for (size_t i = 0; list && i < list->range_count; i++)
        for (uint32_t code = list->ranges[i].first; code <= list->ranges[i].last && code < PLANE; code++) rules->starts[code] = true;
}

static void index_rules(SpokenRules *rules)
{
    for (uint32_t code = 0; code < ASCII; code++) {
        RuleList *list = &rules->ascii[code];
        list->rules = ARENA_NEW(&rules->arena, const Rule *, rules->count);
        for (size_t i = 0; i < rules->count; i++)
            if (rule_begins(&rules->rules[i], code)) list->rules[list->count++] = &rules->rules[i];
        rules->starts[code] = list->count > 0;
    }
    rules->other.rules = ARENA_NEW(&rules->arena, const Rule *, rules->count);
    for (size_t i = 0; i < rules->count; i++) {
        const Rule *rule = &rules->rules[i];
        bool words = false;
        for (int k = 0; k < rule->match_count; k++) {
            words |= rule->match[k].kind == ELEMENT_WORD;
            mark_starts(rules, &rule->match[k]);
            if (!rule->match[k].optional) break;
        }
        if (words) rules->other.rules[rules->other.count++] = rule;
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
    for (uint32_t code = 0; code < PLANE; code++) rules->kept[code] |= marks_class(rules->marks, code) != MARK_NONE;
}

static int list_wanted(const WordList **list, SpokenRules *rules, const char *name, Error *error)
{
    *list = words_find(rules->lists, str_from(name));
    return *list ? 0 : error_set(error, STATUS_DATA, _("words.tsv: there is no list \"%s\""), name);
}

static int read_folder(SpokenRules *rules, const char *folder, Error *error)
{
    rules->marks = marks_create(folder, error);
    if (!rules->marks) return -1;
    for (size_t i = 0; i < sizeof WORD_TABLES / sizeof *WORD_TABLES; i++)
        if (read_words(rules, folder, &WORD_TABLES[i], error) < 0) return -1;
    if (read_rules(rules, folder, error) < 0 || figures_init(&rules->figures, rules->lists, error) < 0) return -1;
    if (list_wanted(&rules->measures, rules, "measure", error) < 0 || list_wanted(&rules->units, rules, "unit", error) < 0) return -1;
    if (list_wanted(&rules->spell, rules, "spell", error) < 0 || list_wanted(&rules->domains, rules, "domain", error) < 0) return -1;
    words_index(rules->lists, &rules->arena);
    index_rules(rules);
    index_kept(rules);
    return 0;
}

SpokenRules *spoken_create(const char *folder, Error *error)
{
    SpokenRules *rules = calloc(1, sizeof *rules);
    if (!rules) abort();
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

/* ---- writing ---- */

/* Whether what stands after the figure counts with 两: two days, but the second of a month. */
static bool counts_two(const SpokenRules *rules, const Chars *chars, size_t at)
{
    if (chars_at(chars, at) == ' ') at++;
    const Word32 *measure = words_after(rules->measures, chars, at), *unit = words_after(rules->units, chars, at);
    if (unit && (!measure || unit->n > measure->n)) return unit->two;
    return measure && measure->two;
}

/* Letter by letter; a digit among them is said, whatever the rule. */
static void say_as_it_stands(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    for (; from < to; from++) {
        char bytes[4];
        uint32_t code = writer->chars->code[from];
        if (code_is_digit(code)) figures_say(&rules->figures, writer, from, from + 1, FIGURE_DIGITS);
        else writer_text(writer, (Str){ bytes, utf8_encode(code, bytes) });
    }
}

static void say_spelled(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    for (; from < to; from++) {
        const Word32 *word = words_after(rules->spell, writer->chars, from);
        if (code_is_digit(writer->chars->code[from])) figures_say(&rules->figures, writer, from, from + 1, FIGURE_SERIAL);
        else if (word) writer_text(writer, word->say);
        else say_as_it_stands(rules, writer, from, from + 1);
    }
}

static void say_default(const SpokenRules *rules, Writer *writer, const Match *match, int element)
{
    const Capture *capture = &match->capture[element];
    const Chars *chars = writer->chars;
    uint32_t first = chars_at(chars, capture->from);
    if (capture->word && capture->word->mapped) {
        writer_text(writer, capture->word->say);
        return;
    }
    if (!code_is_digit(first)) {
        say_as_it_stands(rules, writer, capture->from, capture->to);
        return;
    }
    /* 007: what begins with a nought is a name. */
    if (first == '0' && code_is_digit(chars_at(chars, capture->from + 1)) && capture->to - capture->from > 1) {
        say_spelled(rules, writer, capture->from, capture->to);
        return;
    }
    bool single = capture->to - capture->from == 1;
    bool two = single && first == '2' && counts_two(rules, chars, match->figures_to);
    figures_say(&rules->figures, writer, capture->from, capture->to, two ? FIGURE_COUNT : FIGURE_QUANTITY);
}

/* 3.2.1: each number by itself, what "spell" says for the point between them. */
static void say_version(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    while (from < to) {
        size_t end = from;
        while (end < to && code_is_digit(writer->chars->code[end])) end++;
        if (end > from) figures_say(&rules->figures, writer, from, end, FIGURE_QUANTITY);
        const Word32 *point = end < to ? words_after(rules->spell, writer->chars, end) : NULL;
        if (point) writer_text(writer, point->say);
        from = end + 1;
    }
}

static void say_one(const SpokenRules *rules, Writer *writer, const Match *match, const Saying *saying)
{
    const Capture *capture = &match->capture[saying->element];
    switch (saying->style) {
    case SAY_TEXT: writer_text(writer, saying->text); return;
    case SAY_DEFAULT: say_default(rules, writer, match, saying->element); return;
    case SAY_PLAIN: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_QUANTITY); return;
    case SAY_COUNT: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_COUNT); return;
    case SAY_DIGITS: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_DIGITS); return;
    case SAY_SERIAL: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_SERIAL); return;
    case SAY_CLOCK: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_CLOCK); return;
    case SAY_VERSION: say_version(rules, writer, capture->from, capture->to); return;
    case SAY_SPELL: say_spelled(rules, writer, capture->from, capture->to); return;
    case SAY_COPY: say_as_it_stands(rules, writer, capture->from, capture->to); return;
    }
}

static void say_match(const SpokenRules *rules, Writer *writer, const Match *match, size_t at)
{
    size_t spoken_at = writer->n;
    const Rule *rule = match->rule;
    for (int i = 0; i < rule->say_count; i++) {
        /* An optional element that is not there says nothing. */
        const Saying *saying = &rule->say[i];
        if (saying->style != SAY_TEXT && match->capture[saying->element].to == match->capture[saying->element].from) continue;
        say_one(rules, writer, match, saying);
    }
    writer_piece(writer, spoken_at, at, match->to, rule->name);
}

/* The rule that takes most text, then the one that asked for most context, then the first in the table. */
static bool best_match(const SpokenRules *rules, Matcher *matcher, size_t at, Match *best)
{
    uint32_t code = matcher->chars->code[at];
    const RuleList *list = code < ASCII ? &rules->ascii[code] : &rules->other;
    best->rule = NULL;
    for (size_t i = 0; i < list->count; i++) {
        Match match;
        if (!match_rule(matcher, list->rules[i], at, &match)) continue;
        if (best->rule && (match.to < best->to || (match.to == best->to && match.context <= best->context))) continue;
        *best = match;
    }
    return best->rule != NULL;
}

/* One step at a character where rules begin; returns where to go on. A letter run that no rule takes is copied whole. */
static size_t step(const SpokenRules *rules, Matcher *matcher, Writer *writer, size_t at)
{
    Match match = { .rule = NULL };
    const Chars *chars = matcher->chars;
    if (best_match(rules, matcher, at, &match)) {
        say_match(rules, writer, &match, at);
        return match.to;
    }
    if (code_is_digit(chars->code[at])) {
        size_t spoken_at = writer->n;
        figures_say(&rules->figures, writer, at, at + 1, FIGURE_DIGITS);
        writer_piece(writer, spoken_at, at, at + 1, "digit");
        return at + 1;
    }
    size_t to = at + 1;
    while (code_is_latin(chars->code[at]) && code_is_latin(chars_at(chars, to))) to++;
    writer_copy(writer, at, to);
    return to;
}

static bool keeps(const void *context, uint32_t code)
{
    const SpokenRules *rules = context;
    return code < PLANE && rules->kept[code];
}

static bool starts(const SpokenRules *rules, uint32_t code)
{
    return code >= PLANE || rules->starts[code];
}

void spoken_form(const SpokenRules *rules, Sentence *sentence, Arena *arena)
{
    Chars chars = chars_fold(sentence->text, keeps, rules, arena);
    Matcher matcher = { .chars = &chars, .marks = rules->marks, .domains = rules->domains, .run_from = SIZE_MAX };
    Writer writer = writer_start(&chars, arena);
    for (size_t at = 0; at < chars.n;) {
        size_t copied = at;
        while (at < chars.n && !starts(rules, chars.code[at])) at++;
        writer_copy(&writer, copied, at);
        if (at < chars.n) at = step(rules, &matcher, &writer, at);
    }
    sentence->spoken = (Str){ writer.s, writer.n };
    sentence->pieces = writer.pieces;
    sentence->piece_count = writer.count;
}
