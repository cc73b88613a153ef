#include "speech/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

/* Above 60 syllables in one bracket the synthesiser loses sound. */
enum { BRACKET_SYLLABLES_MAX = 20, MNEMONICS_ROOM = 8 /* for brackets and spaces around them */, BRACKETS_MAX = UTTERANCE_BYTES_MAX / 6 /* "[[A]] " */ };

typedef struct Row {
    Str syllable, mnemonics;
    Lengths lengths;
} Row;

struct Phonemes {
    Arena arena;
    Row *slots; /* open addressing; a power of two, at most half full */
    size_t slot_count;
};

static Row *slot_of(const Phonemes *phonemes, Str base, int tone)
{
    char digit = (char)('0' + tone);
    size_t i = hash_bytes(hash_bytes(HASH_START, base.s, base.n), &digit, 1) & (phonemes->slot_count - 1);
    for (;; i = (i + 1) & (phonemes->slot_count - 1)) {
        Row *row = &phonemes->slots[i];
        if (row->syllable.n == 0) return row;
        if (row->syllable.n == base.n + 1 && memcmp(row->syllable.s, base.s, base.n) == 0 && row->syllable.s[base.n] == digit) return row;
    }
}

static int read_rows(Phonemes *phonemes, const char *path, Error *error)
{
    enum { ROWS_MAX = 8192 };
    phonemes->slot_count = 2 * ROWS_MAX;
    phonemes->slots = ARENA_NEW(&phonemes->arena, Row, phonemes->slot_count);
    Table table;
    int more, rows = 0;
    if (table_open(&table, &phonemes->arena, path, error) < 0) return -1;
    while ((more = table_next(&table, 2 + PACE_REFERENCES, error)) > 0) {
        Str name = table.field[0];
        int tone = name.n > 1 ? name.s[name.n - 1] - '0' : 0;
        if (tone < 1 || tone > 5) return table_fault(&table, error, _("'%.*s' is no syllable with a tone from 1 to 5"), STR_ARG(name));
        if (++rows > ROWS_MAX) return table_fault(&table, error, _("more than %d rows"), ROWS_MAX);
        Row *row = slot_of(phonemes, str_slice(name, 0, name.n - 1), tone);
        if (row->syllable.n > 0) return table_fault(&table, error, _("'%.*s' stands here twice"), STR_ARG(name));
        *row = (Row){ name, table.field[1], { { 0 } } };
        for (int i = 0; i < PACE_REFERENCES; i++)
            if (!str_to_double(table.field[2 + i], &row->lengths.ms[i]) || row->lengths.ms[i] <= 0)
                return table_fault(&table, error, _("'%.*s' is no length in milliseconds"), STR_ARG(table.field[2 + i]));
    }
    return more;
}

Phonemes *phonemes_create(const char *folder, Error *error)
{
    Phonemes *phonemes = memory_new(1, sizeof *phonemes);
    if (read_rows(phonemes, arena_printf(&phonemes->arena, "%s/phonemes.tsv", folder).s, error) == 0) return phonemes;
    phonemes_destroy(phonemes);
    return NULL;
}

void phonemes_destroy(Phonemes *phonemes)
{
    if (!phonemes) return;
    arena_finish(&phonemes->arena);
    free(phonemes);
}

Str phonemes_find(const Phonemes *phonemes, Str base, int tone)
{
    return slot_of(phonemes, base, tone)->mnemonics;
}

/* A growing utterance. */
typedef struct Writer {
    const Phonemes *phonemes;
    const Delivery *delivery;
    Arena *arena;
    Script *script;
    double speed;       /* of the sentence */
    uint32_t said, at;  /* syllables so far, and before this utterance */
    size_t word_at;     /* where the word begins in `buffer` */
    char buffer[UTTERANCE_BYTES_MAX];
    size_t used;
    bool open;          /* inside [[ ]] */
    size_t in_bracket;  /* syllables */
    char pace, range;   /* of the word, in percent */
    char paces[BRACKETS_MAX], ranges[BRACKETS_MAX];
    size_t brackets;
    char english[ENGLISH_BYTES_MAX]; /* of an English utterance */
    size_t english_used;
    bool quoted;        /* direct speech, for another voice */
    int tone;           /* of the syllable before in this utterance; 0: none */
    const Syllable *leans; /* the last of a phrase that the next one follows at once */
    const Syllable *ends; /* the sentence */
    const char *ending; /* the letters of that, if it has no tone; none: as anywhere */
} Writer;

