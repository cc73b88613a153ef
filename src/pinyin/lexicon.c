#include "pinyin/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "pinyin/lexicon_format.h"

/* -ln p = cost / (2 * LEXICON_COST_ONE); the cost has 15 bits above the lowest. */
struct Lexicon {
    FileMap map;
    uint64_t hash;
    const uint16_t *page_index;
    const LexiconCharacter *characters;
    const uint32_t *lists;
    const LexiconUnit *units;
    const uint32_t *owners, *readings;
    const char *tags, *pool;
    const LexiconPolyphone *polyphones;
    const LexiconWeight *weights;
    const uint8_t *kinds;
    const uint32_t *collocations;
    const uint64_t *weight_filter, *collocation_filter;
    uint32_t character_count, list_count, unit_count, owner_count, tag_count, pool_bytes, polyphone_count, weight_count, kind_count, collocation_count;
};

uint64_t lexicon_hash(const LexiconHeader *header, const void *behind, size_t n)
{
    const unsigned char *at = behind;
    LexiconHeader plain = *header;
    plain.hash = 0;
    uint64_t first = hash_bytes(HASH_START, &plain, sizeof plain), lane[4] = { first, first + 1, first + 2, first + 3 };
    size_t left = n;
    for (; left >= sizeof lane; left -= sizeof lane, at += sizeof lane) {
        uint64_t word[4];
        memcpy(word, at, sizeof word);
        for (int i = 0; i < 4; i++) {
            lane[i] = (lane[i] ^ word[i]) * UINT64_C(0x9E3779B97F4A7C15);
            lane[i] ^= lane[i] >> 29;
        }
    }
    return hash_bytes(hash_bytes(hash_bytes(HASH_START, lane, sizeof lane), at, left), &n, sizeof n);
}

static const size_t ELEMENT_BYTES[SECTION_COUNT] = {
    [SECTION_PAGE_INDEX] = sizeof(uint16_t),
    [SECTION_CHARACTERS] = sizeof(LexiconCharacter),
    [SECTION_LISTS] = sizeof(uint32_t),
    [SECTION_UNITS] = sizeof(LexiconUnit),
    [SECTION_OWNERS] = sizeof(uint32_t),
    [SECTION_READINGS] = sizeof(uint32_t),
    [SECTION_TAGS] = LEXICON_TAG_BYTES,
    [SECTION_POOL] = 1,
    [SECTION_POLYPHONES] = sizeof(LexiconPolyphone),
    [SECTION_WEIGHTS] = sizeof(LexiconWeight),
    [SECTION_KINDS] = sizeof(uint8_t),
    [SECTION_COLLOCATIONS] = sizeof(uint32_t),
    [SECTION_WEIGHT_FILTER] = sizeof(uint64_t),
    [SECTION_COLLOCATION_FILTER] = sizeof(uint64_t),
};

/* Sections that reach beyond the file cannot come from our compiler, but they could from a hand that mends the hash. */
static bool header_is_sound(const LexiconHeader *header, Str bytes)
{
    if (header->size != bytes.n) return false;
    for (int i = 0; i < SECTION_COUNT; i++) {
        uint64_t at = header->section[i].at, count = header->section[i].count;
        if (at % 8 != 0 || at < sizeof *header || at + count * ELEMENT_BYTES[i] > bytes.n) return false;
    }
    return header->section[SECTION_PAGE_INDEX].count == LEXICON_PAGES && header->section[SECTION_UNITS].count > 0 &&
           header->section[SECTION_READINGS].count == header->section[SECTION_OWNERS].count &&
           header->section[SECTION_WEIGHT_FILTER].count == filter_elements(WEIGHT_FILTER_BITS) &&
           header->section[SECTION_COLLOCATION_FILTER].count == filter_elements(COLLOCATION_FILTER_BITS);
}

static void lexicon_point(Lexicon *lexicon, const LexiconHeader *header)
{
    const char *bytes = lexicon->map.bytes.s;
    lexicon->hash = header->hash;
    const void *start[SECTION_COUNT];
    for (int i = 0; i < SECTION_COUNT; i++) start[i] = bytes + header->section[i].at;
    lexicon->page_index = start[SECTION_PAGE_INDEX];
    lexicon->characters = start[SECTION_CHARACTERS];
    lexicon->lists = start[SECTION_LISTS];
    lexicon->units = start[SECTION_UNITS];
    lexicon->owners = start[SECTION_OWNERS];
    lexicon->readings = start[SECTION_READINGS];
    lexicon->tags = start[SECTION_TAGS];
    lexicon->pool = start[SECTION_POOL];
    lexicon->character_count = header->section[SECTION_CHARACTERS].count;
    lexicon->list_count = header->section[SECTION_LISTS].count;
    lexicon->unit_count = header->section[SECTION_UNITS].count;
    lexicon->owner_count = header->section[SECTION_OWNERS].count;
    lexicon->tag_count = header->section[SECTION_TAGS].count;
    lexicon->pool_bytes = header->section[SECTION_POOL].count;
    lexicon->polyphones = start[SECTION_POLYPHONES];
    lexicon->polyphone_count = header->section[SECTION_POLYPHONES].count;
    lexicon->weights = start[SECTION_WEIGHTS];
    lexicon->weight_count = header->section[SECTION_WEIGHTS].count;
    lexicon->kinds = start[SECTION_KINDS];
    lexicon->kind_count = header->section[SECTION_KINDS].count;
    lexicon->collocations = start[SECTION_COLLOCATIONS];
    lexicon->collocation_count = header->section[SECTION_COLLOCATIONS].count;
    lexicon->weight_filter = start[SECTION_WEIGHT_FILTER];
    lexicon->collocation_filter = start[SECTION_COLLOCATION_FILTER];
}

