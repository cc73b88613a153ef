#include "text/words.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/utf8.h"

WordList *words_find(WordList *lists, Str name)
{
    while (lists && !str_equal(lists->name, name)) lists = lists->next;
    return lists;
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

static bool spell(Word32 *word, Str text, Arena *arena)
{
    word->text = text;
    word->code = ARENA_NEW(arena, uint32_t, text.n + 1);
    while (text.n > 0) {
        if (str_starts(text, STR("U+"))) {
            if (!code_point(&text, &word->code[word->n++])) return false;
            continue;
        }
        text = str_slice(text, utf8_decode(text, &word->code[word->n++]), text.n);
    }
    return word->n > 0;
}

static bool range_add(WordList *list, Str text, Word32 word, Arena *arena)
{
    WordRange range = { .word = word };
    if (!code_point(&text, &range.first) || !str_starts(text, STR(".."))) return false;
    text = str_slice(text, 2, text.n);
    if (!code_point(&text, &range.last) || text.n > 0) return false;
    list->ranges = arena_grow(arena, list->ranges, list->range_count, list->range_count + 1, sizeof *list->ranges);
    list->ranges[list->range_count++] = range;
    return true;
}

static WordList *list_named(WordList **lists, Str name, Arena *arena)
{
    WordList *list = words_find(*lists, name);
    if (list) return list;
    list = ARENA_NEW(arena, WordList, 1);
    list->name = name;
    list->next = *lists;
    *lists = list;
    return list;
}

static bool word_add(WordList *list, Str text, Word32 word, Arena *arena)
{
    if (str_find(text, STR("..U+")) < text.n) return range_add(list, text, word, arena);
    if (!spell(&word, text, arena)) return false;
    if (list->count == list->capacity) {
        size_t wanted = list->capacity ? list->capacity * 2 : 16;
        list->words = arena_grow(arena, list->words, list->count, wanted, sizeof *list->words);
        list->capacity = wanted;
    }
    list->words[list->count++] = word;
    return true;
}

bool words_add(WordList **lists, Str name, Str words, Word32 like, Arena *arena)
{
    WordList *list = list_named(lists, name, arena);
    while (words.n > 0) {
        Str text = str_trim(str_split(&words, ' '));
        if (text.n > 0 && !word_add(list, text, like, arena)) return false;
    }
    return true;
}

static uint32_t edge(const Word32 *word, bool last)
{
    return word->code[last ? word->n - 1 : 0];
}

static int by_rank(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
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
    qsort(ranks, list->count, sizeof *ranks, by_rank);
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

void words_index(WordList *lists, Arena *arena)
{
    unsigned number = 0;
    for (; lists; lists = lists->next) {
        if (lists->count > SHORT) lists->number = ++number;
        lists->forward = sorted(lists, false, arena);
        lists->backward = sorted(lists, true, arena);
        for (size_t i = 0; i < lists->count; i++) {
            lists->firsts = char_set_join(lists->firsts, char_set(edge(&lists->words[i], false)));
            lists->lasts = char_set_join(lists->lasts, char_set(edge(&lists->words[i], true)));
        }
        index_tokens(lists);
        if (lists->range_count > 0) lists->firsts = CHAR_SET_ALL;
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
