/* An arena hands out memory that is given back all at once.
 *
 * The edition's arena lives as long as the page; a sentence's arena is reset for the next sentence. Memory is
 * zeroed and aligned for any type. Running out of memory ends the process (base/memory.h). */
#ifndef DUBAO_BASE_ARENA_H
#define DUBAO_BASE_ARENA_H

#include "base/str.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
    ArenaChunk *chunk; /* the newest; older ones hang behind it */
} Arena;

typedef struct ArenaMark {
    ArenaChunk *chunk;
    size_t used;
} ArenaMark;

/* {0} is an empty arena, ready for use. */
void arena_finish(Arena *arena); /* gives all memory back; the arena is empty and may be used again */

void *arena_alloc(Arena *arena, size_t bytes);
#define ARENA_NEW(arena, Type, count) ((Type *)arena_alloc_array((arena), (count), sizeof(Type)))
void *arena_alloc_array(Arena *arena, size_t count, size_t bytes_each);
/* Not zeroed: for an array that is written before it is read, where the zeros would cost as much as what is written. */
#define ARENA_ROOM(arena, Type, count) ((Type *)arena_room((arena), (count), sizeof(Type)))
void *arena_room(Arena *arena, size_t count, size_t bytes_each);
/* `old` (may be NULL) grown from `count` to `wanted` elements; in place where it was the last thing allocated. */
void *arena_grow(Arena *arena, void *old, size_t count, size_t wanted, size_t bytes_each);

Str arena_str(Arena *arena, Str text);              /* a copy, followed by a NUL that does not count */
Str arena_join(Arena *arena, const Str *parts, size_t count); /* the same of all of them in a row */
Str arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

ArenaMark arena_mark(const Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark);     /* everything allocated since `mark` is gone */

#endif
