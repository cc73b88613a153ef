/* The synthesiser itself, through our mnemonics: every syllable sounds, and the tones are those of Mandarin. */
#include "support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/join.h"
#include "speech/pool.h"
#include "speech/script.h"
#include "speech/synth.h"
#include "support/pitch.h"

static Arena arena;
static Phonemes *phonemes;
static Pool *pool;
static Voice voice;

static int say(void *context, const Script *script, Clip *clip, Error *error)
{
    (void)context;
    for (size_t i = 0; i < script->count; i++) {
        size_t from = clip->frames;
        if (synth_say(&voice, &script->utterances[i], clip, error) < 0) return -1;
        join_shape(clip, from, SYNTH_RATE_HZ, 0);
    }
    return 0;
}

static int open_synth(void **state)
{
    (void)state;
    Error error = { 0 };
    assert_ok(voice_load(&voice, &arena, data_path(&arena, ""), "man", &error), &error);
    phonemes = phonemes_create(data_path(&arena, "voices/mandarin"), &error);
    if (!phonemes) fail_msg("%s", error.text);
    assert_ok(synth_open(&voice, &error), &error);
    pool = pool_create(2, say, NULL);
    return 0;
}

static int close_synth(void **state)
{
    (void)state;
    pool_destroy(pool);
    phonemes_destroy(phonemes);
    arena_finish(&arena);
    return 0;
}

/* At a pace at which a syllable is long enough for the pitch to be followed. */
static void submit_at(const char *text, int16_t pitch, const char *ranges)
{
    enum { SPEED = 200 };
    Utterance utterance = { .phonemes = text, .speed = SPEED, .last_speed = SPEED, .pitch = pitch, .last_pitch = pitch, .ranges = ranges };
    pool_submit(pool, &(Script){ .utterances = &utterance, .count = 1 });
}

static void submit(const char *text)
{
    submit_at(text, 0, NULL);
}

static Clip take(const char *what)
{
    Clip clip = { 0 };
    Error error = { 0 };
    PoolResult result;
    while ((result = pool_take(pool, -1, &clip, &error)) == POOL_NOTHING) continue;
    if (result != POOL_CLIP) fail_msg("%s: %s", what, error.text);
    return clip;
}

/* "ma1 ma5" in one bracket, so many tenths of a semitone from the voice's own pitch, in a range of its own. */
static Clip sound_at(const char *syllables, int16_t pitch, const char *ranges)
{
    char text[512] = "[[";
    for (Str rest = str_from(syllables); rest.n > 0;) {
        Str toned = str_split(&rest, ' '), mnemonics = phonemes_find(phonemes, str_slice(toned, 0, toned.n - 1), toned.s[toned.n - 1] - '0');
        if (mnemonics.n == 0) fail_msg("no row for %.*s", STR_ARG(toned));
        strncat(text, mnemonics.s, mnemonics.n);
    }
    strcat(text, "]]");
    submit_at(text, pitch, ranges);
    return take(syllables);
}

static Clip sound_of(const char *syllables)
{
    return sound_at(syllables, 0, NULL);
}

static double ms(size_t frames)
{
    return (double)frames * 1000 / SYNTH_RATE_HZ;
}

static void check_row(const char *name, Clip *clip)
{
    double length = ms(clip->frames);
    int loudest = clip_loudest(clip, 0, clip->frames);
    clip_finish(clip);
    if (length < 60 || length > 700) fail_msg("%s lasts %.0f ms", name, length);
    if (loudest < 2000) fail_msg("%s is not heard: its loudest sample is %d", name, loudest);
    if (loudest > 32000) fail_msg("%s distorts", name);
}

