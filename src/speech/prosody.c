#include "speech/prosody.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "speech/phrasing.h"

typedef struct MarkBreak {
    uint32_t code;
    Break value;
} MarkBreak;

struct Prosody {
    Arena arena;
    MarkBreak *marks; /* sorted by code */
    size_t mark_count;
    int pause_ms[BREAK_COUNT];
    Phrasing *phrasing;
};

static const char *const BREAK_NAMES[BREAK_COUNT] = { "none", "word", "phrase", "clause", "sentence", "paragraph", "heading", "article" };

static int break_from(const Table *table, Str name, Break *value, Error *error)
{
    for (int i = 0; i < BREAK_COUNT; i++)
        if (str_equal(name, str_from(BREAK_NAMES[i]))) {
            *value = (Break)i;
            return 0;
        }
    return table_fault(table, error, _("there is no break '%.*s'"), STR_ARG(name));
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
    uint32_t x = ((const MarkBreak *)a)->code, y = ((const MarkBreak *)b)->code;
    return (x > y) - (x < y);
}

static int read_marks(Prosody *prosody, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, &prosody->arena, arena_printf(&prosody->arena, "%s/marks.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 3, error)) > 0) {
        MarkBreak mark;
        if (code_from(&table, table.field[0], &mark.code, error) < 0) return -1;
        if (break_from(&table, table.field[1], &mark.value, error) < 0) return -1;
        prosody->marks = arena_grow(&prosody->arena, prosody->marks, prosody->mark_count, prosody->mark_count + 1, sizeof mark);
        prosody->marks[prosody->mark_count++] = mark;
    }
    if (prosody->mark_count) qsort(prosody->marks, prosody->mark_count, sizeof *prosody->marks, by_code);
    return more;
}

static int read_pauses(Prosody *prosody, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, &prosody->arena, arena_printf(&prosody->arena, "%s/pauses.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        Break at = BREAK_NONE;
        long ms;
        if (break_from(&table, table.field[0], &at, error) < 0) return -1;
        if (!str_to_long(table.field[1], &ms) || ms < 0 || ms > 10000)
            return table_fault(&table, error, _("a pause is 0 to 10000 milliseconds"));
        prosody->pause_ms[at] = (int)ms;
    }
    return more;
}

Prosody *prosody_create(const char *folder, Error *error)
{
    Prosody *prosody = calloc(1, sizeof *prosody);
    if (!prosody) abort();
    if (read_marks(prosody, folder, error) == 0 && read_pauses(prosody, folder, error) == 0 && (prosody->phrasing = phrasing_create(folder, error)))
        return prosody;
    prosody_destroy(prosody);
    return NULL;
}

void prosody_destroy(Prosody *prosody)
{
    if (!prosody) return;
    phrasing_destroy(prosody->phrasing);
    arena_finish(&prosody->arena);
    free(prosody);
}

int prosody_pause_ms(const Prosody *prosody, Break at, double scale)
{
    return (int)(prosody->pause_ms[at] * scale + 0.5);
}

static Break mark_break(const Prosody *prosody, uint32_t code)
{
    MarkBreak key = { .code = code };
    const MarkBreak *found = bsearch(&key, prosody->marks, prosody->mark_count, sizeof key, by_code);
    return found ? found->value : BREAK_NONE;
}

static Break strongest_mark(const Prosody *prosody, Str marks)
{
    Break strongest = BREAK_NONE;
    uint32_t code;
    for (size_t n; (n = utf8_decode(marks, &code)) > 0; marks = str_slice(marks, n, marks.n)) {
        Break value = mark_break(prosody, code);
        if (value > strongest) strongest = value;
    }
    return strongest;
}

static bool is_latin(const Word *word)
{
    char c = word->text.s[0];
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A space sets Chinese headlines apart but only divides Latin words. */
static bool only_latin_space(const Sentence *sentence, size_t before, size_t after)
{
    for (size_t i = before + 1; i < after; i++)
        if (!str_equal(sentence->words[i].text, STR(" "))) return false;
    return after == before + 2 && is_latin(&sentence->words[before]) && is_latin(&sentence->words[after]);
}

void prosody_marks(const Prosody *prosody, Sentence *sentence)
{
    size_t last = SIZE_MAX; /* the last spoken word seen */
    Break seen = BREAK_NONE;
    for (size_t i = 0; i < sentence->word_count; i++) {
        Word *word = &sentence->words[i];
        word->after = BREAK_NONE;
        if (word->kind != WORD_SPOKEN) {
            Break value = strongest_mark(prosody, word->text);
            if (value > seen) seen = value;
            continue;
        }
        if (last != SIZE_MAX) {
            if (seen < BREAK_WORD || only_latin_space(sentence, last, i)) seen = BREAK_WORD;
            sentence->words[last].after = seen;
        }
        last = i;
        seen = BREAK_NONE;
    }
    if (last != SIZE_MAX) sentence->words[last].after = sentence->after;
}

static size_t next_spoken(const Sentence *sentence, size_t i)
{
    while (i < sentence->word_count && sentence->words[i].kind != WORD_SPOKEN) i++;
    return i;
}

size_t prosody_stretch(const Sentence *sentence, size_t *at, PhraseWord *words)
{
    size_t count = 0, last = SIZE_MAX, said = 0;
    while ((*at = next_spoken(sentence, *at)) < sentence->word_count && count < PHRASE_WORDS_MAX) {
        PhraseWord *word = &words[count++];
        phrase_word_init(word, sentence, *at);
        word->quoted = last != SIZE_MAX && last + 1 < *at;
        word->said = (uint16_t)(said += word->syllables);
        last = (*at)++;
        if (sentence->words[last].after >= BREAK_PHRASE) break;
    }
    return count;
}

static void breaks_by_phrasing(const Phrasing *phrasing, Sentence *sentence)
{
    PhraseWord words[PHRASE_WORDS_MAX];
    bool cut[PHRASE_WORDS_MAX];
    size_t at = 0, count;
    while ((count = prosody_stretch(sentence, &at, words)) > 0) {
        phrasing_cut(phrasing, words, count, cut);
        size_t last = 0;
        for (size_t i = 0; i + 1 < count; i++) {
            if (!cut[i]) continue;
            sentence->words[words[i].at].after = BREAK_PHRASE;
            last = i + 1;
        }
        /* A stretch that is phrased in pieces: the next begins with the last phrase, which the end of this one has cut short. */
        if (count == PHRASE_WORDS_MAX && last > 0) at = words[last].at;
    }
}

void prosody_breaks(const Prosody *prosody, Sentence *sentence)
{
    prosody_marks(prosody, sentence);
    breaks_by_phrasing(prosody->phrasing, sentence);
}
