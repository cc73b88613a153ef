/* Makes voices/mandarin/kinds.tsv: characters of one kind stand between alike neighbours (乡 镇 村; 斯 尔 克; 煮 炒 煎).
 *
 *     kinds_import LEXICON SENTENCES... > voices/mandarin/kinds.tsv
 *
 *     LEXICON    voices/mandarin/lexicon.txt: a word counts by the logarithm of its frequency
 *     SENTENCES  NAME.sent, a sentence a line; the marks U+2581 of labelled sets (tools/polyphone_train.c) are passed over
 *
 * Of each character is counted what stands before and behind it; how far beyond chance (positive pointwise mutual information, Levy, Goldberg and
 * Dagan 2015) is brought down to a few dimensions (kinds_import/embed.c), in which kinds.c gathers the characters that point the same way. The same
 * files give the same kinds. Run by hand, and train the model anew then, whose features they are. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "base/utf8.h"
#include "kinds_import/kinds.h"

enum {
    SEEN_LEAST = 12, /* rarer characters are of no kind */
    CODES = 0x10000,
    MARK = 1, LETTER = 2 /* symbols that every mark, and every letter or figure, stands for; other symbols are characters */
};

typedef struct Seen {
    uint32_t code;
    double count;
} Seen;

typedef struct Import {
    Arena arena;
    Seen seen[CODES];          /* by code; then by frequency: symbols, from 1 */
    uint32_t symbol_of[CODES]; /* 0: none */
    Counts counts;
} Import;

typedef void See(Import *import, uint32_t before, uint32_t code, double weight);

static uint32_t code_next(Str *text)
{
    uint32_t code = 0;
    utf8_decode(utf8_next(text), &code);
    if (code < CODES && utf8_is_han(code)) return code;
    bool letter = (code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
    return letter ? LETTER : MARK;
}

static void code_count(Import *import, uint32_t before, uint32_t code, double weight)
{
    import->seen[before].count += weight;
    import->seen[code].count += weight;
}

static void pair_count(Import *import, uint32_t before, uint32_t code, double weight)
{
    uint32_t a = import->symbol_of[before], b = import->symbol_of[code];
    if (a && b) import->counts.follows[a * import->counts.symbols + b] += (float)weight;
}

/* A mark stands at both ends. */
static void sentence_see(Import *import, Str line, See *see)
{
    static const Str PASSED = { "\xE2\x96\x81", 3 };
    uint32_t before = MARK;
    while (line.n > 0) {
        bool passed = str_starts(line, PASSED);
        uint32_t code = code_next(&line);
        if (passed) continue;
        see(import, before, code, 1);
        before = code;
    }
    see(import, before, MARK, 1);
}

/* What stands beside a word is not known. */
static void word_see(Import *import, Str line, See *see)
{
    long frequency;
    Str word = str_split(&line, '\t');
    if (str_starts(word, STR("#")) || !str_to_long(str_split(&line, '\t'), &frequency)) return;
    for (uint32_t before = code_next(&word); word.n > 0;) {
        uint32_t code = code_next(&word);
        see(import, before, code, 1 + log((double)frequency + 1) / 3);
        before = code;
    }
}

static void files_see(Import *import, int count, char **path, See *see)
{
    for (int i = 0; i < count; i++) {
        Error error;
        Str text;
        ArenaMark mark = arena_mark(&import->arena);
        if (file_read(&import->arena, path[i], &text, &error) < 0) {
            fprintf(stderr, "kinds_import: %s\n", error.text);
            exit((int)error.status);
        }
        while (text.n > 0) (i == 0 ? word_see : sentence_see)(import, str_split(&text, '\n'), see);
        arena_reset(&import->arena, mark);
    }
}

static int by_count(const void *left, const void *right)
{
    const Seen *a = left, *b = right;
    return a->count < b->count ? 1 : a->count > b->count ? -1 : a->code < b->code ? -1 : 1;
}

/* Symbols by frequency, seen[symbol - 1]. */
static void symbols_make(Import *import)
{
    size_t symbols = 1;
    for (uint32_t code = 0; code < CODES; code++) import->seen[code].code = code;
    qsort(import->seen, CODES, sizeof *import->seen, by_count);
    for (; symbols < CODES && import->seen[symbols - 1].count >= SEEN_LEAST; symbols++) import->symbol_of[import->seen[symbols - 1].code] = (uint32_t)symbols;
    import->counts = (Counts){ symbols, calloc(symbols * symbols, sizeof(float)) };
    if (!import->counts.follows) abort();
}

static void kinds_print(const Import *import, const int *kind)
{
    puts("# Kinds of characters: those of a row stand between alike neighbours. The model (polyphones.txt) looks at the kinds of the neighbours, too,\n"
         "# so that it need not have seen these very ones. Made by tools/kinds_import.c; train the model anew when they change.\n#\n"
         "# kind\tits characters, the frequent ones first\n#\n"
         "# Sources: what stands beside what in the words of lexicon.txt (its head names the sources) and, as counts, in the sentences of CPP\n"
         "# (https://github.com/kakaobrain/g2pM) and g2pL, both Apache-2.0.");
    for (int k = 0, number = 0; k < KINDS; k++) {
        bool any = false; /* marks can be a kind of their own */
        for (size_t symbol = 1; symbol < import->counts.symbols; symbol++) {
            char bytes[4];
            uint32_t code = import->seen[symbol - 1].code;
            if (kind[symbol] != k || code <= LETTER) continue;
            if (!any) printf("%d\t", ++number);
            any = true;
            printf("%.*s", (int)utf8_encode(code, bytes), bytes);
        }
        if (any) putchar('\n');
    }
}

int main(int count, char **argument)
{
    if (count < 3) {
        fputs("usage: kinds_import LEXICON SENTENCES...\n", stderr);
        return STATUS_USAGE;
    }
    Import *import = calloc(1, sizeof *import);
    if (!import) abort();
    files_see(import, count - 1, argument + 1, code_count);
    symbols_make(import);
    files_see(import, count - 1, argument + 1, pair_count);
    float *points = counts_embed(&import->counts);
    float *weights = ARENA_NEW(&import->arena, float, import->counts.symbols);
    for (size_t i = 1; i < import->counts.symbols; i++) weights[i] = (float)sqrt(import->seen[i - 1].count);
    int *kind = points_gather(points, weights, import->counts.symbols);
    kinds_print(import, kind);
    free(kind);
    free(points);
    free(import->counts.follows);
    arena_finish(&import->arena);
    free(import);
    return 0;
}
