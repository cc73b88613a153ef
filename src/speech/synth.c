#include "speech/synth.h"

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hush.h"
#include "base/message.h"

static int fault(Error *error, espeak_ng_STATUS status, const char *what)
{
    char words[160];
    espeak_ng_GetStatusCodeMessage(status, words, sizeof words);
    return error_set(error, STATUS_UNAVAILABLE, "%s: %s", what, words);
}

/* The library hands sound out in pieces; the clip travels with each event. The last call has no samples. */
static int collect(short *samples, int count, espeak_EVENT *events)
{
    Clip *clip = events->user_data;
    if (!samples || count <= 0) return 0;
    return clip_append(clip, samples, (size_t)count) ? 0 : 1;
}

/* The library only loads voices from files, and cuts and lower-cases their path; a file in memory has a short path. */
static espeak_ng_STATUS load_definition(Str definition)
{
    int fd = memfd_create("dubao-voice", MFD_CLOEXEC);
    if (fd < 0) return ENS_VOICE_NOT_FOUND;
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    espeak_ng_STATUS status = ENS_VOICE_NOT_FOUND;
    if (write(fd, definition.s, definition.n) == (ssize_t)definition.n) status = espeak_ng_SetVoiceByFile(path);
    close(fd);
    return status;
}

static int use(const Voice *voice, Str definition, Error *error)
{
    espeak_ng_STATUS status = load_definition(definition);
    if (status == ENS_OK) status = espeak_ng_SetParameter(espeakRATE, (int)voice->speed, 0);
    if (status == ENS_OK) status = espeak_ng_SetParameter(espeakRANGE, (int)voice->range, 0);
    if (status == ENS_OK) status = espeak_ng_SetParameter(espeakVOLUME, (int)voice->volume, 0);
    if (status != ENS_OK) return fault(error, status, _("the synthesiser espeak-ng refuses the voice"));
    return 0;
}

int synth_use(const Voice *voice, Error *error)
{
    return use(voice, voice->definition, error);
}

/* Of its own accord the library (1.51) connects to a sound server, wakes one that sleeps, and waits half a minute for one that hangs. PULSE_SERVER
 * (pulseaudio(1)) names the server to connect to: for this moment one that is none. */
static espeak_ng_STATUS start_output(void)
{
    const char *server = getenv("PULSE_SERVER");
    char *kept = server ? strdup(server) : NULL;
    setenv("PULSE_SERVER", "/dev/null", 1);
    espeak_ng_STATUS status = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL);
    if (kept) setenv("PULSE_SERVER", kept, 1);
    else unsetenv("PULSE_SERVER");
    free(kept);
    return status;
}

int synth_open(const Voice *voice, Error *error)
{
    espeak_ng_ERROR_CONTEXT context = NULL;
    int kept = hush_begin(); /* it looks for a loudspeaker that we do not ask it for */
    espeak_ng_InitializePath(NULL);
    espeak_ng_STATUS status = espeak_ng_Initialize(&context);
    espeak_ng_ClearErrorContext(&context);
    if (status == ENS_OK) status = start_output();
    hush_end(kept);
    if (status != ENS_OK) return fault(error, status, _("the synthesiser espeak-ng cannot start (is espeak-ng-data installed?)"));
    if (espeak_ng_GetSampleRate() != SYNTH_RATE_HZ)
        return error_set(error, STATUS_UNAVAILABLE, _("the synthesiser speaks at %d Hz, not at %d"), espeak_ng_GetSampleRate(), SYNTH_RATE_HZ);
    espeak_SetSynthCallback(collect);
    return synth_use(voice, error);
}

/* Commands inside the text (espeak-ng, docs/embedded.md): speed, pitch and range, absolute, since they hold beyond the utterance. Range is moved with
 * pitch, so that tones keep their intervals. The library makes up for a narrower range by a higher base (SetPitch2 in wavegen.c: base * step(pitch) - 18 *
 * change of range), so the base has to move further: 1.65 times for voices that reach about as far as our newsreaders. A step is 1.39 %.
 * `percent`: of that range. A speaker who brings out a word moves the top and leaves the bottom (Xu 1999); the library turns about the middle, three
 * quarters of the change above the bottom. */
static size_t put_settings(char *out, size_t room, const Voice *voice, int speed, int tenths, int percent)
{
    static const double FURTHER = 1.65, BOTTOM = 0.75, STEP = 0.0138;
    enum { PITCH_OWN = 50, PITCH_MOST = 99 };
    double times = exp2(tenths / 120.0), base = 1 + FURTHER * (times - 1) + BOTTOM * times * (percent - 100) / 100;
    long pitch = base > 0 ? lround(PITCH_OWN + log(base) / STEP) : 0, range = lround((double)voice->range * times * percent / 100);
    pitch = pitch < 0 ? 0 : pitch > PITCH_MOST ? PITCH_MOST : pitch;
    return (size_t)snprintf(out, room, "\x01%dS\x01%ldP\x01%ldR", speed, pitch, range > PITCH_MOST ? PITCH_MOST : range);
}

