#include "speech/prosody.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/message.h"

Prosody *prosody_create(const char *folder, Error *error)
{
    Prosody *prosody = memory_new(1, sizeof *prosody);
    if (pauses_read(&prosody->pauses, &prosody->arena, folder, error) == 0 && melody_read(&prosody->melody, folder, error) == 0 &&
        accents_read(&prosody->accents, &prosody->arena, folder, error) == 0 && pace_read(&prosody->pace, &prosody->arena, folder, error) == 0 && (prosody->phrasing = phrasing_create(folder, error)))
        return prosody;
    prosody_destroy(prosody);
    return NULL;
}

void prosody_destroy(Prosody *prosody)
{
    if (!prosody) return;
    phrasing_destroy(prosody->phrasing);
    arena_finish(&prosody->arena);
    free(prosody);
}

/* ---- breaks ---- */

static bool is_latin(const Word *word)
{
    char c = word->text.s[0];
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* A space sets Chinese headlines apart but only divides Latin words. */
static bool only_latin_space(const Sentence *sentence, size_t before, size_t after)
{
    for (size_t i = before + 1; i < after; i++)
        if (!str_equal(sentence->words[i].text, STR(" "))) return false;
    return after == before + 2 && is_latin(&sentence->words[before]) && is_latin(&sentence->words[after]);
}

static void word_parted(const Prosody *prosody, Word *word, uint8_t pause)
{
    Break at = prosody->pauses.rows[pause].at;
    word->after = at < BREAK_WORD ? BREAK_WORD : at;
    word->pause = pause;
}

void prosody_marks(const Prosody *prosody, Sentence *sentence)
{
    const Pause *rows = prosody->pauses.rows;
    size_t last = SIZE_MAX; /* the last spoken word seen */
    uint8_t seen = PAUSE_NONE;
    for (size_t i = 0; i < sentence->word_count; i++) {
        Word *word = &sentence->words[i];
        word->after = BREAK_NONE;
        word->pause = PAUSE_NONE;
        if (word->kind != WORD_SPOKEN) {
            uint8_t pause = pauses_of_marks(&prosody->pauses, word->text);
            if (rows[pause].at > rows[seen].at || (rows[pause].at == rows[seen].at && rows[pause].ms > rows[seen].ms)) seen = pause;
            if (pause == prosody->pauses.question && pause != PAUSE_NONE) seen = pause;
            continue;
        }
        if (last != SIZE_MAX) word_parted(prosody, &sentence->words[last], only_latin_space(sentence, last, i) ? (uint8_t)PAUSE_NONE : seen);
        last = i;
        seen = PAUSE_NONE;
    }
    if (last == SIZE_MAX) return;
    sentence->question = seen == prosody->pauses.question && seen != PAUSE_NONE;
    sentence->words[last].after = sentence->after;
    sentence->words[last].pause = (uint8_t)sentence->after;
}

static size_t next_spoken(const Sentence *sentence, size_t i)
{
    while (i < sentence->word_count && sentence->words[i].kind != WORD_SPOKEN) i++;
    return i;
}

size_t prosody_stretch(const Prosody *prosody, const Sentence *sentence, size_t *at, PhraseWord *words)
{
    size_t count = 0, last = SIZE_MAX, said = 0;
    while ((*at = next_spoken(sentence, *at)) < sentence->word_count && count < PHRASE_WORDS_MAX) {
        PhraseWord *word = &words[count++];
        phrase_word_init(word, sentence, *at);
        word->quoted = last != SIZE_MAX && last + 1 < *at;
        word->said = (uint16_t)(said += word->syllables);
        last = (*at)++;
        if (sentence->words[last].after >= BREAK_PHRASE) break;
    }
    phrasing_sorts(prosody->phrasing, words, count);
    return count;
}

/* A phrase's end that a mark which parts nothing (a quotation mark) stands at has that mark's pause, if it is longer. */
static void phrase_ends(const Prosody *prosody, Word *word)
{
    word->after = BREAK_PHRASE;
    if (prosody->pauses.rows[word->pause].ms < prosody->pauses.rows[BREAK_PHRASE].ms) word->pause = BREAK_PHRASE;
}

/* In the middle of a long stretch the reader takes breath. */
static void take_breath(const Prosody *prosody, Sentence *sentence, const PhraseWord *words, size_t count, const bool *cut)
{
    enum { BREATH_SYLLABLES = 11 };
    size_t total = words[count - 1].said, breathed = 0;
    for (size_t i = 0; i + 1 < count && prosody->pauses.breath != PAUSE_NONE; i++) {
        Word *word = &sentence->words[words[i].at];
        if (!cut[i] || words[i].said - breathed < BREATH_SYLLABLES || total - words[i].said < BREATH_SYLLABLES / 2) continue;
        breathed = words[i].said;
        if (word->pause == BREAK_PHRASE) word->pause = prosody->pauses.breath;
    }
}

static void breaks_by_phrasing(const Prosody *prosody, Sentence *sentence)
{
    PhraseWord words[PHRASE_WORDS_MAX];
    bool cut[PHRASE_WORDS_MAX];
    size_t at = 0, count;
    while ((count = prosody_stretch(prosody, sentence, &at, words)) > 0) {
        phrasing_cut(prosody->phrasing, words, count, cut);
        size_t last = 0;
        for (size_t i = 0; i + 1 < count; i++) {
            if (!cut[i]) continue;
            phrase_ends(prosody, &sentence->words[words[i].at]);
            last = i + 1;
        }
        take_breath(prosody, sentence, words, count, cut);
        /* A stretch that is phrased in pieces: the next begins with the last phrase, which the end of this one has cut short. */
        if (count == PHRASE_WORDS_MAX && last > 0) at = words[last].at;
    }
}

/* Behind a few words (他说，) a comma is less of a pause, and more of one behind many. */
static void weigh_commas(const Prosody *prosody, Sentence *sentence)
{
    enum { BRIEF_SYLLABLES = 4, FULL_SYLLABLES = 17 };
    size_t said = 0; /* since the last pause of a clause */
    for (size_t i = 0; i < sentence->word_count; i++) {
        Word *word = &sentence->words[i];
        if (word->kind != WORD_SPOKEN) continue;
        said += word_syllables(word);
        if (word->after < BREAK_CLAUSE) continue;
        uint8_t row = said <= BRIEF_SYLLABLES ? prosody->pauses.brief : said >= FULL_SYLLABLES ? prosody->pauses.full : PAUSE_NONE;
        if (word->pause == BREAK_CLAUSE && row != PAUSE_NONE) word->pause = row;
        said = 0;
    }
}

void prosody_breaks(const Prosody *prosody, Sentence *sentence)
{
    prosody_marks(prosody, sentence);
    breaks_by_phrasing(prosody, sentence);
    weigh_commas(prosody, sentence);
}

/* ---- delivery ---- */

static int own_pause(Delivery *delivery, const VoicePause *own, const Voice *voice, Error *error)
{
    const Pauses *pauses = &delivery->prosody->pauses;
    for (size_t i = 0; i < pauses->count; i++) {
        if (!str_equal(pauses->rows[i].name, own->name)) continue;
        delivery->pause_ms[i] = (double)own->ms;
        return 0;
    }
    return error_set(error, STATUS_DATA, _("the voice %.*s: pauses.tsv has no row '%.*s'"), STR_ARG(voice->name), STR_ARG(own->name));
}

int delivery_of(Delivery *delivery, const Prosody *prosody, const Voice *voice, Error *error)
{
    *delivery = (Delivery){ .prosody = prosody, .speed = (double)voice->speed, .turns = voice->quotes.n > 0 };
    for (size_t i = 0; i < prosody->pauses.count; i++) delivery->pause_ms[i] = prosody->pauses.rows[i].ms;
    for (size_t i = 0; i < voice->pause_count; i++)
        if (own_pause(delivery, &voice->pauses[i], voice, error) < 0) return -1;
    for (size_t i = 0; i < prosody->pauses.count; i++) delivery->pause_ms[i] *= voice->pause_scale;
    return 0;
}

void delivery_faster(Delivery *delivery, double times)
{
    delivery->speed = pace_scaled(&delivery->prosody->pace, delivery->speed, times);
    for (size_t i = 0; i < PAUSES_MAX; i++) delivery->pause_ms[i] /= times;
}

static double within(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

void delivery_at_rate(Delivery *delivery, const Tally *tally, double rate, double own, bool exactly)
{
    static const double APART = 1.12; /* so many times as fast or slow as usual: more would be heard from article to article */
    static const double LEAST_PAUSE = 0.5, MOST_PAUSE = 1.5;
    const Pace *pace = &delivery->prosody->pace;
    double times = rate / own, usual = pace_scaled(pace, delivery->speed, times);
    double all_ms = 60000 * tally->syllables / rate, pause_ms = tally->pause_ms / times, usual_ms = pace_ms(pace, &tally->said, usual);
    delivery_faster(delivery, times);
    if (tally->syllables == 0) return;
    delivery->speed = pace_speed(pace, &tally->said, within(all_ms - pause_ms, usual_ms / APART, usual_ms * APART));
    if (tally->syllables <= pace->alone_syllables) delivery->speed = fmin(delivery->speed, pace->alone_speed);
    if (!exactly || pause_ms <= 0) return;
    double share = within((all_ms - pace_ms(pace, &tally->said, delivery->speed)) / pause_ms, LEAST_PAUSE, MOST_PAUSE);
    for (size_t i = 0; i < PAUSES_MAX; i++) delivery->pause_ms[i] *= share;
}

int delivery_pause_ms(const Delivery *delivery, size_t pause)
{
    return (int)(delivery->pause_ms[pause] + 0.5);
}

int delivery_decay_ms(const Delivery *delivery, size_t pause)
{
    const Pause *row = &delivery->prosody->pauses.rows[pause];
    return row->ms > 0 ? (int)(row->decay_ms * delivery->pause_ms[pause] / row->ms + 0.5) : 0;
}
