/* spoken form -> words -> syllables -> surface tones. Three stages; between the second and the third the caller sets the
 * breaks (speech/prosody.h), because tone sandhi stops at a pause. Around them traditional characters are made simplified and back. */
#ifndef DUBAO_PINYIN_PINYIN_H
#define DUBAO_PINYIN_PINYIN_H

#include "base/error.h"
#include "base/report.h"
#include "edition.h"
#include "pinyin/lexicon.h"

typedef struct Readings Readings; /* letters, sandhi contexts, corrections: the rows of voices/mandarin this folder needs */

Readings *readings_create(const char *folder, Error *error); /* folder: voices/mandarin; NULL on failure */
void readings_destroy(Readings *readings);
/* How much of its tones a voice lets go: "broadcast" (as it is at first) or "colloquial"; false for any other name. */
bool pinyin_set_style(Readings *readings, Str style);

/* Adds a user's own lexicon (user_lexicon.h says its form), which wins over all that is ours. A line that cannot be used is reported with its
 * number, the rest is used; fails only when the file cannot be read. */
int pinyin_read_user(Readings *readings, const char *path, const Report *report, Error *error);
uint64_t pinyin_user_version(const Readings *readings); /* a hash of what it holds; 0 without one */
/* Its words in the order they were given, each once. */
void pinyin_each_user_word(const Readings *readings, void (*visit)(void *context, Str word, Str reading), void *context);

/* The readings that are written into the text of a sentence, 行<hang2>: fills rubies and ruby_count. Before text/, which is silent there. */
void pinyin_find_rubies(const Readings *readings, Sentence *sentence, Arena *arena);

/* The persons whom a title or a verb of saying shows to be meant in `text` (记者任峰, 任峰说), added to those `known` of the article's other texts (NULL:
 * none yet). As Block.persons they are read so wherever they stand in the article (任峰 with neither). Views into the text. */
Persons *pinyin_find_persons(const Lexicon *lexicon, const Readings *readings, Persons *known, Str text, Arena *arena);

/* Puts simplified characters into the spoken form of a sentence that has traditional ones, each in the bytes of its own, until pinyin_restore; returns
 * the form as it is written. */
Str  pinyin_simplify(const Readings *readings, Sentence *sentence, Arena *arena);
/* After pinyin_read: what is written decides where two characters have become one (發, 髮: 发). */
void pinyin_keep_readings(const Readings *readings, const Sentence *sentence, Str written);
void pinyin_restore(Sentence *sentence, Str written);

/* Word segmentation: fills words, word_count, and of each word kind, text and tag. Every byte of the spoken form is in one word. */
void pinyin_segment(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena);
/* Grapheme to phoneme: fills each word's syllables with base and lexical tone (surface = tone for now); a character
 * that has no reading turns its word into WORD_UNREAD of one character (the words around it are split off). */
void pinyin_read(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena);
/* Tone sandhi of 一, 不 and third tones: fills surface. Reads Word.after. */
void pinyin_sandhi(const Readings *readings, Sentence *sentence);

/* `text` as ASCII for a file name: Chinese in pinyin without tones, letters and digits kept, anything else a '-'; no '-' at the ends, at
 * most `limit` bytes; "page" when nothing is left. */
Str pinyin_ascii_name(const Lexicon *lexicon, Str text, size_t limit, Arena *arena);

#endif
