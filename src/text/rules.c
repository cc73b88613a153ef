#include "text/rules.h"

#include <string.h>

#include "base/message.h"

typedef struct Compiler {
    Table *table;
    WordLists *lists;
    Arena *arena;
    Error *error;
} Compiler;

static int limits(Compiler *compiler, Str text, Element *element)
{
    long least, most;
    if (text.n == 0) return 0;
    Str first = str_split(&text, '-');
    if (!str_to_long(first, &least)) return table_fault(compiler->table, compiler->error, _("\"%.*s\" is no number"), STR_ARG(first));
    element->least = (uint64_t)least;
    element->most = text.s == first.s + first.n ? (uint64_t)least : UINT64_MAX;
    if (text.n > 0 && !str_to_long(text, &most))
        return table_fault(compiler->table, compiler->error, _("\"%.*s\" is no number"), STR_ARG(text));
    if (text.n > 0) element->most = (uint64_t)most;
    return 0;
}

/* {kind} or {kind:least-most}; one number alone is both. */
static int compile_class(Compiler *compiler, Str text, Element *element)
{
    static const struct {
        const char *name;
        ElementKind kind;
    } KINDS[] = {
        { "number", ELEMENT_NUMBER }, { "more", ELEMENT_MORE },       { "digits", ELEMENT_DIGITS },   { "integer", ELEMENT_INTEGER },
        { "two", ELEMENT_TWO },       { "groups", ELEMENT_GROUPS },   { "version", ELEMENT_VERSION }, { "latin", ELEMENT_LATIN },
        { "zero", ELEMENT_ZERO },     { "edge", ELEMENT_EDGE },       { "address", ELEMENT_ADDRESS }, { "mixed", ELEMENT_MIXED },
        { "said", ELEMENT_SAID },
        { "round", ELEMENT_ROUND },   { "part2", ELEMENT_PART },      { "part3", ELEMENT_PART },      { "part4", ELEMENT_PART },
    };
    Str rest = str_slice(text, 1, text.n - 1), name = str_split(&rest, ':');
    element->most = UINT64_MAX;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!str_is(name, KINDS[i].name)) continue;
        element->kind = KINDS[i].kind;
        if (element->kind == ELEMENT_SAID) {
            element->name = rest;
            return 0;
        }
        if (element->kind == ELEMENT_PART) element->width = (unsigned)(name.s[name.n - 1] - '0');
        return limits(compiler, rest, element);
    }
    return table_fault(compiler->table, compiler->error, _("\"%.*s\" is no class of characters"), STR_ARG(text));
}

static int compile_named(Compiler *compiler, Str name, Element *element)
{
    element->list = words_find(compiler->lists, name);
    if (element->list) return 0;
    return table_fault(compiler->table, compiler->error, _("there is no list \"%.*s\""), STR_ARG(name));
}

/* a|b|c: a list of its own, named by its words. */
static int compile_words(Compiler *compiler, Str text, Element *element)
{
    element->list = words_find(compiler->lists, text);
    if (element->list) return 0;
    WordList *list = words_list(compiler->lists, text, compiler->arena);
    element->list = list;
    if (words_add(list, text, '|', NULL, compiler->arena)) return 0;
    return table_fault(compiler->table, compiler->error, _("\"%.*s\" is no word"), STR_ARG(text));
}

static int compile_element(Compiler *compiler, Str text, Element *element)
{
    *element = (Element){ .kind = ELEMENT_WORD };
    if (text.n > 1 && text.s[0] == '!') {
        element->negative = true;
        text = str_slice(text, 1, text.n);
    }
    if (text.n > 1 && str_ends(text, STR("?"))) {
        element->optional = true;
        text = str_slice(text, 0, text.n - 1);
    }
    if (text.n > 2 && text.s[0] == '{' && str_ends(text, STR("}"))) return compile_class(compiler, text, element);
    if (text.n > 1 && text.s[0] == '@') return compile_named(compiler, str_slice(text, 1, text.n), element);
    return compile_words(compiler, text, element);
}

static void *arena_copy(Arena *arena, const void *bytes, size_t n)
{
    return memcpy(arena_alloc(arena, n), bytes, n);
}

/* A field of elements between spaces; "." is none. */
static int compile_field(Compiler *compiler, Str field, Element **elements, int *count)
{
    Element found[ELEMENTS_MAX];
    *count = 0;
    *elements = NULL;
    if (str_equal(field, STR("."))) return 0;
    while (field.n > 0) {
        Str text = str_trim(str_split(&field, ' '));
        if (text.n == 0) continue;
        if (*count == ELEMENTS_MAX) return table_fault(compiler->table, compiler->error, _("more than %d elements"), ELEMENTS_MAX);
        if (compile_element(compiler, text, &found[(*count)++]) < 0) return -1;
    }
    *elements = arena_copy(compiler->arena, found, (size_t)*count * sizeof *found);
    return 0;
}

