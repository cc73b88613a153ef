/* Text is a view: a pointer and a length in bytes, UTF-8 unless a header says otherwise.
 * A Str owns nothing and need not end in NUL. */
#ifndef DUBAO_BASE_STR_H
#define DUBAO_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *s;
    size_t n; /* bytes */
} Str;

#define STR(literal) ((Str){ "" literal, sizeof(literal) - 1 })
/* For printf's "%.*s". */
#define STR_ARG(str) (int)(str).n, (str).s

Str  str_from(const char *nul_terminated); /* NULL gives the empty view */
/* What every loop over text calls stands here, so that it is part of the loop. */
static inline Str str_slice(Str text, size_t from, size_t to)
{
    if (to > text.n) to = text.n;
    if (from > to) from = to;
    return (Str){ from ? text.s + from : text.s, to - from }; /* the empty view may point nowhere */
}
static inline bool str_equal(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}
static inline bool str_starts(Str text, Str prefix)
{
    return text.n >= prefix.n && str_equal(str_slice(text, 0, prefix.n), prefix);
}
/* Whether `text` is this name. Most names of a list differ in their first byte. */
static inline bool str_is(Str text, const char *name)
{
    return text.n == 0 ? !*name : *name == *text.s && strncmp(name, text.s, text.n) == 0 && name[text.n] == '\0';
}
int  str_compare(Str a, Str b); /* by bytes, as memcmp; a prefix sorts first */
bool str_ends(Str text, Str suffix);
/* Offset of the first `needle` in `text`, or text.n when there is none. */
size_t str_find(Str text, Str needle);
/* Without white space (ASCII and U+3000) at both ends. */
Str  str_trim_spaces(Str text);
static inline Str str_trim(Str text)
{
    if (text.n == 0) return text;
    unsigned char first = (unsigned char)text.s[0], last = (unsigned char)text.s[text.n - 1];
    bool trimmed = first > ' ' && first != 0xE3 && last > ' ' && last != 0x80; /* E3 80 80 is U+3000 */
    return trimmed ? text : str_trim_spaces(text);
}
/* Cuts the part before the next `separator` off the front of `rest` and returns it; the separator is dropped.
 * Without a separator all of `rest` is the part. */
static inline Str str_split(Str *rest, char separator)
{
    const char *end = rest->n ? (const char *)memchr(rest->s, separator, rest->n) : NULL;
    Str part = { rest->s, end ? (size_t)(end - rest->s) : rest->n };
    *rest = end ? (Str){ end + 1, rest->n - part.n - 1 } : str_slice(*rest, rest->n, rest->n);
    return part;
}
/* Whole of `text` as a decimal number; false when it is none or does not fit. */
bool str_to_long(Str text, long *value);
bool str_to_double(Str text, double *value);

/* FNV-1a, 64 bits. Start with HASH_START. For change detection, not against an adversary. */
#define HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n);
/* Hashes the length too, so that ("ab","c") and ("a","bc") differ. */
uint64_t hash_str(uint64_t hash, Str text);
/* For tables whose keys are made of a few numbers: faster, and as even in its upper bits. */
static inline uint64_t hash_mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

#endif