/* Each row of phonemes.tsv is said by the real synthesiser. */
static void every_syllable_sounds(void **state)
{
    (void)state;
    Error error = { 0 };
    Table table;
    enum { AHEAD = 4 };
    char names[AHEAD][32];
    size_t given = 0, taken = 0;
    assert_ok(table_open(&table, &arena, data_path(&arena, "voices/mandarin/phonemes.tsv"), &error), &error);
    while (table_next(&table, 2, &error) > 0) {
        if (given - taken == AHEAD) {
            Clip clip = take(names[taken % AHEAD]);
            check_row(names[taken++ % AHEAD], &clip);
        }
        snprintf(names[given % AHEAD], sizeof names[0], "%.*s", STR_ARG(table.field[0]));
        submit(arena_printf(&arena, "[[%.*s]]", STR_ARG(table.field[1])).s);
        given++;
    }
    while (taken < given) {
        Clip clip = take(names[taken % AHEAD]);
        check_row(names[taken++ % AHEAD], &clip);
    }
    assert_true(given > 2000);
}

/* The way of the pitch over [first, end) of the sound's length. */
typedef struct Way {
    double start_hz, end_hz;
    double fall; /* the deepest fall below what was reached before: 1 none, 0.5 an octave */
} Way;

static double median(double a, double b, double c)
{
    return a > b ? (b > c ? b : a > c ? c : a) : (a > c ? a : b > c ? c : b);
}

static Way melody_at(const char *syllables, double first, double end, int16_t pitch, const char *ranges)
{
    enum { POINTS_MAX = 200 };
    double hz[POINTS_MAX], highest = 0;
    Clip clip = sound_at(syllables, pitch, ranges);
    size_t found = pitch_contour(&clip, (size_t)((double)clip.frames * first), (size_t)((double)clip.frames * end), SYNTH_RATE_HZ, hz, POINTS_MAX);
    clip_finish(&clip);
    if (found < 12) fail_msg("%s is not voiced", syllables);
    size_t begin = found / 6; /* a consonant's edge has no pitch of its own */
    Way way = { median(hz[begin], hz[begin + 2], hz[begin + 4]), 0, 1 };
    for (size_t i = begin + 1; i + 1 < found; i++) {
        double here = median(hz[i - 1], hz[i], hz[i + 1]);
        highest = here > highest ? here : highest;
        if (here / highest < way.fall) way.fall = here / highest;
        way.end_hz = here;
    }
    return way;
}

static Way melody(const char *syllables, double first, double end)
{
    return melody_at(syllables, first, end, 0, NULL);
}

/* 1 high, 2 from low to high, 3 low with a dip, 4 from high down (Chao 1930: 55, 35, 214, 51). */
static void the_four_tones_are_told_apart_by_pitch(void **state)
{
    (void)state;
    static const char *const BASES[] = { "ma", "li", "wu", "yan", "lang", "nei", "mo", "lv" };
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++)
        for (int t = 1; t <= 4; t++) {
            Way way = melody(arena_printf(&arena, "%s%d", BASES[i], t).s, 0, 1);
            bool high = way.start_hz > 122, falls = way.fall < (t == 4 ? 0.85 : 0.93), rises = way.end_hz > 1.15 * way.start_hz;
            bool right = t == 1 ? high && !falls : t == 2 ? !high && rises && !falls : t == 3 ? !high && falls : high && falls && !rises;
            if (!right) fail_msg("%s%d: from %.0f to %.0f Hz, falls to %.2f", BASES[i], t, way.start_hz, way.end_hz, way.fall);
        }
}

/* The same in the middle of three, whatever stands around it; a third tone there is low throughout, and a fourth before a fourth falls half as far (53). The way is
 * followed in the middle of the syllable only, where its neighbours have no part in it. */
static void tones_are_told_apart_between_all_others(void **state)
{
    (void)state;
    for (int before = 1; before <= 4; before++)
        for (int tone = 1; tone <= 4; tone++)
            for (int after = 1; after <= 4; after++) {
                const char *name = arena_printf(&arena, "mo%d mo%d mo%d", before, tone, after).s;
                if (tone == 3 && (before == 3 || after == 3)) continue; /* sandhi writes others */
                Way way = melody(name, 0.36, 0.64);
                bool high = way.start_hz > 122, falls = way.fall < 0.93, rises = way.end_hz > 1.12 * way.start_hz;
                bool right = tone == 1 ? high && !falls : tone == 2 ? rises && !falls : tone == 3 ? !high && !rises && way.end_hz < 105 : falls && !rises;
                if (!right) fail_msg("the second of %s: from %.0f to %.0f Hz, falls to %.2f", name, way.start_hz, way.end_hz, way.fall);
            }
}

