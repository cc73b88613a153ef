#include "commands/play/outline.h"

#include <stdlib.h>
#include <strings.h>

#include "base/memory.h"

static const Block *spoken_block(const Block *block)
{
    while (block && block->silent) block = block->next;
    return block;
}

static void begin_block(const Outline *outline, OutlineArticle *article, const Block *block)
{
    article->block = spoken_block(block);
    if (article->block) article->splitter = splitter_start(outline->marks, article->block);
}

void outline_start(Outline *outline, const Marks *marks, const Edition *edition)
{
    *outline = (Outline){ .marks = marks, .count = edition->article_count };
    outline->articles = memory_new(outline->count, sizeof *outline->articles);
    OutlineArticle *entry = outline->articles;
    for (const Article *article = edition->articles; article; article = article->next, entry++) {
        *entry = (OutlineArticle){ .article = article, .before_bytes = outline->bytes };
        for (const Block *block = article->blocks; block; block = block->next)
            if (!block->silent) entry->bytes += block->text.n;
        outline->bytes += entry->bytes;
        begin_block(outline, entry, article->blocks);
    }
}

void outline_finish(Outline *outline)
{
    for (size_t i = 0; i < outline->count; i++) free(outline->articles[i].sentences);
    free(outline->articles);
    *outline = (Outline){ 0 };
}

static OutlineSentence *push(OutlineArticle *article)
{
    if (article->count == article->room) {
        article->room = article->room ? article->room * 2 : 32;
        article->sentences = memory_grow(article->sentences, article->room, sizeof *article->sentences);
    }
    return &article->sentences[article->count++];
}

/* Splits one sentence more off the article; false at its end. */
static bool split_more(const Outline *outline, OutlineArticle *article)
{
    while (article->block) {
        Sentence sentence = { 0 };
        if (splitter_next(&article->splitter, &sentence)) {
            size_t before = 0;
            if (article->count > 0) {
                const OutlineSentence *last = &article->sentences[article->count - 1];
                before = last->before_bytes + last->text.n;
            }
            *push(article) = (OutlineSentence){ article->block, sentence.text, sentence.text_at, before, sentence.after, sentence.speech, false, 0 };
            return true;
        }
        begin_block(outline, article, article->block->next);
    }
    return false;
}

OutlineSentence *outline_at(Outline *outline, Position at)
{
    if (at.article >= outline->count) return NULL;
    OutlineArticle *article = &outline->articles[at.article];
    while (article->count <= at.sentence)
        if (!split_more(outline, article)) return NULL;
    return &article->sentences[at.sentence];
}

Sentence outline_sentence(const OutlineSentence *entry)
{
    return (Sentence){ .role = entry->block->role, .block = entry->block, .line = entry->block->line, .text = entry->text, .text_at = entry->text_at,
                       .after = entry->after, .speech = entry->speech };
}

void outline_carry_over(const Outline *from, Outline *to)
{
    for (size_t article = 0; article < from->count; article++)
        for (size_t i = 0; i < from->articles[article].count; i++) {
            const OutlineSentence *known = &from->articles[article].sentences[i];
            OutlineSentence *entry = outline_at(to, (Position){ article, i });
            if (!entry || !str_equal(entry->text, known->text)) continue;
            entry->reported = known->reported;
            entry->frames = known->frames;
        }
}

size_t outline_count(Outline *outline, size_t article)
{
    while (split_more(outline, &outline->articles[article])) continue;
    return outline->articles[article].count;
}

bool outline_forward(Outline *outline, Position *at)
{
    Position next = { at->article, at->sentence + 1 };
    while (!outline_at(outline, next)) {
        next = (Position){ next.article + 1, 0 };
        if (next.article >= outline->count) return false;
    }
    *at = next;
    return true;
}

bool outline_back(Outline *outline, Position *at)
{
    Position last = *at;
    while (last.sentence == 0) {
        if (last.article == 0) return false;
        last.article--;
        last.sentence = outline_count(outline, last.article);
    }
    last.sentence--;
    *at = last;
    return true;
}

static const Block *block_at(Outline *outline, Position at)
{
    const OutlineSentence *entry = outline_at(outline, at);
    return entry ? entry->block : NULL;
}

bool outline_next_paragraph(Outline *outline, Position *at)
{
    const Block *own = block_at(outline, *at);
    Position next = *at;
    while (outline_forward(outline, &next))
        if (block_at(outline, next) != own) {
            *at = next;
            return true;
        }
    return false;
}

/* Back to the first sentence of the paragraph that `at` is in. */
static void to_paragraph_start(Outline *outline, Position *at)
{
    const Block *own = block_at(outline, *at);
    while (at->sentence > 0 && block_at(outline, (Position){ at->article, at->sentence - 1 }) == own) at->sentence--;
}

bool outline_previous_paragraph(Outline *outline, Position *at)
{
    Position start = *at;
    to_paragraph_start(outline, &start);
    if (!outline_back(outline, &start)) return false;
    to_paragraph_start(outline, &start);
    *at = start;
    return true;
}

/* Upper and lower case are the same. */
static bool holds(Str text, Str words)
{
    for (size_t at = 0; at + words.n <= text.n; at++)
        if (strncasecmp(text.s + at, words.s, words.n) == 0) return true;
    return false;
}

bool outline_search(Outline *outline, Position *at, Str words)
{
    Position next = *at;
    if (words.n == 0) return false;
    do {
        if (!outline_forward(outline, &next)) next = (Position){ 0, 0 };
        const OutlineSentence *entry = outline_at(outline, next);
        if (!entry) continue;
        if (holds(entry->text, words)) {
            *at = next;
            return true;
        }
    } while (next.article != at->article || next.sentence != at->sentence);
    return false;
}

size_t outline_bytes_before(Outline *outline, Position at)
{
    const OutlineSentence *entry = outline_at(outline, at);
    if (at.article >= outline->count) return outline->bytes;
    const OutlineArticle *article = &outline->articles[at.article];
    return article->before_bytes + (entry ? entry->before_bytes : article->bytes);
}
