#include "speech/accent.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

static const char *const DEGREE_NAMES[ACCENT_DEGREES] = { "usual", "weak", "mild", "strong" };
enum { PERCENT_LEAST = 50, PERCENT_MOST = 127 }; /* of an Utterance's bytes */

/* ---- the table ---- */

static int degree_from(const Table *table, AccentDegree *degree, Error *error)
{
    for (int i = 0; i < ACCENT_DEGREES; i++)
        if (str_is(table->field[1], DEGREE_NAMES[i])) {
            *degree = (AccentDegree)i;
            return 0;
        }
    return table_fault(table, error, _("there is no degree '%.*s'"), STR_ARG(table->field[1]));
}

/* degree	strong	120	94 */
static int read_degree(Accent *accent, const Table *table, Error *error)
{
    char *const fields[] = { &accent->range, &accent->pace };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        long percent;
        if (!str_to_long(table->field[2 + i], &percent) || percent < PERCENT_LEAST || percent > PERCENT_MOST)
            return table_fault(table, error, _("'%.*s' is no percentage from %d to %d"), STR_ARG(table->field[2 + i]), PERCENT_LEAST, PERCENT_MOST);
        *fields[i] = (char)percent;
    }
    return 0;
}

static void add_words(AccentWord **words, size_t *count, Arena *arena, AccentWord word, Str list)
{
    while ((word.text = str_split(&list, ' ')).n > 0) {
        *words = arena_grow(arena, *words, *count, *count + 1, sizeof word);
        (*words)[(*count)++] = word;
    }
}

static void add_figures(Accents *accents, Str list, AccentDegree degree)
{
    uint32_t code;
    for (size_t n; (n = utf8_decode(list, &code)) > 0; list = str_slice(list, n, list.n)) codeset_add(&accents->figures, code);
    accents->of_figures = degree;
}

static int add_roles(Accents *accents, const Table *table, AccentDegree degree, Error *error)
{
    Str list = table->field[2], name;
    while ((name = str_split(&list, ' ')).n > 0) {
        int role = 0;
        while (role < ROLE_COUNT && !str_is(name, role_name((Role)role))) role++;
        if (role == ROLE_COUNT) return table_fault(table, error, _("there is no part '%.*s' of an article"), STR_ARG(name));
        accents->of_first[role] = degree;
    }
    return 0;
}

static int read_accent_row(Accents *accents, Arena *arena, const Table *table, Error *error)
{
    Str kind = table->field[0], list = table->field[2];
    AccentDegree degree = ACCENT_USUAL;
    if (degree_from(table, &degree, error) < 0) return -1;
    if (str_equal(kind, STR("degree"))) return read_degree(&accents->degrees[degree], table, error);
    if (str_equal(kind, STR("first"))) return add_roles(accents, table, degree, error);
    if (str_equal(kind, STR("figures"))) add_figures(accents, list, degree);
    else if (str_equal(kind, STR("class"))) add_words(&accents->classes, &accents->class_count, arena, (AccentWord){ .degree = degree }, list);
    else if (str_equal(kind, STR("word"))) add_words(&accents->words, &accents->word_count, arena, (AccentWord){ .degree = degree }, list);
    else if (str_equal(kind, STR("next"))) add_words(&accents->words, &accents->word_count, arena, (AccentWord){ .degree = degree, .leads = true }, list);
    else return table_fault(table, error, _("there is no kind '%.*s'"), STR_ARG(kind));
    return 0;
}

static int by_text(const void *a, const void *b)
{
    return str_compare(((const AccentWord *)a)->text, ((const AccentWord *)b)->text);
}

int accents_read(Accents *accents, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    *accents = (Accents){ .word_count = 0 };
    for (int i = 0; i < ACCENT_DEGREES; i++) accents->degrees[i] = (Accent){ 100, 100 };
    if (table_open(&table, arena, arena_printf(arena, "%s/accent.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 4, error)) > 0)
        if (read_accent_row(accents, arena, &table, error) < 0) return -1;
    if (accents->word_count > 0) qsort(accents->words, accents->word_count, sizeof *accents->words, by_text);
    return more;
}

/* ---- a sentence ---- */

static const AccentWord *find(const Accents *accents, Str text)
{
    AccentWord key = { .text = text };
    return accents->word_count > 0 ? bsearch(&key, accents->words, accents->word_count, sizeof key, by_text) : NULL;
}

/* Words of one syllable that say how others belong together; before a pause even they are drawn out. */
static AccentDegree of_class(const Accents *accents, const Word *word)
{
    for (size_t i = 0; word->syllable_count == 1 && word->after < BREAK_PHRASE && i < accents->class_count; i++)
        if (str_equal(word->tag, accents->classes[i].text)) return accents->classes[i].degree;
    return ACCENT_USUAL;
}

static bool all_figures(const Accents *accents, const Word *word)
{
    uint32_t code;
    size_t at = 0, n;
    while ((n = utf8_decode(str_slice(word->text, at, word->text.n), &code)) > 0 && codeset_has(&accents->figures, code)) at += n;
    return at > 0 && at == word->text.n;
}

/* A number of several figures may be several words: 三百|八|十六. */
static bool is_number(const Accents *accents, const Sentence *sentence, size_t i)
{
    const Word *word = &sentence->words[i];
    return all_figures(accents, word) && (word->syllable_count > 1 || (i > 0 && all_figures(accents, word - 1)) ||
                                          (i + 1 < sentence->word_count && all_figures(accents, word + 1)));
}

/* By the last word before it that is not passed over: it leads to this one, or there is none, in a headline. */
static AccentDegree of_place(const Accents *accents, const Sentence *sentence, size_t i)
{
    while (i-- > 0) {
        const Word *before = &sentence->words[i];
        if (before->kind != WORD_SPOKEN || of_class(accents, before) == ACCENT_WEAK) continue;
        const AccentWord *found = before->after < BREAK_CLAUSE ? find(accents, before->text) : NULL;
        return found && found->leads ? found->degree : ACCENT_USUAL;
    }
    return accents->of_first[sentence->role];
}

Accent accent_of(const Accents *accents, const Sentence *sentence, size_t i)
{
    const Word *word = &sentence->words[i];
    if (word->english > 0) return accents->degrees[ACCENT_USUAL];
    AccentDegree degree = of_class(accents, word);
    if (degree != ACCENT_USUAL) return accents->degrees[degree];
    const AccentWord *found = find(accents, word->text);
    if (found && !found->leads) return accents->degrees[found->degree];
    degree = of_place(accents, sentence, i);
    if (degree == ACCENT_USUAL && is_number(accents, sentence, i)) degree = accents->of_figures;
    return accents->degrees[degree];
}
