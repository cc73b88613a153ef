#include "commands/play/session.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "speech/synth.h"

enum {
    WAIT_MS = 10,                             /* for the workers; a key waits no longer */
    SLEEP_FADE_FRAMES = 4 * SYNTH_RATE_HZ,
    QUIET_FRAMES = SYNTH_RATE_HZ * 10 / 1000, /* a stretch in which it is looked whether it is quiet */
    QUIET_BACK_FRAMES = SYNTH_RATE_HZ * 300 / 1000
};

/* 256 syllables of three bytes a minute, and the pauses: before anything was rendered. */
#define FRAMES_A_BYTE 2100

void session_begin(Session *session, const Edition *edition, Position at)
{
    session->page = edition->page;
    outline_start(&session->outline, session->reader->marks, edition);
    session->ahead = (Ahead){ .reader = session->reader, .render = session->render, .console = session->console,
                              .outline = &session->outline, .page = edition->page, .between = session->between, .chime = session->chime };
    if (session->frames_a_byte <= 0) session->frames_a_byte = FRAMES_A_BYTE / session->rate;
    session->page_over = session->begun = false;
    session->page_step = 1;
    session->now = outline_at(&session->outline, at) ? at : (Position){ 0, 0 };
    session->clip = (Clip){ 0 };
    session->clip_at = session->silence_frames = 0;
    session->fresh = true;
    ahead_go(&session->ahead, session->now);
}

void session_end(Session *session)
{
    pool_flush(session->render->pool);
    ahead_finish(&session->ahead);
    outline_finish(&session->outline);
    session->clip = (Clip){ 0 };
}

const Article *session_article(const Session *session)
{
    return session->outline.articles[session->now.article].article;
}

void session_say(const Session *session, const char *format, ...)
{
    char text[2048];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (n >= (int)sizeof text) text[utf8_whole(text, sizeof text - 1)] = '\0';
    session->show.say(session->show.context, text);
}

void session_save(Session *session)
{
    Error error;
    session->unsaved = places_save(&session->places, &error) < 0; /* it is tried again with each sentence: a disk that is full need not stay so */
    if (!session->unsaved || session->unsaved_said) return;
    console_say(session->console, _("the place in the page is not kept in the folder %s: %s"), session->places.folder, error.text);
    session->unsaved_said = true;
}

/* Whether the next run goes on here is said only when it does: of the beginning of a long page it is not known yet which page it is. */
static int add_place(const Session *session, Error *error)
{
    const Places *places = &session->places;
    bool kept = places->folder && places->name[0] && places->known && !session->unsaved;
    Error found = *error;
    return kept ? error_set(error, found.status, _("%s; the next run goes on here"), found.text) : -1;
}

int session_interrupted(const Session *session, Error *error)
{
    error_set(error, STATUS_INTERRUPTED, _("interrupted"));
    return add_place(session, error);
}

/* ---- sound ---- */

/* Louder or softer, faded in after a cut, faded out when it is time to sleep. */
static double gain_at(const Session *session, uint64_t frame, size_t since_cut)
{
    double gain = session->volume;
    if (since_cut < FADE_FRAMES) gain *= (double)since_cut / FADE_FRAMES;
    if (session->sleep_frames && frame > session->sleep_frames) {
        double left = 1 - (double)(frame - session->sleep_frames) / SLEEP_FADE_FRAMES;
        gain *= left > 0 ? left : 0;
    }
    return gain;
}

/* `samples` NULL: silence. At most CHUNK_FRAMES. */
static int put_sound(Session *session, const int16_t *samples, size_t frames, Error *error)
{
    int16_t chunk[CHUNK_FRAMES] = { 0 };
    for (size_t i = 0; samples && i < frames; i++) {
        double gain = gain_at(session, session->frames_played + i, FADE_FRAMES - session->fade_in_frames);
        chunk[i] = gain == 1 ? samples[i] : (int16_t)(samples[i] * gain);
        if (session->fade_in_frames > 0) session->fade_in_frames--;
    }
    session->frames_played += frames;
    if (session->sleep_frames && session->frames_played >= session->sleep_frames + SLEEP_FADE_FRAMES) session->over = session->asleep = true;
    int result = player_play(session->player, chunk, frames, error);
    return result < 0 && error->status == STATUS_UNAVAILABLE ? add_place(session, error) : result;
}

static bool is_sounding(const Session *session)
{
    return session->clip_at > 0 && session->clip_at < session->clip.frames && !session->paused;
}