static void put(Writer *writer, Str text)
{
    memcpy(writer->buffer + writer->used, text.s, text.n);
    writer->used += text.n;
}

static void close_bracket(Writer *writer)
{
    if (writer->open) put(writer, STR("]] "));
    writer->open = false;
}

/* The synthesiser's limits (espeak-ng, speak_lib.h). */
static int16_t speed_within(double speed)
{
    enum { SPEED_LEAST = 80, SPEED_MOST = 450 };
    return (int16_t)(speed < SPEED_LEAST ? SPEED_LEAST : speed > SPEED_MOST ? SPEED_MOST : speed + 0.5);
}

/* `pause`: a row of pauses.tsv, by which the last word is drawn out. */
static void end_utterance(Writer *writer, size_t pause, Break after)
{
    close_bracket(writer);
    if (writer->used == 0) return;
    Script *script = writer->script;
    const Pause *row = &writer->delivery->prosody->pauses.rows[pause];
    script->utterances = arena_grow(writer->arena, script->utterances, script->count, script->count + 1, sizeof *script->utterances);
    Str english = arena_str(writer->arena, (Str){ writer->english, writer->english_used });
    Str paces = arena_str(writer->arena, (Str){ writer->paces, writer->brackets });
    Str ranges = arena_str(writer->arena, (Str){ writer->ranges, writer->brackets });
    Str phonemes = arena_str(writer->arena, str_slice((Str){ writer->buffer, writer->used }, 0, writer->used - 1));
    script->utterances[script->count++] =
        (Utterance){ .phonemes = phonemes.s, .paces = paces.s, .ranges = ranges.s, .english = english.n ? english.s : NULL, .pause_ms = delivery_pause_ms(writer->delivery, pause),
                     .decay_ms = delivery_decay_ms(writer->delivery, pause), .after = after, .quoted = writer->quoted, .at = writer->at,
                     .speed = speed_within(writer->speed), .last = (uint16_t)writer->word_at, .last_speed = speed_within(writer->speed * row->last / 100) };
    writer->used = writer->word_at = writer->english_used = writer->brackets = 0;
    writer->tone = 0;
    writer->at = writer->said;
}

/* With other tone letters than those of the table. */
static void put_mnemonics(Writer *writer, Str mnemonics, Str letters, Str instead)
{
    size_t at = letters.n ? str_find(mnemonics, letters) : mnemonics.n;
    put(writer, str_slice(mnemonics, 0, at));
    if (at == mnemonics.n) return;
    put(writer, instead);
    put(writer, str_slice(mnemonics, at + letters.n, mnemonics.n));
}

/* Two full third tones in a row would make the synthesiser raise the first by itself; where sandhi said no, we write the half third. A full one rises before a pause
 * that is one: where a phrase is set off by hardly more than its drawn out end, it would be heard as the end of something. A neutral tone behind another
 * would be at the voice's floor; readers let it come back to a middle that is rather low (Chen and Xu, Phonetica 63, 2006). One that a sentence ends with may
 * have letters of its own, in a question. */
static void put_toned(Writer *writer, const Syllable *syllable, const Syllable *next, Str mnemonics)
{
    Str ending = str_from(writer->ending);
    bool half_third = syllable->surface == 3 && (syllable == writer->leans || (next && next->surface == 3));
    if (half_third) put_mnemonics(writer, mnemonics, STR("214"), STR("21"));
    else if (syllable == writer->ends && ending.n > 0) put_mnemonics(writer, mnemonics, STR("11"), ending);
    else if (syllable->surface == 5 && writer->tone == 5) put_mnemonics(writer, mnemonics, STR("11"), STR("22"));
    else put_mnemonics(writer, mnemonics, (Str){ 0 }, (Str){ 0 });
    writer->tone = syllable->surface;
}

