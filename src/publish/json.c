#include "publish/json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* 12 significant digits: a millisecond of a year. */
static const size_t FLAGS = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(12);

json_t *json_text(Str text, bool null_if_empty)
{
    if (text.n == 0 && null_if_empty) return json_null();
    json_t *value = json_stringn(text.n ? text.s : "", text.n);
    if (!value) memory_exhausted(); /* text is valid UTF-8, so only without memory */
    return value;
}

json_t *json_rounded(double value, int decimals)
{
    double scale = pow(10, decimals), rounded = round(value * scale) / scale;
    return json_real(rounded == 0 ? 0 : rounded);
}

void json_put(FILE *out, json_t *value)
{
    json_dumpf(value, out, FLAGS);
    json_decref(value);
}

static bool is_plain(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.s[i] < 0x20 || text.s[i] == '"' || text.s[i] == '\\' || text.s[i] == 0x7F) return false;
    return true;
}

void json_put_text(FILE *out, Str text)
{
    if (is_plain(text)) fprintf(out, "\"%.*s\"", STR_ARG(text));
    else json_put(out, json_text(text, false));
}

void json_put_members(FILE *out, json_t *object)
{
    char *text = json_dumps(object, FLAGS);
    if (!text) memory_exhausted();
    fwrite(text + 1, 1, strlen(text) - 2, out);
    free(text);
    json_decref(object);
}
