#include "base/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

Str str_from(const char *nul_terminated)
{
    return (Str){ nul_terminated, nul_terminated ? strlen(nul_terminated) : 0 };
}

int str_compare(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_ends(Str text, Str suffix)
{
    return text.n >= suffix.n && str_equal(str_slice(text, text.n - suffix.n, text.n), suffix);
}

size_t str_find(Str text, Str needle)
{
    if (needle.n == 0) return 0;
    const char *found = memmem(text.s, text.n, needle.s, needle.n);
    return found ? (size_t)(found - text.s) : text.n;
}

static size_t space_at(const char *s, size_t n)
{
    if (n >= 1 && (*s == ' ' || (*s >= '\t' && *s <= '\r'))) return 1;
    if (n >= 3 && memcmp(s, "\xE3\x80\x80", 3) == 0) return 3;
    return 0;
}

Str str_trim_spaces(Str text)
{
    size_t step;
    while ((step = space_at(text.s, text.n)) > 0) text = str_slice(text, step, text.n);
    for (;;) {
        if (text.n >= 1 && space_at(text.s + text.n - 1, 1)) text.n -= 1;
        else if (text.n >= 3 && space_at(text.s + text.n - 3, 3) == 3) text.n -= 3;
        else return text;
    }
}

bool str_to_long(Str text, long *value)
{
    bool negative = text.n > 0 && *text.s == '-';
    size_t i = text.n > 0 && (*text.s == '-' || *text.s == '+');
    long whole = 0;
    if (i == text.n) return false;
    for (; i < text.n; i++) {
        int digit = text.s[i] - '0';
        if (digit < 0 || digit > 9 || __builtin_mul_overflow(whole, 10, &whole) || __builtin_sub_overflow(whole, digit, &whole)) return false;
    }
    *value = whole;
    return negative || !__builtin_mul_overflow(whole, -1, value);
}

/* strtod wants a NUL; numbers in our files are short. */
static bool number_copy(Str text, char *buffer, size_t size)
{
    if (text.n == 0 || text.n >= size) return false;
    memcpy(buffer, text.s, text.n);
    buffer[text.n] = '\0';
    return strlen(buffer) == text.n && !space_at(buffer, 1);
}

bool str_to_double(Str text, double *value)
{
    char buffer[64], *end;
    if (!number_copy(text, buffer, sizeof buffer)) return false;
    errno = 0;
    *value = strtod(buffer, &end);
    return errno == 0 && *end == '\0' && *value - *value == 0;
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++) hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t hash_str(uint64_t hash, Str text)
{
    hash = hash_bytes(hash, &text.n, sizeof text.n);
    return hash_bytes(hash, text.s, text.n);
}
