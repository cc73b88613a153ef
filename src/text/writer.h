/* The spoken form while it is being written, with its pieces. */
#ifndef DUBAO_TEXT_WRITER_H
#define DUBAO_TEXT_WRITER_H

#include "edition.h"
#include "text/chars.h"

typedef struct Writer {
    Arena *arena;
    const Chars *chars;
    char *s;
    size_t n, capacity;
    Piece *pieces;
    size_t count, pieces_capacity;
} Writer;

Writer writer_start(const Chars *chars, Arena *arena);
void writer_text(Writer *writer, Str text);
/* What was written since the spoken form was `spoken_at` bytes long is said in a traditional text. */
void writer_traditional(Writer *writer, size_t spoken_at);
/* Copies characters [from, to) as a piece without a rule; folded ones become pieces of the rule `folded`. */
void writer_copy(Writer *writer, size_t from, size_t to);
/* What was written since the spoken form was `spoken_at` bytes long stands for characters [from, to). */
void writer_piece(Writer *writer, size_t spoken_at, size_t from, size_t to, const char *rule);

#endif
