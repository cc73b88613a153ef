#include "page/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchardet.h>
#include <utf8proc.h>

#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"

static const Str REPLACEMENT = { "\xEF\xBF\xBD", 3 };

/* What became of the bytes on their way. */
typedef struct Decoding {
    char *own;         /* the text's memory when it is ours to change, else NULL */
    Str text;
    size_t damaged;    /* bytes that became U+FFFD */
    size_t damaged_at; /* where the first of them stands in `text` */
} Decoding;

static int no_text(const char *name, const char *why, Error *error)
{
    return error_set(error, STATUS_DATA, _("%s cannot be read as text: %s"), name, why);
}

/* ---- other encodings, through iconv ---- */

/* How bytes become characters. */
typedef struct Encoding {
    const char *name, *second; /* what the first does not know is tried with the second; NULL without */
    size_t unit;               /* bytes */
} Encoding;

/* No table of iconv's knows all of Big5: Hong Kong's lacks some signs of the first row (／ at A1FE), Windows' (CP950) has them and lacks Hong Kong's characters. */
static const Encoding BIG5 = { "BIG5-HKSCS", "CP950", 1 }, GB18030 = { "GB18030", NULL, 1 };

/* The double byte that stands at `in`, by the encoding's second table. */
static bool decode_second(iconv_t second, char **in, size_t *in_left, char **out, size_t *out_left)
{
    char *from = *in;
    size_t left = 2;
    if (second == (iconv_t)-1 || *in_left < left || iconv(second, &from, &left, out, out_left) == (size_t)-1) return false;
    *in = from;
    *in_left -= 2;
    return true;
}

/* A bad sequence costs one unit of the encoding (two bytes in UTF-16), so that the text after it is found again. Stops
 * once `damage_most` is passed: then it was the wrong encoding, and output stays within n * 3/2 + 3 * damage_most. */
static int decode_with(Arena *arena, Str bytes, const Encoding *encoding, size_t damage_most, Decoding *decoding)
{
    iconv_t converter = iconv_open("UTF-8", encoding->name), second = encoding->second ? iconv_open("UTF-8", encoding->second) : (iconv_t)-1;
    if (converter == (iconv_t)-1) return -1;
    size_t size = bytes.n + bytes.n / 2 + 3 * (damage_most + 2);
    char *in = (char *)(uintptr_t)bytes.s, *out = arena_alloc(arena, size);
    size_t in_left = bytes.n, out_left = size;
    *decoding = (Decoding){ .own = out };
    while (in_left > 0 && decoding->damaged <= damage_most) {
        if (iconv(converter, &in, &in_left, &out, &out_left) != (size_t)-1 || out_left < REPLACEMENT.n) break;
        if (decode_second(second, &in, &in_left, &out, &out_left)) continue;
        if (decoding->damaged++ == 0) decoding->damaged_at = (size_t)(out - decoding->own);
        memcpy(out, REPLACEMENT.s, REPLACEMENT.n);
        out += REPLACEMENT.n;
        out_left -= REPLACEMENT.n;
        size_t step = in_left < encoding->unit ? in_left : encoding->unit;
        in += step;
        in_left -= step;
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    if (second != (iconv_t)-1) iconv_close(second);
    decoding->text = (Str){ decoding->own, (size_t)(out - decoding->own) };
    return in_left == 0 && decoding->damaged <= damage_most ? 0 : -1;
}

/* Any bytes decode as something. Characters that nobody writes tell noise from text. */
static bool is_plausible(Str text)
{
    size_t written = 0, strange = 0;
    uint32_t code;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) {
        if (code < 0x80 || code == 0xFFFD) continue;
        written++;
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
        strange += category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CC;
    }
    return strange * 50 <= written;
}

/* The share of double bytes that GB2312 writes its 3755 frequent characters and its punctuation with: over 90 % in
 * simplified text, half in traditional GBK text, a sixth in noise, little in Big5. */
static int gb_share_percent(Str bytes)
{
    size_t pairs = 0, frequent = 0;
    for (size_t i = 0; i + 1 < bytes.n; i++) {
        unsigned char lead = (unsigned char)bytes.s[i], trail = (unsigned char)bytes.s[i + 1];
        if (lead < 0x81) continue;
        pairs++;
        frequent += trail >= 0xA1 && ((lead >= 0xB0 && lead <= 0xD7) || (lead >= 0xA1 && lead <= 0xA3));
        i++;
    }
    return pairs ? (int)(frequent * 100 / pairs) : 0;
}

