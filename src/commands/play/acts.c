/* What each act of a listener does. */
#include <math.h>
#include <stdio.h>

#include "base/message.h"
#include "commands/play/session.h"
#include "speech/voice.h"

enum { RATE_LEAST_PERCENT = 40, RATE_MOST_PERCENT = 220, RATE_STEP_PERCENT = 10 };

static int refuse(Session *session, const char *why)
{
    session_say(session, "%s", why);
    return 1;
}

static int set_paused(Session *session, bool paused, Error *error)
{
    if (session->paused == paused && !session->pause_after_aside) return 0;
    if (paused && session_hush(session, error) < 0) return -1;
    session->paused = paused;
    session->pause_after_aside = session->stopped = false;
    session_say(session, "%s", paused ? _("paused") : _("goes on"));
    session->show.changed(session->show.context, session);
    return 0;
}

/* ---- moving ---- */

static int next_sentence(Session *session, Error *error)
{
    Position at = session->now;
    if (outline_forward(&session->outline, &at)) return session_go(session, at, error);
    return refuse(session, _("this is the last sentence"));
}

/* One back, over sentences that say nothing. */
static int previous_sentence(Session *session, Error *error)
{
    Position at = session->now;
    while (outline_back(&session->outline, &at))
        if (ahead_is_spoken(&session->ahead, at)) return session_go(session, at, error);
    return session_go(session, (Position){ 0, 0 }, error);
}

static int next_paragraph(Session *session, Error *error)
{
    Position at = session->now;
    if (outline_next_paragraph(&session->outline, &at)) return session_go(session, at, error);
    return refuse(session, _("this is the last paragraph"));
}

static int previous_paragraph(Session *session, Error *error)
{
    Position at = session->now;
    while (outline_previous_paragraph(&session->outline, &at))
        if (ahead_is_spoken(&session->ahead, at)) return session_go(session, at, error);
    return session_go(session, (Position){ 0, 0 }, error);
}

static int leave_page(Session *session, int step, Error *error)
{
    if (session_go(session, session->now, error) < 0) return -1;
    session->page_over = session->begun = true; /* begun: a page that is gone through is not one without words */
    session->page_step = step;
    return 0;
}

/* Behind the last article comes the next page, if there is one. */
static int next_article(Session *session, Error *error)
{
    if (session->now.article + 1 < session->outline.count) return session_go(session, (Position){ session->now.article + 1, 0 }, error);
    if (session->page_number >= session->page_count) return refuse(session, _("this is the last article"));
    return leave_page(session, 1, error);
}

/* Before the first article comes the page before, if there is one. */
static int previous_article(Session *session, Error *error)
{
    if (session->now.article == 0 && session->page_number > 1) return leave_page(session, -1, error);
    return session_go(session, (Position){ session->now.article > 0 ? session->now.article - 1 : 0, 0 }, error);
}

static int go_article(Session *session, double number, Error *error)
{
    if (number <= (double)session->outline.count) return session_go(session, (Position){ (size_t)number - 1, 0 }, error);
    session_say(session, ngettext("there is %zu article", "there are %zu articles", session->outline.count), session->outline.count);
    return 1;
}

static int go_sentence(Session *session, double number, Error *error)
{
    size_t count = outline_count(&session->outline, session->now.article);
    if (number <= (double)count) return session_go(session, (Position){ session->now.article, (size_t)number - 1 }, error);
    session_say(session, ngettext("the article has %zu sentence", "the article has %zu sentences", count), count);
    return 1;
}

static int search(Session *session, Str words, Error *error)
{
    Position at = session->now;
    if (words.n > 0) session->searched = arena_str(&session->arena, words);
    if (session->searched.n == 0) return refuse(session, _("nothing to search for"));
    if (outline_search(&session->outline, &at, session->searched)) return session_go(session, at, error);
    session_say(session, _("not found: %.*s"), STR_ARG(session->searched));
    return 1;
}

static int seek(Session *session, double seconds, Error *error)
{
    return session_go(session, session_at_s(session, seconds > 0 ? seconds : 0), error);
}

/* ---- bookmarks ---- */

static int set_bookmark(Session *session)
{
    Places *places = &session->places;
    Place here = { session->now.article, session->now.sentence };
    for (size_t i = 0; i < places->bookmark_count; i++)
        if (places->bookmarks[i].article == here.article && places->bookmarks[i].sentence == here.sentence) {
            session_say(session, _("bookmark %zu is here already"), i + 1);
            return 1;
        }
    if (places->bookmark_count == BOOKMARKS_MAX) return refuse(session, _("there is no room for more bookmarks in this page"));
    places->bookmarks[places->bookmark_count++] = here;
    session_say(session, _("bookmark %zu: article %zu, sentence %zu"), places->bookmark_count, here.article + 1, here.sentence + 1);
    session_save(session);
    return 0;
}

static int go_bookmark(Session *session, double number, Error *error)
{
    const Places *places = &session->places;
    if (number > (double)places->bookmark_count) return refuse(session, _("there is no such bookmark"));
    Place place = places->bookmarks[(size_t)number - 1];
    return session_go(session, (Position){ place.article, place.sentence }, error);
}