static bool style_from_name(Str name, Saying *saying)
{
    static const struct {
        const char *name;
        SayStyle style;
        unsigned places;
    } STYLES[] = {
        { "", SAY_DEFAULT, 0 },      { "plain", SAY_PLAIN, 0 },   { "count", SAY_COUNT, 0 },     { "digits", SAY_DIGITS, 0 },
        { "serial", SAY_SERIAL, 0 }, { "clock", SAY_CLOCK, 0 },   { "version", SAY_VERSION, 0 }, { "spell", SAY_SPELL, 0 },
        { "copy", SAY_COPY, 0 },     { "money", SAY_MONEY, 0 },   { "e3", SAY_SCALED, 3 },       { "e6", SAY_SCALED, 6 },
        { "e9", SAY_SCALED, 9 },     { "e12", SAY_SCALED, 12 },
    };
    for (size_t i = 0; i < sizeof STYLES / sizeof *STYLES; i++) {
        if (!str_is(name, STYLES[i].name)) continue;
        saying->style = STYLES[i].style;
        saying->places = STYLES[i].places;
        return true;
    }
    return false;
}

/* "$2", "$2:digits", "U+0020" for the space, or words to be said. */
static int compile_saying(Compiler *compiler, Str text, const Rule *rule, Saying *saying)
{
    *saying = (Saying){ .style = SAY_TEXT, .text = text };
    if (str_equal(text, STR("U+0020"))) saying->text = STR(" ");
    if (text.n < 2 || text.s[0] != '$') return 0;
    Str rest = str_slice(text, 1, text.n), number = str_split(&rest, ':');
    long element;
    if (!str_to_long(number, &element) || element < 1 || element > rule->match_count)
        return table_fault(compiler->table, compiler->error, _("\"%.*s\" names no element of the match"), STR_ARG(text));
    saying->element = (int)element - 1;
    if (style_from_name(rest, saying)) return 0;
    return table_fault(compiler->table, compiler->error, _("\"%.*s\" is no way to say a figure"), STR_ARG(rest));
}

static int compile_sayings(Compiler *compiler, Str field, Rule *rule)
{
    Saying found[SAYINGS_MAX];
    if (str_equal(field, STR("silent"))) return 0;
    while (field.n > 0) {
        Str text = str_trim(str_split(&field, ' '));
        if (text.n == 0) continue;
        if (rule->say_count == SAYINGS_MAX) return table_fault(compiler->table, compiler->error, _("more than %d words to say"), SAYINGS_MAX);
        if (compile_saying(compiler, text, rule, &found[rule->say_count++]) < 0) return -1;
    }
    rule->say = arena_copy(compiler->arena, found, (size_t)rule->say_count * sizeof *found);
    return 0;
}

/* The first of several parts knows how long a run they want, so that most runs are turned down at once. */
static void join_parts(Rule *rule)
{
    unsigned run = 0;
    for (int i = rule->match_count - 1; i >= 0; i--) {
        run = rule->match[i].kind == ELEMENT_PART ? run + rule->match[i].width : 0;
        bool first = i == 0 || rule->match[i - 1].kind != ELEMENT_PART;
        if (first) rule->match[i].run = run;
    }
}

/* More than a thousand rows have a name, and hardly anybody asks: put together by hand, printf would take a tenth of the program's start. */
const char *row_name(const Table *table, Str name, Arena *arena)
{
    const char *slash = strrchr(table->path, '/');
    Str file = str_from(slash ? slash + 1 : table->path);
    char digits[16], *digit = digits + sizeof digits;
    for (int line = table->line; line > 0; line /= 10) *--digit = (char)('0' + line % 10);
    Str number = { digit, (size_t)(digits + sizeof digits - digit) };
    return arena_join(arena, (const Str[]){ file, STR(":"), number, STR(" "), name }, 5).s;
}

int rule_compile(Rule *rule, Table *table, WordLists *lists, Arena *arena, Error *error)
{
    Compiler compiler = { table, lists, arena, error };
    *rule = (Rule){ .row = row_name(table, table->field[0], arena), .name = table->field[0] };
    if (compile_field(&compiler, table->field[1], &rule->before, &rule->before_count) < 0) return -1;
    if (compile_field(&compiler, table->field[2], &rule->match, &rule->match_count) < 0) return -1;
    if (compile_field(&compiler, table->field[3], &rule->after, &rule->after_count) < 0) return -1;
    if (rule->match_count == 0) return table_fault(table, error, _("the rule matches nothing"));
    join_parts(rule);
    return compile_sayings(&compiler, table->field[4], rule);
}
