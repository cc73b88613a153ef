/* The way of a sentence through the house: one call a stage, in one list (reader_read). */
#ifndef DUBAO_COMMANDS_READER_H
#define DUBAO_COMMANDS_READER_H

#include "base/error.h"
#include "base/report.h"
#include "commands/options.h"
#include "commands/pages.h"
#include "edition.h"
#include "page/page.h"
#include "pinyin/pinyin.h"
#include "speech/script.h"
#include "text/splitter.h"
#include "text/spoken.h"

/* How far a sentence is read: to its spoken form; to words and readings; to breaks and surface tones. */
typedef enum Depth { DEPTH_SPOKEN, DEPTH_READINGS, DEPTH_WHOLE } Depth;

/* What dubao knows of Mandarin: everything in voices/mandarin, opened once. */
typedef struct Reader {
    Arena arena;
    const char *data; /* the data folder */
    const char *articles; /* of each page; NULL: all */
    const char *articles_source; /* who says so, for a message */
    const char *style;    /* of its neutral tones; NULL: broadcast */
    bool furniture;       /* read it */
    PageRules *page_rules;
    SpokenRules *spoken_rules;
    const Marks *marks; /* of these rules */
    Lexicon *lexicon;
    Readings *readings;
    Prosody *prosody;
} Reader;

/* With the user's own lexicon, and for what of a page is wanted. */
int  reader_open(Reader *reader, const Settings *settings, const Report *report, Error *error);
/* For lines of text alone, that are read no further than to `depth`: the rest is not opened, and stays NULL. */
int  reader_open_lines(Reader *reader, const Settings *settings, Depth depth, const Report *report, Error *error);
/* page_read, and only what is wanted of it. */
int  reader_page(const Reader *reader, Edition *edition, const Page *page, const Report *report, Error *error);
void reader_close(Reader *reader); /* a zeroed reader is fine */
/* A hash of all data that decides about the sound, voices aside. */
int  reader_version(Reader *reader, uint64_t *version, Error *error);

/* From a sentence's text to its breaks and surface tones; everything in `arena`. */
void reader_read(const Reader *reader, Sentence *sentence, Arena *arena);
/* The same, but only so far as it is wanted. */
void reader_read_until(const Reader *reader, Sentence *sentence, Depth depth, Arena *arena);

/* The characters of a page without a reading. From a zeroed one. */
typedef struct Unread {
    size_t count;
    uint32_t first; /* the first of them, and its line */
    int line;
} Unread;

/* Names at once what looks like a reading in the text and is none, with its place, and adds to `unread`. */
void reader_report_unread(const Sentence *sentence, Str page, Unread *unread, const Report *report);
/* One warning for all of them, however many (a page may hold a paragraph in another script). */
void reader_report_page(const Unread *unread, Str page, const Report *report);
/* Whether there is anything to hear in it. */
bool sentence_is_spoken(const Sentence *sentence);

/* The sentences of an edition, one after the other, as they are read: silent blocks left out, sentences without a spoken word too. */
typedef struct Feed {
    const Reader *reader;
    const Article *article; /* of the last sentence */
    const Block *block;
    Splitter splitter;
    Arena *arena;           /* of one sentence */
    ArenaMark mark;
} Feed;

Feed feed_start(const Reader *reader, const Article *article, Arena *arena);
/* The next sentence of the article, read; the one before it is gone. False at the article's end. The pause after an article's last sentence
 * is the caller's affair. `report` may be NULL; `unread` is added to. */
bool feed_next(Feed *feed, Sentence *sentence, Str page, const Report *report, Unread *unread);

#endif
