/* dubao play: the page from the loudspeaker, and a listener who goes about in it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "commands/command.h"
#include "commands/pages.h"
#include "commands/play/aside.h"
#include "commands/play/head.h"
#include "commands/play/input.h"
#include "commands/play/lines.h"
#include "commands/play/remote.h"
#include "commands/play/tui.h"
#include "commands/presets.h"

enum { PAUSED_WAIT_MS = 250, DEVICE_WAIT_MS = 20, TICK_FRAMES = SYNTH_RATE_HZ / 5 };

typedef struct Play {
    Arena arena;
    const Settings *settings;
    Console *console;
    Pages pages;
    Reader reader;
    Render render;
    KeyMap keys;
    PlayerSettings device;
    Announcer *announcer;
    Clip chime;
    Session session;
    Lines lines;
    Tui *tui;
    Input input;
} Play;

/* ---- what is needed ---- */

/* A listener's own keys take the place of ours. */
static int read_keys(Play *play, Error *error)
{
    Arena *arena = &play->arena;
    const char *path = config_file(arena, "keys").s;
    struct stat about;
    bool own = path && stat(path, &about) == 0;
    if (!own) path = arena_printf(arena, "%s/voices/keys.tsv", play->reader.data).s;
    if (keymap_read(&play->keys, arena, path, error) == 0) return 0;
    error->status = own ? STATUS_USAGE : STATUS_DATA;
    return -1;
}

static int open_voice(Play *play, Error *error)
{
    const Settings *settings = play->settings;
    Output output;
    if (presets_apply(settings, &output, error) < 0 || reader_open(&play->reader, settings, &play->console->report, error) < 0) return -1;
    if (render_start(&play->render, &play->arena, &play->reader, settings, output.level.target_lufs, error) < 0) return -1;
    const char *folder = arena_printf(&play->arena, "%s/voices/mandarin", play->reader.data).s;
    if (!(play->session.phrases = phrases_create(folder, error))) return -1;
    if (announcer_create(&play->announcer, play->reader.data, settings, error) < 0) return -1;
    chime_make(&play->chime, SYNTH_RATE_HZ, output.level.target_lufs);
    return read_keys(play, error);
}

static void start_session(Play *play)
{
    Session *session = &play->session;
    Error error;
    session->reader = &play->reader;
    session->render = &play->render;
    session->console = play->console;
    session->keys = &play->keys;
    session->rate = session->volume = 1;
    session->voice = str_from(play->settings->voice);
    session->page_count = play->pages.count;
    session->between = announcer_between(play->announcer, &play->arena);
    session->chime = &play->chime;
    session->show = play->settings->remote ? remote_show() : lines_show(&play->lines, play->settings->output, play->settings->quiet);
    if (places_start(&session->places, &play->arena, &error) < 0) console_say(play->console, "%s", error.text);
}

/* ---- a page ---- */

static int listen_to_page(Play *play, Error *error)
{
    Session *session = &play->session;
    uint64_t ticked = 0;
    while (!session->over && !session->page_over) {
        if (console_interrupted()) return session_interrupted(session, error);
        if (console_suspended()) input_suspend(&play->input, session);
        bool still = session->paused || session->question != ASK_NOTHING;
        if (input_poll(&play->input, session, still ? PAUSED_WAIT_MS : 0, error) < 0) return -1;
        if (play->input.hung_up) return session_interrupted(session, error);
        if (still || session->frames_played - ticked >= TICK_FRAMES) session->show.tick(session->show.context, session);
        if (session->frames_played - ticked >= TICK_FRAMES) ticked = session->frames_played;
        still = session->paused || session->question != ASK_NOTHING;
        if (session->over || session->page_over) break;
        int result = still ? ahead_fill(&session->ahead, error) : session_step(session, error);
        if (result < 0) return -1;
    }
    /* The last words may be on their way to the ear when somebody wants them to end. */
    return console_interrupted() ? session_interrupted(session, error) : 0;
}