static int lexicon_check(Lexicon *lexicon, const char *path, Error *error)
{
    Str bytes = lexicon->map.bytes;
    LexiconHeader header;
    if (bytes.n < sizeof header) return error_set(error, STATUS_DATA, _("%s is damaged: install dubao's data again"), path);
    memcpy(&header, bytes.s, sizeof header);
    if (header.magic != LEXICON_MAGIC || header.format != LEXICON_FORMAT)
        return error_set(error, STATUS_DATA, _("%s is not a lexicon of this version of dubao"), path);
    if (!header_is_sound(&header, bytes) || lexicon_hash(&header, bytes.s + sizeof header, bytes.n - sizeof header) != header.hash)
        return error_set(error, STATUS_DATA, _("%s is damaged: install dubao's data again"), path);
    lexicon_point(lexicon, &header);
    return 0;
}

Lexicon *lexicon_open(const char *data_folder, Error *error)
{
    Arena arena = { 0 };
    const char *path = arena_printf(&arena, "%s/lexicon.bin", data_folder).s;
    Lexicon *lexicon = memory_new(1, sizeof *lexicon);
    int result = file_map(&lexicon->map, path, error);
    if (result < 0) error_own_data(error);
    else result = lexicon_check(lexicon, path, error);
    arena_finish(&arena);
    if (result == 0) return lexicon;
    lexicon_close(lexicon);
    return NULL;
}

void lexicon_close(Lexicon *lexicon)
{
    if (!lexicon) return;
    file_unmap(&lexicon->map);
    free(lexicon);
}

uint64_t lexicon_version(const Lexicon *lexicon)
{
    return lexicon->hash;
}

static LexiconCharacter character_of(const Lexicon *lexicon, uint32_t code)
{
    if (code >= 0x110000) return (LexiconCharacter){ 0 };
    size_t at = (size_t)lexicon->page_index[code / LEXICON_PAGE] * LEXICON_PAGE + code % LEXICON_PAGE;
    return at < lexicon->character_count ? lexicon->characters[at] : (LexiconCharacter){ 0 };
}

static Str pool_text(const Lexicon *lexicon, uint32_t at)
{
    if (at >= lexicon->pool_bytes) return (Str){ 0 };
    size_t n = (unsigned char)lexicon->pool[at];
    return n < lexicon->pool_bytes - at ? (Str){ lexicon->pool + at + 1, n } : (Str){ 0 };
}

/* The place of `unit` among the owners of a reading; owner_count when it is none. */
static uint32_t owner_of(const Lexicon *lexicon, uint32_t unit)
{
    uint32_t low = 0, high = lexicon->owner_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lexicon->owners[middle] < unit) low = middle + 1;
        else high = middle;
    }
    return low < lexicon->owner_count && lexicon->owners[low] == unit ? low : lexicon->owner_count;
}

LexiconText lexicon_text(const Lexicon *lexicon, Str text, Arena *arena)
{
    LexiconText result = { text, 0, ARENA_ROOM(arena, uint32_t, text.n + 1), ARENA_ROOM(arena, uint32_t, text.n), ARENA_ROOM(arena, uint16_t, text.n) };
    size_t at = 0;
    while (at < text.n) {
        uint32_t code;
        size_t n = utf8_decode((Str){ text.s + at, text.n - at }, &code);
        result.at[result.count] = (uint32_t)at;
        result.code[result.count] = code;
        result.label[result.count++] = character_of(lexicon, code).label;
        at += n;
    }
    result.at[result.count] = (uint32_t)at;
    return result;
}

/* The unit of a character below a node with this base; 0 when there is none. */
static uint32_t unit_below(const Lexicon *lexicon, uint32_t base, uint32_t label)
{
    uint32_t unit = base + label;
    return label != 0 && unit < lexicon->unit_count && lexicon->units[unit].label == label ? unit : 0;
}

