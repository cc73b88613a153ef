/* Grapheme to phoneme: the reading of each word, from the lexicon, else character by character, then the rows of contexts.tsv, then
 * surnames, then the model of characters with several readings. */
#include "base/utf8.h"
#include "pinyin/given.h"
#include "pinyin/polyphones.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"

/* What a word gives way to while it is read. */
typedef struct Reader {
    const Lexicon *lexicon;
    const Readings *readings;
    Str spoken;
    Arena *arena;
    Word *words; /* the result */
    size_t count, capacity;
    Syllable *room; /* where the next syllable goes; those of a word follow each other */
    size_t left;
    const Given *given; /* the next that is a word by itself, and those after it */
    size_t given_count;
} Reader;

enum { SYLLABLES_A_LETTER = 8, ROOM_BEYOND = 64 };

/* The reading of the lexicon's word, empty where it follows from the characters. */
static Str word_reading(const Lexicon *lexicon, const Word *word, ReadingSource *source)
{
    uint32_t entry = word->entry ? word->entry : lexicon_word(lexicon, word->text);
    bool by_hand = false;
    Str reading = entry ? lexicon_reading(lexicon, entry, &by_hand) : (Str){ 0 };
    *source = by_hand ? SOURCE_HAND : SOURCE_WORD;
    return reading;
}

/* Before a word is read, whose syllables are no more than `most`. */
static void room_reserve(Reader *reader, size_t most)
{
    if (most <= reader->left) return;
    reader->left = most + ROOM_BEYOND + reader->spoken.n / 3;
    reader->room = ARENA_ROOM(reader->arena, Syllable, reader->left);
}

static Syllable *syllable_new(Reader *reader, Word *word, Str base, uint8_t tone, Str character, ReadingSource source)
{
    Syllable *syllable = reader->room++;
    reader->left--;
    word->syllable_count++;
    *syllable = (Syllable){ .base = base, .tone = tone, .surface = tone, .spoken_n = (uint8_t)character.n,
                            .spoken_at = (uint32_t)(character.s - reader->spoken.s), .source = (uint8_t)source };
    return syllable;
}

/* Reads the characters of the word with its own reading. */
static void read_by_word(Reader *reader, Word *word, Str reading, ReadingSource source)
{
    Str rest = word->text, base;
    uint8_t tone;
    while (rest.n > 0 && syllable_next(&reading, &base, &tone)) {
        Str character = utf8_next(&rest);
        Syllable *syllable = syllable_new(reader, word, base, tone, character, source);
        if (syllable_is_erhua(base)) syllable->spoken_n = (uint8_t)(syllable->spoken_n + utf8_next(&rest).n);
    }
}

/* NASA: each syllable reads the whole word. */
static void read_latin(Reader *reader, Word *word, Str reading, ReadingSource source)
{
    Str base;
    uint8_t tone;
    while (syllable_next(&reading, &base, &tone)) syllable_new(reader, word, base, tone, word->text, source);
}

/* The syllables of one character: a letter's may be several. False when it has none. */
static bool read_character(Reader *reader, Word *word, Str character, uint32_t code)
{
    Str letter = readings_letter(reader->readings, code), base;
    Str reading = letter.n ? letter : lexicon_character(reader->lexicon, code);
    uint8_t tone;
    for (int i = 0; i < SYLLABLES_A_LETTER && syllable_next(&reading, &base, &tone); i++) {
        syllable_new(reader, word, base, tone, character, letter.n ? SOURCE_LETTER : SOURCE_CHARACTER);
        if (letter.n == 0) return true; /* a character's other readings */
    }
    return letter.n > 0;
}

/* Few words fall apart, so the sentence's own number of them is mostly enough. */
static Word *word_add(Reader *reader, const Word *like)
{
    if (reader->count == reader->capacity) {
        size_t wanted = reader->capacity * 2 + 1;
        reader->words = arena_grow(reader->arena, reader->words, reader->count, wanted, sizeof *reader->words);
        reader->capacity = wanted;
    }
    Word *word = &reader->words[reader->count++];
    *word = *like;
    return word;
}

static Word *word_new(Reader *reader, const Word *like, Str text)
{
    Word *word = word_add(reader, like);
    word->text = text;
    word->kind = WORD_SPOKEN;
    word->syllables = reader->room;
    word->syllable_count = 0;
    return word;
}

/* A character without a reading becomes a word of its own, and the word falls apart around it. In an English word it is a silent sign (don't). */
static void read_by_characters(Reader *reader, const Word *whole)
{
    Word *word = NULL;
    uint32_t code;
    for (size_t at = 0, n; at < whole->text.n; at += n) {
        n = utf8_decode(str_slice(whole->text, at, whole->text.n), &code);
        Str character = { whole->text.s + at, n };
        if (!word) word = word_new(reader, whole, (Str){ character.s, 0 });
        bool fresh = word->syllable_count == 0;
        if (read_character(reader, word, character, code) || whole->english > 0) {
            word->text.n += n;
            continue;
        }
        if (!fresh) word = word_new(reader, whole, character);
        word->text = character;
        word->tag = (Str){ 0 };
        word->kind = WORD_UNREAD;
        word = NULL;
    }
}

