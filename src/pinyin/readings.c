#include "pinyin/readings.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum { LETTERS_MAX = 4096 };

/* One character, or U+XXXX where it could not be seen in the file. */
static int sign_code(const Table *table, Str field, uint32_t *code, Error *error)
{
    if (str_starts(field, STR("U+")) && field.n > 2) {
        *code = (uint32_t)strtoul(field.s + 2, NULL, 16); /* a tab or a line's end follows in the table */
    } else if (utf8_decode(field, code) != field.n || field.n == 0) {
        return table_fault(table, error, _("\"%.*s\" is not one character"), STR_ARG(field));
    }
    if (*code >= SIGN_CODES) return table_fault(table, error, _("U+%X is beyond U+FFFF"), (unsigned)*code);
    return 0;
}

static int marks_read(Readings *readings, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, &readings->arena, arena_printf(&readings->arena, "%s/marks.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 1, error)) > 0) {
        uint32_t code;
        if (sign_code(&table, table.field[0], &code, error) < 0) return -1;
        readings->sign[code] = SIGN_MARK;
        codeset_add(&readings->signs, code);
    }
    return more;
}

static int letters_read(Readings *readings, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, &readings->arena, arena_printf(&readings->arena, "%s/letters.tsv", folder).s, error) < 0) return -1;
    readings->letters = ARENA_ROOM(&readings->arena, Str, table_rows_most(&table));
    while ((more = table_next(&table, 2, error)) > 0) {
        if (syllable_count(table.field[1]) == 0) return table_fault(&table, error, _("\"%.*s\" is no reading"), STR_ARG(table.field[1]));
        if (readings->letter_count == LETTERS_MAX) return table_fault(&table, error, _("too many letters"));
        readings->letters[readings->letter_count] = table.field[1];
        for (Str forms = table.field[0]; forms.n > 0;) {
            uint32_t code;
            if (sign_code(&table, str_split(&forms, ' '), &code, error) < 0) return -1;
            readings->sign[code] = (uint16_t)(SIGN_LETTER + readings->letter_count);
            codeset_add(&readings->signs, code);
        }
        readings->letter_count++;
    }
    return more;
}

/* Never 0, which is a free place. */
static uint32_t syllable_hash(Str base, uint8_t tone)
{
    uint64_t hash = hash_bytes(hash_bytes(HASH_START, base.s, base.n), &tone, 1);
    return (uint32_t)(hash ^ hash >> 32) | 1;
}

static uint32_t *syllable_place(const Readings *readings, uint32_t hash)
{
    size_t at = (size_t)(hash >> 1) % SYLLABLE_PLACES;
    while (readings->syllables[at] != 0 && readings->syllables[at] != hash) at = (at + 1) % SYLLABLE_PLACES;
    return &readings->syllables[at];
}

static int syllable_read(Readings *readings, const Table *table, int *count, Error *error)
{
    Str rest = table->field[0], base;
    uint8_t tone;
    if (!syllable_next(&rest, &base, &tone)) return table_fault(table, error, _("\"%.*s\" is no reading"), STR_ARG(table->field[0]));
    if (++*count > SYLLABLE_PLACES * 3 / 4) return table_fault(table, error, _("too many rows"));
    uint32_t hash = syllable_hash(base, tone);
    *syllable_place(readings, hash) = hash;
    return 0;
}

static int syllables_read(Readings *readings, const char *folder, Error *error)
{
    Table table;
    int more, count = 0;
    Arena arena = { 0 }; /* only hashes are kept */
    more = table_open(&table, &arena, arena_printf(&arena, "%s/phonemes.tsv", folder).s, error);
    table.wanted = 2;
    while (more == 0 && (more = table_next(&table, 2, error)) > 0) more = syllable_read(readings, &table, &count, error);
    arena_finish(&arena);
    return more;
}

Readings *readings_create(const char *folder, Error *error)
{
    Readings *readings = memory_new(1, sizeof *readings);
    readings->sign = ARENA_NEW(&readings->arena, uint16_t, SIGN_CODES);
    readings->syllables = ARENA_NEW(&readings->arena, uint32_t, SYLLABLE_PLACES);
    if (marks_read(readings, folder, error) == 0 && letters_read(readings, folder, error) == 0 && syllables_read(readings, folder, error) == 0 &&
        latin_read(&readings->latin, &readings->arena, folder, error) == 0 && english_read(&readings->english, &readings->arena, folder, error) == 0 &&
        sandhi_rules_read(&readings->sandhi, &readings->arena, folder, error) == 0 &&
        weak_read(&readings->weak, &readings->arena, folder, error) == 0 &&
        contexts_read(&readings->contexts, &readings->arena, folder, error) == 0 &&
        names_read(&readings->names, &readings->arena, folder, error) == 0 &&
        foreign_read(&readings->foreign, &readings->arena, folder, error) == 0 &&
        traditional_read(&readings->traditional, &readings->arena, folder, error) == 0)
        return readings;
    readings_destroy(readings);
    return NULL;
}

void readings_destroy(Readings *readings)
{
    if (!readings) return;
    arena_finish(&readings->arena);
    free(readings);
}

bool pinyin_set_style(Readings *readings, Str style)
{
    return weak_style_from(style, &readings->weak.style);
}

bool readings_has_syllable(const Readings *readings, Str base, uint8_t tone)
{
    return *syllable_place(readings, syllable_hash(base, tone)) != 0;
}

Str pinyin_simplify(const Readings *readings, Sentence *sentence, Arena *arena)
{
    Str written = sentence->spoken;
    sentence->spoken = traditional_simplified(&readings->traditional, written, arena);
    return written;
}

void pinyin_keep_readings(const Readings *readings, const Sentence *sentence, Str written)
{
    traditional_keep_readings(&readings->traditional, sentence, written);
}

void pinyin_restore(Sentence *sentence, Str written)
{
    if (written.s == sentence->spoken.s) return;
    for (size_t i = 0; i < sentence->word_count; i++) sentence->words[i].text.s = written.s + (sentence->words[i].text.s - sentence->spoken.s);
    sentence->spoken = written;
}
