#include "audio/riff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/resample.h"
#include "base/memory.h"

enum { RIFF_SIZE_AT = 4, DS64_SIZE_AT = 20 };

static void put_u32(FILE *out, uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8) fputc((int)(value >> shift & 0xFF), out);
}

/* With one NUL and no more: behind the first NUL ffmpeg (5.1, libavformat/wavdec.c) expects the next name, and with a second one it finds none from there
 * on. Behind a chunk of odd length comes a byte that its size does not count. */
static uint32_t label_bytes(Str name)
{
    enum { MARKER_BYTES = 4 };
    return (uint32_t)(MARKER_BYTES + name.n + 1);
}

static uint32_t even(uint32_t bytes)
{
    return bytes + (bytes & 1);
}

static void put_cues(FILE *out, const SoundMark *marks, size_t count, unsigned rate_hz, unsigned file_hz)
{
    enum { POINT_BYTES = 24 };
    fputs("cue ", out);
    put_u32(out, (uint32_t)(4 + count * POINT_BYTES));
    put_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        uint32_t frame = (uint32_t)resampled_frames(marks[i].first, rate_hz, file_hz);
        put_u32(out, (uint32_t)i + 1);
        put_u32(out, frame);
        fputs("data", out);
        put_u32(out, 0);
        put_u32(out, 0);
        put_u32(out, frame);
    }
}

static void put_names(FILE *out, const SoundMark *marks, size_t count)
{
    uint32_t bytes = 4;
    for (size_t i = 0; i < count; i++) bytes += 8 + even(label_bytes(marks[i].name));
    fputs("LIST", out);
    put_u32(out, bytes);
    fputs("adtl", out);
    for (size_t i = 0; i < count; i++) {
        fputs("labl", out);
        uint32_t n = label_bytes(marks[i].name);
        put_u32(out, n);
        put_u32(out, (uint32_t)i + 1);
        fwrite(marks[i].name.s, 1, marks[i].name.n, out);
        fputc(0, out);
        if (n & 1) fputc(0, out);
    }
}

size_t riff_markers(const SoundMark *marks, size_t count, unsigned rate_hz, unsigned file_hz, char **bytes)
{
    size_t n;
    FILE *out = open_memstream(bytes, &n);
    if (!out) memory_exhausted();
    if (count > 0) put_cues(out, marks, count, rate_hz, file_hz);
    if (count > 0) put_names(out, marks, count);
    fclose(out);
    return n;
}

static uint64_t get(const unsigned char *from, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

static void set(unsigned char *to, int bytes, uint64_t value)
{
    for (int i = 0; i < bytes; i++) to[i] = (unsigned char)(value >> 8 * i & 0xFF);
}

bool riff_grow(unsigned char head[RIFF_HEAD_BYTES], uint64_t more)
{
    if (memcmp(head, "RF64", 4) == 0 && memcmp(head + 12, "ds64", 4) == 0) {
        set(head + DS64_SIZE_AT, 8, get(head + DS64_SIZE_AT, 8) + more);
        return true;
    }
    uint64_t size = get(head + RIFF_SIZE_AT, 4) + more;
    if (memcmp(head, "RIFF", 4) != 0 || size > UINT32_MAX) return false;
    set(head + RIFF_SIZE_AT, 4, size);
    return true;
}
