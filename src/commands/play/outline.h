/* The sentences of a page by number, so that a listener can go to any of them. A page is split as far as somebody asked, and no sentence is read
 * (words, readings) before it is wanted: the first sound of a long page comes as soon as that of a short one. */
#ifndef DUBAO_COMMANDS_PLAY_OUTLINE_H
#define DUBAO_COMMANDS_PLAY_OUTLINE_H

#include "edition.h"
#include "text/splitter.h"

typedef struct Position {
    size_t article, sentence; /* from 0 */
} Position;

/* A sentence as the splitter gives it. Some say nothing (marks alone): who plays them finds out and goes on. */
typedef struct OutlineSentence {
    const Block *block;
    Str text;
    size_t text_at;
    size_t before_bytes; /* of the article, before it */
    Break after;
    Speech speech;
    bool reported;       /* what is wrong with it was said once */
    uint32_t frames;     /* with the pause after it; 0 until it was rendered */
} OutlineSentence;

typedef struct OutlineArticle {
    const Article *article;
    size_t before_bytes, bytes; /* of the page, read aloud */
    OutlineSentence *sentences;
    size_t count, room;
    const Block *block;         /* that is being split; NULL: all of the article is */
    Splitter splitter;
} OutlineArticle;

typedef struct Outline {
    const Marks *marks;
    OutlineArticle *articles;
    size_t count, bytes;
} Outline;

void outline_start(Outline *outline, const Marks *marks, const Edition *edition);
void outline_finish(Outline *outline);

/* NULL behind the end of the article, and where there is no such article. Valid until the next call. */
OutlineSentence *outline_at(Outline *outline, Position at);
/* What outline_at found, as the stages want it: role, line, text, text_at, after. */
Sentence outline_sentence(const OutlineSentence *entry);
/* What is known of sentences that stand at the same place in both. */
void outline_carry_over(const Outline *from, Outline *to);
/* How many sentences an article has; splits all of it. */
size_t outline_count(Outline *outline, size_t article);
/* One further or back, across articles; false at the page's ends, where *at stays. */
bool outline_forward(Outline *outline, Position *at);
bool outline_back(Outline *outline, Position *at);
/* The first sentence of the next paragraph, and of the one before. */
bool outline_next_paragraph(Outline *outline, Position *at);
bool outline_previous_paragraph(Outline *outline, Position *at);
/* The next sentence behind `at`, around the page's end and up to `at` itself, that holds the words, in upper or lower case. */
bool outline_search(Outline *outline, Position *at, Str words);
/* Read aloud before this sentence, in bytes of the page. */
size_t outline_bytes_before(Outline *outline, Position at);

#endif