size_t lexicon_matches(const Lexicon *lexicon, const LexiconText *text, size_t from, size_t to, LexiconEntry *entries)
{
    size_t count = 0;
    uint32_t base = lexicon->units[0].base_tag >> 8;
    for (size_t at = from; at < to && base > 0 && count < LEXICON_MATCHES_MAX; at++) {
        uint32_t unit = unit_below(lexicon, base, text->label[at]);
        if (unit == 0) break;
        uint16_t cost = lexicon->units[unit].cost;
        if (cost != LEXICON_NO_WORD)
            entries[count++] = (LexiconEntry){ unit, (float)(cost >> 1) / (float)LEXICON_COST_ONE, (uint32_t)(at + 1 - from) };
        base = lexicon->units[unit].base_tag >> 8;
    }
    return count;
}

uint32_t lexicon_word(const Lexicon *lexicon, Str word)
{
    uint32_t unit = 0, code;
    while (word.n > 0) {
        uint32_t base = lexicon->units[unit].base_tag >> 8;
        size_t n = utf8_decode(word, &code);
        unit = base ? unit_below(lexicon, base, character_of(lexicon, code).label) : 0;
        if (unit == 0) return 0;
        word = str_slice(word, n, word.n);
    }
    return lexicon->units[unit].cost != LEXICON_NO_WORD ? unit : 0;
}

Str lexicon_tag(const Lexicon *lexicon, uint32_t word)
{
    uint32_t tag = word < lexicon->unit_count ? lexicon->units[word].base_tag & 0xFF : lexicon->tag_count;
    if (tag >= lexicon->tag_count) return (Str){ 0 };
    Str name = { lexicon->tags + tag * LEXICON_TAG_BYTES, 0 };
    while (name.n < LEXICON_TAG_BYTES && name.s[name.n]) name.n++;
    return name;
}

Str lexicon_reading(const Lexicon *lexicon, uint32_t word, bool *by_hand)
{
    *by_hand = false;
    if (word >= lexicon->unit_count || !(lexicon->units[word].cost & 1)) return (Str){ 0 };
    uint32_t owner = owner_of(lexicon, word);
    if (owner == lexicon->owner_count) return (Str){ 0 };
    *by_hand = lexicon->readings[owner] & LEXICON_BY_HAND;
    return pool_text(lexicon, lexicon->readings[owner] & ~LEXICON_BY_HAND);
}

Str lexicon_character(const Lexicon *lexicon, uint32_t code)
{
    uint32_t list = character_of(lexicon, code).list;
    return list < lexicon->list_count ? pool_text(lexicon, lexicon->lists[list]) : (Str){ 0 };
}

unsigned lexicon_kind(const Lexicon *lexicon, uint32_t code)
{
    uint32_t label = character_of(lexicon, code).label;
    return label < lexicon->kind_count ? lexicon->kinds[label] : 0;
}

bool lexicon_choices(const Lexicon *lexicon, uint32_t code, LexiconChoices *choices)
{
    uint32_t count = lexicon->polyphone_count, at = polyphone_place(code, count);
    for (uint32_t i = 0; i < count; i++, at = at + 1 < count ? at + 1 : 0) {
        const LexiconPolyphone *polyphone = &lexicon->polyphones[at];
        if (polyphone->code == 0) return false;
        if (polyphone->code != code) continue;
        *choices = (LexiconChoices){ pool_text(lexicon, polyphone->readings), polyphone->bias };
        return true;
    }
    return false;
}

void lexicon_weights(const Lexicon *lexicon, const uint32_t *keys, size_t count, const int8_t **weights)
{
    uint32_t places = lexicon->weight_count;
    for (size_t i = 0; i < count; i++) {
        const LexiconWeight *place = &lexicon->weights[key_place(keys[i], places)];
        weights[i] = filter_has(lexicon->weight_filter, WEIGHT_FILTER_BITS, keys[i]) ? place->weight : NULL;
        if (weights[i]) __builtin_prefetch(place);
    }
    for (size_t i = 0; i < count; i++) {
        if (!weights[i]) continue;
        uint32_t at = key_place(keys[i], places);
        while (at < places && lexicon->weights[at].key - 1 < keys[i] - 1) at++; /* a free place is larger than any key */
        weights[i] = at < places && lexicon->weights[at].key == keys[i] ? lexicon->weights[at].weight : NULL;
    }
}

size_t lexicon_collocation(const Lexicon *lexicon, const uint32_t *keys, size_t count, size_t *choice)
{
    uint32_t places = lexicon->collocation_count;
    for (size_t i = 0; i < count; i++)
        if (filter_has(lexicon->collocation_filter, COLLOCATION_FILTER_BITS, keys[i])) __builtin_prefetch(&lexicon->collocations[key_place(keys[i], places)]);
    for (size_t i = 0; i < count; i++) {
        if (!filter_has(lexicon->collocation_filter, COLLOCATION_FILTER_BITS, keys[i])) continue;
        uint32_t at = key_place(keys[i], places);
        while (at < places && lexicon->collocations[at] - 1 < keys[i] - 1) at++; /* a free place is larger than any key */
        if (at == places || (lexicon->collocations[at] & ~(uint32_t)COLLOCATION_CHOICE) != keys[i]) continue;
        *choice = lexicon->collocations[at] & COLLOCATION_CHOICE;
        return i;
    }
    return count;
}
