#include "text/words.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/utf8.h"

static size_t place_of(Str name)
{
    return (size_t)(hash_str(HASH_START, name) % WORD_LISTS_PLACES);
}

static WordList *named(WordList *list, Str name)
{
    while (list && !str_equal(list->name, name)) list = list->same;
    return list;
}

WordList *words_find(const WordLists *lists, Str name)
{
    return named(lists->named[place_of(name)], name);
}

WordList *words_list(WordLists *lists, Str name, Arena *arena)
{
    WordList **place = &lists->named[place_of(name)], *list = named(*place, name);
    if (list) return list;
    list = ARENA_NEW(arena, WordList, 1);
    list->name = name;
    list->next = lists->newest;
    list->same = *place;
    lists->newest = *place = list;
    return list;
}

/* "U+00A0" at the start of *rest. */
static bool code_point(Str *rest, uint32_t *code)
{
    char hex[8] = { 0 };
    size_t n = 0;
    if (!str_starts(*rest, STR("U+"))) return false;
    while (n < 6 && n + 2 < rest->n && isxdigit((unsigned char)rest->s[n + 2])) {
        hex[n] = rest->s[n + 2];
        n++;
    }
    *code = (uint32_t)strtoul(hex, NULL, 16);
    *rest = str_slice(*rest, n + 2, rest->n);
    return n >= 4;
}

/* The word's characters, into `codes`. */
static bool spell(Word32 *word, Str text, uint32_t *codes)
{
    word->text = text;
    word->code = codes;
    while (text.n > 0) {
        if (str_starts(text, STR("U+"))) {
            if (!code_point(&text, &word->code[word->n++])) return false;
            continue;
        }
        text = str_slice(text, utf8_decode(text, &word->code[word->n++]), text.n);
    }
    return word->n > 0;
}

static bool range_add(WordList *list, Str text, const WordRow *row, Arena *arena)
{
    WordRange range = { .word.row = row };
    if (!code_point(&text, &range.first) || !str_starts(text, STR(".."))) return false;
    text = str_slice(text, 2, text.n);
    if (!code_point(&text, &range.last) || text.n > 0) return false;
    list->ranges = arena_grow(arena, list->ranges, list->range_count, list->range_count + 1, sizeof *list->ranges);
    list->ranges[list->range_count++] = range;
    return true;
}

/* Most lists are filled at once and need no more than they are given; one that grows row by row doubles. */
static void words_reserve(WordList *list, Str words, char separator, Arena *arena)
{
    size_t wanted = list->count + 1;
    for (size_t i = 0; i < words.n; i++) wanted += words.s[i] == separator;
    if (wanted <= list->capacity) return;
    if (wanted < list->capacity * 2) wanted = list->capacity * 2;
    list->words = arena_grow(arena, list->words, list->count, wanted, sizeof *list->words);
    list->capacity = wanted;
}

bool words_add(WordList *list, Str words, char separator, const WordRow *row, Arena *arena)
{
    words_reserve(list, words, separator, arena);
    uint32_t *codes = ARENA_ROOM(arena, uint32_t, utf8_count(words));
    while (words.n > 0) {
        Str text = str_trim(str_split(&words, separator));
        Word32 *word = &list->words[list->count];
        if (text.n == 0) continue;
        if (str_find(text, STR("..U+")) < text.n) {
            if (!range_add(list, text, row, arena)) return false;
            continue;
        }
        *word = (Word32){ .row = row };
        if (!spell(word, text, codes)) return false;
        codes += word->n;
        list->count++;
    }
    return true;
}

static uint32_t edge(const Word32 *word, bool last)
{
    return word->code[last ? word->n - 1 : 0];
}

/* Shell's sort with Ciura's gaps (FCT 2001): lists have a few words or a few hundred, for which qsort(3) would spend most of its time calling back. */
static void ranks_sort(uint64_t *ranks, size_t count)
{
    static const size_t GAPS[] = { 701, 301, 132, 57, 23, 10, 4, 1 };
    for (size_t g = 0; g < sizeof GAPS / sizeof *GAPS; g++) {
        for (size_t i = GAPS[g]; i < count; i++) {
            uint64_t rank = ranks[i];
            size_t at = i;
            for (; at >= GAPS[g] && ranks[at - GAPS[g]] > rank; at -= GAPS[g]) ranks[at] = ranks[at - GAPS[g]];
            ranks[at] = rank;
        }
    }
}

