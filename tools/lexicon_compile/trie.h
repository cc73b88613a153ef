/* Builds the double-array trie of lexicon.bin (src/pinyin/lexicon_format.h). Used by lexicon_compile alone, hence whole in a header. */
#ifndef DUBAO_TOOLS_TRIE_H
#define DUBAO_TOOLS_TRIE_H

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pinyin/lexicon_format.h"

typedef struct TrieValue {
    uint16_t cost;
    uint8_t tag;
    uint32_t word; /* number of the word in the caller's order */
} TrieValue;

typedef struct TrieNode {
    uint32_t child, last, sibling; /* 0: none; children ascend by label only if words were added so */
    uint16_t label, children;
    TrieValue value;               /* cost LEXICON_NO_WORD: no word ends here */
} TrieNode;

typedef struct Trie {
    Arena arena;
    TrieNode *nodes; /* 0 is the root */
    uint32_t node_count, node_capacity;
    LexiconUnit *units;
    uint32_t *word;        /* of each unit: TrieValue.word */
    uint32_t unit_count, unit_capacity;
    unsigned char *base_used;
    uint32_t *skip;        /* of a used unit: no unit from here to there is free (found out lazily) */
} Trie;

static inline void trie_init(Trie *trie, size_t words)
{
    *trie = (Trie){ .node_count = 1 };
    trie->node_capacity = (uint32_t)words * 4 + 16;
    trie->nodes = ARENA_NEW(&trie->arena, TrieNode, trie->node_capacity);
    trie->nodes[0].value.cost = LEXICON_NO_WORD;
}

static inline void trie_finish(Trie *trie)
{
    arena_finish(&trie->arena);
}

static inline uint32_t trie_child(Trie *trie, uint32_t parent, uint16_t label)
{
    /* Words come sorted by bytes, so a child is either the last one or new. */
    uint32_t last = trie->nodes[parent].last;
    if (last && trie->nodes[last].label == label) return last;
    if (trie->node_count == trie->node_capacity) abort();
    uint32_t child = trie->node_count++;
    trie->nodes[child] = (TrieNode){ .label = label, .value = { .cost = LEXICON_NO_WORD } };
    if (last) trie->nodes[last].sibling = child;
    else trie->nodes[parent].child = child;
    trie->nodes[parent].last = child;
    trie->nodes[parent].children++;
    return child;
}

/* Words must come sorted by their bytes. */
static inline void trie_add(Trie *trie, const uint16_t *labels, size_t count, TrieValue value)
{
    uint32_t node = 0;
    for (size_t i = 0; i < count; i++) node = trie_child(trie, node, labels[i]);
    trie->nodes[node].value = value;
}

static inline bool trie_base_fits(const Trie *trie, uint32_t node, uint32_t base)
{
    if (trie->base_used[base]) return false;
    for (uint32_t child = trie->nodes[node].child; child; child = trie->nodes[child].sibling)
        if (trie->units[base + trie->nodes[child].label].label) return false;
    return true;
}

/* The first free unit from `at` on. */
static inline uint32_t trie_free_from(Trie *trie, uint32_t at)
{
    uint32_t end = at;
    while (trie->units[end].label) end = trie->skip[end] > end ? trie->skip[end] : end + 1;
    while (at < end) { /* what was learnt on the way, so that the next search is one step */
        uint32_t next = trie->skip[at] > at ? trie->skip[at] : at + 1;
        trie->skip[at] = end;
        at = next;
    }
    return end;
}

/* The lowest base at which all children of the node find free units. */
static inline uint32_t trie_base(Trie *trie, uint32_t node)
{
    uint16_t first = trie->nodes[trie->nodes[node].child].label;
    for (uint32_t at = trie_free_from(trie, (uint32_t)first + 1);; at = trie_free_from(trie, at + 1)) {
        if (at + UINT16_MAX >= trie->unit_capacity) abort();
        if (trie_base_fits(trie, node, at - first)) return at - first;
    }
}

static inline void trie_place(Trie *trie, uint32_t node, uint32_t unit)
{
    uint32_t base = trie_base(trie, node);
    trie->base_used[base] = 1;
    trie->units[unit].base_tag |= base << 8;
    for (uint32_t child = trie->nodes[node].child; child; child = trie->nodes[child].sibling) {
        const TrieNode *own = &trie->nodes[child];
        uint32_t at = base + own->label;
        trie->units[at] = (LexiconUnit){ own->value.tag, own->label, own->value.cost };
        trie->word[at] = own->value.word;
        if (at >= trie->unit_count) trie->unit_count = at + 1;
    }
}

typedef struct TrieOrder {
    uint32_t node, children;
} TrieOrder;

static inline int trie_by_children(const void *left, const void *right)
{
    const TrieOrder *a = left, *b = right;
    if (a->children != b->children) return a->children < b->children ? 1 : -1;
    return (a->node > b->node) - (a->node < b->node);
}

/* Lays all nodes out. A node's unit is known once its parent is placed, so nodes wait in order of size only for their bases:
 * bases first, largest family first (dense packing), then the units are linked. */
static inline void trie_pack(Trie *trie)
{
    trie->unit_capacity = trie->node_count * 2 + 4 * UINT16_MAX;
    trie->units = ARENA_NEW(&trie->arena, LexiconUnit, trie->unit_capacity);
    trie->word = ARENA_NEW(&trie->arena, uint32_t, trie->unit_capacity);
    trie->skip = ARENA_NEW(&trie->arena, uint32_t, trie->unit_capacity);
    trie->base_used = arena_alloc(&trie->arena, trie->unit_capacity);
    trie->base_used[0] = 1;
    trie->units[0] = (LexiconUnit){ 0, 0, LEXICON_NO_WORD };
    trie->unit_count = 1;
    TrieOrder *order = ARENA_NEW(&trie->arena, TrieOrder, trie->node_count);
    uint32_t count = 0, *base = ARENA_NEW(&trie->arena, uint32_t, trie->node_count);
    for (uint32_t node = 0; node < trie->node_count; node++)
        if (trie->nodes[node].children) order[count++] = (TrieOrder){ node, trie->nodes[node].children };
    qsort(order, count, sizeof *order, trie_by_children);
    for (uint32_t i = 0; i < count; i++) {
        LexiconUnit holder = trie->units[0];
        trie->units[0].base_tag = 0;
        trie_place(trie, order[i].node, 0);
        base[order[i].node] = trie->units[0].base_tag >> 8;
        trie->units[0] = holder;
    }
    trie->units[0].base_tag = base[0] << 8;
    for (uint32_t node = 0; node < trie->node_count; node++)
        for (uint32_t child = trie->nodes[node].child; child; child = trie->nodes[child].sibling)
            trie->units[base[node] + trie->nodes[child].label].base_tag |= base[child] << 8;
}

#endif