/* Where the last run stopped, unless it is the page's beginning anyway. */
static Position resumed(Play *play)
{
    Session *session = &play->session;
    Position at = { session->places.place.article, session->places.place.sentence };
    if (play->settings->from_start || !session->places.known || !outline_at(&session->outline, at)) return (Position){ 0, 0 };
    if (at.article > 0 || at.sentence > 0)
        session_say(session, _("goes on at article %zu, sentence %zu; --from-start begins at the beginning"), at.article + 1, at.sentence + 1);
    return at;
}

/* Before the first article of a page. */
static void announce(Play *play, const Edition *edition)
{
    Masthead masthead = announcer_masthead(play->announcer, edition, &play->arena);
    Announcement first = announcer_before(play->announcer, &masthead, edition, edition->articles, &play->arena);
    if (first.words.n > 0) ahead_say(&play->session.ahead, first.words, (Position){ 0, 0 });
    else if (first.chime) ahead_signal(&play->session.ahead);
}

/* What was heard of a page before all of it was there. */
typedef struct Heard {
    Outline outline; /* of its beginning */
    Position now;
    bool begun, to_its_end;
    size_t silence_frames;
} Heard;

/* Whether a sentence of the page was just heard to its end. */
static bool is_between(const Session *session)
{
    return session->begun && session->clip.frames == 0 && !session->ticket.aside;
}

/* Plays the beginning until all of the page is there, and a sentence has come to its end or somebody asks for something: what he asks for may lie
 * anywhere in the page. */
static int play_head(Play *play, HeadStart *start, Heard *heard, Error *error)
{
    Session *session = &play->session;
    int result = 0;
    session->places.name[0] = '\0'; /* which page it is, is not known yet */
    session_begin(session, &start->head, (Position){ 0, 0 });
    announce(play, &start->head);
    while (result == 0 && !session->over && !session->page_over) {
        if (head_is_over(start) && (is_between(session) || input_waits(&play->input))) break;
        if (console_interrupted()) result = session_interrupted(session, error);
        else if (console_suspended()) input_suspend(&play->input, session);
        else result = session_step(session, error);
    }
    *heard = (Heard){ session->outline, session->now, session->begun, is_between(session), session->silence_frames };
    session->outline = (Outline){ 0 };
    session_end(session);
    return result;
}

/* Behind what was heard of the beginning. */
static Position carried_on(Session *session, Heard *heard)
{
    Position at = heard->now, none = { 0, 0 };
    const OutlineSentence *last = outline_at(&heard->outline, at), *same = outline_at(&session->outline, at);
    bool found = heard->begun && last && same && str_equal(last->text, same->text);
    outline_carry_over(&heard->outline, &session->outline);
    session->begun = found;
    session->silence_frames = heard->silence_frames;
    if (found && heard->to_its_end && !outline_forward(&session->outline, &at)) session->page_over = true;
    outline_finish(&heard->outline);
    return found ? at : none;
}

/* A page that was gone back to begins with its last article; `heard` may be NULL. */
static int play_edition(Play *play, const Edition *edition, Heard *heard, Error *error)
{
    Session *session = &play->session;
    Error unsaved;
    bool back = session->page_step < 0 && edition->article_count > 0;
    places_load(&session->places, places_key(edition));
    session_begin(session, edition, (Position){ 0, 0 });
    Position at = heard ? carried_on(session, heard) : back ? (Position){ edition->article_count - 1, 0 } : resumed(play);
    if (at.article > 0 || at.sentence > 0) {
        session->now = at;
        ahead_go(&session->ahead, at);
    }
    bool first = at.article == 0 && at.sentence == 0 && !session->begun;
    if (first && edition->article_count > 0) announce(play, edition);
    else if (heard && heard->to_its_end && at.sentence == 0) ahead_signal(&session->ahead);
    if (play->pages.count > 1 || heard) { /* which page it was must be known before its first sentence */
        session->places.known = true;
        session->places.place = (Place){ at.article, at.sentence };
        session_save(session);
    }
    int result = edition->article_count > 0 ? listen_to_page(play, error) : 0;
    bool empty = edition->article_count == 0 || (session->page_over && !session->begun);
    if (result == 0 && session->page_over) places_forget(&session->places, &unsaved);
    session_end(session);
    Str page = file_title(edition->page);
    return result == 0 && empty ? error_set(error, STATUS_DATA, _("%.*s holds no word to read"), STR_ARG(page)) : result;
}