/* Ranks are a character, how far from the longest word, and the place in the file, in one number. */
static WordEdge *sorted(const WordList *list, bool last, Arena *arena)
{
    WordEdge *order = ARENA_NEW(arena, WordEdge, list->count);
    ArenaMark mark = arena_mark(arena);
    uint64_t *ranks = ARENA_NEW(arena, uint64_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        size_t n = list->words[i].n < UINT8_MAX ? list->words[i].n : UINT8_MAX;
        ranks[i] = (uint64_t)edge(&list->words[i], last) << 40 | (uint64_t)(UINT8_MAX - n) << 32 | i;
    }
    ranks_sort(ranks, list->count);
    for (size_t i = 0; i < list->count; i++) order[i] = (WordEdge){ (uint32_t)(ranks[i] >> 40), (uint32_t)ranks[i] };
    arena_reset(arena, mark);
    return order;
}

/* One run of letters or figures goes on from a to b. */
static bool joined(uint32_t a, uint32_t b)
{
    return (code_is_latin(a) && code_is_latin(b)) || (code_is_digit(a) && code_is_digit(b));
}

static void index_tokens(WordList *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const Word32 *word = &list->words[i];
        unsigned n = 0; /* tokens behind the first */
        for (size_t k = 1; k < word->n && n <= WORD_TOKENS; k++) {
            if (joined(word->code[k - 1], word->code[k])) continue;
            if (n < WORD_TOKENS) list->inner[n] = char_set_join(list->inner[n], char_set(word->code[k]));
            n++;
        }
        if (n < WORD_TOKENS) list->lengths |= 1u << (n + 1);
    }
    if (list->range_count > 0) list->lengths |= 1u << 1;
}

enum { SHORT = 2 }; /* words: so few are looked through at once */

void words_index(WordLists *lists, Arena *arena)
{
    unsigned number = 0;
    for (WordList *list = lists->newest; list; list = list->next) {
        if (list->count > SHORT) list->number = ++number;
        list->forward = sorted(list, false, arena);
        list->backward = sorted(list, true, arena);
        for (size_t i = 0; i < list->count; i++) {
            list->firsts = char_set_join(list->firsts, char_set(edge(&list->words[i], false)));
            list->lasts = char_set_join(list->lasts, char_set(edge(&list->words[i], true)));
        }
        index_tokens(list);
        if (list->range_count > 0) list->firsts = CHAR_SET_ALL;
    }
}

/* The first word in `order` with this edge or a later one. */
static const WordEdge *first_with(const WordEdge *order, size_t count, uint32_t code)
{
    while (count > 0) {
        size_t half = count / 2;
        bool later = order[half].code < code;
        order = later ? order + half + 1 : order;
        count = later ? count - half - 1 : half;
    }
    return order;
}

static bool stands_at(const Word32 *word, const Chars *chars, size_t at)
{
    if (word->n > chars->n - at) return false;
    for (size_t i = 0; i < word->n; i++)
        if (chars->code[at + i] != word->code[i]) return false;
    return true;
}

const Word32 *words_after(const WordList *list, const Chars *chars, size_t at)
{
    if (at >= chars->n) return NULL;
    uint32_t code = chars->code[at];
    if (!char_set_meets(list->firsts, char_set(code))) return NULL;
    const WordEdge *end = list->forward + list->count;
    for (const WordEdge *entry = first_with(list->forward, list->count, code); entry < end && entry->code == code; entry++) {
        const Word32 *word = &list->words[entry->word];
        if (stands_at(word, chars, at) && !joined(edge(word, true), chars_at(chars, at + word->n))) return word;
    }
    for (size_t i = 0; i < list->range_count; i++)
        if (code >= list->ranges[i].first && code <= list->ranges[i].last) return &list->ranges[i].word;
    return NULL;
}

const Word32 *words_before(const WordList *list, const Chars *chars, size_t at)
{
    if (at == 0) return NULL;
    uint32_t code = chars->code[at - 1];
    if (!char_set_meets(list->lasts, char_set(code))) return NULL;
    const WordEdge *end = list->backward + list->count;
    for (const WordEdge *entry = first_with(list->backward, list->count, code); entry < end && entry->code == code; entry++) {
        const Word32 *word = &list->words[entry->word];
        if (word->n > at || !stands_at(word, chars, at - word->n)) continue;
        if (at == word->n || !joined(chars->code[at - word->n - 1], word->code[0])) return word;
    }
    return NULL;
}
