/* UTF-8 (RFC 3629) over views. Inside dubao all text is valid UTF-8: page/encoding.h makes it so at the door.
 * These functions still never read past the view, and take a stray byte as U+FFFD. */
#ifndef DUBAO_BASE_UTF8_H
#define DUBAO_BASE_UTF8_H

#include "base/str.h"

/* Bytes of the character at the start of `text` (0 at its end), which is stored in *code. */
size_t utf8_decode_any(Str text, uint32_t *code);
/* The same. Nearly all characters here have three bytes and begin with E1 to EC; the others take the general way. */
static inline size_t utf8_decode(Str text, uint32_t *code)
{
    const unsigned char *s = (const unsigned char *)text.s;
    if (text.n < 3 || s[0] < 0xE1 || s[0] > 0xEC || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80) return utf8_decode_any(text, code);
    *code = (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
    return 3;
}
/* Writes 1-4 bytes to `out` (no NUL) and returns how many; a code that is no character is written as U+FFFD. */
size_t utf8_encode(uint32_t code, char out[4]);
/* Takes one character off the front of `rest`; the empty view at its end. */
static inline Str utf8_next(Str *rest)
{
    uint32_t code;
    size_t n = utf8_decode(*rest, &code);
    Str character = str_slice(*rest, 0, n);
    *rest = str_slice(*rest, n, rest->n);
    return character;
}
/* The last character of `text`; the empty view when there is none. */
Str utf8_last(Str text);
/* How many bytes from the start of `text` are valid UTF-8. */
size_t utf8_valid_prefix(Str text);
size_t utf8_count(Str text); /* characters */
/* Takes the rest of a character off the end of a text that was cut to fit, after `n` bytes; returns how many stay. */
size_t utf8_whole(const char *text, size_t n);

/* A Chinese character: any CJK ideograph of the Unicode blocks up to extension H, and 〇. */
bool utf8_is_han(uint32_t code);
bool utf8_all_han(Str text); /* no character that is none */

#endif
