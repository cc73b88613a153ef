#include "audio/id3.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

enum {
    UTF8 = 3,              /* the encoding byte of a text frame */
    ENTRIES_MAX = 255,     /* of one table of contents: its count is a byte */
    TOP_LEVEL = 2, ORDERED = 1,
    OFFSET_UNUSED = 0xFF,  /* a chapter is found by its time, not by its bytes */
};

static void put_u32(FILE *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) fputc((int)(value >> shift & 0xFF), out);
}

/* Sizes have seven bits a byte, so that no byte looks like the beginning of a frame of sound. */
static void put_size(FILE *out, size_t size)
{
    for (int shift = 21; shift >= 0; shift -= 7) fputc((int)(size >> shift & 0x7F), out);
}

static void put_frame_head(FILE *out, const char *id, size_t size)
{
    fputs(id, out);
    put_size(out, size);
    fputc(0, out);
    fputc(0, out);
}

static void put_text(FILE *out, const char *id, Str text)
{
    if (text.n == 0) return;
    put_frame_head(out, id, text.n + 1);
    fputc(UTF8, out);
    fwrite(text.s, 1, text.n, out);
}

static void put_frame(FILE *out, const char *id, FILE *content, char *const *bytes, const size_t *n)
{
    fclose(content); /* now bytes and n hold */
    put_frame_head(out, id, *n);
    fwrite(*bytes, 1, *n, out);
    free(*bytes);
}

static uint32_t milliseconds(uint64_t frame, unsigned rate_hz)
{
    return (uint32_t)((frame * 1000 + rate_hz / 2) / rate_hz);
}

static FILE *memory(char **bytes, size_t *n)
{
    FILE *stream = open_memstream(bytes, n);
    if (!stream) memory_exhausted();
    return stream;
}

static void put_chapter(FILE *out, size_t number, const SoundMark *mark, unsigned rate_hz)
{
    char *bytes;
    size_t n;
    FILE *content = memory(&bytes, &n);
    fprintf(content, "chp%zu%c", number, 0);
    put_u32(content, milliseconds(mark->first, rate_hz));
    put_u32(content, milliseconds(mark->end, rate_hz));
    for (int i = 0; i < 8; i++) fputc(OFFSET_UNUSED, content);
    put_text(content, "TIT2", mark->name);
    put_frame(out, "CHAP", content, &bytes, &n);
}

/* A table that names `count` children, called NAME and a number from `first` on. */
static void put_contents(FILE *out, const char *id, int flags, const char *child, size_t first, size_t count)
{
    char *bytes;
    size_t n;
    FILE *content = memory(&bytes, &n);
    fprintf(content, "%s%c%c%c", id, 0, flags, (int)count);
    for (size_t i = 0; i < count; i++) fprintf(content, "%s%zu%c", child, first + i, 0);
    put_frame(out, "CTOC", content, &bytes, &n);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void put_chapters(FILE *out, const SoundMark *chapters, size_t count, unsigned rate_hz)
{
    size_t tables = (count + ENTRIES_MAX - 1) / ENTRIES_MAX;
    if (count == 0) return;
    if (tables == 1) {
        put_contents(out, "toc", TOP_LEVEL | ORDERED, "chp", 1, count);
    } else {
        put_contents(out, "toc", TOP_LEVEL | ORDERED, "toc", 1, least(tables, ENTRIES_MAX));
        for (size_t t = 0; t < tables; t++) {
            char id[32];
            snprintf(id, sizeof id, "toc%zu", t + 1);
            put_contents(out, id, ORDERED, "chp", t * ENTRIES_MAX + 1, least(count - t * ENTRIES_MAX, ENTRIES_MAX));
        }
    }
    for (size_t i = 0; i < count; i++) put_chapter(out, i + 1, &chapters[i], rate_hz);
}

size_t id3_write(const SoundAbout *about, const char *software, unsigned rate_hz, char **bytes)
{
    char *frames, track[16];
    size_t n, all;
    FILE *content = memory(&frames, &n);
    put_text(content, "TIT2", about->title);
    put_text(content, "TALB", about->album);
    put_text(content, "TPE1", about->artist);
    put_text(content, "TDRC", about->date);
    snprintf(track, sizeof track, "%u", about->track);
    if (about->track > 0) put_text(content, "TRCK", str_from(track));
    put_text(content, "TLAN", STR("zho")); /* ISO 639-2 */
    put_text(content, "TSSE", str_from(software));
    put_chapters(content, about->chapters, about->chapter_count, rate_hz);
    fclose(content);
    FILE *out = memory(bytes, &all);
    fputs("ID3\4", out);
    fputc(0, out); /* revision */
    fputc(0, out); /* flags */
    put_size(out, n);
    fwrite(frames, 1, n, out);
    fclose(out);
    free(frames);
    return all;
}
