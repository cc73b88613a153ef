#include "pinyin/english.h"

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

enum { LETTERS_MOST = 16 }; /* what the script and the synthesiser bear; english.tsv may have less */

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static void add_forms(Arena *arena, Str **forms, size_t *count, Str value)
{
    while (value.n > 0) {
        *forms = arena_grow(arena, *forms, *count, *count + 1, sizeof **forms);
        (*forms)[(*count)++] = str_split(&value, ' ');
    }
}

static bool has_form(const Str *forms, size_t count, Str word)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(forms[i], word)) return true;
    return false;
}

/* The number of letters that the key sets; NULL when it sets none. */
static size_t *number_of(EnglishWords *words, Str key)
{
    const struct {
        Str key;
        size_t *number;
    } NUMBERS[] = { { STR("least"), &words->least }, { STR("most"), &words->most }, { STR("before"), &words->before }, { STR("behind"), &words->behind } };
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        if (str_equal(key, NUMBERS[i].key)) return NUMBERS[i].number;
    return NULL;
}

static int read_row(EnglishWords *words, Arena *arena, const Table *table, Error *error)
{
    Str key = table->field[0], value = table->field[1];
    size_t *number = number_of(words, key);
    long letters;
    if (str_equal(key, STR("vowels"))) {
        for (size_t i = 0; i < value.n; i++) words->vowel[value.s[i] & 0x7F] = true;
    } else if (str_equal(key, STR("letters"))) {
        add_forms(arena, &words->letters, &words->letter_count, value);
    } else if (str_equal(key, STR("words"))) {
        add_forms(arena, &words->words, &words->word_count, value);
    } else if (number) {
        if (!str_to_long(value, &letters) || letters < 1 || letters > LETTERS_MOST)
            return table_fault(table, error, _("%s wants a number from %g to %g"), arena_str(arena, key).s, 1.0, (double)LETTERS_MOST);
        *number = (size_t)letters;
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

/* Small letters, a capital before them or none: so many, with a vowel among them. An apostrophe does not part them. */
static bool has_part(const EnglishWords *words, Str word)
{
    size_t n = 0;
    bool vowel = false;
    for (size_t i = 0; i < word.n; i++) {
        if (is_capital(word.s[i]) || word.s[i] == '-') {
            n = 0;
            vowel = false;
        }
        if (!is_small(word.s[i]) && !is_capital(word.s[i])) continue;
        n++;
        vowel |= words->vowel[word.s[i] & 0x7F];
        bool part = n >= words->least && vowel && is_small(word.s[i]);
        if (part) return true;
    }
    return false;
}

/* A vowel group each, and a letter that stands by itself: a capital before no small one (ChatGPT), the only one before or behind a hyphen (x-ray). */
static uint8_t count_syllables(const EnglishWords *words, Str word)
{
    uint8_t count = 0;
    bool in_group = false;
    for (size_t i = 0; i < word.n; i++) {
        char before = i > 0 ? word.s[i - 1] : '-', c = word.s[i], next = i + 1 < word.n ? word.s[i + 1] : '-';
        if (c == '-') in_group = false;
        if (!is_small(c) && !is_capital(c)) continue;
        bool vowel = words->vowel[c & 0x7F], alone = (is_capital(c) && !is_small(next)) || (before == '-' && next == '-');
        count = (uint8_t)(count + (alone || (vowel && !in_group)));
        in_group = vowel && !alone;
    }
    return count;
}

uint8_t english_syllables(const EnglishWords *words, Str word)
{
    size_t letters = latin_letters(word);
    if (letters == 0 || letters > words->most || has_form(words->letters, words->letter_count, word)) return 0;
    if (!has_part(words, word) && !has_form(words->words, words->word_count, word)) return 0;
    return count_syllables(words, word);
}

static Str part_at(Str text, size_t at)
{
    size_t end = at;
    while (end < text.n && (is_small(text.s[end]) || is_capital(text.s[end]))) end++;
    return str_slice(text, at, end);
}

static bool joined_by(const EnglishWords *words, const LatinWords *latin, uint32_t sign, Str before, Str behind)
{
    if (!latin_joins(sign) || behind.n == 0) return false;
    if (sign == '-') return latin_reading(latin, before).n == 0 && latin_reading(latin, behind).n == 0;
    return before.n <= words->before || behind.n <= words->behind;
}

size_t english_joined(const EnglishWords *words, const LatinWords *latin, Str text)
{
    Str part = part_at(text, 0);
    size_t joined = 0, end = part.n, letters = part.n;
    while (letters > 0 && letters <= words->most && end < text.n) {
        uint32_t sign;
        size_t bytes = utf8_decode(str_slice(text, end, text.n), &sign);
        Str behind = part_at(text, end + bytes), whole = str_slice(text, 0, end + bytes + behind.n);
        if (!joined_by(words, latin, sign, part, behind)) break;
        if (english_syllables(words, whole) > 0 || latin_reading(latin, whole).n > 0) joined = whole.n;
        part = behind;
        end = whole.n;
        letters += part.n;
    }
    return joined;
}
