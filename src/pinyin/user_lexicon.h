/* A user's own words and readings, which win over everything of ours.
 *
 *     # a comment
 *     word<TAB or spaces>reading
 *
 * A reading is pinyin with tone digits or tone marks (written.h); of a word that stands twice the last one counts. A file that begins with '<' is
 * a W3C Pronunciation Lexicon (PLS 1.0) with pinyin in <phoneme>: pls.h. */
#ifndef DUBAO_PINYIN_USER_LEXICON_H
#define DUBAO_PINYIN_USER_LEXICON_H

#include "base/report.h"
#include "pinyin/pinyin.h"

/* A whole file; `path` is for messages. Fails as pinyin_read_user does. */
int user_lexicon_read(Readings *readings, Str text, const char *path, const Report *report, Error *error);

#endif
