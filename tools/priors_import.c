/* Makes voices/mandarin/priors.tsv: the reading that a character most often has in running text.
 *
 *     priors_import COUNTS.json > voices/mandarin/priors.tsv
 *
 * COUNTS.json counts the labels of a set of sentences: {"character": {"reading": count, ...}, ...}, ü as "u:" (the training labels of CPP,
 * Apache-2.0). Only a clear majority becomes a row; what is wrong in it is mended in corrections.tsv. Run by hand. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"

enum { LEAST_COUNT = 8, LEAST_PERCENT = 60 };

static void reading_print(Str reading)
{
    for (size_t i = 0; i < reading.n; i++) {
        bool umlaut = str_starts(str_slice(reading, i, reading.n), STR("u:"));
        putchar(umlaut ? 'v' : reading.s[i]);
        i += umlaut;
    }
}

static void character_print(const char *character, json_t *counts)
{
    const char *reading, *best = NULL;
    json_t *count;
    json_int_t most = 0, total = 0;
    json_object_foreach(counts, reading, count) {
        json_int_t n = json_integer_value(count);
        total += n;
        if (n <= most) continue;
        most = n;
        best = reading;
    }
    if (!best || total < LEAST_COUNT || most * 100 < total * LEAST_PERCENT) return;
    printf("%s\t", character);
    reading_print(str_from(best));
    printf("\t%lld of %lld\n", (long long)most, (long long)total);
}

int main(int count, char **argument)
{
    json_error_t fault;
    const char *character;
    json_t *readings, *all = count == 2 ? json_load_file(argument[1], 0, &fault) : NULL;
    if (count != 2) fputs("usage: priors_import COUNTS.json\n", stderr);
    else if (!all) fprintf(stderr, "priors_import: %s:%d: %s\n", argument[1], fault.line, fault.text);
    if (!all) return count == 2 ? STATUS_DATA : STATUS_USAGE;
    puts("# The reading that a character most often has in running text; it goes before the order of characters.tsv.\n"
         "# Made by tools/priors_import.c; mend in corrections.tsv.\n#\n"
         "# character\treading\tcount\n#\n"
         "# Source: label counts of the CPP data set for polyphones (training part), Apache-2.0.");
    json_object_foreach(all, character, readings) character_print(character, readings);
    json_decref(all);
    return 0;
}