/* ---- voice ---- */

static int set_rate(Session *session, double rate, Error *error)
{
    double percent = round(rate * 100);
    if (!(percent >= RATE_LEAST_PERCENT)) percent = RATE_LEAST_PERCENT;
    if (percent > RATE_MOST_PERCENT) percent = RATE_MOST_PERCENT;
    if (session_retune(session, session->voice, percent / 100, error) < 0) return -1;
    session_say(session, _("rate %.0f %%"), percent);
    session->show.changed(session->show.context, session);
    return 0;
}

static int set_voice(Session *session, Str name, Error *error)
{
    if (session_retune(session, arena_str(&session->arena, name), session->rate, error) < 0) return -1;
    if (!str_equal(session->voice, name)) return 1; /* that was said */
    session_say(session, _("voice %.*s"), STR_ARG(session->voice));
    session->show.changed(session->show.context, session);
    return 0;
}

static int next_voice(Session *session, Error *error)
{
    Str *names;
    size_t count, i = 0;
    if (voice_names(&session->arena, session->reader->data, &names, &count, error) < 0) return -1;
    while (i < count && !str_equal(names[i], session->voice)) i++;
    return set_voice(session, names[i + 1 < count ? i + 1 : 0], error);
}

static int set_volume(Session *session, double volume)
{
    session->volume = volume < 0 ? 0 : volume > 1 ? 1 : volume;
    session_say(session, _("volume %.0f %%"), session->volume * 100);
    session->show.changed(session->show.context, session);
    return 0;
}

/* A line has to be typed; nothing is heard meanwhile, because it would be typed into the words. */
static int ask(Session *session, Question question, const char *prompt, Error *error)
{
    if (session_hush(session, error) < 0) return -1;
    session->question = question;
    session_say(session, "%s", prompt);
    return 0;
}

static int end(Session *session)
{
    session->over = true;
    session_say(session, "%s", _("ends"));
    return 0;
}

static int move(Session *session, const Request *request, Error *error)
{
    switch (request->act) {
    case ACT_NEXT_SENTENCE: return next_sentence(session, error);
    case ACT_PREVIOUS_SENTENCE: return previous_sentence(session, error);
    case ACT_NEXT_PARAGRAPH: return next_paragraph(session, error);
    case ACT_PREVIOUS_PARAGRAPH: return previous_paragraph(session, error);
    case ACT_NEXT_ARTICLE: return next_article(session, error);
    case ACT_PREVIOUS_ARTICLE: return previous_article(session, error);
    case ACT_SENTENCE: return go_sentence(session, request->number, error);
    case ACT_SEEK: return seek(session, session_position_s(session) + request->number, error);
    case ACT_POSITION: return seek(session, request->number, error);
    case ACT_GO_BOOKMARK: return go_bookmark(session, request->number, error);
    case ACT_ARTICLE:
        if (request->number >= 1) return go_article(session, request->number, error);
        return ask(session, ASK_ARTICLE, _("number of the article, 0 to end, Enter for none:"), error);
    case ACT_SEARCH:
        if (request->text.n > 0) return search(session, request->text, error);
        return ask(session, ASK_SEARCH, _("words to search for, Enter for the last ones:"), error);
    default: return session_go(session, session->now, error); /* ACT_REPEAT */
    }
}

int session_do(Session *session, const Request *request, Error *error)
{
    if (session->show.asked) session->show.asked(session->show.context);
    switch (request->act) {
    case ACT_PLAY_PAUSE: return set_paused(session, !session->paused && !session->pause_after_aside, error);
    case ACT_PLAY: return set_paused(session, false, error);
    case ACT_PAUSE: return set_paused(session, true, error);
    case ACT_STOP:
        if (set_paused(session, true, error) < 0) return -1;
        session->stopped = true;
        return session_go(session, (Position){ session->now.article, 0 }, error);
    case ACT_SLOWER: return set_rate(session, session->rate - RATE_STEP_PERCENT / 100.0, error);
    case ACT_FASTER: return set_rate(session, session->rate + RATE_STEP_PERCENT / 100.0, error);
    case ACT_NORMAL: return set_rate(session, 1, error);
    case ACT_RATE: return set_rate(session, request->number, error);
    case ACT_NEXT_VOICE: return next_voice(session, error);
    case ACT_VOICE: return set_voice(session, request->text, error);
    case ACT_VOLUME: return set_volume(session, request->number);
    case ACT_SPELL: return session_spell(session, error);
    case ACT_TELL: return session_tell(session, error);
    case ACT_LIST: session_list(session); return ask(session, ASK_ARTICLE, _("number of the article, 0 to end, Enter for none:"), error);
    case ACT_BOOKMARK: return set_bookmark(session);
    case ACT_BOOKMARKS:
        session_list_bookmarks(session);
        return session->places.bookmark_count == 0 ? 0 : ask(session, ASK_BOOKMARK, _("number of the bookmark, Enter for none:"), error);
    case ACT_HELP: session_help(session); return 0;
    case ACT_QUIT: return end(session);
    case ACT_NONE:
    case ACT_STATUS: return 0;
    default: return move(session, request, error);
    }
}
