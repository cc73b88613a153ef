/* W3C Pronunciation Lexicon Specification 1.0 (2008), https://www.w3.org/TR/pronunciation-lexicon/: each <lexeme>'s <grapheme>s get its first
 * <phoneme>, or the one that is preferred. Read are phonemes in pinyin (alphabet="x-pinyin", or any other name but "ipa" and "x-sampa"); an <alias>
 * is none. */
#ifndef DUBAO_PINYIN_PLS_H
#define DUBAO_PINYIN_PLS_H

#include "base/report.h"
#include "pinyin/pinyin.h"

/* `text` is the whole file. What cannot be used is named with its line; STATUS_DATA when the text is no PLS. */
int pls_read(Readings *readings, Str text, const char *path, const Report *report, Error *error);

#endif
