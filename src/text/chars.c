#include "text/chars.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { FOLD_MAX = 18 }; /* the longest NFKC form of one character (U+FDFA) */

static const uint32_t FULL_WIDTH_STOP = 0xFF0E, WORD_JOINER = 0x2060;

static size_t fold_one(uint32_t code, uint32_t out[FOLD_MAX])
{
    int boundary = 0;
    utf8proc_int32_t forms[FOLD_MAX];
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)code, forms, FOLD_MAX,
                                                 UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE, &boundary);
    if (n > 1 && n <= FOLD_MAX) n = utf8proc_normalize_utf32(forms, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n < 1 || n > FOLD_MAX) {
        out[0] = code;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) out[i] = (uint32_t)forms[i];
    return (size_t)n;
}

static void reserve(Chars *chars, size_t more, size_t *capacity, Arena *arena)
{
    if (chars->n + more < *capacity) return;
    size_t wanted = *capacity * 2 + more;
    chars->code = arena_grow(arena, chars->code, chars->n, wanted, sizeof *chars->code);
    chars->from = arena_grow(arena, chars->from, chars->n, wanted, sizeof *chars->from);
    *capacity = wanted;
}

static bool is_common_han(uint32_t code)
{
    return code >= 0x3400 && code <= 0x9FFF;
}

bool chars_written(const Chars *chars, size_t i)
{
    uint32_t code = 0;
    Str written = str_slice(chars->text, chars->from[i], chars->from[i + 1]);
    size_t n = utf8_decode(written, &code);
    if (n == 0 || n != written.n) return false;
    return code == chars->code[i] || (is_common_han(code) && chars->hanzi->simplified[code] == chars->code[i]);
}

Str chars_copy(const Chars *chars, size_t i, char bytes[4])
{
    if (chars_written(chars, i)) return str_slice(chars->text, chars->from[i], chars->from[i + 1]);
    return (Str){ bytes, utf8_encode(chars->code[i], bytes) };
}

/* ３．５: the full stop is a mark everywhere but between figures. */
static void fold_points(Chars *chars)
{
    for (size_t i = 1; i + 1 < chars->n; i++) {
        if (chars->code[i] != FULL_WIDTH_STOP) continue;
        if (!code_is_digit(chars->code[i - 1]) || !code_is_digit(chars->code[i + 1])) continue;
        chars->code[i] = '.';
        chars->folded = true;
    }
}

static void append(Chars *chars, uint32_t code, size_t at)
{
    chars->from[chars->n] = (uint32_t)at;
    chars->code[chars->n++] = code;
}

/* The character at bytes [at, to), folded. */
static void append_folded(Chars *chars, uint32_t code, size_t at, size_t to)
{
    uint32_t forms[FOLD_MAX];
    size_t count = fold_one(code, forms);
    chars->folded |= count > 1 || forms[0] != code;
    for (size_t i = 0; i < count; i++) append(chars, forms[i], i == 0 ? at : to);
}

static bool is_subscript(uint32_t code)
{
    return code >= 0x2080 && code <= 0x2089;
}

Chars chars_fold(Str text, const Hanzi *hanzi, CharsKeep *keep, const void *context, Arena *arena)
{
    size_t capacity = text.n + FOLD_MAX + 2, bytes;
    Chars chars = { .text = text, .hanzi = hanzi };
    bool stops = false;
    long lean = 0;
    uint32_t code, before = 0;
    chars.code = ARENA_ROOM(arena, uint32_t, capacity);
    chars.from = ARENA_ROOM(arena, uint32_t, capacity);
    for (size_t at = 0; at < text.n; at += bytes, before = code) {
        bytes = utf8_decode(str_slice(text, at, text.n), &code);
        reserve(&chars, FOLD_MAX + 2, &capacity, arena);
        stops |= code == FULL_WIDTH_STOP;
        chars.commas |= code == CHARS_FULL_WIDTH_COMMA;
        /* Of log₂8 rules must not see log28. */
        if (is_subscript(before) && code_is_digit(code)) append(&chars, WORD_JOINER, at);
        if (is_common_han(code)) {
            lean += hanzi->lean[code];
            uint32_t simplified = codeset_has(&hanzi->changes, code) ? hanzi->simplified[code] : 0;
            append(&chars, simplified ? simplified : code, at);
        } else if (code < 0x80 || keep(context, code)) {
            append(&chars, code, at);
        } else {
            append_folded(&chars, code, at, at + bytes);
        }
    }
    chars.from[chars.n] = (uint32_t)text.n;
    chars.traditional = lean > 0;
    if (stops) fold_points(&chars);
    return chars;
}
