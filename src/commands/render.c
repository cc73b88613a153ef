#include "commands/render.h"

#include <unistd.h>

#include "audio/join.h"
#include "base/message.h"
#include "speech/english.h"
#include "speech/synth.h"

/* Who says an utterance, and by how much it is made louder. */
static const Voice *voice_of(const Render *render, const Script *script, const Utterance *utterance, float *gain)
{
    *gain = script->heading ? render->headlines_gain : utterance->quoted ? render->quotes_gain : render->gain;
    return script->heading ? &render->headlines : utterance->quoted ? &render->quotes : &render->voice;
}

static int render_utterance(const Voice *voice, const Utterance *utterance, Clip *clip, Error *error)
{
    size_t from = clip->frames;
    if (!english_say(voice, utterance, clip) && synth_say(voice, utterance, clip, error) < 0) return -1;
    join_shape(clip, from, SYNTH_RATE_HZ, utterance->decay_ms);
    return 0;
}

/* Which voice the synthesiser speaks with, in this process. */
static int turn_to(const Voice *voice, const Voice **speaking, Error *error)
{
    if (voice->version == (*speaking)->version) return 0;
    *speaking = voice;
    return synth_use(voice, error);
}

static int render_utterances(const Render *render, const Script *script, const Voice **speaking, Clip *clip, Error *error)
{
    for (size_t i = 0; i < script->count; i++) {
        const Utterance *utterance = &script->utterances[i];
        float gain;
        const Voice *voice = voice_of(render, script, utterance, &gain);
        size_t from = clip->frames;
        if (turn_to(voice, speaking, error) < 0 || render_utterance(voice, utterance, clip, error) < 0) return -1;
        if (gain != render->gain) peak_gain(clip->samples + from, clip->samples + from, clip->frames - from, gain / render->gain);
        bool last = i + 1 == script->count; /* its pause is the article's affair */
        if (!last && !clip_append_silence(clip, (size_t)utterance->pause_ms * SYNTH_RATE_HZ / 1000))
            return error_set(error, STATUS_UNAVAILABLE, _("there is no memory for a sentence's sound"));
    }
    peak_limit(render->taps, clip->samples, clip->samples, clip->frames, 0, 0, render->gain, render->ceiling);
    return 0;
}

/* The next sentence of the run finds the voice as this one did. */
static int render_script(void *context, const Script *script, Clip *clip, Error *error)
{
    const Render *render = context;
    const Voice *speaking = &render->voice;
    Error second;
    int result = render_utterances(render, script, &speaking, clip, error);
    return turn_to(&render->voice, &speaking, result < 0 ? &second : error) < 0 ? -1 : result;
}

/* The voice that another one names for a part of its work; its version goes into that one's: another of the two, another sound. */
static int load_partner(Voice *partner, Voice *voice, Str name, const Reader *reader, Arena *arena, Error *error)
{
    if (name.n == 0) return 0;
    if (voice_load(partner, arena, reader->data, arena_str(arena, name).s, error) < 0) return -1;
    voice->version = hash_bytes(voice->version, &partner->version, sizeof partner->version);
    return 0;
}

/* A part that no partner has is the voice's own. */
static void share_out(Render *render)
{
    if (render->voice.headlines.n == 0) render->headlines = render->voice;
    if (render->voice.quotes.n == 0) render->quotes = render->voice;
    render->gain = peak_linear(render->target_lufs - render->voice.level_lufs);
    render->headlines_gain = peak_linear(render->target_lufs - render->headlines.level_lufs);
    render->quotes_gain = peak_linear(render->target_lufs - render->quotes.level_lufs);
}

static int voices_load(Render *render, Arena *arena, const char *name, Error *error)
{
    const Reader *reader = render->reader;
    Voice *voice = &render->voice;
    if (voice_load(voice, arena, reader->data, name, error) < 0) return -1;
    if (load_partner(&render->headlines, voice, voice->headlines, reader, arena, error) < 0) return -1;
    if (load_partner(&render->quotes, voice, voice->quotes, reader, arena, error) < 0) return -1;
    return delivery_of(&render->own, reader->prosody, voice, error);
}

int render_open(Render *render, Arena *arena, const Reader *reader, const char *voice, double rate, long jobs, double target_lufs, Error *error)
{
    *render = (Render){ .reader = reader, .asked = rate, .target_lufs = target_lufs };
    if (voices_load(render, arena, voice, error) < 0) return -1;
    render->rate = rate > 0 ? rate : render->voice.rate;
    render->voice.version = hash_bytes(render->voice.version, &render->rate, sizeof render->rate); /* another rate, another sound */
    share_out(render);
    const char *folder = arena_printf(arena, "%s/voices/mandarin", reader->data).s;
    if (!(render->phonemes = phonemes_create(folder, error)) || synth_open(&render->voice, error) < 0) {
        render_close(render);
        return -1;
    }
    render->taps = peak_taps_create();
    render->ceiling = peak_linear(TRUE_PEAK_CEILING_DBTP - SENTENCE_HEADROOM_DB);
    if (jobs < 1) jobs = sysconf(_SC_NPROCESSORS_ONLN);
    render->pool = pool_create((int)jobs, render_script, render);
    return 0;
}

int render_start(Render *render, Arena *arena, const Reader *reader, const Settings *settings, double target_lufs, Error *error)
{
    if (render_open(render, arena, reader, settings->voice, settings->rate, settings->jobs, target_lufs, error) == 0) return 0;
    return error->status == STATUS_USAGE ? settings_blame(settings, &settings->voice, error) : -1;
}

int render_use(Render *render, Arena *arena, const char *voice, double rate, Error *error)
{
    Render next = *render;
    if (voices_load(&next, arena, voice, error) < 0) return -1;
    if (synth_use(&next.voice, error) < 0) {
        Error second;
        synth_use(&render->voice, &second);
        return -1;
    }
    pool_flush(render->pool);
    next.rate = (render->asked > 0 ? render->asked : next.voice.rate) * rate;
    share_out(&next);
    *render = next;
    return 0;
}

Delivery render_delivery(const Render *render, const Article *article)
{
    enum { TALLIED_SYLLABLES = 20000 }; /* the rest of an article that is longer will not be another language */
    Delivery delivery = render->own;
    Tally tally = { 0 };
    Arena arena = { 0 };
    Sentence sentence;
    Unread unread = { 0 };
    if (article) {
        Feed feed = feed_start(render->reader, article, &arena);
        while (tally.syllables < TALLIED_SYLLABLES && feed_next(&feed, &sentence, (Str){ 0 }, NULL, &unread))
            script_tally(&tally, render->phonemes, &delivery, &sentence);
    }
    delivery_at_rate(&delivery, &tally, render->rate, render->voice.rate, render->asked > 0);
    arena_finish(&arena);
    return delivery;
}

void render_close(Render *render)
{
    pool_destroy(render->pool);
    phonemes_destroy(render->phonemes);
    peak_taps_destroy(render->taps);
    *render = (Render){ 0 };
}