/* The last of what is cut off. */
static int fade_out(Session *session, Error *error)
{
    int16_t tail[FADE_FRAMES];
    size_t left = session->clip.frames - session->clip_at, n = left < FADE_FRAMES ? left : FADE_FRAMES;
    if (!is_sounding(session)) return 0;
    for (size_t i = 0; i < n; i++) tail[i] = (int16_t)(session->clip.samples[session->clip_at + i] * (1 - (double)i / (double)n));
    session->clip_at += n;
    return put_sound(session, tail, n, error);
}

/* The quietest place shortly before the one wanted: between two syllables, most times. */
static size_t quiet_before(const Clip *clip, size_t wanted)
{
    size_t best = 0;
    double least = -1;
    if (wanted < QUIET_BACK_FRAMES) return 0;
    for (size_t at = wanted - QUIET_BACK_FRAMES; at + QUIET_FRAMES <= wanted && at + QUIET_FRAMES <= clip->frames; at += QUIET_FRAMES / 2) {
        double sum = 0;
        for (size_t i = 0; i < QUIET_FRAMES; i++) sum += (double)clip->samples[at + i] * clip->samples[at + i];
        if (least >= 0 && sum > least) continue;
        least = sum;
        best = at;
    }
    return best;
}

/* ---- sentences ---- */

static void learn_pace(Session *session, const Ticket *ticket, const Clip *clip)
{
    OutlineSentence *entry = outline_at(&session->outline, ticket->at);
    if (!entry || ticket->aside || entry->text.n == 0) return;
    entry->frames = (uint32_t)(clip->frames + (size_t)ticket->pause_ms * SYNTH_RATE_HZ / 1000);
    session->frames_a_byte += 0.1 * (entry->frames / (double)entry->text.n - session->frames_a_byte);
}

/* Between two articles the pause is longer than the paragraph's that the last sentence brought. */
static size_t article_pause_frames(const Session *session, const Ticket *ticket)
{
    int article_ms = delivery_pause_ms(&session->ahead.delivery, BREAK_ARTICLE);
    bool first = (!ticket->aside || ticket->between) && (!session->begun || ticket->at.article != session->now.article);
    return first && session->last_pause_ms > 0 && article_ms > session->last_pause_ms ? (size_t)(article_ms - session->last_pause_ms) * SYNTH_RATE_HZ / 1000 : 0;
}

static void begin_sentence(Session *session)
{
    const Ticket *ticket = &session->ticket;
    session->clip_begun = true;
    if (ticket->aside) {
        if (ticket->text.n > 0) session->show.sentence(session->show.context, session, ticket);
        return;
    }
    session->now = ticket->at;
    session->begun = true;
    if (session->resume_share > 0) {
        session->clip_at = quiet_before(&session->clip, (size_t)(session->resume_share * (double)session->clip.frames));
        session->fade_in_frames = FADE_FRAMES;
        session->resume_share = 0;
    } else {
        session->show.sentence(session->show.context, session, ticket);
    }
    session->places.place = (Place){ session->now.article, session->now.sentence };
    session->places.known = true;
    session_save(session);
}

static void name_failure(Session *session, const Error *why)
{
    Str page = file_title(session->page);
    session->failed = session->begun = true;
    console_say(session->console, _("%.*s:%d: a sentence could not be spoken (%s): %.*s"), STR_ARG(page), session->ticket.line, why->text,
                STR_ARG(session->ticket.text));
}

/* What the player said itself is over, and it was asked in a pause. */
static void pause_again(Session *session)
{
    session->pause_after_aside = false;
    session->paused = true;
    session->now = session->ticket.at;
    session->show.changed(session->show.context, session);
}

static void take_sentence(Session *session)
{
    Error why;
    Clip clip;
    session->page_over = ahead_is_over(&session->ahead);
    if (session->page_over) return;
    PoolResult result = ahead_take(&session->ahead, 0, &session->ticket, &clip, &why);
    if (result == POOL_NOTHING) {
        session->gaps += session->fresh ? 0 : 1;
        session->fresh = true; /* a gap is counted once */
        result = ahead_take(&session->ahead, WAIT_MS, &session->ticket, &clip, &why);
    }
    if (result == POOL_NOTHING) return;
    session->fresh = session->clip_begun = false;
    session->clip = result == POOL_CLIP ? clip : (Clip){ 0 };
    session->clip_at = 0;
    if (result == POOL_FAILED) {
        name_failure(session, &why);
        return;
    }
    if (!session->ticket.aside && session->pause_after_aside) pause_again(session);
    learn_pace(session, &session->ticket, &clip);
    session->silence_frames = article_pause_frames(session, &session->ticket);
}