static int put_syllable(Writer *writer, const Syllable *syllable, const Syllable *next, Error *error)
{
    Str mnemonics = phonemes_find(writer->phonemes, syllable->base, syllable->surface);
    if (mnemonics.n == 0 || mnemonics.n > 32)
        return error_set(error, STATUS_DATA, _("phonemes.tsv has no row for the syllable %.*s%d"), STR_ARG(syllable->base), syllable->surface);
    if (writer->in_bracket == BRACKET_SYLLABLES_MAX) close_bracket(writer);
    if (writer->used + mnemonics.n + MNEMONICS_ROOM > UTTERANCE_BYTES_MAX) end_utterance(writer, PAUSE_NONE, BREAK_NONE);
    if (!writer->open) {
        put(writer, STR("[["));
        writer->open = true;
        writer->paces[writer->brackets] = writer->pace;
        writer->ranges[writer->brackets++] = writer->range;
        writer->in_bracket = 0;
    }
    put_toned(writer, syllable, next, mnemonics);
    writer->in_bracket++;
    writer->said++;
    return 0;
}

static const Word *following_word(const Sentence *sentence, size_t i)
{
    for (i++; i < sentence->word_count; i++)
        if (sentence->words[i].kind == WORD_SPOKEN) return &sentence->words[i];
    return NULL;
}

/* Where the other voice takes over inside a phrase. */
static void turn(Writer *writer, const Sentence *sentence, const Word *word)
{
    bool quoted = writer->delivery->turns && word->syllable_count > 0 && sentence_quotes(sentence, &word->syllables[0]);
    if (quoted != writer->quoted) end_utterance(writer, writer->delivery->prosody->pauses.turn, BREAK_NONE);
    writer->quoted = quoted;
}

static size_t english_letters(const Word *word)
{
    size_t letters = 0;
    for (size_t i = 0; i < word->text.n; i++) letters += isalpha((unsigned char)word->text.s[i]) != 0;
    return letters;
}

/* With the apostrophe that the synthesiser knows. */
static void put_english(Writer *writer, Str word)
{
    uint32_t code;
    for (size_t i = 0, n; i < word.n; i += n) {
        n = utf8_decode(str_slice(word, i, word.n), &code);
        writer->english[writer->english_used++] = code < 0x80 ? (char)code : '\'';
    }
}

/* English words that follow each other are said in one; what is before and behind them is an utterance of its own. */
static void begin_word(Writer *writer, const Word *word)
{
    enum { LETTER_MNEMONICS = 24 }; /* the longest name of a letter */
    bool within = writer->english_used > 0, english = word->english > 0;
    bool full = writer->english_used + 1 + word->text.n > ENGLISH_BYTES_MAX || writer->used + english_letters(word) * LETTER_MNEMONICS > UTTERANCE_BYTES_MAX;
    if (english != within || (english && full)) end_utterance(writer, writer->delivery->prosody->pauses.language, BREAK_NONE);
    writer->word_at = writer->used;
    if (!english) return;
    if (writer->english_used > 0) writer->english[writer->english_used++] = ' ';
    put_english(writer, word->text);
}

/* Syllables differ in length by two to one as the synthesiser says them, by their initials and finals: more than a reader's. And what is brought out takes longer. */
static char word_pace(const Phonemes *phonemes, const Pace *pace, const Word *word, Accent accent)
{
    enum { PACE_MOST = 127 };
    double ms = 0, usual_ms = 0;
    for (size_t k = 0; word->english == 0 && k < word->syllable_count; k++) {
        const Syllable *syllable = &word->syllables[k];
        ms += slot_of(phonemes, syllable->base, syllable->surface)->lengths.ms[1];
        usual_ms += syllable->surface == 5 ? pace->neutral_ms : pace->full_ms;
    }
    int percent = pace_of_word(pace, ms, usual_ms) * accent.pace / 100;
    return (char)(percent < PACE_MOST ? percent : PACE_MOST);
}