/* Half low after a high tone, middle after a rising one, half high after a low one, low after a falling one (Chao 1968, 1.3.3). */
static void the_neutral_tone_has_its_height_from_the_tone_before(void **state)
{
    (void)state;
    static const char *const BASES[] = { "ma", "li", "mei", "lao" };
    for (size_t i = 0; i < sizeof BASES / sizeof *BASES; i++) {
        double hz[5];
        for (int t = 1; t <= 4; t++) hz[t] = melody(arena_printf(&arena, "%s%d ma5", BASES[i], t).s, 0.66, 1).end_hz;
        static const int DOWN[] = { 3, 2, 1, 4 };
        for (size_t k = 0; k + 1 < 4; k++)
            if (hz[DOWN[k]] < 1.05 * hz[DOWN[k + 1]])
                fail_msg("neutral after %s%d at %.0f Hz, after %s%d at %.0f", BASES[i], DOWN[k], hz[DOWN[k]], BASES[i], DOWN[k + 1], hz[DOWN[k + 1]]);
    }
}

/* A melody moves the tones of a syllable up and down together: high and low stay apart, and what rises and falls does so as far. */
static void tones_keep_their_intervals_at_every_pitch(void **state)
{
    (void)state;
    static const int16_t PITCHES[] = { -20, -10, 10, 20 };
    for (size_t i = 0; i < sizeof PITCHES / sizeof *PITCHES; i++) {
        double moved = exp2(PITCHES[i] / 120.0);
        for (int t = 1; t <= 4; t++) {
            const char *name = arena_printf(&arena, "ma%d", t).s;
            Way own = melody(name, 0, 1), way = melody_at(name, 0, 1, PITCHES[i], NULL);
            if (fabs(way.start_hz / own.start_hz / moved - 1) > 0.07) fail_msg("%s at %d: from %.0f Hz, not %.0f", name, PITCHES[i], way.start_hz, own.start_hz * moved);
            if (t == 4 && fabs(way.fall / own.fall - 1) > 0.12) fail_msg("%s at %d: falls to %.2f, not %.2f", name, PITCHES[i], way.fall, own.fall);
        }
    }
}

/* A word that is brought out is higher where its tones are high, and its low tone stays low; one that is passed over is lower. */
static void a_wider_range_is_higher_at_its_top(void **state)
{
    (void)state;
    static const struct {
        const char *ranges;
        double top_least, top_most;
    } CASES[] = { { "v", 1.06, 1.16 }, { "Z", 0.90, 0.97 } }; /* 118, 90 percent */
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int t = 1; t <= 4; t += 3) {
            const char *name = arena_printf(&arena, "ma%d", t).s;
            Way own = melody(name, 0, 1), way = melody_at(name, 0, 1, 0, CASES[i].ranges);
            double top = way.start_hz / own.start_hz;
            if (top < CASES[i].top_least || top > CASES[i].top_most) fail_msg("%s in the range '%s': from %.0f Hz, otherwise %.0f", name, CASES[i].ranges, way.start_hz, own.start_hz);
        }
    double wide = melody_at("ma3 ma1", 0, 0.35, 0, "v").end_hz, usual = melody("ma3 ma1", 0, 0.35).end_hz;
    if (fabs(wide / usual - 1) > 0.12) fail_msg("ma3 of ma3 ma1 in a wide range: at %.0f Hz, otherwise %.0f", wide, usual);
}

static void a_neutral_tone_is_shorter(void **state)
{
    (void)state;
    for (int t = 1; t <= 4; t++) {
        Clip neutral = sound_of(arena_printf(&arena, "ma%d ma5", t).s), full = sound_of(arena_printf(&arena, "ma%d ma1", t).s);
        if (neutral.frames >= full.frames) fail_msg("after tone %d: %.0f ms neutral, %.0f ms full", t, ms(neutral.frames), ms(full.frames));
        clip_finish(&neutral);
        clip_finish(&full);
    }
}

