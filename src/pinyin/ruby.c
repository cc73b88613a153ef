/* Readings that are written into the text: 行<hang2>, 银行‹yínháng›, 行＜HANG2＞. */
#include <utf8proc.h>

#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"
#include "pinyin/written.h"

enum { RUBY_BYTES_MAX = 96, RUBY_CHARACTERS_MAX = 16 };

/* Brackets that no newspaper sets around anything else; an input method in full-width state types the last ones. */
static const Str OPEN[] = { STR("<"), STR("‹"), STR("＜") }, CLOSE[] = { STR(">"), STR("›"), STR("＞") };
enum { BRACKETS = sizeof OPEN / sizeof *OPEN };

/* Bytes of the bracket that `text` begins with; 0: none. */
static size_t bracket_at(Str text, const Str brackets[BRACKETS])
{
    for (size_t i = 0; i < BRACKETS; i++)
        if (str_starts(text, brackets[i])) return brackets[i].n;
    return 0;
}

/* The place of the next opening bracket from `at` on; text.n when there is none. */
static size_t next_open(Str text, size_t at)
{
    for (; at < text.n; at++) {
        unsigned char byte = (unsigned char)text.s[at];
        if ((byte == '<' || byte == 0xE2 || byte == 0xEF) && bracket_at(str_slice(text, at, text.n), OPEN)) return at;
    }
    return text.n;
}

/* What the bracket at the front of `text` holds; false when it is not closed soon. *n: bytes up to the end of the closing bracket. */
static bool bracketed(Str text, Str *inside, size_t *n)
{
    size_t from = bracket_at(text, OPEN);
    for (size_t at = from; at < text.n && at - from <= RUBY_BYTES_MAX; at++) {
        size_t closing = bracket_at(str_slice(text, at, text.n), CLOSE);
        if (closing == 0) continue;
        *inside = str_slice(text, from, at);
        *n = at + closing;
        return at > from;
    }
    return false;
}

static bool is_letter(int32_t code)
{
    return code >= 'a' && code <= 'z';
}

/* Letters with a tone: a single digit behind letters, or a tone mark. Anything else in it (G20), and it is a name or a formula;
 * so is one letter with a figure, in capitals: 纸<A4>. */
static bool looks_like_reading(Str inside)
{
    int32_t code[RUBY_BYTES_MAX * 4];
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD;
    ssize_t n = utf8proc_decompose((const uint8_t *)inside.s, (ssize_t)inside.n, code, RUBY_BYTES_MAX * 4, options);
    bool tone = false;
    if (n <= 0 || n > RUBY_BYTES_MAX * 4 || !is_letter(code[0])) return false;
    if (inside.n == 2 && inside.s[0] >= 'A' && inside.s[0] <= 'Z') return false;
    for (ssize_t i = 1; i < n; i++) {
        bool digit = code[i] >= '0' && code[i] <= '9', mark = code[i] >= 0x300 && code[i] <= 0x30C;
        if (digit && code[i - 1] >= '0' && code[i - 1] <= '9') return false;
        if (!digit && !mark && !is_letter(code[i]) && code[i] != ' ' && code[i] != '\'' && code[i] != 0x2019 && code[i] != ':' && code[i] != '-') return false;
        tone |= digit || mark;
    }
    return tone;
}

/* Whether the text ends in so many Chinese characters. */
static bool ends_in_characters(Str text, size_t count)
{
    for (; count > 0; count--) {
        uint32_t code;
        Str last = utf8_last(text);
        utf8_decode(last, &code);
        if (last.n == 0 || !utf8_is_han(code)) return false;
        text = str_slice(text, 0, text.n - last.n);
    }
    return true;
}

static size_t characters_before(Str text)
{
    size_t count = 0;
    while (count < RUBY_CHARACTERS_MAX && ends_in_characters(text, count + 1)) count++;
    return count;
}

static const char *fault_of(Str written, Str reading, Str before)
{
    if (reading.n == 0) return _("it is no pinyin; write <hang2> or <háng>");
    if (reading_lacks_tones(written, reading)) return _("a syllable has no tone; write <hang2> or <háng>, and 5 for a neutral tone");
    if (!ends_in_characters(before, syllable_characters(reading))) return _("there is not a Chinese character for each syllable right before it");
    return NULL;
}

static bool ruby_at(const Readings *readings, Str text, size_t at, Ruby *ruby, Arena *arena)
{
    Str inside, before = str_slice(text, 0, at);
    size_t n;
    if (!bracketed(str_slice(text, at, text.n), &inside, &n) || !looks_like_reading(inside)) return false;
    Str reading = reading_as_ours(readings, inside, characters_before(before), arena);
    if (reading.n == 0 && !ends_in_characters(before, 1)) return false; /* x<y1>: no reading, nor in a place for one */
    *ruby = (Ruby){ (uint32_t)at, (uint32_t)n, reading, fault_of(inside, reading, before) };
    return true;
}

void pinyin_find_rubies(const Readings *readings, Sentence *sentence, Arena *arena)
{
    Str text = sentence->text;
    size_t room = 0;
    for (size_t at = next_open(text, 0); at < text.n; at = next_open(text, at + 1)) room++;
    if (room == 0) return;
    sentence->rubies = ARENA_NEW(arena, Ruby, room);
    for (size_t at = next_open(text, 0); at < text.n; at = next_open(text, at + 1))
        sentence->ruby_count += ruby_at(readings, text, at, &sentence->rubies[sentence->ruby_count], arena);
}
