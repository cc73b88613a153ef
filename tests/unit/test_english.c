/* English words through the real synthesiser: they sound like words of the same voice, and what follows them is the same to the sample. */
#include "support/support.h"

#include <stdio.h>
#include <stdlib.h>

#include "audio/join.h"
#include "speech/english.h"
#include "speech/pool.h"
#include "speech/synth.h"
#include "support/pitch.h"

enum { SPEED = 212 };

static Arena arena;

/* As commands/render.c does it. */
static int say(void *context, const Script *script, Clip *clip, Error *error)
{
    const Voice *voice = context;
    for (size_t i = 0; i < script->count; i++) {
        const Utterance *utterance = &script->utterances[i];
        size_t from = clip->frames;
        if (!english_say(voice, utterance, clip) && synth_say(voice, utterance, clip, error) < 0) return -1;
        join_shape(clip, from, SYNTH_RATE_HZ, 0);
    }
    return 0;
}

static Utterance mandarin(const char *phonemes)
{
    return (Utterance){ .phonemes = phonemes, .speed = SPEED, .last_speed = SPEED };
}

/* Its spelling is one short syllable, so that a word that was not said in English is known by its length. */
static Utterance english(const char *words)
{
    Utterance utterance = mandarin("[[A55]]");
    utterance.english = words;
    return utterance;
}

/* The sound of the utterances in a child of their own; the caller's to finish. */
static Clip sound_of(Voice *voice, Utterance *utterances, size_t count)
{
    Error error = { 0 };
    Clip borrowed = { 0 }, clip = { 0 };
    PoolResult result;
    Pool *pool = pool_create(1, say, voice);
    pool_submit(pool, &(Script){ .utterances = utterances, .count = count });
    while ((result = pool_take(pool, -1, &borrowed, &error)) == POOL_NOTHING) continue;
    if (result != POOL_CLIP) fail_msg("%s", error.text);
    assert_true(clip_append(&clip, borrowed.samples, borrowed.frames));
    pool_destroy(pool);
    return clip;
}

static Clip sound_of_words(Voice *voice, const char *words)
{
    Utterance utterance = english(words);
    return sound_of(voice, &utterance, 1);
}

static Voice voice_named(const char *name)
{
    Voice voice;
    Error error = { 0 };
    assert_ok(voice_load(&voice, &arena, data_path(&arena, ""), name, &error), &error);
    return voice;
}

static void open_voice(Voice *voice, const char *name)
{
    Error error = { 0 };
    *voice = voice_named(name);
    assert_ok(synth_use(voice, &error), &error);
}

static int start(void **state)
{
    static Voice man;
    Error error = { 0 };
    man = voice_named("man");
    assert_ok(synth_open(&man, &error), &error);
    *state = &man;
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_finish(&arena);
    return 0;
}