/* By its letters, and said by the English of the voice, where it has one, when it is a word. */
static void read_unknown(Reader *reader, const Word *whole)
{
    uint8_t english = (unsigned char)whole->text.s[0] < 0x80 ? english_syllables(&reader->readings->english, whole->text) : 0;
    Word like = *whole;
    like.english = english;
    read_by_characters(reader, &like);
    if (english == 0) return;
    const Word *word = &reader->words[reader->count - 1]; /* it did not fall apart */
    for (size_t i = 0; i < word->syllable_count; i++) word->syllables[i].source = SOURCE_ENGLISH;
}

/* The reading that is given for a word, or NULL. Words come in their order. */
static const Given *given_for(Reader *reader, Str word)
{
    size_t at = (size_t)(word.s - reader->spoken.s);
    while (reader->given_count > 0 && (!reader->given->whole || reader->given->at < at)) {
        reader->given++;
        reader->given_count--;
    }
    return reader->given_count > 0 && reader->given->at == at && reader->given->n == word.n ? reader->given : NULL;
}

static void read_given(Reader *reader, const Word *like, const Given *given)
{
    room_reserve(reader, syllable_count(given->reading));
    Word *word = word_new(reader, like, like->text);
    /* Latin letters, alone or among characters, have no syllable each: the reading reads the whole. */
    if (utf8_all_han(like->text)) read_by_word(reader, word, given->reading, given->source);
    else read_latin(reader, word, given->reading, given->source);
}

/* A 儿 that the lexicon leaves alone is merged into the last syllable of the word before it (牙缝儿), if the voice has the two in one and no child is
 * meant. Behind a single character it is part of a name more often, but for those of the rule `merge`. */
static bool erhua_merges(const Reader *reader, Str er)
{
    Word *word = reader->count > 0 ? &reader->words[reader->count - 1] : NULL;
    if (!word || word->kind != WORD_SPOKEN || word->text.s + word->text.n != er.s || !utf8_all_han(word->text)) return false;
    Syllable *last = &word->syllables[word->syllable_count - 1];
    Str character = utf8_last(word->text), child = reader->readings->sandhi.child, merge = reader->readings->sandhi.merge;
    if (word->syllable_count < 2 && str_find(merge, character) == merge.n) return false;
    if (last->source >= SOURCE_USER || last->spoken_n != character.n || str_find(child, character) < child.n) return false;
    Str merged = arena_printf(reader->arena, "%.*sr", STR_ARG(last->base));
    if (!readings_has_syllable(reader->readings, merged, last->tone)) return false;
    last->base = merged;
    last->spoken_n = (uint8_t)(last->spoken_n + er.n);
    word->text.n += er.n;
    return true;
}

static void read_words(Reader *reader, Sentence *sentence)
{
    const Lexicon *lexicon = reader->lexicon;
    const Readings *readings = reader->readings;
    reader->capacity = sentence->word_count;
    reader->words = ARENA_ROOM(reader->arena, Word, reader->capacity);
    for (size_t i = 0; i < sentence->word_count; i++) {
        Word *word = &sentence->words[i];
        const Given *given = given_for(reader, word->text);
        if (given) {
            read_given(reader, word, given);
            continue;
        }
        if (str_equal(word->text, STR("儿")) && erhua_merges(reader, word->text)) continue;
        if (word->kind == WORD_MARK) {
            word_add(reader, word);
            continue;
        }
        room_reserve(reader, word->text.n * SYLLABLES_A_LETTER);
        ReadingSource source;
        Str reading = word_reading(lexicon, word, &source), latin = latin_reading(&readings->latin, word->text);
        if (latin.n > 0) read_latin(reader, word_new(reader, word, word->text), latin, SOURCE_LATIN);
        else if (reading.n > 0) read_by_word(reader, word_new(reader, word, word->text), reading, source);
        else read_unknown(reader, word);
    }
    sentence->words = reader->words;
    sentence->word_count = reader->count;
}

void pinyin_read_words(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena)
{
    Given *given;
    size_t count = given_find(readings, sentence, &given, arena);
    Reader reader = { .lexicon = lexicon, .readings = readings, .spoken = sentence->spoken, .arena = arena, .given = given, .given_count = count };
    read_words(&reader, sentence);
    given_apply(sentence, given, count, arena);
    contexts_apply(&readings->contexts, sentence, false);
    names_apply(&readings->names, sentence);
}

void pinyin_read(const Lexicon *lexicon, const Readings *readings, Sentence *sentence, Arena *arena)
{
    pinyin_read_words(lexicon, readings, sentence, arena);
    polyphones_apply(lexicon, sentence);
    contexts_apply(&readings->contexts, sentence, true);
}
