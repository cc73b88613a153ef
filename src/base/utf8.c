#include "base/utf8.h"

#include <string.h>

static const uint32_t REPLACEMENT = 0xFFFD;

size_t utf8_decode_any(Str text, uint32_t *code)
{
    if (text.n == 0) {
        *code = 0;
        return 0;
    }
    const unsigned char *s = (const unsigned char *)text.s;
    uint32_t c = s[0];
    *code = c;
    if (c < 0x80) return 1;
    size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    static const uint32_t LEAST[5] = { 0, 0, 0x80, 0x800, 0x10000 };
    *code = REPLACEMENT;
    if (c < 0xC2 || c > 0xF4 || text.n < length) return 1;
    c &= 0x7FU >> length;
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) return 1;
        c = c << 6 | (s[i] & 0x3FU);
    }
    if (c < LEAST[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 1;
    *code = c;
    return length;
}

size_t utf8_encode(uint32_t code, char out[4])
{
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = REPLACEMENT;
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00U >> length & 0xFFU) | code);
    return length;
}

Str utf8_last(Str text)
{
    size_t start = text.n;
    while (start > 0) {
        start--;
        if (((unsigned char)text.s[start] & 0xC0) != 0x80 || text.n - start == 4) break;
    }
    return str_slice(text, start, text.n);
}

size_t utf8_valid_prefix(Str text)
{
    size_t at = 0;
    while (at < text.n) {
        uint32_t code;
        size_t n = utf8_decode(str_slice(text, at, text.n), &code);
        if (code == REPLACEMENT && n == 1) break;
        at += n;
    }
    return at;
}

size_t utf8_count(Str text)
{
    size_t count = 0;
    while (utf8_next(&text).n > 0) count++;
    return count;
}

bool utf8_is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) || code == 0x3007 ||
           (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x323AF);
}

size_t utf8_whole(const char *text, size_t n)
{
    enum { TAIL_BYTES_MOST = 3 };
    size_t at = n;
    while (at > 0 && n - at < TAIL_BYTES_MOST && ((unsigned char)text[at - 1] & 0xC0) == 0x80) at--;
    if (at == 0) return n;
    unsigned char lead = (unsigned char)text[at - 1];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return n - at + 1 < wanted ? at - 1 : n;
}

bool utf8_all_han(Str text)
{
    uint32_t code;
    while (text.n > 0)
        if (utf8_decode(utf8_next(&text), &code) > 0 && !utf8_is_han(code)) return false;
    return true;
}
