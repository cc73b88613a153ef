#include "commands/play/remote.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "publish/json.h"

static void put(json_t *object)
{
    json_put(stdout, object);
    putchar('\n');
    fflush(stdout);
}

/* The name of a file and what came in on a line need not be text. */
static json_t *mended(Str bytes)
{
    char text[2048];
    size_t n = 0, whole;
    while (bytes.n > 0 && n < sizeof text) {
        whole = utf8_valid_prefix(bytes);
        if (whole > sizeof text - n) whole = utf8_whole(bytes.s, sizeof text - n);
        memcpy(text + n, bytes.s, whole);
        n += whole;
        bytes = str_slice(bytes, whole, bytes.n);
        if (bytes.n == 0 || n == sizeof text || utf8_valid_prefix(bytes) > 0) break;
        text[n++] = '?';
        bytes = str_slice(bytes, 1, bytes.n);
    }
    return json_text((Str){ text, n }, false);
}

static json_t *whole(size_t number)
{
    return json_integer((json_int_t)number);
}

static json_t *title_of(const Article *article)
{
    Arena arena = { 0 };
    json_t *title = json_text(session_title(article, &arena), false);
    arena_finish(&arena);
    return title;
}

/* Where it is; the first keys of every line about it. */
static void add_state(json_t *object, const Session *session)
{
    const Outline *outline = &session->outline;
    bool still = session->paused || session->pause_after_aside;
    json_object_set_new(object, "state", json_string(session->over || session->page_over || session->stopped ? "stopped" : still ? "paused" : "playing"));
    if (session->now.article >= outline->count) return;
    json_object_set_new(object, "article", whole(session->now.article + 1));
    json_object_set_new(object, "sentence", whole(session->now.sentence + 1));
    json_object_set_new(object, "position", json_rounded(session_position_s(session), 2));
}

static void add_rest(json_t *object, const Session *session)
{
    if (session->now.article >= session->outline.count) return;
    json_object_set_new(object, "page", mended(session->page));
    json_object_set_new(object, "page_number", whole(session->page_number));
    json_object_set_new(object, "pages", whole(session->page_count));
    json_object_set_new(object, "articles", whole(session->outline.count));
    json_object_set_new(object, "title", title_of(session_article(session)));
    json_object_set_new(object, "length", json_rounded(session_article_s(session), 2));
    json_object_set_new(object, "page_left", json_rounded(session_page_left_s(session), 2));
    json_object_set_new(object, "rate", json_rounded(session->rate, 2));
    json_object_set_new(object, "volume", json_rounded(session->volume, 2));
    json_object_set_new(object, "voice", json_text(session->voice, false));
    json_object_set_new(object, "gaps", whole(session->gaps));
}

static void sentence(void *context, Session *session, const Ticket *ticket)
{
    (void)context;
    json_t *object = json_object();
    json_object_set_new(object, "event", json_string(ticket->aside ? "aside" : "sentence"));
    add_state(object, session);
    json_object_set_new(object, "role", json_string(role_name(ticket->role)));
    json_object_set_new(object, "text", json_text(ticket->text, false));
    put(object);
}

static void say(void *context, const char *text)
{
    (void)context;
    json_t *object = json_object();
    json_object_set_new(object, "event", json_string("message"));
    json_object_set_new(object, "text", mended(str_from(text)));
    put(object);
}

static void changed(void *context, Session *session)
{
    (void)context;
    (void)session;
}

Show remote_show(void)
{
    return (Show){ .sentence = sentence, .say = say, .changed = changed, .tick = changed };
}

void remote_end(const Session *session, const char *why, const Error *error)
{
    json_t *object;
    if (error) {
        object = json_object();
        json_object_set_new(object, "event", json_string("error"));
        json_object_set_new(object, "text", mended(str_from(error->text)));
        put(object);
    }
    object = json_object();
    json_object_set_new(object, "event", json_string("end"));
    json_object_set_new(object, "why", json_string(why));
    json_object_set_new(object, "gaps", whole(session->gaps));
    put(object);
}

static json_t *list_articles(const Session *session)
{
    json_t *list = json_array();
    for (size_t i = 0; i < session->outline.count; i++) {
        json_t *article = json_object();
        json_object_set_new(article, "article", whole(i + 1));
        json_object_set_new(article, "title", title_of(session->outline.articles[i].article));
        json_array_append_new(list, article);
    }
    return list;
}

static json_t *list_bookmarks(Session *session)
{
    json_t *list = json_array();
    for (size_t i = 0; i < session->places.bookmark_count; i++) {
        Place place = session->places.bookmarks[i];
        const OutlineSentence *entry = outline_at(&session->outline, (Position){ place.article, place.sentence });
        json_t *bookmark = json_object();
        json_object_set_new(bookmark, "bookmark", whole(i + 1));
        json_object_set_new(bookmark, "article", whole(place.article + 1));
        json_object_set_new(bookmark, "sentence", whole(place.sentence + 1));
        json_object_set_new(bookmark, "text", json_text(entry ? entry->text : (Str){ 0 }, true));
        json_array_append_new(list, bookmark);
    }
    return list;
}

static json_t *list_commands(void)
{
    json_t *list = json_array();
    for (int act = ACT_NONE + 1; act < ACT_COUNT; act++) json_array_append_new(list, json_string(act_info((Act)act)->remote));
    return list;
}

static int refuse(Str line, const char *why)
{
    json_t *object = json_object();
    json_object_set_new(object, "error", json_string(why));
    json_object_set_new(object, "line", mended(line));
    put(object);
    return 0;
}

static int refuse_value(Str line, const Request *request)
{
    char why[256];
    const ActInfo *info = act_info(request->act);
    if (request->text.n == 0) snprintf(why, sizeof why, _("%s wants %s behind it"), info->remote, _(info->value));
    else snprintf(why, sizeof why, _("%s wants %s, not '%.*s'"), info->remote, _(info->value), (int)utf8_whole(request->text.s, request->text.n < 64 ? request->text.n : 64), request->text.s);
    return refuse(line, why);
}

void remote_long_line(Str line)
{
    refuse(str_slice(line, 0, 64), _("the line is too long"));
}

/* A list is an answer here, and no question follows it. */
static bool is_list(Act act)
{
    return act == ACT_LIST || act == ACT_BOOKMARKS || act == ACT_HELP;
}

int remote_line(Session *session, Str line, Error *error)
{
    Request request;
    if (str_trim(line).n == 0) return 0;
    RequestFault fault = request_parse(&request, str_slice(line, 0, utf8_valid_prefix(line)));
    if (fault == REQUEST_UNKNOWN) return refuse(line, _("there is no such command; Help lists them"));
    if (fault == REQUEST_VALUE || !isfinite(request.number)) return refuse_value(line, &request);
    int done = is_list(request.act) ? 0 : session_do(session, &request, error);
    if (done < 0) return -1;
    json_t *object = json_object();
    json_object_set_new(object, "answer", json_string(act_info(request.act)->remote));
    json_object_set_new(object, "done", json_boolean(done == 0));
    add_state(object, session);
    add_rest(object, session);
    if (request.act == ACT_LIST) json_object_set_new(object, "list", list_articles(session));
    if (request.act == ACT_BOOKMARKS) json_object_set_new(object, "list", list_bookmarks(session));
    if (request.act == ACT_HELP) json_object_set_new(object, "list", list_commands());
    put(object);
    return 0;
}
