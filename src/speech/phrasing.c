#include "speech/phrasing.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

enum {
    SLOTS = 1 << 13,      /* of the table of weights; a power of two */
    ROWS_MAX = SLOTS / 2, /* so that it stays at most half full */
    NEVER = -10000,       /* of a break that must not be: worse than any sum of weights */
    WEIGHT_MOST = 2000,
    WORST = INT32_MIN / 2
};

typedef struct Slot {
    uint32_t key; /* 0: empty */
    int32_t weight;
} Slot;

struct Phrasing {
    CodeSet figures, groups; /* characters of numbers; those behind which a long one may part */
    int32_t length[PHRASE_KINDS][PHRASE_SYLLABLES_MAX + 1];
    Slot slots[SLOTS];
};

static Slot *slot_of(const Phrasing *phrasing, uint32_t key)
{
    size_t at = key & (SLOTS - 1);
    while (phrasing->slots[at].key && phrasing->slots[at].key != key) at = (at + 1) & (SLOTS - 1);
    return (Slot *)(uintptr_t)&phrasing->slots[at];
}

/* "phrase first 4": what a first phrase of four syllables is worth. */
static int read_length(Phrasing *phrasing, const Table *table, long weight, Error *error)
{
    Str rest = table->field[1], kind = str_split(&rest, ' ');
    long syllables;
    for (size_t i = 0; i < PHRASE_KINDS; i++) {
        if (!str_is(kind, PHRASE_KIND_NAMES[i]) || !str_to_long(rest, &syllables) || syllables < 1 || syllables > PHRASE_SYLLABLES_MAX) continue;
        phrasing->length[i][syllables] = (int32_t)weight;
        return 0;
    }
    return table_fault(table, error, _("'%.*s' is no kind and length of phrase"), STR_ARG(table->field[1]));
}

static int read_characters(CodeSet *set, Str characters)
{
    uint32_t code;
    for (size_t n; (n = utf8_decode(characters, &code)) > 0; characters = str_slice(characters, n, characters.n)) codeset_add(set, code);
    return 0;
}

/* What is kept from row to row. */
typedef struct Rows {
    Phrasing *phrasing;
    size_t count;
    const PhraseTemplate *template; /* of the last one: rows of one template stand together */
} Rows;

static int read_feature(Rows *rows, const Table *table, long weight, Error *error)
{
    Str name = table->field[0];
    if (!rows->template || !str_is(name, rows->template->name)) rows->template = phrase_template(name);
    uint32_t key = rows->template ? phrase_key(rows->template, table->field[1]) : 0;
    if (key == 0) return table_fault(table, error, _("there is no feature '%.*s' with such parts"), STR_ARG(name));
    if (++rows->count > ROWS_MAX) return table_fault(table, error, _("more than %d rows"), ROWS_MAX);
    Slot *slot = slot_of(rows->phrasing, key);
    *slot = (Slot){ key, slot->weight < (int32_t)weight && slot->key ? slot->weight : (int32_t)weight };
    return 0;
}

static int read_row(Rows *rows, const Table *table, Error *error)
{
    Phrasing *phrasing = rows->phrasing;
    long weight = NEVER;
    CodeSet *set = str_equal(table->field[0], STR("figures")) ? &phrasing->figures : str_equal(table->field[0], STR("groups")) ? &phrasing->groups : NULL;
    if (set) return read_characters(set, table->field[1]);
    bool never = str_equal(table->field[2], STR("never"));
    if (!never && (!str_to_long(table->field[2], &weight) || weight < -WEIGHT_MOST || weight > WEIGHT_MOST))
        return table_fault(table, error, _("a weight is a number from %d to %d, or 'never'"), -WEIGHT_MOST, WEIGHT_MOST);
    return str_equal(table->field[0], STR("phrase")) ? read_length(phrasing, table, weight, error) : read_feature(rows, table, weight, error);
}

static int read_table(Rows *rows, Arena *arena, const char *path, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, path, error) < 0) return -1;
    while ((more = table_next(&table, 3, error)) > 0)
        if (read_row(rows, &table, error) < 0) return -1;
    return more;
}

Phrasing *phrasing_create(const char *folder, Error *error)
{
    Phrasing *phrasing = memory_new(1, sizeof *phrasing);
    Arena arena = { 0 };
    Rows rows = { .phrasing = phrasing };
    int result = read_table(&rows, &arena, arena_printf(&arena, "%s/phrasing_model.tsv", folder).s, error);
    if (result == 0) result = read_table(&rows, &arena, arena_printf(&arena, "%s/phrasing.tsv", folder).s, error);
    arena_finish(&arena);
    if (result == 0) return phrasing;
    phrasing_destroy(phrasing);
    return NULL;
}

void phrasing_destroy(Phrasing *phrasing)
{
    free(phrasing);
}

static int32_t break_score(const Phrasing *phrasing, const PhraseWord *words, size_t count, size_t i)
{
    uint32_t keys[PHRASE_TEMPLATES_MAX];
    int32_t score = 0;
    size_t asked = phrase_features(words, count, i, keys);
    for (size_t t = 0; t < asked; t++) score += slot_of(phrasing, keys[t])->weight;
    return score;
}

/* The best phrasing of the words before `to` ends with a phrase from `from` on. */
typedef struct Step {
    int32_t score;
    size_t from;
} Step;

static Step best_step(const Phrasing *phrasing, const PhraseWord *words, size_t count, size_t to, const Step *steps)
{
    Step best = { WORST, to - 1 };
    for (size_t from = to; from-- > 0;) {
        size_t syllables = (size_t)(words[to - 1].said - (from ? words[from - 1].said : 0));
        if (syllables > PHRASE_SYLLABLES_MAX && from + 1 < to) break;
        size_t length = syllables < PHRASE_SYLLABLES_MAX ? syllables : PHRASE_SYLLABLES_MAX;
        int32_t score = steps[from].score + phrasing->length[phrase_kind(from, to, count)][length];
        if (score > best.score) best = (Step){ score, from };
    }
    return best;
}

void phrasing_sorts(const Phrasing *phrasing, PhraseWord *words, size_t count)
{
    phrase_sorts(words, count, &phrasing->figures, &phrasing->groups);
}

void phrasing_cut(const Phrasing *phrasing, const PhraseWord *words, size_t count, bool *cut)
{
    Step steps[PHRASE_WORDS_MAX + 1] = { { 0, 0 } };
    for (size_t to = 1; to <= count; to++) {
        steps[to] = best_step(phrasing, words, count, to, steps);
        if (to < count) steps[to].score += break_score(phrasing, words, count, to - 1);
        cut[to - 1] = false;
    }
    for (size_t to = count; to > 0; to = steps[to].from)
        if (to < count) cut[to - 1] = true;
}
