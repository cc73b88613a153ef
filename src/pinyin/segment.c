/* Segmentation: of all ways to cut the spoken form into words, the one whose words are likeliest together (Viterbi over the
 * graph of lexicon words; each word independent of the others). */
#include <math.h>

#include "base/utf8.h"
#include "pinyin/readings.h"

/* What a word costs that the lexicon lacks; the rarest word of the lexicon costs about 17. */
static const float UNKNOWN_COST = 20;
static const float LETTERS_COST = 14; /* a run of Latin letters */

typedef struct Edge { /* the best way to reach a place in the text */
    float cost;
    uint32_t from;
    Str tag;
} Edge;

static bool is_letter(const Readings *readings, uint32_t code)
{
    return code < 0x3000 && readings_letter(readings, code).n > 0; /* full-width forms and kana stay single */
}

/* Bytes of the run of letters that begins `text`. */
static size_t letters_run(const Readings *readings, Str text)
{
    size_t at = 0;
    uint32_t code;
    while (at < text.n) {
        size_t n = utf8_decode(str_slice(text, at, text.n), &code);
        if (!is_letter(readings, code)) break;
        at += n;
    }
    return at;
}

static void edge_relax(Edge *edges, size_t from, size_t bytes, float cost, Str tag)
{
    Edge *to = &edges[from + bytes];
    cost += edges[from].cost;
    if (cost < to->cost) *to = (Edge){ cost, (uint32_t)from, tag };
}

/* All words that begin at `at`. `within`: at stands inside a run of letters, where no word begins. */
static void edges_from(const Lexicon *lexicon, const Readings *readings, Str text, size_t at, size_t limit, Edge *edges)
{
    Str rest = str_slice(text, at, limit);
    uint32_t code, next;
    size_t first = utf8_decode(rest, &code);
    if (is_letter(readings, code)) first = letters_run(readings, rest);
    edge_relax(edges, at, first, is_letter(readings, code) ? LETTERS_COST : UNKNOWN_COST, (Str){ 0 });
    if (readings_is_mark(readings, code)) return;
    LexiconEntry entries[LEXICON_MATCHES_MAX];
    size_t count = lexicon_matches(lexicon, rest, entries);
    for (size_t i = 0; i < count; i++) {
        size_t n = entries[i].bytes;
        /* A word must not end inside a run of letters: "B超" is a word, the "A" of "AB" is none. */
        if (n < first) continue;
        if (n < rest.n && (unsigned char)rest.s[n - 1] < 0x80 && utf8_decode(str_slice(rest, n, rest.n), &next) && is_letter(readings, next)) continue;
        edge_relax(edges, at, n, entries[i].cost, entries[i].tag);
    }
}

static WordKind kind_of(const Readings *readings, Str word)
{
    uint32_t code;
    utf8_decode(word, &code);
    return readings_is_mark(readings, code) ? WORD_MARK : WORD_SPOKEN;
}

void pinyin_segment(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena)
{
    Str text = sentence->spoken;
    Given *given;
    size_t given_count = given_find(readings, sentence, &given, arena);
    Edge *edges = ARENA_NEW(arena, Edge, text.n + 1);
    for (size_t i = 1; i <= text.n; i++) edges[i].cost = HUGE_VALF;
    for (size_t at = 0, next = 0; at < text.n; at++) {
        while (next < given_count && (!given[next].whole || given[next].at < at)) next++;
        if (edges[at].cost == HUGE_VALF) continue;
        /* What a user has given is one word; ours end before it. */
        if (next < given_count && given[next].at == at) edge_relax(edges, at, given[next].n, 0, (Str){ 0 });
        else edges_from(lexicon, readings, text, at, next < given_count ? given[next].at : text.n, edges);
    }

    size_t count = 0;
    for (size_t at = text.n; at > 0; at = edges[at].from) count++;
    sentence->word_count = count;
    sentence->words = ARENA_NEW(arena, Word, count);
    for (size_t at = text.n; at > 0; at = edges[at].from) {
        Word *word = &sentence->words[--count];
        word->text = str_slice(text, edges[at].from, at);
        word->tag = edges[at].tag;
        word->kind = kind_of(readings, word->text);
    }
}