static void words_have_the_length_of_words(void **state)
{
    static const struct {
        const char *words;
        int least_ms, most_ms;
    } CASES[] = {
        { "sky", 150, 600 }, { "Apple", 150, 500 }, { "Windows", 300, 700 }, { "Washington", 450, 900 }, { "New York Times", 600, 1400 },
        { "ChatGPT", 500, 1000 }, { "internationality", 700, 1700 }, { "don't", 120, 450 }, { "O'Neill", 250, 650 }, { "e-mail", 200, 600 }, { "state-of-the-art", 500, 1300 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Clip clip = sound_of_words(*state, CASES[i].words);
        int ms = (int)(clip.frames * 1000 / SYNTH_RATE_HZ), loudest = clip_loudest(&clip, 0, clip.frames);
        if (ms < CASES[i].least_ms || ms > CASES[i].most_ms) fail_msg("%s lasts %d ms", CASES[i].words, ms);
        if (loudest < 4000 || loudest > 32000) fail_msg("the loudest sample of %s is %d", CASES[i].words, loudest);
        clip_finish(&clip);
    }
}

/* The words between are not there for what follows: neither its voice nor the synthesiser's state. */
static void what_follows_is_the_same_to_the_sample(void **state)
{
    static const char *const WORDS[] = { "Apple", "strengths", "New York Times", "don't", "T-shirt" };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        Utterance before = mandarin("[[wo214]] [[tS;iE51n]]"), after = mandarin("[[Xo-55fu51]] [[wA35nl@11]]");
        Utterance with[] = { before, english(WORDS[i]), after }, without[] = { before, after };
        Clip whole = sound_of(*state, with, 3), plain = sound_of(*state, without, 2), first = sound_of(*state, with, 1);
        size_t rest = plain.frames - first.frames;
        assert_true(rest > 1000 && whole.frames > plain.frames + 3000);
        assert_memory_equal(whole.samples, plain.samples, first.frames * sizeof *whole.samples);
        assert_memory_equal(whole.samples + whole.frames - rest, plain.samples + first.frames, rest * sizeof *whole.samples);
        clip_finish(&whole);
        clip_finish(&plain);
        clip_finish(&first);
    }
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static double median_hz(const Clip *clip)
{
    enum { ROOM = 2000 };
    double hz[ROOM];
    size_t n = pitch_contour(clip, 0, clip->frames, SYNTH_RATE_HZ, hz, ROOM);
    assert_true(n > 10);
    qsort(hz, n, sizeof *hz, by_size);
    return hz[n / 2];
}

/* The height that is left below by 95 % of the sound. */
static double top_hz(const Clip *clip)
{
    enum { ROOM = 2000 };
    double hz[ROOM];
    size_t n = pitch_contour(clip, 0, clip->frames, SYNTH_RATE_HZ, hz, ROOM);
    assert_true(n > 10);
    qsort(hz, n, sizeof *hz, by_size);
    return hz[n * 95 / 100];
}

/* The first of two words lay 5 semitones above all that the voice says in Mandarin. */
static void no_word_lies_above_the_highest_tone(void **state)
{
    static const char *const NAMES[] = { "man", "woman" }, *const WORDS[] = { "Wall Street", "New York", "Green Book", "Apple Watch", "money", "Manila" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Voice voice;
        open_voice(&voice, NAMES[i]);
        Utterance utterance = mandarin("[[mA55mA55]]");
        Clip high = sound_of(&voice, &utterance, 1);
        for (size_t k = 0; k < sizeof WORDS / sizeof *WORDS; k++) {
            Clip words = sound_of_words(&voice, WORDS[k]);
            double times = top_hz(&words) / top_hz(&high);
            if (times < 0.75 || times > 1.3) fail_msg("%s: the top of %s lies at %.2f times the high tone", NAMES[i], WORDS[k], times); /* 4 semitones above it */
            clip_finish(&words);
        }
        clip_finish(&high);
    }
    Error error = { 0 };
    assert_ok(synth_use(*state, &error), &error);
}

/* A man stays a man, a woman a woman: within a fifth of their Mandarin, and as loud. */
static void the_voice_stays_the_same(void **state)
{
    static const char *const NAMES[] = { "man", "woman" };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Voice voice;
        open_voice(&voice, NAMES[i]);
        Utterance utterance = mandarin("[[mA55mA35]] [[mA214mA51]]");
        Clip chinese = sound_of(&voice, &utterance, 1), words = sound_of_words(&voice, "Manila money online");
        double times = median_hz(&words) / median_hz(&chinese);
        if (times < 0.67 || times > 1.5) fail_msg("%s: English lies at %.2f times the pitch of Mandarin", NAMES[i], times);
        double level = clip_loudest(&words, 0, words.frames), wanted = clip_loudest(&chinese, 0, chinese.frames);
        if (level < wanted / 2.5 || level > wanted * 2) fail_msg("%s: English is %.2f times as loud", NAMES[i], level / wanted);
        clip_finish(&chinese);
        clip_finish(&words);
    }
    Error error = { 0 };
    assert_ok(synth_use(*state, &error), &error);
}

/* Where the voice has no English, or the words are none, they are spelled; nothing else reaches the synthesiser, and nothing is lost. */
static void what_cannot_be_said_is_spelled(void **state)
{
    static const char *const WORDS[] = { "", " ", "a  b", "[[t]]", "<audio src='x'/>", "\00199P", "caf\xC3\xA9", "A.", "don''t", "'tis", "dogs'", "e-", "-e", "e--mail",
                                        "e -mail", "don\xE2\x80\x99t", "12", " Apple" };
    Utterance spelled = mandarin("[[A55]]");
    Clip wanted = sound_of(*state, &spelled, 1);
    Voice without = *(Voice *)*state;
    without.english = (Str){ 0 };
    for (size_t i = 0; i <= sizeof WORDS / sizeof *WORDS; i++) {
        bool hostile = i < sizeof WORDS / sizeof *WORDS;
        Clip clip = sound_of_words(hostile ? *state : &without, hostile ? WORDS[i] : "Apple");
        if (clip.frames != wanted.frames) fail_msg("case %zu is not spelled", i);
        clip_finish(&clip);
    }
    clip_finish(&wanted);
}

/* Letters in a fixed random order, as an article in another language or a damaged page has them: every word is said, none ends the synthesiser. */
static void any_letters_are_said(void **state)
{
    uint32_t seed = 1;
    for (size_t i = 0; i < 200; i++) {
        char words[ENGLISH_BYTES_MAX + 1] = "";
        size_t n = 1 + i % 16; /* letters of english.tsv: most */
        for (size_t k = 0; k < n; k++) {
            seed = seed * 1664525 + 1013904223;
            words[k] = (char)((seed >> 30 == 0 ? 'A' : 'a') + (seed >> 8) % 26);
            if (k % 4 == 2 && k + 1 < n) words[k] = i % 2 ? '\'' : '-';
        }
        Clip clip = { 0 };
        Utterance utterance = english(words);
        if (!english_say(*state, &utterance, &clip)) fail_msg("%s is not said", words);
        assert_true(clip.frames > 1000);
        clip_finish(&clip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_the_length_of_words),
        cmocka_unit_test(what_follows_is_the_same_to_the_sample),
        cmocka_unit_test(the_voice_stays_the_same),
        cmocka_unit_test(no_word_lies_above_the_highest_tone),
        cmocka_unit_test(what_cannot_be_said_is_spelled),
        cmocka_unit_test(any_letters_are_said),
    };
    return cmocka_run_group_tests(tests, start, end);
}