static bool guess_is(Str bytes, const char *wanted)
{
    size_t enough = bytes.n < 256 * 1024 ? bytes.n : 256 * 1024;
    uchardet_t detector = uchardet_new();
    bool is = uchardet_handle_data(detector, bytes.s, enough) == 0;
    uchardet_data_end(detector);
    is = is && strcmp(uchardet_get_charset(detector), wanted) == 0;
    uchardet_delete(detector);
    return is;
}

/* What an HTML or XML page says of itself in its first lines: charset=big5, encoding="Big5". */
static bool declares(Str bytes, const char *name)
{
    enum { HEAD_BYTES = 2048 };
    size_t n = strlen(name);
    Str head = str_slice(bytes, 0, bytes.n < HEAD_BYTES ? bytes.n : HEAD_BYTES);
    if (!memchr(head.s, '<', head.n)) return false;
    for (size_t at = 0; at + 9 + n < head.n; at++) {
        bool here = strncasecmp(head.s + at, "charset=", 8) == 0 || strncasecmp(head.s + at, "encoding=", 9) == 0;
        if (!here) continue;
        at += head.s[at + 7] == '=' ? 8 : 9;
        if (head.s[at] == '"' || head.s[at] == '\'') at++;
        if (at + n <= head.n && strncasecmp(head.s + at, name, n) == 0) return true;
    }
    return false;
}

static int decode_chinese(Arena *arena, Str bytes, const char *name, Decoding *decoding, Error *error)
{
    enum { GB_SURE_PERCENT = 60, GB_LEAST_PERCENT = 30 };
    const char *why = _("its bytes are neither UTF-8, UTF-16, GB18030 nor Big5");
    size_t damage_most = bytes.n / 200 + 1;
    int share = gb_share_percent(bytes);
    bool big5 = share < GB_SURE_PERCENT && (declares(bytes, "big5") || guess_is(bytes, "BIG5"));
    if (share < GB_LEAST_PERCENT && !big5 && !guess_is(bytes, "GB18030")) return no_text(name, why, error);
    if (decode_with(arena, bytes, big5 ? &BIG5 : &GB18030, damage_most, decoding) < 0 || !is_plausible(decoding->text))
        return no_text(name, why, error);
    return 0;
}

/* ---- damaged UTF-8 ---- */

typedef struct Utf8Census {
    size_t good, bad; /* characters of several bytes; bytes that belong to none */
} Utf8Census;

static Utf8Census utf8_census(Str text)
{
    Utf8Census census = { 0, 0 };
    while (text.n > 0) {
        size_t valid = utf8_valid_prefix(text);
        for (size_t i = 0; i < valid; i++) census.good += ((unsigned char)text.s[i] & 0xC0) == 0xC0;
        census.bad += valid < text.n;
        text = str_slice(text, valid + 1, text.n);
    }
    return census;
}

static void repair_utf8(Arena *arena, Str bytes, size_t bad, Decoding *decoding)
{
    char *out = arena_alloc(arena, bytes.n + bad * REPLACEMENT.n);
    *decoding = (Decoding){ .own = out };
    while (bytes.n > 0) {
        size_t valid = utf8_valid_prefix(bytes);
        memcpy(out, bytes.s, valid);
        out += valid;
        if (valid < bytes.n) {
            if (decoding->damaged++ == 0) decoding->damaged_at = (size_t)(out - decoding->own);
            memcpy(out, REPLACEMENT.s, REPLACEMENT.n);
            out += REPLACEMENT.n;
        }
        bytes = str_slice(bytes, valid + 1, bytes.n);
    }
    decoding->text = (Str){ decoding->own, (size_t)(out - decoding->own) };
}

static int decode_without_mark(Arena *arena, Str bytes, const char *name, Decoding *decoding, Error *error)
{
    *decoding = (Decoding){ .text = bytes };
    if (bytes.n > 0 && memchr(bytes.s, '\0', bytes.n)) return no_text(name, _("it holds NUL bytes, as pictures and programs do"), error);
    if (utf8_valid_prefix(bytes) == bytes.n) return 0;
    Utf8Census census = utf8_census(bytes);
    /* In GB18030 one pair in five happens to be a valid character of UTF-8, and nearly every other byte is a bad one. */
    if (census.good >= 2 * census.bad) {
        repair_utf8(arena, bytes, census.bad, decoding);
        return 0;
    }
    return decode_chinese(arena, bytes, name, decoding, error);
}