/* ---- pages ---- */

static bool has_place(Play *play, const Page *page)
{
    Edition edition = { 0 };
    struct stat about;
    Error error;
    bool again = page->piped || (stat(page->path.s, &about) == 0 && S_ISREG(about.st_mode)); /* it can be read more than once */
    bool read = again && reader_page(&play->reader, &edition, page, &(Report){ 0 }, &error) == 0;
    if (read) places_load(&play->session.places, places_key(&edition));
    edition_finish(&edition);
    return read && play->session.places.known;
}

/* Of several pages the one where the last run stopped; those before it were heard. */
static size_t first_page(Play *play)
{
    if (play->settings->from_start || play->pages.count < 2 || !places_any(&play->session.places)) return 0;
    for (size_t i = 0; i < play->pages.count; i++)
        if (has_place(play, &play->pages.pages[i])) return i;
    return 0;
}

/* Whether the page's beginning is where it begins to be heard, and nothing is to be said before it that wants all of the page. */
static bool begins_at_beginning(const Play *play)
{
    const Session *session = &play->session;
    return session->page_step > 0 && !play->settings->articles && !play->settings->opening && (play->settings->from_start || !places_any(&session->places));
}

static int play_page(Play *play, size_t number, Error *error)
{
    Edition edition = { 0 };
    HeadStart start = { 0 };
    Heard heard;
    const Page *page = &play->pages.pages[number];
    play->session.page_number = number + 1;
    bool head = begins_at_beginning(play) && head_start(&start, &play->reader, page, &edition);
    int result = head ? play_head(play, &start, &heard, error) : reader_page(&play->reader, &edition, page, &play->console->report, error);
    Error second;
    if (head && head_finish(&start, &play->console->report, result == 0 ? error : &second) < 0) result = -1;
    if (result == 0) result = play_edition(play, &edition, head ? &heard : NULL, error);
    else if (head) outline_finish(&heard.outline);
    head_release(&start);
    edition_finish(&edition);
    return result;
}

/* A page that cannot be read does not keep the others from being heard; its sentence and its status are the run's. */
static int play_pages(Play *play, Error *error)
{
    Session *session = &play->session;
    size_t page = first_page(play);
    off_t stdin_at = lseek(STDIN_FILENO, 0, SEEK_CUR);
    int result = 0;
    if (page > 0) session_say(session, _("goes on with %s"), play->pages.pages[page].path.s);
    for (session->page_step = 1; page < play->pages.count && !session->over; page = session->page_step < 0 ? page - 1 : page + 1) {
        Error page_error;
        bool back = session->page_step < 0;
        if (back) lseek(STDIN_FILENO, stdin_at, SEEK_SET); /* the page may be "-" */
        if (play_page(play, page, &page_error) == 0) continue;
        bool ends = page_error.status != STATUS_DATA && page_error.status != STATUS_NO_INPUT;
        if (result < 0) console_say(play->console, "%s", ends ? error->text : page_error.text);
        if (result == 0 || ends) *error = page_error;
        result = -1;
        if (ends) break;
        session->page_step = back && page > 0 ? -1 : 1;
    }
    return result;
}

static bool names_stdin(const Pages *pages)
{
    for (size_t i = 0; i < pages->count; i++)
        if (strcmp(pages->pages[i].path.s, "-") == 0) return true;
    return false;
}

