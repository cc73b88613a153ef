#include "pinyin/traditional.h"

#include <string.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum { CODES = 0x10000, IS_IN_BOTH = 1, BEGINS_WORD = 2, HAS_READING = 4, BUCKETS = 1024 };

struct TraditionalWord {
    TraditionalWord *next; /* of those that begin with the same character the longest first, corrections before all */
    Str written, simplified;
};
struct TraditionalReading {
    TraditionalReading *next;
    uint32_t code;
    Str readings; /* "chong1 chong4" */
};

static int word_take(Traditional *traditional, Arena *arena, const Table *table, uint32_t first)
{
    traditional->kinds[first] |= BEGINS_WORD;
    TraditionalWord **link = &traditional->words[first % BUCKETS];
    while (*link && (*link)->written.n > table->field[0].n) link = &(*link)->next;
    TraditionalWord *word = ARENA_NEW(arena, TraditionalWord, 1);
    *word = (TraditionalWord){ *link, table->field[0], table->field[1] };
    *link = word;
    return 0;
}

static int reading_take(Traditional *traditional, Arena *arena, const Table *table, uint32_t code, Error *error)
{
    if (syllable_count(table->field[2]) == 0) return table_fault(table, error, _("\"%.*s\" is no reading"), STR_ARG(table->field[2]));
    traditional->kinds[code] |= HAS_READING;
    TraditionalReading *reading = ARENA_NEW(arena, TraditionalReading, 1);
    *reading = (TraditionalReading){ traditional->readings, code, table->field[2] };
    traditional->readings = reading;
    return 0;
}

static int row_take(Traditional *traditional, Arena *arena, const Table *table, Error *error)
{
    Str written = table->field[0], simplified = table->field[1], use = table->field[2];
    uint32_t code = 0, to = 0;
    size_t n = utf8_decode(written, &code);
    if (n == 0 || code >= CODES || written.n != simplified.n) return table_fault(table, error, _("both forms must have as many bytes"));
    if (n < written.n) return word_take(traditional, arena, table, code);
    utf8_decode(simplified, &to);
    bool both = str_equal(use, STR("both"));
    traditional->simplified[code] = to == code ? 0 : (uint16_t)to;
    if (both) traditional->kinds[code] |= IS_IN_BOTH;
    if (to != code && !(traditional->kinds[code] & IS_IN_BOTH)) codeset_add(&traditional->shows, code);
    else codeset_remove(&traditional->shows, code);
    bool reading = !both && use.n > 0 && !str_equal(use, STR("-"));
    return reading ? reading_take(traditional, arena, table, code, error) : 0;
}

int traditional_read(Traditional *traditional, Arena *arena, const char *folder, Error *error)
{
    static const char *const FILES[] = { "traditional.tsv", "traditional_corrections.tsv" };
    traditional->simplified = ARENA_NEW(arena, uint16_t, CODES);
    traditional->kinds = ARENA_NEW(arena, uint8_t, CODES);
    traditional->words = ARENA_NEW(arena, TraditionalWord *, BUCKETS);
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        Table table;
        int more;
        if (table_open(&table, arena, arena_printf(arena, "%s/%s", folder, FILES[i]).s, error) < 0) return -1;
        while ((more = table_next(&table, 2, error)) > 0)
            if (row_take(traditional, arena, &table, error) < 0) return -1;
        if (more < 0) return -1;
    }
    return 0;
}

/* A word that stays as it is shows nothing. */
static bool shows_traditional(const Traditional *traditional, Str text)
{
    uint32_t code;
    for (size_t at = 0; at < text.n;) {
        at += utf8_decode((Str){ text.s + at, text.n - at }, &code);
        if (codeset_has(&traditional->shows, code)) return true;
    }
    return false;
}

static const TraditionalWord *word_at(const Traditional *traditional, Str text, uint32_t first)
{
    if (!(traditional->kinds[first] & BEGINS_WORD)) return NULL;
    const TraditionalWord *word = traditional->words[first % BUCKETS];
    while (word && !str_starts(text, word->written)) word = word->next;
    return word;
}

Str traditional_simplified(const Traditional *traditional, Str text, Arena *arena)
{
    if (!shows_traditional(traditional, text)) return text;
    char *out = arena_alloc(arena, text.n + 1);
    memcpy(out, text.s, text.n);
    for (size_t at = 0; at < text.n;) {
        uint32_t code;
        Str rest = str_slice(text, at, text.n);
        size_t n = utf8_decode(rest, &code);
        const TraditionalWord *word = code < CODES ? word_at(traditional, rest, code) : NULL;
        if (word) memcpy(out + at, word->simplified.s, n = word->simplified.n);
        else if (code < CODES && traditional->simplified[code]) utf8_encode(traditional->simplified[code], out + at);
        at += n;
    }
    return (Str){ out, text.n };
}

static const TraditionalReading *reading_of(const Traditional *traditional, uint32_t code)
{
    const TraditionalReading *reading = NULL;
    if (code < CODES && (traditional->kinds[code] & HAS_READING))
        for (reading = traditional->readings; reading && reading->code != code;) reading = reading->next;
    return reading;
}

static void syllable_check(const TraditionalReading *reading, Syllable *syllable)
{
    Str rest = reading->readings, base, first = { 0 };
    uint8_t tone, first_tone = 0;
    while (syllable_next(&rest, &base, &tone)) {
        if (first.n == 0) first = base, first_tone = tone;
        if (str_equal(base, syllable->base) && (tone == syllable->tone || syllable->tone == 5)) return;
    }
    syllable->base = first;
    syllable->tone = syllable->surface = first_tone;
    syllable->source = SOURCE_CHARACTER;
}

void traditional_keep_readings(const Traditional *traditional, const Sentence *sentence, Str written)
{
    if (written.s == sentence->spoken.s) return;
    for (size_t i = 0; i < sentence->word_count; i++)
        for (size_t k = 0; k < sentence->words[i].syllable_count; k++) {
            Syllable *syllable = &sentence->words[i].syllables[k];
            uint32_t code;
            utf8_decode(str_slice(written, syllable->spoken_at, written.n), &code);
            const TraditionalReading *reading = syllable->source < SOURCE_USER && !syllable_is_erhua(syllable->base) ? reading_of(traditional, code) : NULL;
            if (reading) syllable_check(reading, syllable);
        }
}
