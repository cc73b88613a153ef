#include "audio/comments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum {
    CHAPTERS_MAX = 999, /* the number has three digits */
    BYTES_MAX = 48 * 1024, /* libsndfile does not read an Opus file back whose comments have more than 64 KB */
    CHAPTER_BYTES = 2 * 4 + sizeof "CHAPTER001=00:00:00.000CHAPTER001NAME=" - 1, /* without the name */
    KEY_BYTES = 8,      /* "COMMENT=" */
    LENGTH_BYTES = 4,   /* before each comment */
    FILLER = '-',
    OGG_HEAD = 27, OGG_CHECKSUM_AT = 22, OGG_SEGMENTS_AT = 26
};

/* ---- the chapters as comments ---- */

static void put_u32(unsigned char *to, size_t value)
{
    for (int i = 0; i < LENGTH_BYTES; i++) to[i] = (unsigned char)(value >> 8 * i & 0xFF);
}

static size_t get_u32(const unsigned char *from)
{
    return from[0] | (size_t)from[1] << 8 | (size_t)from[2] << 16 | (size_t)from[3] << 24;
}

/* How many there is room for. */
static size_t chapter_count(const SoundAbout *about)
{
    size_t count = 0, bytes = 0;
    while (count < about->chapter_count && count < CHAPTERS_MAX) {
        bytes += CHAPTER_BYTES + about->chapters[count].name.n;
        if (bytes > BYTES_MAX) break;
        count++;
    }
    return count;
}

static void put_comment(FILE *out, const char *key, Str value)
{
    unsigned char length[LENGTH_BYTES];
    put_u32(length, strlen(key) + value.n);
    fwrite(length, 1, sizeof length, out);
    fputs(key, out);
    fwrite(value.s, 1, value.n, out);
}

