/* Makes voices/mandarin/characters.tsv: the readings of each character by itself, likeliest first.
 *
 *     bzcat Unihan_Readings.txt.bz2 Unihan_Variants.txt.bz2 | characters_import MANDARIN > voices/mandarin/characters.tsv
 *
 * MANDARIN is the folder voices/mandarin: a reading whose syllable is no row of its phonemes.tsv could not be said and is left out.
 * The files are Unicode's Unihan database (Debian: unicode-data, in /usr/share/unicode). Order of a character's readings: by
 * their frequency in kHanyuPinlu, then those of the standard list of characters (kTGHZ2013), then kMandarin, then, for characters
 * that are not in the standard list, the older dictionary kXHC1983. A traditional character without a frequency takes the order of its simplified form. Run by
 * hand when the source changes; what is wrong in it is mended in corrections.tsv. */
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum { CODES = 0x30000, READINGS_MAX = 8, SOUNDS_MAX = 10000 };

typedef struct Character {
    Str pinlu, standard, mandarin, older; /* the fields as they stand */
    uint32_t simplified;
    Str reading[READINGS_MAX];
    size_t count;
} Character;

typedef struct Sounds { /* the syllables of phonemes.tsv */
    Str *names;
    size_t count;
} Sounds;

static int by_name(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static int sounds_read(Sounds *sounds, const char *folder, Arena *arena, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/phonemes.tsv", folder).s, error) < 0) return -1;
    sounds->names = ARENA_NEW(arena, Str, SOUNDS_MAX);
    while ((more = table_next(&table, 2, error)) > 0 && sounds->count < SOUNDS_MAX) sounds->names[sounds->count++] = table.field[0];
    qsort(sounds->names, sounds->count, sizeof(Str), by_name);
    return more;
}

static uint32_t code_of(Str field)
{
    if (!str_starts(field, STR("U+"))) return 0;
    unsigned long code = strtoul(field.s + 2, NULL, 16); /* a tab or a space follows */
    return code < CODES ? (uint32_t)code : 0;
}

static void line_take(Str line, Character *characters)
{
    uint32_t code = code_of(str_split(&line, '\t'));
    Str property = str_split(&line, '\t');
    if (code == 0) return;
    Character *character = &characters[code];
    if (str_equal(property, STR("kHanyuPinlu"))) character->pinlu = line;
    else if (str_equal(property, STR("kTGHZ2013"))) character->standard = line;
    else if (str_equal(property, STR("kMandarin"))) character->mandarin = line;
    else if (str_equal(property, STR("kXHC1983"))) character->older = line;
    else if (str_equal(property, STR("kSimplifiedVariant"))) character->simplified = code_of(line);
}

/* A neutral tone is a reading of the character itself only where the standard list says so (的 了 们, not 西 for 东西). */
static bool is_neutral_of_word(const Character *character, Str marked, Str reading)
{
    if (!str_ends(reading, STR("5")) || character->standard.n == 0) return false;
    for (Str rest = character->standard; rest.n > 0;) {
        Str part = str_split(&rest, ' ');
        if (str_equal(str_slice(part, str_find(part, STR(":")) + 1, part.n), marked)) return false;
    }
    return true;
}

/* 儿 as "r" is erhua, which is no reading by itself. */
static void reading_add(Character *character, const Sounds *sounds, Str marked, Arena *arena)
{
    Str reading = syllable_from_marked(marked, arena);
    if (reading.n == 0 || str_equal(reading, STR("r5")) || character->count == READINGS_MAX) return;
    if (is_neutral_of_word(character, marked, reading)) return;
    if (!bsearch(&reading, sounds->names, sounds->count, sizeof(Str), by_name)) return;
    for (size_t i = 0; i < character->count; i++)
        if (str_equal(character->reading[i], reading)) return;
    character->reading[character->count++] = reading;
}

/* "le(30101) liǎo(654)", "212.080:le 223.010,223.020:liǎo", "xíng héng": the reading stands after ':' and before '('. */
static void field_take(Character *character, const Sounds *sounds, Str field, Arena *arena)
{
    while (field.n > 0) {
        Str part = str_split(&field, ' ');
        size_t colon = str_find(part, STR(":"));
        if (colon < part.n) part = str_slice(part, colon + 1, part.n);
        while (part.n > 0) {
            Str one = str_split(&part, ',');
            reading_add(character, sounds, str_slice(one, 0, str_find(one, STR("("))), arena);
        }
    }
}

static void character_take(Character *character, const Character *simplified, const Sounds *sounds, Arena *arena)
{
    Str own = character->mandarin;
    own = str_split(&own, ' '); /* the second one is the reading in Taiwan */
    field_take(character, sounds, character->pinlu, arena);
    field_take(character, sounds, character->standard, arena);
    if (character->count == 0 && simplified && str_find(simplified->mandarin, own) == simplified->mandarin.n)
        field_take(character, sounds, own, arena); /* 乾 qian2 is not read as its simplified form 干 */
    if (character->count == 0 && simplified) field_take(character, sounds, simplified->pinlu, arena);
    if (character->count == 0 && simplified) field_take(character, sounds, simplified->standard, arena);
    field_take(character, sounds, own, arena);
    if (character->standard.n == 0) field_take(character, sounds, character->older, arena);
}

static void character_print(uint32_t code, const Character *character)
{
    char text[4];
    printf("%.*s\t", (int)utf8_encode(code, text), text);
    for (size_t i = 0; i < character->count; i++) printf("%s%.*s", i ? " " : "", STR_ARG(character->reading[i]));
    putchar('\n');
}

int main(int count, char **argument)
{
    Sounds sounds = { 0 };
    Arena arena = { 0 };
    Error error;
    Str text;
    if (count != 2) {
        fputs("usage: characters_import MANDARIN < UNIHAN\n", stderr);
        return STATUS_USAGE;
    }
    if (sounds_read(&sounds, argument[1], &arena, &error) < 0 || file_read(&arena, "-", &text, &error) < 0) {
        fprintf(stderr, "characters_import: %s\n", error.text);
        return (int)error.status;
    }
    Character *characters = ARENA_NEW(&arena, Character, CODES);
    while (text.n > 0) line_take(str_split(&text, '\n'), characters);
    puts("# Readings of each character by itself, likeliest first. Made by tools/characters_import.c; mend in corrections.tsv.\n#\n"
         "# character\treadings\n#\n"
         "# Source: Unicode Unihan database 15.0.0 (kHanyuPinlu, kTGHZ2013, kMandarin, kXHC1983, kSimplifiedVariant).\n"
         "# License: Unicode License V3 (Unicode-3.0), Copyright 1991-2022 Unicode, Inc.");
    for (uint32_t code = 0; code < CODES; code++) {
        Character *character = &characters[code];
        if (!utf8_is_han(code)) continue;
        character_take(character, character->simplified ? &characters[character->simplified] : NULL, &sounds, &arena);
        if (character->count > 0) character_print(code, character);
    }
    arena_finish(&arena);
    return 0;
}
