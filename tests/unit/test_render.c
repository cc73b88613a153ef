/* Another rate is another pace and the same voice: what [ and ] change while a listener hears it. */
#include "support/support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "commands/render.h"
#include "speech/synth.h"
#include "support/pitch.h"

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The pitch in the middle of all that is voiced in a sentence, and how long it takes. No syllable of it begins with friction, which is taken for a voice of
 * 200 Hz here and there and keeps its length at any rate: of sentences with s, sh and x the middle is 7 % higher at twice the rate, though every tone is where it was. */
static double median_hz(const Render *render, const Reader *reader, size_t *frames)
{
    enum { ROOM = 4000 };
    double hz[ROOM];
    Arena arena = { 0 };
    Error error = { 0 };
    Clip clip = { 0 };
    Script script;
    Sentence sentence = { .role = ROLE_BODY, .text = STR("那里有绿柳，妈妈年年来买梅，奶奶忙了一年。"), .after = BREAK_SENTENCE };
    reader_read(reader, &sentence, &arena);
    Delivery delivery = render_delivery(render, NULL);
    assert_ok(script_write(&script, render->phonemes, &delivery, &sentence, &arena, &error), &error);
    pool_submit(render->pool, &script);
    if (pool_take(render->pool, -1, &clip, &error) != POOL_CLIP) fail_msg("%s", error.text);
    size_t n = pitch_contour(&clip, 0, clip.frames, SYNTH_RATE_HZ, hz, ROOM);
    assert_true(n > 50);
    qsort(hz, n, sizeof *hz, by_size);
    *frames = clip.frames;
    arena_finish(&arena);
    return hz[n / 2];
}

static void a_rate_keeps_the_pitch(void **state)
{
    (void)state;
    static const double rates[] = { 0.6, 1.5, 2.0 };
    Arena arena = { 0 };
    Error error = { 0 };
    Render render;
    Reader reader;
    size_t frames, others;
    Settings settings = { 0 };
    assert_ok(reader_open(&reader, &settings, &(Report){ 0 }, &error), &error);
    assert_ok(render_open(&render, &arena, &reader, "man", 0, 1, -16, &error), &error);
    double normal = median_hz(&render, &reader, &frames);
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        assert_ok(render_use(&render, &arena, "man", rates[i], &error), &error);
        double hz = median_hz(&render, &reader, &others), times = (double)frames / (double)others;
        /* within 7 %: faster, less of what dies away before a pause is heard, which is low */
        if (hz < normal * 0.93 || hz > normal * 1.07) fail_msg("at %.1f times the rate the pitch is %.0f Hz, not %.0f", rates[i], hz, normal);
        if (times < rates[i] * 0.85 || times > rates[i] * 1.15) fail_msg("at %.1f times the rate it is %.2f times as fast", rates[i], times);
    }
    render_close(&render);
    reader_close(&reader);
    arena_finish(&arena);
}

/* The sound of a sentence by a voice; in `arena`. */
static Clip say(const Reader *reader, const char *voice, Arena *arena)
{
    Error error = { 0 };
    Render render;
    Clip clip = { 0 };
    Script script;
    Block block = { .role = ROLE_BODY, .text = STR("队长说：“公园里的花开了，游客比上个星期多，”然后他慢慢走了。") };
    Sentence sentence = { 0 };
    Splitter splitter = splitter_start(reader->marks, &block);
    assert_true(splitter_next(&splitter, &sentence));
    assert_ok(render_open(&render, arena, reader, voice, 0, 1, -16, &error), &error);
    reader_read(reader, &sentence, arena);
    Delivery delivery = render_delivery(&render, NULL);
    assert_ok(script_write(&script, render.phonemes, &delivery, &sentence, arena, &error), &error);
    pool_submit(render.pool, &script);
    if (pool_take(render.pool, -1, &clip, &error) != POOL_CLIP) fail_msg("%s", error.text);
    Clip copy = { .samples = ARENA_NEW(arena, int16_t, clip.frames), .frames = clip.frames };
    memcpy(copy.samples, clip.samples, clip.frames * sizeof *clip.samples);
    render_close(&render);
    return copy;
}

/* How many frames from `first` on are the same. */
static size_t same_frames(const Clip *a, const Clip *b)
{
    size_t n = 0;
    while (n < a->frames && n < b->frames && a->samples[n] == b->samples[n]) n++;
    return n;
}

/* The pitch that a fifth of the voiced sound lies below, between two shares of the whole: the man's low tones are lower than any of the woman's. */
static double low_between(const Clip *clip, double from, double to)
{
    enum { ROOM = 4000 };
    double hz[ROOM];
    size_t n = pitch_contour(clip, (size_t)(from * (double)clip->frames), (size_t)(to * (double)clip->frames), SYNTH_RATE_HZ, hz, ROOM);
    assert_true(n > 20);
    qsort(hz, n, sizeof *hz, by_size);
    return hz[n / 5];
}

/* The second voice takes over behind the colon and gives back behind the quotation. */
static void direct_speech_has_a_voice_of_its_own(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Error error = { 0 };
    Reader reader;
    Settings settings = { 0 };
    assert_ok(reader_open(&reader, &settings, &(Report){ 0 }, &error), &error);
    Clip pair = say(&reader, "pair", &arena), both = say(&reader, "dialogue", &arena), woman = say(&reader, "woman", &arena);
    double begins = (double)same_frames(&pair, &both) / SYNTH_RATE_HZ, said = low_between(&both, 0.2, 0.75), end = low_between(&both, 0.9, 1);
    if (begins < 0.7 || begins > 1.2) fail_msg("the other voice begins after %.2f s", begins);
    if (fabs(said / low_between(&woman, 0.2, 0.75) - 1) > 0.05) fail_msg("direct speech lies at %.0f Hz", said);
    if (fabs(end / low_between(&pair, 0.9, 1) - 1) > 0.05) fail_msg("what stands behind it lies at %.0f Hz", end);
    assert_true(said > 1.25 * low_between(&pair, 0.2, 0.75));
    reader_close(&reader);
    arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_rate_keeps_the_pitch), cmocka_unit_test(direct_speech_has_a_voice_of_its_own) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
