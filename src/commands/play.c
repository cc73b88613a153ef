/* dubao play: the page from the loudspeaker. */
#include <stdio.h>

#include "audio/player.h"
#include "base/file.h"
#include "base/message.h"
#include "commands/command.h"
#include "commands/pages.h"
#include "commands/presets.h"
#include "commands/reader.h"
#include "commands/render.h"
#include "speech/synth.h"

enum { CHUNK_FRAMES = SYNTH_RATE_HZ * 30 / 1000, AHEAD_MAX = 4 * POOL_JOBS_MAX };

/* What was handed to the workers and has not come back: enough to play it and to name it. */
typedef struct Ticket {
    const Article *article;
    Str text;
    int line, number, pause_ms;
    size_t text_done; /* bytes of the page up to here, for the progress line */
} Ticket;

typedef struct Play {
    const Reader *reader;
    Render *render;
    Player *player;
    Console *console;
    const Edition *edition;
    Arena arena;            /* of the sentence that is being read */
    Feed feed;
    const Article *next_article;
    bool feeding;
    Ticket tickets[AHEAD_MAX];
    size_t first, count;
    size_t done_bytes, all_bytes;
    int sentence_number;
    size_t sentences;       /* handed out, of the page */
    int last_pause_ms;      /* after the sentence that was heard last; 0 before the first */
    bool failed;
} Play;

static bool next_sentence(Play *play, Sentence *sentence)
{
    for (;;) {
        if (play->feeding && feed_next(&play->feed, sentence, play->edition->page, &play->console->report, NULL)) return true;
        play->feeding = play->next_article != NULL;
        if (!play->feeding) return false;
        play->feed = feed_start(play->reader, play->next_article, &play->arena);
        play->next_article = play->next_article->next;
        play->sentence_number = 0;
    }
}

/* Keeps the workers busy; what they make is ready before it is wanted. */
static int hand_out(Play *play, Error *error)
{
    Sentence sentence;
    while (play->count < AHEAD_MAX && pool_has_room(play->render->pool) && next_sentence(play, &sentence)) {
        Script script;
        double scale = play->render->voice.pause_scale;
        if (script_write(&script, play->render->phonemes, play->reader->prosody, scale, &sentence, &play->arena, error) < 0) return -1;
        pool_submit(play->render->pool, &script);
        play->done_bytes += sentence.text.n;
        play->sentences++;
        play->tickets[(play->first + play->count++) % AHEAD_MAX] = (Ticket){ play->feed.article, sentence.text, sentence.line,
                                                                             ++play->sentence_number, sentence.pause_ms, play->done_bytes };
    }
    return 0;
}

/* Feeds the device a little at a time, handing out new work in between. */
static int play_samples(Play *play, const int16_t *samples, size_t frames, Error *error)
{
    static const int16_t SILENCE[CHUNK_FRAMES];
    for (size_t at = 0; at < frames && !console_interrupted(); at += CHUNK_FRAMES) {
        size_t n = frames - at < CHUNK_FRAMES ? frames - at : CHUNK_FRAMES;
        if (player_play(play->player, samples ? samples + at : SILENCE, n, error) < 0) return -1;
        if (hand_out(play, error) < 0) return -1;
    }
    return 0;
}

static int play_silence(Play *play, int ms, Error *error)
{
    return ms > 0 ? play_samples(play, NULL, (size_t)ms * SYNTH_RATE_HZ / 1000, error) : 0;
}

/* Between two articles the pause is longer than the paragraph's that the last sentence brought. */
static int play_sentence(Play *play, const Ticket *ticket, const Clip *clip, Error *error)
{
    int article_ms = prosody_pause_ms(play->reader->prosody, BREAK_ARTICLE, play->render->voice.pause_scale);
    int before_ms = ticket->number == 1 && play->last_pause_ms > 0 ? article_ms - play->last_pause_ms : 0;
    play->last_pause_ms = ticket->pause_ms;
    if (play_silence(play, before_ms, error) < 0) return -1;
    if (play_samples(play, clip->samples, clip->frames, error) < 0) return -1;
    return play_silence(play, ticket->pause_ms, error);
}

static int play_next(Play *play, Error *error)
{
    Clip clip = { 0 };
    Error why;
    PoolResult result = pool_take(play->render->pool, 200, &clip, &why);
    if (result == POOL_NOTHING) return 0;
    Ticket ticket = play->tickets[play->first];
    play->first = (play->first + 1) % AHEAD_MAX;
    play->count--;
    console_progress(play->console, article_name(ticket.article), ticket.number, ticket.text_done, play->all_bytes);
    if (result == POOL_FAILED) {
        Str page = file_title(play->edition->page);
        play->failed = true;
        console_say(play->console, _("%.*s:%d: a sentence could not be spoken (%s): %.*s"), STR_ARG(page), ticket.line, why.text,
                    STR_ARG(ticket.text));
        return 0;
    }
    int played = play_sentence(play, &ticket, &clip, error);
    clip_finish(&clip);
    return played;
}

static int play_edition(Play *play, const Edition *edition, Error *error)
{
    play->edition = edition;
    play->next_article = edition->articles;
    play->feeding = false;
    play->done_bytes = 0;
    play->sentences = 0;
    play->all_bytes = edition_spoken_bytes(edition);
    int result = hand_out(play, error);
    while (result == 0 && play->count > 0) {
        result = play_next(play, error);
        if (result == 0 && console_interrupted()) return error_set(error, STATUS_INTERRUPTED, _("interrupted"));
        if (result == 0) result = hand_out(play, error);
    }
    Str page = file_title(edition->page);
    if (result == 0 && play->sentences == 0) return error_set(error, STATUS_DATA, _("%.*s holds no word to read"), STR_ARG(page));
    return result;
}

static int play_pages(Play *play, const Pages *pages, Error *error)
{
    int result = 0;
    for (size_t i = 0; i < pages->count && result == 0; i++) {
        Edition edition = { 0 };
        result = page_read(&edition, play->reader->page_rules, pages->paths[i].s, &play->console->report, error);
        if (result == 0) result = play_edition(play, &edition, error);
        edition_finish(&edition);
    }
    console_clear(play->console);
    return result;
}

static int run(const Settings *settings, Console *console, Error *error)
{
    Arena arena = { 0 };
    Pages pages;
    Reader reader = { 0 };
    Render render = { 0 };
    Output output;
    Play play = { .reader = &reader, .render = &render, .console = console };
    int result = pages_find(&pages, &arena, settings->arguments, settings->argument_count, error);
    console_hold_signals();
    if (result == 0) result = presets_apply(settings, &output, error);
    if (result == 0) result = reader_open(&reader, error);
    if (result == 0) result = render_open(&render, &arena, reader.data, settings->voice, settings->jobs, output.level.target_lufs, error);
    if (result == 0) result = player_open(&play.player, settings->driver, settings->output, SYNTH_RATE_HZ, error);
    if (result == 0) {
        result = play_pages(&play, &pages, error);
        Error second;
        if (player_close(play.player, result == 0 ? error : &second) < 0) result = -1;
    }
    render_close(&render);
    reader_close(&reader);
    arena_finish(&play.arena);
    arena_finish(&arena);
    return result < 0 ? result : play.failed ? STATUS_PARTIAL : STATUS_OK;
}

const Command COMMAND_PLAY = { "play", N_("PAGE..."), N_("read pages aloud through the loudspeaker"), FOR_PLAY, true, run };
