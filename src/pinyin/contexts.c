#include "pinyin/contexts.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

static int by_code(const void *left, const void *right)
{
    const ContextRow *a = left, *b = right;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return a->before.s < b->before.s ? -1 : a->before.s > b->before.s; /* views into the file: its order */
}

int contexts_read(Contexts *contexts, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/contexts.tsv", folder).s, error) < 0) return -1;
    contexts->rows = ARENA_NEW(arena, ContextRow, table_rows_most(&table));
    while ((more = table_next(&table, 4, error)) > 0) {
        ContextRow *row = &contexts->rows[contexts->count++];
        Str reading = table.field[1];
        row->final = str_ends(reading, STR("!"));
        reading.n -= row->final;
        row->before = table.field[2];
        row->after = table.field[3];
        row->word = table.field[0];
        row->reading = reading;
        utf8_decode(row->word, &row->code);
        if (!utf8_all_han(row->word) || syllable_count(reading) != utf8_count(row->word))
            return table_fault(&table, error, _("\"%.*s\" is no reading"), STR_ARG(table.field[1]));
        codeset_add(&contexts->codes, row->code);
        if (row->final) codeset_add(&contexts->finals, row->code);
    }
    qsort(contexts->rows, contexts->count, sizeof *contexts->rows, by_code);
    return more;
}

enum { CLAUSE_WORDS = 24 }; /* how far "~" looks */

/* What stands on one side of a word: as many words as there are, a step further each, and their text. */
typedef struct Side {
    const Word *word;
    size_t count;
    int step;
    Str text;
} Side;

/* Whether a word of the clause on that side begins so. */
static bool clause_has(const Side *side, Str wanted)
{
    const Word *word = side->word;
    if (wanted.n < 3) return false;
    for (size_t i = 0; i < CLAUSE_WORDS && i < side->count && (word += side->step)->kind == WORD_SPOKEN; i++)
        if (word->text.n >= wanted.n && word->text.s[2] == wanted.s[2] && str_starts(word->text, wanted)) return true; /* the third byte tells most characters apart */
    return false;
}

/* "*" anything, "|" a mark or the end, ":v" a word of that class, "~提供" a word up to the next mark that begins so, else text that stands right there. */
static bool side_fits(Str wanted, const Side *side)
{
    const Word *nearest = side->count > 0 ? side->word + side->step : NULL;
    bool spoken = nearest && nearest->kind == WORD_SPOKEN;
    while (wanted.n > 0) {
        Str one = str_split(&wanted, ' ');
        if (str_equal(one, STR("*")) || (!spoken && str_equal(one, STR("|")))) return true;
        if (!spoken) continue;
        if (str_starts(one, STR("~"))   ? clause_has(side, str_slice(one, 1, one.n))
            : str_starts(one, STR(":")) ? str_starts(nearest->tag, str_slice(one, 1, one.n))
            : side->step > 0            ? str_starts(side->text, one)
                                        : str_ends(side->text, one))
            return true;
    }
    return false;
}

static const ContextRow *rows_of(const Contexts *contexts, uint32_t code)
{
    size_t low = 0, high = contexts->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (contexts->rows[middle].code < code) low = middle + 1;
        else high = middle;
    }
    return contexts->rows + low;
}

static void reading_give(Word *word, Str reading)
{
    for (size_t i = 0; i < word->syllable_count; i++) {
        Syllable *syllable = &word->syllables[i];
        if (!syllable_next(&reading, &syllable->base, &syllable->tone)) return;
        syllable->surface = syllable->tone;
        syllable->source = SOURCE_CONTEXT;
        syllable->score = 0;
    }
}

static void word_apply(const Contexts *contexts, Sentence *sentence, size_t at, uint32_t code, bool final_only)
{
    Word *word = &sentence->words[at];
    size_t from = (size_t)(word->text.s - sentence->spoken.s);
    Side before = { word, at, -1, str_slice(sentence->spoken, 0, from) };
    Side after = { word, sentence->word_count - at - 1, 1, str_slice(sentence->spoken, from + word->text.n, sentence->spoken.n) };
    for (const ContextRow *row = rows_of(contexts, code); row < contexts->rows + contexts->count && row->code == code; row++) {
        if (!str_equal(row->word, word->text) || !side_fits(row->before, &before) || !side_fits(row->after, &after)) continue;
        if (final_only && !row->final) return;
        reading_give(word, row->reading);
        return;
    }
}

void contexts_apply(const Contexts *contexts, Sentence *sentence, bool final_only)
{
    const CodeSet *codes = final_only ? &contexts->finals : &contexts->codes;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        uint32_t code;
        utf8_decode(word->text, &code);
        if (!codeset_has(codes, code) || word->syllable_count == 0) continue;
        if (word->syllables->source >= SOURCE_HAND || word->syllable_count != utf8_count(word->text)) continue;
        word_apply(contexts, sentence, i, code, final_only);
    }
}
