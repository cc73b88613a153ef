#include "commands/render.h"

#include <unistd.h>

#include "audio/join.h"
#include "base/message.h"
#include "speech/english.h"
#include "speech/synth.h"

static int render_script(void *context, const Script *script, Clip *clip, Error *error)
{
    const Render *render = context;
    const Voice *voice = script->heading ? &render->headlines : &render->voice;
    float gain = script->heading ? render->headlines_gain : render->gain;
    if (voice->version != render->voice.version && synth_use(voice, error) < 0) return -1;
    for (size_t i = 0; i < script->count; i++) {
        const Utterance *utterance = &script->utterances[i];
        size_t from = clip->frames;
        if (!english_say(voice, utterance, clip) && synth_say(voice, utterance, clip, error) < 0) return -1;
        join_shape(clip, from, SYNTH_RATE_HZ);
        bool last = i + 1 == script->count; /* its pause is the article's affair */
        if (!last && !clip_append_silence(clip, (size_t)utterance->pause_ms * SYNTH_RATE_HZ / 1000))
            return error_set(error, STATUS_UNAVAILABLE, _("there is no memory for a sentence's sound"));
    }
    peak_limit(render->taps, clip->samples, clip->samples, clip->frames, 0, 0, gain, render->ceiling);
    return 0;
}

static int voices_load(Voice *voice, Voice *headlines, Delivery *own, const Reader *reader, Arena *arena, const char *name, Error *error)
{
    if (voice_load(voice, arena, reader->data, name, error) < 0) return -1;
    *headlines = *voice;
    if (voice->headlines.n > 0) {
        if (voice_load(headlines, arena, reader->data, arena_str(arena, voice->headlines).s, error) < 0) return -1;
        voice->version = hash_bytes(voice->version, &headlines->version, sizeof headlines->version); /* another of the two, another sound */
    }
    return delivery_of(own, reader->prosody, voice, error);
}

static void set_gains(Render *render)
{
    render->gain = peak_linear(render->target_lufs - render->voice.level_lufs);
    render->headlines_gain = peak_linear(render->target_lufs - render->headlines.level_lufs);
}

int render_open(Render *render, Arena *arena, const Reader *reader, const char *voice, double rate, long jobs, double target_lufs, Error *error)
{
    *render = (Render){ .reader = reader, .asked = rate };
    if (voices_load(&render->voice, &render->headlines, &render->own, reader, arena, voice, error) < 0) return -1;
    render->rate = rate > 0 ? rate : render->voice.rate;
    uint64_t version = hash_bytes(render->voice.version, &render->rate, sizeof render->rate); /* another rate, another sound */
    if (render->headlines.version == render->voice.version) render->headlines.version = version;
    render->voice.version = version;
    const char *folder = arena_printf(arena, "%s/voices/mandarin", reader->data).s;
    if (!(render->phonemes = phonemes_create(folder, error)) || synth_open(&render->voice, error) < 0) {
        render_close(render);
        return -1;
    }
    render->taps = peak_taps_create();
    render->target_lufs = target_lufs;
    set_gains(render);
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
    Voice next, headlines;
    Delivery own;
    if (voices_load(&next, &headlines, &own, render->reader, arena, voice, error) < 0) return -1;
    if (synth_use(&next, error) < 0) {
        Error second;
        synth_use(&render->voice, &second);
        return -1;
    }
    pool_flush(render->pool);
    render->voice = next;
    render->headlines = headlines;
    render->own = own;
    render->rate = (render->asked > 0 ? render->asked : next.rate) * rate;
    set_gains(render);
    return 0;
}

Delivery render_delivery(const Render *render, const Article *article)
{
    enum { TALLIED_SYLLABLES = 20000 }; /* the rest of an article that is longer will not be another language */
    Delivery delivery = render->own;
    Tally tally = { 0 };
    Arena arena = { 0 };
    Sentence sentence;
    if (article) {
        Feed feed = feed_start(render->reader, article, &arena);
        while (tally.syllables < TALLIED_SYLLABLES && feed_next(&feed, &sentence, (Str){ 0 }, NULL, NULL))
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
