#include <stdio.h>
#include <stdlib.h>

#include "lexicon_import/import.h"

static Entry *words_slot(const Words *words, Str word)
{
    size_t at = (size_t)hash_str(HASH_START, word) & (words->size - 1);
    while (words->entries[at].word.n && !str_equal(words->entries[at].word, word)) at = (at + 1) & (words->size - 1);
    return &words->entries[at];
}

Entry *words_find(const Words *words, Str word)
{
    Entry *entry = words_slot(words, word);
    return entry->word.n ? entry : NULL;
}

Entry *words_add(Words *words, Str word)
{
    Entry *entry = words_slot(words, word);
    if (entry->word.n) return entry;
    entry->word = word;
    if (++words->count > words->size / 2) {
        fputs("lexicon_import: a source is larger than foreseen\n", stderr);
        exit(1);
    }
    return entry;
}

void words_init(Words *words, size_t size, Arena *arena)
{
    *words = (Words){ .size = size };
    words->entries = ARENA_NEW(arena, Entry, size);
}