/* With the device open. The terminal is given back on every way out. */
static int play_aloud(Play *play, Error *error)
{
    Session *session = &play->session;
    input_start(&play->input, play->settings->remote, names_stdin(&play->pages));
    int result = play->settings->tui ? tui_open(&play->tui, play->console, play->input.terminal.guard, error) : 0;
    if (play->tui) session->show = tui_show(play->tui);
    Str help = keymap_key(&play->keys, ACT_HELP);
    if (result == 0 && play->input.kind == INPUT_KEYS && !play->settings->quiet && help.n > 0) session_say(session, _("%.*s lists the keys"), STR_ARG(help));
    if (result == 0) result = play_pages(play, error);
    input_finish(&play->input);
    tui_close(play->tui);
    return result;
}

static void finish(Play *play)
{
    announcer_destroy(play->announcer);
    clip_finish(&play->chime);
    phrases_destroy(play->session.phrases);
    arena_finish(&play->session.arena);
    render_close(&play->render);
    reader_close(&play->reader);
    arena_finish(&play->arena);
}

/* A device may take its time, and a pipe waits for its reader; Ctrl-C is heard meanwhile. */
static int open_device(Play *play, Error *error)
{
    int result;
    play->session.player = player_create(&play->device);
    while ((result = player_ready(play->session.player, DEVICE_WAIT_MS, error)) > 0) {
        if (console_interrupted()) return error_set(error, STATUS_INTERRUPTED, _("interrupted"));
        if (console_suspended()) console_suspend();
    }
    return result < 0 && error->status == STATUS_USAGE ? settings_blame(play->settings, &play->settings->driver, error) : result;
}

static int check_options(const Settings *settings, Error *error)
{
    if (settings->remote && settings->tui) return error_set(error, STATUS_USAGE, _("--tui and --remote cannot be used together"));
    if (player_takes_options(settings->driver_options)) return 0;
    return error_set(error, STATUS_USAGE, _("%s wants KEY=VALUE,KEY=VALUE, not '%s'"), settings_source(settings, &settings->driver_options), settings->driver_options);
}

/* What went wrong before is what the person is told. */
static int close_device(Play *play, int result, Error *error)
{
    Error second;
    if (player_close(play->session.player, result == 0 ? error : &second) < 0) result = -1;
    play->session.player = NULL;
    return result;
}

static int run(const Settings *settings, Console *console, Error *error)
{
    Play play = { .settings = settings, .console = console };
    play.device = (PlayerSettings){ settings->driver, settings->driver_options, settings->output, SYNTH_RATE_HZ };
    signal(SIGPIPE, SIG_IGN); /* a pipe that closes is an error with a sentence, not a terminal left without echo */
    int result = aside_sleep(settings, &play.session.sleep_frames, error);
    if (result == 0) result = masthead_check(settings, error);
    if (result == 0) result = check_options(settings, error);
    if (result == 0) result = pages_find(&play.pages, &play.arena, settings->arguments, settings->argument_count, error);
    if (result == 0 && settings->remote && names_stdin(&play.pages))
        result = error_set(error, STATUS_USAGE, _("--remote reads commands from standard input, so the page cannot come from there"));
    console_hold_signals(); /* before the libraries start threads, which would get them instead */
    console_hold_suspend();
    AsideExport exporter = { 0 };
    if (result == 0) result = aside_export(settings, &play.pages, &exporter, error);
    if (result == 0) result = open_voice(&play, error);
    if (result == 0) result = open_device(&play, error);
    if (result == 0) {
        start_session(&play);
        result = play_aloud(&play, error);
    }
    result = close_device(&play, result, error);
    if (settings->remote) remote_end(&play.session, result < 0 ? "error" : play.session.asleep ? "sleep" : play.session.over ? "quit" : "end", result < 0 ? error : NULL);
    Error second;
    int exported = aside_export_wait(&exporter, result < 0, result == 0 ? error : &second);
    if (exported < 0) result = -1;
    bool failed = play.session.failed || exported == STATUS_PARTIAL;
    finish(&play);
    return result < 0 ? result : failed ? STATUS_PARTIAL : STATUS_OK;
}

const Command COMMAND_PLAY = { "play", N_("PAGE..."), N_("read pages aloud through the loudspeaker"), FOR_PLAY, true, run };
