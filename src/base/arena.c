#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { CHUNK_BYTES = 64 * 1024 - 64 };

struct ArenaChunk {
    ArenaChunk *older;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

static size_t aligned(size_t bytes)
{
    size_t step = _Alignof(max_align_t);
    return (bytes + step - 1) / step * step;
}

void arena_finish(Arena *arena)
{
    arena_reset(arena, (ArenaMark){ NULL, 0 });
}

static bool arena_has(const Arena *arena, size_t bytes)
{
    return arena->chunk && arena->chunk->size - arena->chunk->used >= bytes;
}

static void chunk_push(Arena *arena, ArenaChunk *chunk, size_t size)
{
    chunk->older = arena->chunk;
    chunk->size = size;
    chunk->used = 0;
    arena->chunk = chunk;
}

static void *arena_take(Arena *arena, size_t bytes)
{
    size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    if (!arena_has(arena, bytes)) chunk_push(arena, memory_grow(NULL, 1, sizeof(ArenaChunk) + size), size);
    void *memory = arena->chunk->bytes + arena->chunk->used;
    arena->chunk->used += bytes;
    return memory;
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX / 2) memory_exhausted();
    bytes = aligned(bytes ? bytes : 1);
    if (bytes <= CHUNK_BYTES || arena_has(arena, bytes)) return memset(arena_take(arena, bytes), 0, bytes);
    /* A large array with few entries (one by character) should cost the pages that are used: the system's are zero already. */
    chunk_push(arena, memory_new(1, sizeof(ArenaChunk) + bytes), bytes);
    return arena_take(arena, bytes);
}

void *arena_alloc_array(Arena *arena, size_t count, size_t bytes_each)
{
    if (bytes_each && count > SIZE_MAX / 2 / bytes_each) memory_exhausted();
    return arena_alloc(arena, count * bytes_each);
}

void *arena_room(Arena *arena, size_t count, size_t bytes_each)
{
    if (bytes_each && count > SIZE_MAX / 2 / bytes_each) memory_exhausted();
    size_t bytes = count * bytes_each;
    return arena_take(arena, aligned(bytes ? bytes : 1));
}

void *arena_grow(Arena *arena, void *old, size_t count, size_t wanted, size_t bytes_each)
{
    if (bytes_each && wanted > SIZE_MAX / 2 / bytes_each) memory_exhausted();
    ArenaChunk *chunk = arena->chunk;
    size_t had = aligned(count * bytes_each), want = aligned(wanted * bytes_each);
    if (old && count && (char *)old + had == chunk->bytes + chunk->used && chunk->size - chunk->used >= want - had) {
        memset((char *)old + had, 0, want - had);
        chunk->used += want - had;
        return old;
    }
    /* Twice the room, and what is not needed yet given back at once: it lies behind the array, where it grows next. */
    size_t roomy = want > 2 * had ? want : 2 * had;
    char *grown = arena_take(arena, roomy);
    arena->chunk->used -= roomy - want;
    if (count) memcpy(grown, old, count * bytes_each);
    memset(grown + count * bytes_each, 0, want - count * bytes_each);
    return grown;
}

Str arena_str(Arena *arena, Str text)
{
    char *copy = arena_alloc(arena, text.n + 1);
    if (text.n) memcpy(copy, text.s, text.n);
    return (Str){ copy, text.n };
}

Str arena_join(Arena *arena, const Str *parts, size_t count)
{
    Str whole = { 0 };
    for (size_t i = 0; i < count; i++) whole.n += parts[i].n;
    char *at = arena_alloc(arena, whole.n + 1);
    whole.s = at;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n) memcpy(at, parts[i].s, parts[i].n);
        at += parts[i].n;
    }
    return whole;
}

Str arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0) memory_exhausted();
    char *text = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return (Str){ text, (size_t)n };
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ arena->chunk, arena->chunk ? arena->chunk->used : 0 };
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    while (arena->chunk != mark.chunk) {
        ArenaChunk *older = arena->chunk->older;
        free(arena->chunk);
        arena->chunk = older;
    }
    if (arena->chunk) arena->chunk->used = mark.used;
}
