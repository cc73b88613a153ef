/* What the player lists, tells and spells. */
#include <stdio.h>

#include "base/message.h"
#include "base/utf8.h"
#include "commands/play/session.h"

enum { QUOTE_CHARACTERS = 24, TITLE_CHARACTERS = 60 };

/* The beginning of a text, for a line that names it. */
static Str beginning(Str text, int most)
{
    Str rest = text;
    for (int i = 0; i < most && rest.n > 0; i++) utf8_next(&rest);
    return str_slice(text, 0, text.n - rest.n);
}

Str session_title(const Article *article, Arena *arena)
{
    Str name = article_name(article), part = beginning(name, TITLE_CHARACTERS);
    return part.n == name.n ? name : arena_printf(arena, "%.*s\xE2\x80\xA6", STR_ARG(part));
}

void session_list(Session *session)
{
    Arena arena = { 0 };
    for (size_t i = 0; i < session->outline.count; i++) {
        Str title = session_title(session->outline.articles[i].article, &arena);
        session_say(session, i == session->now.article ? _("%zu  %.*s  (here)") : "%zu  %.*s", i + 1, STR_ARG(title));
    }
    arena_finish(&arena);
}

void session_list_bookmarks(Session *session)
{
    const Places *places = &session->places;
    if (places->bookmark_count == 0) session_say(session, "%s", _("there is no bookmark in this page"));
    for (size_t i = 0; i < places->bookmark_count; i++) {
        Place place = places->bookmarks[i];
        const OutlineSentence *entry = outline_at(&session->outline, (Position){ place.article, place.sentence });
        Str text = entry ? beginning(entry->text, QUOTE_CHARACTERS) : (Str){ 0 };
        session_say(session, _("%zu  article %zu, sentence %zu: %.*s"), i + 1, place.article + 1, place.sentence + 1, STR_ARG(text));
    }
}

/* The keys of a row by the names a person knows; the number pad's own codes (kp5) say nothing to anybody where the key's other name is there. */
static Str key_labels(Str keys, Arena *arena)
{
    Str labels = { 0 };
    for (Str rest = keys; rest.n > 0;) {
        Str key = arena_str(arena, str_split(&rest, ' '));
        if (key.n == 0 || (key.n > 2 && str_starts(key, STR("kp")) && labels.n > 0)) continue;
        labels = arena_printf(arena, "%.*s%s%s", STR_ARG(labels), labels.n > 0 ? " " : "", _(key.s));
    }
    return labels;
}

void session_help(Session *session)
{
    Arena arena = { 0 };
    for (size_t i = 0; session->keys && i < session->keys->count; i++) {
        const KeyRow *row = &session->keys->rows[i];
        if (row->act == ACT_NONE) continue;
        Str labels = key_labels(row->keys, &arena);
        session_say(session, "%.*s: %s", STR_ARG(labels), _(act_info(row->act)->about));
    }
    arena_finish(&arena);
}

static Str spoken_time(const Session *session, double seconds, Arena *arena)
{
    int whole = (int)(seconds + 0.5);
    PhraseValue values[] = { { "minutes", arena_printf(arena, "%d", whole / 60) }, { "seconds", arena_printf(arena, "%d", whole % 60) } };
    return phrases_fill(session->phrases, whole >= 60 ? "minutes" : "seconds", values, 2, arena);
}

int session_tell(Session *session, Error *error)
{
    Arena arena = { 0 };
    double article_s = session_article_left_s(session), page_s = session_page_left_s(session);
    Str title = session_title(session_article(session), &arena);
    session_say(session, _("article %zu of %zu: %.*s; left: %d:%02d of the article, %d:%02d of the page"), session->now.article + 1,
                session->outline.count, STR_ARG(title), (int)article_s / 60, (int)article_s % 60, (int)page_s / 60, (int)page_s % 60);
    PhraseValue values[] = {
        { "article", arena_printf(&arena, "%zu", session->now.article + 1) },
        { "articles", arena_printf(&arena, "%zu", session->outline.count) },
        { "title", title },
        { "article_time", spoken_time(session, article_s, &arena) },
        { "page_time", spoken_time(session, page_s, &arena) },
    };
    int result = session_announce(session, phrases_fill(session->phrases, "tell", values, sizeof values / sizeof *values, &arena), error);
    arena_finish(&arena);
    return result;
}

static bool is_letter_or_figure(uint32_t code)
{
    return (code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z');
}

typedef struct Spelled {
    char *s;
    size_t n, room;
} Spelled;

static void append(Spelled *spelled, Str part, Arena *arena)
{
    if (spelled->n + part.n > spelled->room) {
        size_t room = spelled->room * 2 + part.n;
        spelled->s = arena_grow(arena, spelled->s, spelled->room, room, 1);
        spelled->room = room;
    }
    for (size_t i = 0; i < part.n; i++) spelled->s[spelled->n++] = part.s[i];
}

/* Each character becomes a sentence, and so a line. Marks are passed over. */
int session_spell(Session *session, Error *error)
{
    Arena parts = { 0 }, arena = { 0 };
    Spelled spelled = { 0 };
    const OutlineSentence *entry = outline_at(&session->outline, session->now);
    for (Str rest = entry ? entry->text : (Str){ 0 }; rest.n > 0;) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        if (!utf8_is_han(code) && !is_letter_or_figure(code)) continue;
        PhraseValue values[] = { { "character", character }, { "word", phrases_spell(session->phrases, character) } };
        append(&spelled, phrases_fill(session->phrases, values[1].value.n > 0 ? "spelled" : "alone", values, 2, &parts), &arena);
    }
    int result = session_announce(session, (Str){ spelled.s, spelled.n }, error);
    arena_finish(&parts);
    arena_finish(&arena);
    return result;
}
