#include "text/writer.h"

#include <string.h>

#include "base/utf8.h"

static const char FOLDED[] = "folded";

/* Figures grow when they are written out, so there is some room from the start. */
Writer writer_start(const Chars *chars, Arena *arena)
{
    Writer writer = { .arena = arena, .chars = chars };
    writer.pieces_capacity = chars->n / 4 + 8;
    writer.capacity = chars->text.n * 2 + 256;
    writer.pieces = ARENA_ROOM(arena, Piece, writer.pieces_capacity);
    writer.s = ARENA_ROOM(arena, char, writer.capacity);
    return writer;
}

void writer_text(Writer *writer, Str text)
{
    if (writer->n + text.n > writer->capacity) {
        size_t wanted = writer->capacity * 2 + text.n;
        writer->s = arena_grow(writer->arena, writer->s, writer->capacity, wanted, 1);
        writer->capacity = wanted;
    }
    if (text.n > 0) memcpy(writer->s + writer->n, text.s, text.n);
    writer->n += text.n;
}

void writer_traditional(Writer *writer, size_t spoken_at)
{
    uint32_t code;
    for (size_t at = spoken_at, n; (n = utf8_decode((Str){ writer->s + at, writer->n - at }, &code)) > 0; at += n) {
        uint32_t written = code < CHARS_PLANE ? writer->chars->hanzi->traditional[code] : 0;
        /* Both forms of a character lie in the same block, so they take as many bytes. */
        if (written) utf8_encode(written, writer->s + at);
    }
}

void writer_piece(Writer *writer, size_t spoken_at, size_t from, size_t to, const char *rule)
{
    const Chars *chars = writer->chars;
    Piece piece = { .spoken_at = (uint32_t)spoken_at, .spoken_n = (uint32_t)(writer->n - spoken_at), .rule = rule };
    piece.text_at = chars->from[from];
    piece.text_n = chars->from[to] - piece.text_at;
    Piece *last = writer->count ? &writer->pieces[writer->count - 1] : NULL;
    if (last && !rule && !last->rule) {
        last->spoken_n += piece.spoken_n;
        last->text_n += piece.text_n;
        return;
    }
    /* What one character folded into may be read by several rules; it has bytes only once, so they share a piece. */
    if (last && piece.text_n == 0) {
        last->spoken_n += piece.spoken_n;
        return;
    }
    if (writer->count == writer->pieces_capacity) {
        size_t wanted = writer->pieces_capacity * 2;
        writer->pieces = arena_grow(writer->arena, writer->pieces, writer->pieces_capacity, wanted, sizeof *writer->pieces);
        writer->pieces_capacity = wanted;
    }
    writer->pieces[writer->count++] = piece;
}

static void copy_folded(Writer *writer, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        char bytes[4];
        size_t at = writer->n;
        writer_text(writer, chars_copy(writer->chars, i, bytes));
        writer_piece(writer, at, i, i + 1, chars_written(writer->chars, i) ? NULL : FOLDED);
    }
}

void writer_copy(Writer *writer, size_t from, size_t to)
{
    if (from >= to) return;
    if (writer->chars->folded) {
        copy_folded(writer, from, to);
        return;
    }
    size_t at = writer->n;
    writer_text(writer, str_slice(writer->chars->text, writer->chars->from[from], writer->chars->from[to]));
    writer_piece(writer, at, from, to, NULL);
}
