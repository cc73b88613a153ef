#include <string.h>

#include "base/utf8.h"
#include "pinyin/pinyin.h"
#include "pinyin/syllable.h"

/* Names are cut only between syllables, so what is written is a buffer with its limit. */
typedef struct Name {
    char *bytes;
    size_t used, limit;
    bool full;
    bool gap; /* a '-' is due before the next letter */
} Name;

static void name_add(Name *name, Str piece)
{
    size_t gap = name->gap && name->used > 0;
    if (name->full || piece.n + gap > name->limit - name->used) {
        name->full = true;
        return;
    }
    if (gap) name->bytes[name->used++] = '-';
    memcpy(name->bytes + name->used, piece.s, piece.n);
    name->used += piece.n;
    name->gap = false;
}

/* The base of the next character's reading; `entry`'s reading where the word has one of its own. */
static void word_add(const Lexicon *lexicon, Name *name, Str word, Str reading)
{
    while (word.n > 0) {
        Str base, character = utf8_next(&word);
        uint8_t tone;
        uint32_t code;
        utf8_decode(character, &code);
        Str own = lexicon_character(lexicon, code);
        bool alike = reading.n > 0 ? syllable_next(&reading, &base, &tone) : syllable_next(&own, &base, &tone);
        if (alike && (unsigned char)*base.s < 0x80) name_add(name, base);
        else if (reading.n == 0 && !alike) name->gap = true;
        if (alike && syllable_is_erhua(base)) utf8_next(&word);
    }
}

static bool is_ascii_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

Str pinyin_ascii_name(const Lexicon *lexicon, Str text, size_t limit, Arena *arena)
{
    Name name = { .bytes = arena_alloc(arena, limit + 1), .limit = limit };
    LexiconText characters = lexicon_text(lexicon, text, arena);
    for (size_t at = 0, end; at < characters.count && !name.full; at = end) {
        LexiconEntry entries[LEXICON_MATCHES_MAX];
        bool plain = characters.code[at] < 0x80 && is_ascii_alnum((char)characters.code[at]), by_hand;
        size_t count = plain ? 0 : lexicon_matches(lexicon, &characters, at, characters.count, entries);
        end = at + (count ? entries[count - 1].characters : 1);
        Str word = str_slice(text, characters.at[at], characters.at[end]);
        if (plain) name_add(&name, word);
        else word_add(lexicon, &name, word, count ? lexicon_reading(lexicon, entries[count - 1].word, &by_hand) : (Str){ 0 });
    }
    if (name.used > 0) return (Str){ name.bytes, name.used };
    return arena_str(arena, str_slice(STR("page"), 0, limit));
}
