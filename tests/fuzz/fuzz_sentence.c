/* Any text as a line of a page, all the way to the phonemes: every byte of it is in a sentence, every byte of a sentence in a piece, every
 * byte of the spoken form in a word, and every spoken word reaches the synthesiser as phonemes and nothing else. */
#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "commands/reader.h"
#include "fuzz.h"
#include "page/encoding.h"
#include "pinyin/user_words.h"

static Reader reader;
static Phonemes *phonemes;
static Delivery delivery;

/* A user's own. */
static const char *const WORDS[][2] = { { "银行", "yin2 xing2" }, { "AB", "ei1 bi4" }, { "玩儿", "wanr2" }, { "行家", "hang2 jia5" }, { "A股", "ei1 gu3" } };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Error error;
    (void)argc;
    (void)argv;
    need(reader_open(&reader, &(Settings){ 0 }, NULL, &error), &error);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        int other;
        user_words_add(reader.readings, str_from(WORDS[i][0]), str_from(WORDS[i][1]), (int)i + 1, &other);
    }
    phonemes = phonemes_create(arena_printf(&reader.arena, "%s/voices/mandarin", reader.data).s, &error);
    need(phonemes ? 0 : -1, &error);
    need(delivery_of(&delivery, reader.prosody, &(Voice){ .speed = 200, .pause_scale = 1 }, &error), &error);
    return 0;
}

static void check_pieces(const Sentence *sentence)
{
    uint32_t spoken = 0, text = 0;
    for (size_t i = 0; i < sentence->piece_count; i++) {
        const Piece *piece = &sentence->pieces[i];
        PROMISE(piece->spoken_at == spoken && piece->text_at == text);
        spoken += piece->spoken_n;
        text += piece->text_n;
    }
    PROMISE(spoken == sentence->spoken.n && text == sentence->text.n);
    PROMISE(utf8_valid_prefix(sentence->spoken) == sentence->spoken.n);
}

/* One reading for each Chinese character of a spoken word, an erhua for two; a Latin word is read as a whole. */
static void check_each_character(const Sentence *sentence, const Word *word)
{
    size_t at = (size_t)(word->text.s - sentence->spoken.s), end = at + word->text.n;
    if (word->kind != WORD_SPOKEN || !utf8_all_han(word->text)) return;
    for (size_t i = 0; i < word->syllable_count; i++) {
        PROMISE(word->syllables[i].spoken_at == at && word->syllables[i].spoken_n > 0);
        at += word->syllables[i].spoken_n;
    }
    PROMISE(at == end);
}

static void check_syllables(const Sentence *sentence, const Word *word)
{
    for (size_t i = 0; i < word->syllable_count; i++) {
        const Syllable *syllable = &word->syllables[i];
        uint32_t from, to;
        PROMISE(syllable->base.n > 0);
        PROMISE(syllable->tone >= 1 && syllable->tone <= 5 && syllable->surface >= 1 && syllable->surface <= 5);
        sentence_source(sentence, syllable, &from, &to);
        PROMISE(from < to && to <= sentence->text.n);
    }
}

/* A reading in the text is a piece that says nothing, and decides. */
static void check_rubies(const Sentence *sentence)
{
    size_t meant = 0, decided = 0, piece = 0;
    for (size_t i = 0; i < sentence->ruby_count; i++) {
        const Ruby *ruby = &sentence->rubies[i];
        if (ruby->fault) continue;
        while (piece < sentence->piece_count && sentence->pieces[piece].text_at < ruby->text_at) piece++;
        PROMISE(piece < sentence->piece_count && sentence->pieces[piece].text_at == ruby->text_at && sentence->pieces[piece].spoken_n == 0);
        meant++;
    }
    for (size_t i = 0; i < sentence->word_count; i++)
        for (size_t j = 0; j < sentence->words[i].syllable_count; j++) decided += sentence->words[i].syllables[j].source == SOURCE_TEXT;
    PROMISE(decided >= meant);
}

static void check_words(const Sentence *sentence)
{
    const char *at = sentence->spoken.s;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        PROMISE(word->text.s == at && word->text.n > 0);
        PROMISE((word->kind == WORD_SPOKEN) == (word->syllable_count > 0));
        PROMISE(word->after < (Break)BREAK_COUNT);
        check_syllables(sentence, word);
        check_each_character(sentence, word);
        at += word->text.n;
    }
    PROMISE(at == sentence->spoken.s + sentence->spoken.n);
}

static void check_script(Sentence *sentence, Arena *arena)
{
    Script script = { 0 };
    Error error = { 0 };
    if (!sentence_is_spoken(sentence)) return;
    int written = script_write(&script, phonemes, &delivery, sentence, arena, &error);
    if (written < 0) fprintf(stderr, "%s\n", error.text);
    PROMISE(written == 0 && script.count > 0);
    for (size_t i = 0; i < script.count; i++) {
        const char *said = script.utterances[i].phonemes;
        PROMISE(strncmp(said, "[[", 2) == 0 && strcmp(said + strlen(said) - 2, "]]") == 0);
        for (; *said; said++) PROMISE(*said >= 0x20 && *said < 0x7F);
        said = script.utterances[i].english;
        PROMISE(!said || (isalpha((unsigned char)*said) && strlen(said) <= ENGLISH_BYTES_MAX));
        for (; said && *said; said++) PROMISE(isalpha((unsigned char)*said) || (strchr(" '-", *said) && isalpha((unsigned char)said[1])));
    }
}

static void read_line(Str line, Arena *arena)
{
    Block block = { .role = ROLE_BODY, .line = 1, .text = line };
    Splitter splitter = splitter_start(reader.marks, &block);
    size_t covered = 0;
    ArenaMark mark = arena_mark(arena);
    for (Sentence sentence = { 0 }; splitter_next(&splitter, &sentence); sentence = (Sentence){ 0 }) {
        PROMISE(sentence.text.n > 0 && sentence.text_at >= covered && sentence.text.s == line.s + sentence.text_at);
        PROMISE(str_trim(str_slice(line, covered, sentence.text_at)).n == 0);
        covered = sentence.text_at + sentence.text.n;
        reader_read(&reader, &sentence, arena);
        check_pieces(&sentence);
        check_words(&sentence);
        check_rubies(&sentence);
        check_script(&sentence, arena);
        arena_reset(arena, mark);
    }
    PROMISE(str_trim(str_slice(line, covered, line.n)).n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const Report nobody;
    Arena arena = { 0 };
    Error error;
    Str text;
    if (encoding_decode(&arena, (Str){ (const char *)bytes, n }, "fuzz", &text, &nobody, &error) == 0)
        while (text.n > 0) read_line(str_split(&text, '\n'), &arena);
    arena_finish(&arena);
    return 0;
}
