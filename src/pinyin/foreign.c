#include "pinyin/foreign.h"

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

static int row_read(Foreign *foreign, const Table *table, Error *error)
{
    static const struct {
        const char *name;
        ForeignKind kind;
    } KINDS[] = { { "strong", FOREIGN_STRONG }, { "weak", FOREIGN_WEAK }, { "inner", FOREIGN_INNER } };
    ForeignKind kind = FOREIGN_NONE;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(table->field[0], KINDS[i].name)) kind = KINDS[i].kind;
    if (!kind) return table_fault(table, error, _("\"%.*s\" is no rule, or lacks fields"), STR_ARG(table->field[0]));
    for (Str rest = table->field[1]; rest.n > 0;) {
        uint32_t code;
        utf8_decode(utf8_next(&rest), &code);
        if (code >= CODESET_CODES) return table_fault(table, error, _("U+%X is beyond U+FFFF"), (unsigned)code);
        if (codeset_has(&foreign->all, code)) continue;
        codeset_add(&foreign->all, code);
        if (kind == FOREIGN_STRONG) codeset_add(&foreign->strong, code);
        if (kind == FOREIGN_INNER) codeset_add(&foreign->inner, code);
    }
    return 0;
}

int foreign_read(Foreign *foreign, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/foreign.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0)
        if (row_read(foreign, &table, error) < 0) return -1;
    return more;
}

/* A row of words as it grows. */
typedef struct Row {
    size_t characters, strong, singles;
} Row;

static ForeignKind kind_of(const Foreign *foreign, Str character)
{
    uint32_t code;
    utf8_decode(character, &code);
    if (!codeset_has(&foreign->all, code)) return FOREIGN_NONE;
    return codeset_has(&foreign->strong, code) ? FOREIGN_STRONG : codeset_has(&foreign->inner, code) ? FOREIGN_INNER : FOREIGN_WEAK;
}

static bool is_single(const Word *word)
{
    enum { CHARACTER_BYTES_MAX = 4 };
    uint32_t code;
    return word->text.n <= CHARACTER_BYTES_MAX && word->kind == WORD_SPOKEN && utf8_decode(word->text, &code) == word->text.n;
}

/* Whether a word can be part of a name; counts its characters. */
static bool row_takes(const Foreign *foreign, const Word *word, Row *row)
{
    Row grown = *row;
    bool single = is_single(word);
    if (word->kind != WORD_SPOKEN || (!single && !str_starts(word->tag, STR("nr")))) return false;
    for (Str rest = word->text; rest.n > 0; grown.characters++) {
        ForeignKind kind = kind_of(foreign, utf8_next(&rest));
        if (kind == FOREIGN_NONE) return false;
        grown.strong += kind == FOREIGN_STRONG;
    }
    grown.singles += single;
    *row = grown;
    return true;
}

static bool is_inner(const Foreign *foreign, const Word *word)
{
    return is_single(word) && kind_of(foreign, word->text) == FOREIGN_INNER;
}

/* The place behind the name that begins at `from`; `from` when none does. */
static size_t name_end(const Foreign *foreign, const Sentence *sentence, size_t from)
{
    enum { CHARACTERS_LEAST = 3, CHARACTERS_MOST = 10, STRONG_LEAST = 2, SINGLES_LEAST = 1 };
    Row row = { 0 }, kept = { 0 };
    size_t end = from;
    for (size_t at = from; at < sentence->word_count && row.characters < CHARACTERS_MOST; at++) {
        const Word *word = &sentence->words[at];
        bool inner = is_inner(foreign, word);
        if (inner && (at == from || !is_single(word - 1) || at + 1 == sentence->word_count || !is_single(word + 1))) break;
        if (!row_takes(foreign, word, &row)) break;
        if (inner) continue; /* only with one more behind it */
        end = at + 1;
        kept = row;
    }
    bool name = end > from + 1 && kept.characters >= CHARACTERS_LEAST && kept.characters <= CHARACTERS_MOST && kept.singles >= SINGLES_LEAST;
    return name && kept.strong >= STRONG_LEAST && kept.strong * 2 >= kept.characters ? end : from;
}

static void names_join(Word *first, const Word *last)
{
    first->text.n = (size_t)(last->text.s - first->text.s) + last->text.n;
    first->tag = STR("nr");
    first->entry = 0;
}

void foreign_join(const Foreign *foreign, Sentence *sentence)
{
    size_t count = 0;
    Word *words = sentence->words;
    for (size_t at = 0, end; at < sentence->word_count; at = end, count++) {
        /* Most words begin with no character of such names. */
        bool may = kind_of(foreign, words[at].text) != FOREIGN_NONE;
        end = may ? name_end(foreign, sentence, at) : at;
        if (end > at) names_join(&words[at], &words[end - 1]);
        if (count < at) words[count] = words[at];
        if (end == at) end++;
    }
    sentence->word_count = count;
}