/* Of three words the second is said slower, alone, and the last keeps its own speed. */
static double paced_ms(const char *paces)
{
    enum { SPEED = 200 };
    static const char WORDS[] = "[[mA55mA55]] [[mA55mA55]] [[mA55mA55]]";
    Utterance utterance = { .phonemes = WORDS, .speed = SPEED, .last_speed = SPEED, .last = sizeof "[[mA55mA55]] [[mA55mA55]]", .paces = paces };
    pool_submit(pool, &(Script){ .utterances = &utterance, .count = 1 });
    Clip clip = take(WORDS);
    double length = ms(clip.frames);
    clip_finish(&clip);
    return length;
}

static void each_word_has_its_pace(void **state)
{
    (void)state;
    double even = paced_ms(NULL), same = paced_ms("ddd"), slower = paced_ms("dPd"), slow = paced_ms("PPP"); /* 100, 80 percent */
    assert_in_range(1000 + same - even, 995, 1005);
    assert_in_range(100 * (slower - even) / even, 5, 16); /* a third of it 1.25 times as long */
    assert_in_range(100 * (slow - even) / even, 19, 40);
}

/* Two third tones as sandhi writes them: the first one rises. The synthesiser halves a third tone before others by itself: it stays low. */
static void tone_sandhi_is_heard(void **state)
{
    (void)state;
    Way rising = melody("ma2 ma3", 0, 0.35), low = melody("ma3 ma1", 0, 0.35);
    if (rising.end_hz < 1.15 * rising.start_hz) fail_msg("ma2 of ma2 ma3 does not rise: %.0f to %.0f Hz", rising.start_hz, rising.end_hz);
    if (low.end_hz > 0.85 * rising.end_hz) fail_msg("ma3 of ma3 ma1 does not stay low: %.0f to %.0f Hz", low.start_hz, low.end_hz);
}

/* A sentence sounds the same whatever was said before: the child is new each time. */
static void the_same_words_give_the_same_bytes(void **state)
{
    (void)state;
    Clip first = sound_of("jin1 tian1 hen3 hao3");
    Clip between = sound_of("ma4 ma4 ma4");
    Clip again = sound_of("jin1 tian1 hen3 hao3");
    assert_int_equal(first.frames, again.frames);
    assert_memory_equal(first.samples, again.samples, first.frames * sizeof *first.samples);
    clip_finish(&first);
    clip_finish(&between);
    clip_finish(&again);
}

/* More syllables, more sound: nothing is lost at our limits (20 in a bracket, an utterance of 500 bytes). */
static void long_utterances_are_whole(void **state)
{
    (void)state;
    size_t frames[26] = { 0 };
    for (size_t brackets = 1; brackets <= 5; brackets++) {
        char text[600] = "";
        for (size_t b = 0; b < brackets; b++) {
            strcat(text, b ? " [[" : "[[");
            for (int i = 0; i < 20; i++) strcat(text, "ma51");
            strcat(text, "]]");
        }
        submit(text);
        Clip clip = take("a long utterance");
        frames[brackets] = clip.frames;
        clip_finish(&clip);
        double each = ms(frames[brackets] - frames[brackets - 1]) / 20;
        if (each < 100 || each > 400) fail_msg("bracket %zu: %.0f ms a syllable", brackets, each);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_syllable_sounds),
        cmocka_unit_test(the_four_tones_are_told_apart_by_pitch),
        cmocka_unit_test(tones_are_told_apart_between_all_others),
        cmocka_unit_test(the_neutral_tone_has_its_height_from_the_tone_before),
        cmocka_unit_test(tones_keep_their_intervals_at_every_pitch),
        cmocka_unit_test(a_wider_range_is_higher_at_its_top),
        cmocka_unit_test(a_neutral_tone_is_shorter),
        cmocka_unit_test(each_word_has_its_pace),
        cmocka_unit_test(tone_sandhi_is_heard),
        cmocka_unit_test(the_same_words_give_the_same_bytes),
        cmocka_unit_test(long_utterances_are_whole),
    };
    return cmocka_run_group_tests(tests, open_synth, close_synth);
}