/* Two comments a chapter, each with its length before it; *bytes is to be freed. */
static size_t write_chapters(const SoundAbout *about, unsigned rate_hz, char **bytes)
{
    size_t n;
    char key[32], time[32];
    FILE *out = open_memstream(bytes, &n);
    if (!out) memory_exhausted();
    for (size_t i = 0; i < chapter_count(about); i++) {
        unsigned long long ms = (about->chapters[i].first * 1000 + rate_hz / 2) / rate_hz;
        snprintf(key, sizeof key, "CHAPTER%03zu=", i + 1);
        snprintf(time, sizeof time, "%02llu:%02llu:%02llu.%03llu", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
        put_comment(out, key, str_from(time));
        snprintf(key, sizeof key, "CHAPTER%03zuNAME=", i + 1);
        put_comment(out, key, about->chapters[i].name);
    }
    fclose(out);
    return n;
}

char *comments_placeholder(const SoundAbout *about, unsigned rate_hz)
{
    char *bytes;
    if (chapter_count(about) == 0) return NULL;
    size_t n = write_chapters(about, rate_hz, &bytes) - LENGTH_BYTES - KEY_BYTES;
    memset(bytes, FILLER, n);
    bytes[n] = '\0';
    return bytes;
}

size_t comments_head_bytes(const SoundAbout *about, unsigned rate_hz)
{
    enum { OTHER_COMMENTS = 128 * 1024 };
    char *bytes;
    size_t n = write_chapters(about, rate_hz, &bytes);
    free(bytes);
    return 2 * n + OTHER_COMMENTS;
}

/* ---- where the comments lie in the file ---- */

/* The packet with the comments. In Ogg its bytes lie in several pages. */
typedef struct Packet {
    size_t *at; /* of each byte, in the head */
    size_t n, skip; /* bytes before the comments */
} Packet;

static void add_bytes(Packet *packet, size_t from, size_t n)
{
    for (size_t i = 0; i < n; i++) packet->at[packet->n++] = from + i;
}

/* FLAC (RFC 9639, 8.6): the metadata block of type 4. */
static bool find_in_flac(const unsigned char *head, size_t n, Packet *packet)
{
    enum { COMMENTS = 4 };
    for (size_t at = 4; at + 4 <= n;) {
        size_t size = (size_t)head[at + 1] << 16 | (size_t)head[at + 2] << 8 | head[at + 3];
        if (at + 4 + size > n) return false;
        if ((head[at] & 0x7F) == COMMENTS) {
            add_bytes(packet, at + 4, size);
            return true;
        }
        at += 4 + size;
    }
    return false;
}

/* The bytes of a page, or 0 when it does not end in the head. */
static size_t page_bytes(const unsigned char *page, size_t n)
{
    if (n < OGG_HEAD || memcmp(page, "OggS", 4) != 0) return 0;
    size_t segments = page[OGG_SEGMENTS_AT], bytes = OGG_HEAD + segments;
    if (bytes > n) return 0;
    for (size_t i = 0; i < segments; i++) bytes += page[OGG_HEAD + i];
    return bytes <= n ? bytes : 0;
}

/* Ogg (RFC 3533): the second packet. */
static bool find_in_ogg(const unsigned char *head, size_t n, Packet *packet)
{
    size_t number = 0, bytes;
    for (size_t at = 0; (bytes = page_bytes(head + at, n - at)) > 0; at += bytes) {
        size_t segments = head[at + OGG_SEGMENTS_AT], from = at + OGG_HEAD + segments;
        for (size_t i = 0; i < segments; i++) {
            size_t size = head[at + OGG_HEAD + i];
            if (number == 1) add_bytes(packet, from, size);
            from += size;
            if (size == 255) continue;
            if (number++ == 1) return true;
        }
    }
    return false;
}

static bool find(const unsigned char *head, size_t n, Packet *packet)
{
    if (n >= 4 && memcmp(head, "fLaC", 4) == 0) return find_in_flac(head, n, packet);
    if (!find_in_ogg(head, n, packet) || packet->n < 8) return false;
    packet->skip = head[packet->at[0]] == 'O' ? 8 : 7; /* "OpusTags", or 3 and "vorbis" */
    return true;
}

/* ---- checksums ---- */

/* CRC-32 with the polynomial 0x04c11db7, not reflected, over the page with a checksum of 0. */
static uint32_t checksum(const unsigned char *page, size_t n)
{
    uint32_t crc = 0;
    for (size_t i = 0; i < n; i++) {
        bool own = i >= OGG_CHECKSUM_AT && i < OGG_CHECKSUM_AT + 4;
        crc ^= (uint32_t)(own ? 0 : page[i]) << 24;
        for (int bit = 0; bit < 8; bit++) crc = crc & 0x80000000U ? crc << 1 ^ 0x04c11db7U : crc << 1;
    }
    return crc;
}

/* Of all pages up to the last byte that may have changed. */
static void mend_checksums(unsigned char *head, size_t n, size_t last)
{
    size_t bytes;
    for (size_t at = 0; at <= last && (bytes = page_bytes(head + at, n - at)) > 0; at += bytes)
        put_u32(head + at + OGG_CHECKSUM_AT, checksum(head + at, bytes));
}

/* ---- putting them in ---- */

static bool is_placeholder(const unsigned char *comment, size_t n)
{
    size_t i = KEY_BYTES;
    while (i < n && comment[i] == FILLER) i++;
    return n > KEY_BYTES && i == n;
}

/* In the packet's bytes side by side. */
static bool replace(unsigned char *bytes, size_t n, size_t skip, const char *chapters, size_t chapters_n, size_t count)
{
    size_t at = skip;
    if (at + 4 > n || get_u32(bytes + at) > n - at - 4) return false;
    at += 4 + get_u32(bytes + at); /* the vendor */
    if (at + 4 > n) return false;
    unsigned char *list = bytes + at;
    at += 4;
    for (size_t left = get_u32(list); left > 0 && at + 4 <= n; left--) {
        size_t size = get_u32(bytes + at);
        if (size > n - at - 4) return false;
        if (4 + size == chapters_n && is_placeholder(bytes + at + 4, size)) {
            memcpy(bytes + at, chapters, chapters_n);
            put_u32(list, get_u32(list) + 2 * count - 1);
            return true;
        }
        at += 4 + size;
    }
    return false;
}

bool comments_put_chapters(unsigned char *head, size_t n, const SoundAbout *about, unsigned rate_hz)
{
    char *chapters;
    size_t chapters_n = write_chapters(about, rate_hz, &chapters);
    Packet packet = { .at = memory_new(n + 1, sizeof *packet.at) };
    unsigned char *bytes = memory_new(n + 1, 1);
    bool found = find(head, n, &packet);
    for (size_t i = 0; i < packet.n; i++) bytes[i] = head[packet.at[i]];
    bool done = found && replace(bytes, packet.n, packet.skip, chapters, chapters_n, chapter_count(about));
    for (size_t i = 0; done && i < packet.n; i++) head[packet.at[i]] = bytes[i];
    if (done && head[0] == 'O') mend_checksums(head, n, packet.at[packet.n - 1]);
    free(chapters);
    free(packet.at);
    free(bytes);
    return done;
}