static int synthesise(const char *text, size_t bytes, unsigned flags, const char *said, Clip *clip, Error *error)
{
    size_t before = clip->frames;
    espeak_ng_STATUS status = espeak_ng_Synthesize(text, bytes, 0, POS_CHARACTER, 0, flags, NULL, clip);
    if (status != ENS_OK) return fault(error, status, _("the synthesiser refuses a sentence"));
    if (clip->frames == before) return error_set(error, STATUS_UNAVAILABLE, _("the synthesiser gave no sound for %s"), said);
    return 0;
}

enum { SETTINGS_BYTES = 32, SPEED_BYTES = 8 };

/* Behind the "[[...]] " that begins at `word`. */
static const char *word_end(const char *word)
{
    const char *end = strstr(word, "]] ");
    return end ? end + 3 : word + strlen(word);
}

/* Above SPEED_MOST the library has another way to be fast, by which lengths are others. */
static int speed_of_word(int speed, int pace)
{
    enum { SPEED_LEAST = 80, SPEED_MOST = 440 };
    int own = speed * pace / 100;
    if (speed > SPEED_MOST) return speed;
    return own > SPEED_MOST ? SPEED_MOST : own < SPEED_LEAST ? SPEED_LEAST : own;
}

int synth_say(const Voice *voice, const Utterance *utterance, Clip *clip, Error *error)
{
    enum { BYTES_MOST = 600 }; /* above it sound is lost: where there is no room, a word has the speed of the one before it */
    char text[BYTES_MOST + 1];
    const char *all = utterance->phonemes;
    size_t n = strlen(all), last = utterance->last, used = 0, i = 0;
    if (n > UTTERANCE_BYTES_MAX || last > n) return error_set(error, STATUS_UNAVAILABLE, _("the synthesiser refuses a sentence"));
    size_t spare = BYTES_MOST - n - 2 * SETTINGS_BYTES;
    int before = 0, range_before = 0;
    for (const char *word = all, *end; *word; word = end, i++) {
        size_t at = (size_t)(word - all);
        int speed = speed_of_word(at < last ? utterance->speed : utterance->last_speed, utterance->paces ? utterance->paces[i] : 100);
        int range = utterance->ranges ? utterance->ranges[i] : 100;
        bool ranged = range != range_before && spare >= SETTINGS_BYTES;
        end = word_end(word);
        if (at == 0 || at == last || ranged) {
            used += put_settings(text + used, SETTINGS_BYTES, voice, speed, at < last ? utterance->pitch : utterance->last_pitch, range);
            if (at != 0 && at != last) spare -= SETTINGS_BYTES;
            before = speed;
            range_before = range;
        } else if (speed != before && spare >= SPEED_BYTES) {
            used += (size_t)snprintf(text + used, SPEED_BYTES, "\x01%dS", speed);
            spare -= SPEED_BYTES;
            before = speed;
        }
        memcpy(text + used, word, (size_t)(end - word));
        used += (size_t)(end - word);
    }
    text[used++] = '\0';
    return synthesise(text, used, espeakCHARS_UTF8 | espeakPHONEMES, utterance->phonemes, clip, error);
}

/* Free text makes the library do what the text says; letters, and single spaces, apostrophes and hyphens between them, say nothing to it. */
static bool is_harmless(const char *words)
{
    size_t n = strlen(words);
    bool letter = false;
    for (size_t i = 0; i < n; i++) {
        bool before = letter;
        letter = (words[i] >= 'a' && words[i] <= 'z') || (words[i] >= 'A' && words[i] <= 'Z');
        if (!letter && (!before || !strchr(" '-", words[i]))) return false;
    }
    return letter && n <= ENGLISH_BYTES_MAX;
}

int synth_say_english(const Voice *voice, const Utterance *utterance, Clip *clip, Error *error)
{
    char text[ENGLISH_BYTES_MAX + SETTINGS_BYTES + 1];
    if (!is_harmless(utterance->english)) return error_set(error, STATUS_UNAVAILABLE, _("the synthesiser refuses a sentence"));
    if (use(voice, voice->english, error) < 0) return -1;
    size_t used = put_settings(text, SETTINGS_BYTES, voice, (int)(utterance->last_speed * voice->english_pace / 100), utterance->last_pitch,
                                (int)voice->english_range);
    size_t n = strlen(utterance->english) + 1;
    memcpy(text + used, utterance->english, n);
    return synthesise(text, used + n, espeakCHARS_UTF8, utterance->english, clip, error);
}
