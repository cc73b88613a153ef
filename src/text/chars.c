#include "text/chars.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { FOLD_MAX = 18 }; /* the longest NFKC form of one character (U+FDFA) */

static const uint32_t FULL_WIDTH_STOP = 0xFF0E;

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

static bool plain(uint32_t code)
{
    return code < 0x80 || is_common_han(code);
}

bool chars_written(const Chars *chars, size_t i)
{
    uint32_t code = 0;
    Str written = str_slice(chars->text, chars->from[i], chars->from[i + 1]);
    size_t n = utf8_decode(written, &code);
    if (n == 0 || n != written.n) return false;
    return code == chars->code[i] || (is_common_han(code) && chars->simplified[code] == chars->code[i]);
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

Chars chars_fold(Str text, const uint16_t *simplified, CharsKeep *keep, const void *context, Arena *arena)
{
    size_t capacity = text.n + FOLD_MAX + 1;
    Chars chars = { .text = text, .simplified = simplified };
    bool stops = false;
    chars.code = ARENA_NEW(arena, uint32_t, capacity);
    chars.from = ARENA_NEW(arena, uint32_t, capacity);
    for (size_t at = 0; at < text.n;) {
        uint32_t code, forms[FOLD_MAX];
        size_t bytes = utf8_decode(str_slice(text, at, text.n), &code);
        reserve(&chars, FOLD_MAX + 1, &capacity, arena);
        chars.from[chars.n] = (uint32_t)at;
        at += bytes;
        stops |= code == FULL_WIDTH_STOP;
        if (plain(code) || keep(context, code)) {
            if (is_common_han(code) && simplified[code] && !keep(context, code)) code = simplified[code];
            chars.code[chars.n++] = code;
            continue;
        }
        size_t count = fold_one(code, forms);
        chars.folded |= count > 1 || forms[0] != code;
        for (size_t i = 0; i < count; i++) {
            if (i > 0) chars.from[chars.n] = (uint32_t)at;
            chars.code[chars.n++] = forms[i];
        }
    }
    chars.from[chars.n] = (uint32_t)text.n;
    if (stops) fold_points(&chars);
    return chars;
}
