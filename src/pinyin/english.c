#include "pinyin/english.h"

#include "base/message.h"
#include "base/table.h"

enum { LETTERS_MOST = 16 }; /* what the script and the synthesiser bear; english.tsv may have less */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int read_row(EnglishWords *words, Arena *arena, const Table *table, Error *error)
{
    Str key = table->field[0], value = table->field[1];
    bool least = str_equal(key, STR("least"));
    long letters;
    if (str_equal(key, STR("vowels"))) {
        for (size_t i = 0; i < value.n; i++) words->vowel[value.s[i] & 0x7F] = true;
    } else if (str_equal(key, STR("letters"))) {
        while (value.n > 0) {
            words->letters = arena_grow(arena, words->letters, words->letter_count, words->letter_count + 1, sizeof *words->letters);
            words->letters[words->letter_count++] = str_split(&value, ' ');
        }
    } else if (least || str_equal(key, STR("most"))) {
        if (!str_to_long(value, &letters) || letters < 1 || letters > LETTERS_MOST)
            return table_fault(table, error, _("%s wants a number from %g to %g"), least ? "least" : "most", 1.0, (double)LETTERS_MOST);
        *(least ? &words->least : &words->most) = (size_t)letters;
    } else {
        return table_fault(table, error, _("english.tsv has no key '%.*s'"), STR_ARG(key));
    }
    return 0;
}

int english_read(EnglishWords *words, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    *words = (EnglishWords){ .least = LETTERS_MOST };
    if (table_open(&table, arena, arena_printf(arena, "%s/english.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0)
        if (read_row(words, arena, &table, error) < 0) return -1;
    return more;
}

/* Small letters, a capital before them or none: so many, with a vowel among them. */
static bool has_part(const EnglishWords *words, Str word)
{
    size_t n = 0;
    bool vowel = false;
    for (size_t i = 0; i < word.n; i++) {
        if (is_capital(word.s[i])) {
            n = 0;
            vowel = false;
        }
        n++;
        vowel |= words->vowel[word.s[i] & 0x7F];
        bool part = n >= words->least && vowel && is_small(word.s[i]);
        if (part) return true;
    }
    return false;
}

uint8_t english_syllables(const EnglishWords *words, Str word)
{
    uint8_t count = 0;
    bool in_group = false;
    if (word.n == 0 || word.n > words->most) return 0;
    for (size_t i = 0; i < word.n; i++)
        if (!is_small(word.s[i]) && !is_capital(word.s[i])) return 0;
    for (size_t i = 0; i < words->letter_count; i++)
        if (str_equal(words->letters[i], word)) return 0;
    if (!has_part(words, word)) return 0;
    for (size_t i = 0; i < word.n; i++) {
        bool vowel = words->vowel[word.s[i] & 0x7F], alone = is_capital(word.s[i]) && !(i + 1 < word.n && is_small(word.s[i + 1]));
        count = (uint8_t)(count + (alone || (vowel && !in_group)));
        in_group = vowel && !alone;
    }
    return count;
}
