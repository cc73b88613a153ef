#include "edition.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    bool heading;
} ROLES[ROLE_COUNT] = {
    [ROLE_SECTION] = { "section", true },       [ROLE_KICKER] = { "kicker", true },
    [ROLE_TITLE] = { "title", true },           [ROLE_SUBTITLE] = { "subtitle", true },
    [ROLE_BYLINE] = { "byline", false },        [ROLE_CONTINUED] = { "continued", false },
    [ROLE_SUBHEADING] = { "subheading", true }, [ROLE_BODY] = { "body", false },
    [ROLE_CAPTION] = { "caption", false },      [ROLE_CREDIT] = { "credit", false },
};

const char *role_name(Role role)
{
    return ROLES[role].name;
}

bool role_is_heading(Role role)
{
    return ROLES[role].heading;
}

void edition_finish(Edition *edition)
{
    arena_finish(&edition->arena);
    *edition = (Edition){ 0 };
}

size_t edition_spoken_bytes(const Edition *edition)
{
    size_t bytes = 0;
    for (const Article *article = edition->articles; article; article = article->next)
        for (const Block *block = article->blocks; block; block = block->next)
            if (!block->silent) bytes += block->text.n;
    return bytes;
}

static size_t left_out_lines(const Block *block)
{
    size_t lines = 0;
    for (; block; block = block->next)
        for (Str rest = block->silent && block->furniture ? block->text : (Str){ 0 }; rest.n > 0; lines++) str_split(&rest, '\n');
    return lines;
}

size_t edition_left_out_lines(const Edition *edition)
{
    size_t lines = left_out_lines(edition->left_out);
    for (const Article *article = edition->articles; article; article = article->next) lines += left_out_lines(article->blocks);
    return lines;
}

Str article_part(const Article *article, Role role)
{
    for (const Block *block = article->blocks; block; block = block->next)
        if (block->role == role) return block->text;
    return (Str){ 0 };
}

Str article_name(const Article *article)
{
    static const Role ORDER[] = { ROLE_TITLE, ROLE_KICKER, ROLE_SECTION, ROLE_SUBHEADING };
    for (size_t i = 0; i < sizeof ORDER / sizeof *ORDER; i++) {
        Str part = article_part(article, ORDER[i]);
        if (part.n > 0) return part;
    }
    return article->blocks ? article->blocks->text : (Str){ 0 };
}

static const Piece *piece_at(const Sentence *sentence, uint32_t spoken_at)
{
    size_t low = 0, high = sentence->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sentence->pieces[middle].spoken_at <= spoken_at) low = middle;
        else high = middle;
    }
    return sentence->piece_count ? &sentence->pieces[low] : NULL;
}

void sentence_source(const Sentence *sentence, const Syllable *syllable, uint32_t *from, uint32_t *to)
{
    const Piece *piece = piece_at(sentence, syllable->spoken_at);
    *from = piece ? piece->text_at : 0;
    *to = piece ? piece->text_at + piece->text_n : 0;
    if (!piece || piece->rule) return;
    *from = piece->text_at + (syllable->spoken_at - piece->spoken_at);
    *to = *from + syllable->spoken_n;
}

bool sentence_quotes(const Sentence *sentence, const Syllable *syllable)
{
    uint32_t from, to;
    const Speech *speech = &sentence->speech;
    if (speech->count == 0) return false;
    sentence_source(sentence, syllable, &from, &to);
    for (uint32_t i = 0; i < speech->count; i++)
        if (from >= speech->from[i] && from < speech->to[i]) return true;
    return false;
}

void clip_finish(Clip *clip)
{
    if (!clip->borrowed) free(clip->samples);
    *clip = (Clip){ 0 };
}

bool clip_reserve(Clip *clip, size_t frames)
{
    if (clip->capacity - clip->frames >= frames) return true;
    if (clip->borrowed) return false;
    size_t capacity = clip->capacity * 2;
    if (capacity < clip->frames + frames) capacity = clip->frames + frames;
    int16_t *samples = realloc(clip->samples, capacity * sizeof *samples);
    if (!samples) return false;
    clip->samples = samples;
    clip->capacity = capacity;
    return true;
}

bool clip_append(Clip *clip, const int16_t *samples, size_t frames)
{
    if (!clip_reserve(clip, frames)) return false;
    if (frames) memcpy(clip->samples + clip->frames, samples, frames * sizeof *samples);
    clip->frames += frames;
    return true;
}

bool clip_append_silence(Clip *clip, size_t frames)
{
    if (!clip_reserve(clip, frames)) return false;
    if (frames) memset(clip->samples + clip->frames, 0, frames * sizeof *clip->samples);
    clip->frames += frames;
    return true;
}

const char *source_name(ReadingSource source)
{
    static const char *const NAMES[SOURCE_COUNT] = {
        [SOURCE_CHARACTER] = "default", [SOURCE_WORD] = "lexicon", [SOURCE_LETTER] = "letter", [SOURCE_LATIN] = "latin", [SOURCE_ENGLISH] = "english",
        [SOURCE_CONTEXT] = "context",     [SOURCE_MODEL] = "model",  [SOURCE_HAND] = "correction", [SOURCE_NAME] = "name",
        [SOURCE_USER] = "user",     [SOURCE_TEXT] = "text",
    };
    return NAMES[source];
}