/* ---- line ends and control characters ---- */

/* Bytes of a line end at the start of `s` that is not "\n": CR, CRLF, vertical tab, form feed (the page break of text taken
 * from PDF), NEL, LS, PS. */
static size_t foreign_line_end(const char *s, size_t n)
{
    if (*s == '\r') return n > 1 && s[1] == '\n' ? 2 : 1;
    if (*s == '\v' || *s == '\f') return 1;
    if (n > 1 && memcmp(s, "\xC2\x85", 2) == 0) return 2;
    if (n > 2 && (memcmp(s, "\xE2\x80\xA8", 3) == 0 || memcmp(s, "\xE2\x80\xA9", 3) == 0)) return 3;
    return 0;
}

/* Bytes of a control character (C0, DEL, C1) that means nothing in a text. */
static size_t control_character(const char *s, size_t n)
{
    unsigned char c = (unsigned char)*s;
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) return 1;
    return c == 0xC2 && n > 1 && (unsigned char)s[1] < 0xA0 ? 2 : 0;
}

static size_t first_to_clean(Str text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.s[i];
        if (c >= 0x20 && c != 0x7F && c != 0xC2 && c != 0xE2) continue;
        if (control_character(text.s + i, text.n - i) || foreign_line_end(text.s + i, text.n - i)) return i;
    }
    return text.n;
}

/* Returns how many control characters were left out. */
static size_t clean(Arena *arena, Decoding *decoding)
{
    Str text = decoding->text;
    size_t at = first_to_clean(text), used = at, dropped = 0;
    if (at == text.n) return 0;
    if (!decoding->own) {
        decoding->own = arena_alloc(arena, text.n);
        memcpy(decoding->own, text.s, at);
    }
    while (at < text.n) {
        size_t end = foreign_line_end(text.s + at, text.n - at);
        size_t control = end ? 0 : control_character(text.s + at, text.n - at);
        if (end) decoding->own[used++] = '\n';
        else if (!control) decoding->own[used++] = text.s[at];
        dropped += control > 0;
        at += end ? end : control ? control : 1;
    }
    decoding->text = (Str){ decoding->own, used };
    return dropped;
}

static int line_at(Str text, size_t at)
{
    int line = 1;
    for (size_t i = 0; i < at && i < text.n; i++) line += text.s[i] == '\n';
    return line;
}

/* ---- the door ---- */

static int decode(Arena *arena, Str bytes, const char *name, Decoding *decoding, Error *error)
{
    static const struct {
        const char *mark;
        size_t n;
        Encoding encoding;
    } MARKS[] = { /* UTF-32's little-endian mark begins with UTF-16's */
        { "\xFF\xFE\0\0", 4, { "UTF-32LE", NULL, 4 } },
        { "\xFF\xFE", 2, { "UTF-16LE", NULL, 2 } },
        { "\xFE\xFF", 2, { "UTF-16BE", NULL, 2 } },
    };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (bytes.n < MARKS[i].n || memcmp(bytes.s, MARKS[i].mark, MARKS[i].n) != 0) continue;
        bytes = str_slice(bytes, MARKS[i].n, bytes.n);
        if (decode_with(arena, bytes, &MARKS[i].encoding, bytes.n / 200 + 1, decoding) < 0 || !is_plausible(decoding->text) ||
            memchr(decoding->text.s, '\0', decoding->text.n))
            return no_text(name, _("it begins as UTF-16 does, but what follows is no text"), error);
        return 0;
    }
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_slice(bytes, 3, bytes.n);
    return decode_without_mark(arena, bytes, name, decoding, error);
}

int encoding_decode(Arena *arena, Str bytes, const char *name, Str *text, const Report *report, Error *error)
{
    Decoding decoding;
    name = file_title(str_from(name)).s;
    if (decode(arena, bytes, name, &decoding, error) < 0) return -1;
    if (decoding.damaged > 0)
        report_warn(report, ngettext("%s:%d: %zu damaged byte", "%s:%d: %zu damaged bytes, the first of them here", decoding.damaged), name,
                    line_at(decoding.text, decoding.damaged_at), decoding.damaged);
    size_t dropped = clean(arena, &decoding);
    if (dropped * 10 > decoding.text.n + 10) return no_text(name, _("it is full of control characters"), error);
    if (dropped > 0) report_warn(report, ngettext("%s: %zu control character left out", "%s: %zu control characters left out", dropped), name, dropped);
    *text = decoding.text;
    return 0;
}
