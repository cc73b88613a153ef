/* block -> sentences: where a newsreader's voice falls. */
#ifndef DUBAO_TEXT_SPLITTER_H
#define DUBAO_TEXT_SPLITTER_H

#include "base/error.h"
#include "edition.h"
#include "text/marks.h"
#include "text/quotes.h"

/* A sentence longer than this is cut at the best place before it (a clause mark, else a word mark, else here), so that
 * memory does not grow with a text that never stops. In characters. */
enum { SENTENCE_CHARACTERS_MAX = 200 };

typedef struct Splitter {
    const Marks *marks;
    const Block *block;
    size_t at;       /* bytes of the block already given out */
    size_t said_end; /* behind it the block has marks and space only */
    Quotes quotes;
} Splitter;

Splitter splitter_start(const Marks *marks, const Block *block);
/* Fills role, line, text, text_at, after and speech of a zeroed `sentence`; false at the block's end. The sentences of a block
 * cover it wholly but for white space between them. The last one's `after` is BREAK_HEADING for a heading and
 * BREAK_PARAGRAPH for any other block, with or without punctuation. */
bool splitter_next(Splitter *splitter, Sentence *sentence);

#endif