static int put_word(Writer *writer, const Word *word, Accent accent, const Syllable *beyond, Error *error)
{
    uint32_t said = writer->said;
    begin_word(writer, word);
    writer->pace = word_pace(writer->phonemes, &writer->delivery->prosody->pace, word, accent);
    writer->range = accent.range;
    for (size_t k = 0; k < word->syllable_count; k++) {
        const Syllable *next = k + 1 < word->syllable_count ? &word->syllables[k + 1] : beyond;
        if (put_syllable(writer, &word->syllables[k], next, error) < 0) return -1;
    }
    close_bracket(writer);
    writer->said = said + (uint32_t)word_syllables(word);
    return 0;
}

static const Syllable *last_syllable(const Sentence *sentence)
{
    for (size_t i = sentence->word_count; i-- > 0;) {
        const Word *word = &sentence->words[i];
        if (word->kind == WORD_SPOKEN && word->syllable_count > 0) return &word->syllables[word->syllable_count - 1];
    }
    return NULL;
}

int script_write(Script *script, const Phonemes *phonemes, const Delivery *delivery, Sentence *sentence, Arena *arena, Error *error)
{
    Contour contour = melody_contour(&delivery->prosody->melody, sentence);
    Writer writer = { .phonemes = phonemes, .delivery = delivery, .arena = arena, .script = script, .speed = delivery->speed * (double)contour.pace / 100,
                      .ends = last_syllable(sentence), .ending = contour.neutral };
    *script = (Script){ .heading = role_is_heading(sentence->role) };
    sentence->pause_ms = delivery_pause_ms(delivery, sentence->after);
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        if (word->kind != WORD_SPOKEN) continue;
        const Word *following = following_word(sentence, i);
        turn(&writer, sentence, word);
        bool runs_on = following && word->after < BREAK_PHRASE;
        writer.leans = following && word->pause == BREAK_PHRASE && word->syllable_count > 0 ? &word->syllables[word->syllable_count - 1] : NULL;
        Accent accent = accent_of(&delivery->prosody->accents, sentence, i);
        if (put_word(&writer, word, accent, runs_on ? &following->syllables[0] : NULL, error) < 0) return -1;
        if (!runs_on) end_utterance(&writer, following ? word->pause : (size_t)sentence->after, word->after);
    }
    melody_apply(&contour, script, writer.said);
    return 0;
}

/* Adds what a word takes, so many times. */
static void tally_word(Tally *tally, const Phonemes *phonemes, const Pace *pace, const Word *word, double share)
{
    for (size_t r = 0; word->english > 0 && r < PACE_REFERENCES; r++)
        tally->said.ms[r] += (pace->letter.ms[r] * (double)english_letters(word) + pace->vowel.ms[r] * word->english) * share;
    for (size_t k = 0; word->english == 0 && k < word->syllable_count; k++) {
        const Row *row = slot_of(phonemes, word->syllables[k].base, word->syllables[k].surface);
        for (size_t r = 0; r < PACE_REFERENCES; r++) tally->said.ms[r] += row->lengths.ms[r] * share;
    }
    tally->syllables += (uint32_t)word_syllables(word);
}

void script_tally(Tally *tally, const Phonemes *phonemes, const Delivery *delivery, const Sentence *sentence)
{
    Contour contour = melody_contour(&delivery->prosody->melody, sentence);
    const Pauses *pauses = &delivery->prosody->pauses;
    const Word *before = NULL;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        if (word->kind != WORD_SPOKEN) continue;
        bool ends = word->after >= BREAK_PHRASE, turns = before && before->after < BREAK_PHRASE && !before->english != !word->english;
        double share = 100.0 / (double)contour.pace * (ends ? 100.0 / pauses->rows[word->pause].last : 1);
        Accent accent = accent_of(&delivery->prosody->accents, sentence, i);
        tally_word(tally, phonemes, &delivery->prosody->pace, word, share * 100 / word_pace(phonemes, &delivery->prosody->pace, word, accent));
        if (ends) tally->pause_ms += delivery->pause_ms[word->pause];
        if (turns) tally->pause_ms += delivery->pause_ms[pauses->language];
        before = word;
    }
}