/* The clip's next piece; behind its last one the pause. */
static int play_clip(Session *session, Error *error)
{
    if (!session->clip_begun) begin_sentence(session);
    size_t left = session->clip.frames - session->clip_at, n = left < CHUNK_FRAMES ? left : CHUNK_FRAMES;
    if (put_sound(session, session->clip.samples + session->clip_at, n, error) < 0) return -1;
    session->clip_at += n;
    if (session->clip_at < session->clip.frames) return 0;
    /* Of the pause between articles the signal is a part. */
    session->last_pause_ms = session->ticket.between ? delivery_pause_ms(&session->ahead.delivery, BREAK_ARTICLE) : session->ticket.pause_ms;
    session->silence_frames = (size_t)session->ticket.pause_ms * SYNTH_RATE_HZ / 1000;
    session->clip = (Clip){ 0 };
    session->clip_at = 0;
    return 0;
}

static int play_silence(Session *session, Error *error)
{
    size_t n = session->silence_frames < CHUNK_FRAMES ? session->silence_frames : CHUNK_FRAMES;
    session->silence_frames -= n;
    return put_sound(session, NULL, n, error);
}

int session_step(Session *session, Error *error)
{
    if (ahead_fill(&session->ahead, error) < 0) return -1;
    if (!player_wants(session->player, WAIT_MS)) return 0;
    if (session->silence_frames > 0) return play_silence(session, error);
    if (session->clip.frames == 0) take_sentence(session);
    return session->clip.frames > 0 && session->silence_frames == 0 && !session->paused ? play_clip(session, error) : 0;
}

/* ---- jumps ---- */

/* Drops what is heard and what is on its way. */
static int cut(Session *session, Error *error)
{
    int result = fade_out(session, error);
    session->clip = (Clip){ 0 };
    session->clip_at = session->silence_frames = session->fade_in_frames = 0;
    session->last_pause_ms = 0;
    session->resume_share = 0;
    session->fresh = true;
    if (session->pause_after_aside) session->paused = true; /* what the player said itself is cut off too, and the pause it was asked in goes on */
    session->pause_after_aside = false;
    return result;
}

int session_hush(Session *session, Error *error)
{
    int result = fade_out(session, error);
    if (session->clip_at > 0) session->fade_in_frames = FADE_FRAMES;
    return result;
}

int session_go(Session *session, Position at, Error *error)
{
    if (cut(session, error) < 0) return -1;
    session->now = at;
    ahead_go(&session->ahead, at);
    session->places.place = (Place){ at.article, at.sentence };
    session->places.known = true;
    session_save(session);
    const OutlineSentence *entry = outline_at(&session->outline, at);
    Ticket ticket = { .at = at, .text = entry ? entry->text : (Str){ 0 }, .role = entry ? entry->block->role : ROLE_BODY };
    if (session->paused) session->show.sentence(session->show.context, session, &ticket);
    return 0;
}

/* Where it goes on after an interruption: with the sentence that was cut off, or behind one that was heard to its end. */
static Position going_on(Session *session)
{
    Position at = session->now;
    bool heard = session->begun && session->clip.frames == 0 && session->silence_frames > 0 && !session->ticket.aside;
    if (heard) outline_forward(&session->outline, &at);
    return at;
}

int session_announce(Session *session, Str text, Error *error)
{
    bool paused = session->paused || session->pause_after_aside;
    Position at = going_on(session);
    if (cut(session, error) < 0) return -1;
    ahead_say(&session->ahead, text, at);
    session->pause_after_aside = paused;
    session->paused = false;
    return 0;
}

int session_retune(Session *session, Str voice, double rate, Error *error)
{
    bool within = session->clip.frames > 0 && session->clip_begun && !session->ticket.aside;
    double share = within ? (double)session->clip_at / (double)session->clip.frames : 0;
    Position at = going_on(session);
    if (cut(session, error) < 0) return -1;
    Error why;
    if (render_use(session->render, &session->arena, voice.s, rate, &why) < 0) {
        session_say(session, "%s", why.text);
    } else {
        session->frames_a_byte *= session->rate / rate;
        session->rate = rate;
        session->voice = voice;
    }
    ahead_go(&session->ahead, at);
    session->resume_share = share;
    return 0;
}
