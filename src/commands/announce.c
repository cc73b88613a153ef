#include "commands/announce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "commands/choices.h"
#include "player/phrases.h"

typedef enum Signal { SIGNAL_NONE, SIGNAL_CHIME, SIGNAL_WORDS } Signal;
static const char *const SIGNALS[] = { [SIGNAL_NONE] = "none", [SIGNAL_CHIME] = "chime", [SIGNAL_WORDS] = "words" };
enum { SIGNAL_COUNT = sizeof SIGNALS / sizeof *SIGNALS };

struct Announcer {
    const Settings *settings;
    Signal signal;
    Phrases *phrases;
    Arena arena;
    PaperEnding *endings; /* of papers' names */
    size_t ending_count;
    bool begun;          /* an article was asked for */
    bool joined;
    Masthead papers;     /* of all pages, where they are joined */
    size_t articles, pages;
    Arena said_arena;
    Str paper, date;     /* what the last opening said */
};

bool signal_name(size_t i, char *text, size_t room)
{
    if (i < SIGNAL_COUNT) snprintf(text, room, "%s", SIGNALS[i]);
    return i < SIGNAL_COUNT;
}

int announcer_create(Announcer **created, const char *data, const Settings *settings, Error *error)
{
    char names[64];
    size_t signal = 0;
    while (signal < SIGNAL_COUNT && strcmp(SIGNALS[signal], settings->signal) != 0) signal++;
    if (signal == SIGNAL_COUNT) {
        error_set(error, STATUS_USAGE, _("there is no signal '%s'; there are: %s"), settings->signal, choices_join(signal_name, names, sizeof names));
        return settings_blame(settings, &settings->signal, error);
    }
    Announcer *announcer = memory_new(1, sizeof *announcer);
    announcer->settings = settings;
    announcer->signal = (Signal)signal;
    const char *folder = arena_printf(&announcer->arena, "%s/voices/mandarin", data).s;
    announcer->phrases = phrases_create(folder, error);
    if (!announcer->phrases || masthead_endings(&announcer->arena, data, &announcer->endings, &announcer->ending_count, error) < 0) {
        announcer_destroy(announcer);
        return error_own_data(error);
    }
    *created = announcer;
    return 0;
}

void announcer_destroy(Announcer *announcer)
{
    if (!announcer) return;
    phrases_destroy(announcer->phrases);
    arena_finish(&announcer->arena);
    arena_finish(&announcer->said_arena);
    free(announcer);
}

void announcer_restart(Announcer *announcer)
{
    announcer->begun = false;
    announcer->paper = announcer->date = (Str){ 0 };
    arena_finish(&announcer->said_arena);
}

void announcer_join(Announcer *announcer, const Masthead *papers, size_t articles, size_t pages)
{
    announcer->joined = true;
    announcer->papers = (Masthead){ .paper = arena_str(&announcer->arena, papers->paper),
                                    .date = arena_str(&announcer->arena, papers->date),
                                    .album = arena_str(&announcer->arena, papers->album) };
    announcer->articles = articles;
    announcer->pages = pages;
}

Masthead announcer_masthead(const Announcer *announcer, const Edition *edition, Arena *arena)
{
    return masthead_find(announcer->settings, edition, announcer->endings, announcer->ending_count, arena);
}

/* Whether it is known, and was not said before. */
static bool is_new(Announcer *announcer, Str value, Str *last)
{
    bool new = value.n > 0 && !str_equal(value, *last);
    if (new) *last = arena_str(&announcer->said_arena, value);
    return new;
}

/* "08" is said 8. */
static Str number(Str digits)
{
    while (digits.n > 1 && digits.s[0] == '0') digits = str_slice(digits, 1, digits.n);
    return digits;
}

static Str say_date(const Announcer *announcer, Str date, Arena *arena)
{
    Str year = str_split(&date, '-'), month = str_split(&date, '-');
    PhraseValue values[] = { { "year", year }, { "month", number(month) }, { "day", number(date) } };
    return phrases_fill(announcer->phrases, "date", values, 3, arena);
}

/* The paper's name, or else what a Chinese person has called the page's file (晨报头版): "page-01" is nothing to be said. */
static Str name_of(const Masthead *masthead)
{
    return masthead->paper.n > 0 || !utf8_all_han(masthead->album) ? masthead->paper : masthead->album;
}

static Str opening(Announcer *announcer, const Masthead *masthead, size_t count, size_t pages, Arena *arena)
{
    Str articles = { 0 };
    Str paper = { 0 }, date = { 0 };
    PhraseValue name = { "paper", name_of(masthead) };
    if (is_new(announcer, name.value, &announcer->paper)) paper = phrases_fill(announcer->phrases, "paper", &name, 1, arena);
    if (is_new(announcer, masthead->date, &announcer->date)) date = say_date(announcer, masthead->date, arena);
    PhraseValue value = { "articles", arena_printf(arena, "%zu", count) };
    if (count > 0) articles = phrases_fill(announcer->phrases, pages > 1 ? "articles-all" : "articles", &value, 1, arena);
    return arena_printf(arena, "%.*s%.*s%.*s", STR_ARG(paper), STR_ARG(date), STR_ARG(articles));
}

Announcement announcer_between(const Announcer *announcer, Arena *arena)
{
    Announcement announcement = { .chime = announcer->signal == SIGNAL_CHIME };
    if (announcer->signal == SIGNAL_WORDS) announcement.words = phrases_fill(announcer->phrases, "next", NULL, 0, arena);
    return announcement;
}

Announcement announcer_before(Announcer *announcer, const Masthead *masthead, const Edition *edition, const Article *article, Arena *arena)
{
    Announcement announcement = announcer->begun ? announcer_between(announcer, arena) : (Announcement){ 0 };
    bool opens = announcer->settings->opening && article == edition->articles && !(announcer->joined && announcer->begun);
    if (opens && announcer->joined) announcement.words = opening(announcer, &announcer->papers, announcer->articles, announcer->pages, arena);
    else if (opens) announcement.words = opening(announcer, masthead, edition->article_count, 1, arena);
    announcer->begun = true;
    return announcement;
}
