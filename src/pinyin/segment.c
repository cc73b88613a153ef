/* Segmentation: of all ways to cut the spoken form into words, the one whose words are likeliest together (Viterbi over the
 * graph of lexicon words; each word independent of the others). */
#include <math.h>

#include "pinyin/given.h"
#include "pinyin/readings.h"

/* What a word costs that the lexicon lacks; the rarest word of the lexicon costs about 17. */
static const float UNKNOWN_COST = 20;
static const float LETTERS_COST = 14; /* a run of Latin letters */

typedef struct Edge { /* the best way to reach a place in the text */
    float cost;
    uint32_t from, entry; /* characters; the word's number in the lexicon, 0: it has none */
} Edge;

/* The characters of a sentence, and the way to each of them. */
typedef struct Graph {
    const Lexicon *lexicon;
    const Readings *readings;
    LexiconText text;
    Edge *edges;
} Graph;

static bool is_letter(const Readings *readings, uint32_t code)
{
    return code < 0x3000 && readings_letter(readings, code).n > 0; /* full-width forms and kana stay single */
}

/* The end of the run of letters that begins at `at`, with what an apostrophe or a hyphen joins to it (don't). */
static size_t letters_end(const Graph *graph, size_t at, size_t limit)
{
    const LexiconText *text = &graph->text;
    const Readings *readings = graph->readings;
    size_t run = at;
    while (run < limit && is_letter(readings, text->code[run])) run++;
    if (run == limit || !latin_joins(text->code[run])) return run;
    size_t from = text->at[at], to = from + english_joined(&readings->english, &readings->latin, str_slice(text->text, from, text->at[limit])), end = run;
    while (text->at[end] < to) end++;
    return end < limit && is_letter(readings, text->code[end]) ? run : end; /* not a part of a run: don'té */
}

static void edge_relax(const Graph *graph, size_t from, size_t to, float cost, uint32_t entry)
{
    Edge *edge = &graph->edges[to];
    cost += graph->edges[from].cost;
    if (cost < edge->cost) *edge = (Edge){ cost, (uint32_t)from, entry };
}

/* All words that begin at `at` and end before `limit`. */
static void edges_from(const Graph *graph, size_t at, size_t limit)
{
    const LexiconText *text = &graph->text;
    const Readings *readings = graph->readings;
    bool letter = is_letter(readings, text->code[at]);
    size_t first = letter ? letters_end(graph, at, limit) : at + 1;
    edge_relax(graph, at, first, letter ? LETTERS_COST : UNKNOWN_COST, 0);
    if (readings_is_mark(readings, text->code[at])) return;
    LexiconEntry entries[LEXICON_MATCHES_MAX];
    size_t count = lexicon_matches(graph->lexicon, text, at, limit, entries);
    for (size_t i = 0; i < count; i++) {
        size_t end = at + entries[i].characters;
        /* A word must not end inside a run of letters: "B超" is a word, the "A" of "AB" is none. */
        if (end < first) continue;
        if (end < limit && text->code[end - 1] < 0x80 && is_letter(readings, text->code[end])) continue;
        edge_relax(graph, at, end, entries[i].cost, entries[i].word);
    }
}

static void edges_find(const Graph *graph, const Given *given, size_t given_count)
{
    const LexiconText *text = &graph->text;
    for (size_t i = 1; i <= text->count; i++) graph->edges[i].cost = HUGE_VALF;
    graph->edges[0].cost = 0;
    for (size_t at = 0, next = 0, limit = 0; at < text->count; at++) {
        while (next < given_count && (!given[next].whole || given[next].at < text->at[at])) next++;
        if (graph->edges[at].cost == HUGE_VALF) continue;
        size_t wanted = next < given_count ? given[next].at : text->text.n;
        if (limit < at) limit = at;
        while (limit < text->count && text->at[limit] < wanted) limit++;
        /* What a user has given is one word; ours end before it. */
        if (limit > at) {
            edges_from(graph, at, limit);
        } else {
            while (text->at[limit] < wanted + given[next].n) limit++;
            edge_relax(graph, at, limit, 0, 0);
        }
    }
}

void pinyin_segment(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena)
{
    Given *given;
    size_t given_count = given_find(readings, sentence, &given, arena), count = 0;
    Graph graph = { lexicon, readings, lexicon_text(lexicon, sentence->spoken, arena), NULL };
    graph.edges = ARENA_ROOM(arena, Edge, graph.text.count + 1);
    edges_find(&graph, given, given_count);

    for (size_t at = graph.text.count; at > 0; at = graph.edges[at].from) count++;
    sentence->word_count = count;
    sentence->words = ARENA_NEW(arena, Word, count);
    for (size_t at = graph.text.count; at > 0; at = graph.edges[at].from) {
        Word *word = &sentence->words[--count];
        const Edge *edge = &graph.edges[at];
        word->text = str_slice(sentence->spoken, graph.text.at[edge->from], graph.text.at[at]);
        word->entry = edge->entry;
        if (edge->entry) word->tag = lexicon_tag(lexicon, edge->entry);
        word->kind = readings_is_mark(readings, graph.text.code[edge->from]) ? WORD_MARK : WORD_SPOKEN;
    }
    if (given_count == 0) foreign_join(&readings->foreign, sentence);
}
