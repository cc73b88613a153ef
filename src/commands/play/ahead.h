/* Sentences on their way to the loudspeaker: read, handed to the workers and rendered ahead of the one that is heard, so that there is never a
 * gap; dropped when the listener goes elsewhere. */
#ifndef DUBAO_COMMANDS_PLAY_AHEAD_H
#define DUBAO_COMMANDS_PLAY_AHEAD_H

#include "audio/chime.h"
#include "commands/announce.h"
#include "commands/console.h"
#include "commands/play/outline.h"
#include "commands/reader.h"
#include "commands/render.h"

enum { AHEAD_MAX = 4 * POOL_JOBS_MAX };

typedef struct Ticket {
    Position at;
    bool aside;   /* no sentence of the page: something the player says */
    bool between; /* an aside that is the signal between two articles */
    bool chime;   /* a signal that is no words */
    Str text;
    int line, pause_ms;
    Role role;
} Ticket;

typedef struct Ahead {
    const Reader *reader;
    Render *render;
    Console *console;
    Outline *outline;
    Str page;
    Unread unread;        /* of what was heard of it; the first is said at once */
    Arena arena;          /* of the sentence that is being read */
    Position next;        /* to be handed out */
    bool ended;           /* there is none */
    Delivery delivery;    /* of the article `paced` in that voice, at that rate */
    const Article *paced;
    double paced_rate;
    uint64_t paced_voice;
    Arena aside_arena;
    Block aside;          /* what the player says before it goes on */
    Splitter aside_splitter;
    bool aside_open, aside_between;
    Announcement between; /* two articles */
    const Clip *chime;
    bool crossed;         /* what comes next begins an article, behind another */
    Ticket tickets[AHEAD_MAX];
    size_t first, count;
} Ahead;

void ahead_finish(Ahead *ahead);
/* Drops what is on its way and goes on from `at`. */
void ahead_go(Ahead *ahead, Position at);
/* The same, but `text` is said before. */
void ahead_say(Ahead *ahead, Str text, Position at);
/* The signal between articles is heard before what comes next. */
void ahead_signal(Ahead *ahead);
/* Keeps the workers busy; a little work, to be called between two pieces of sound. */
int  ahead_fill(Ahead *ahead, Error *error);
/* Whether there is nothing more to come. */
bool ahead_is_over(const Ahead *ahead);
/* The next sentence, as pool_take gives it. */
PoolResult ahead_take(Ahead *ahead, int timeout_ms, Ticket *ticket, Clip *clip, Error *why);
/* Whether the sentence there has a word to say. */
bool ahead_is_spoken(Ahead *ahead, Position at);

#endif
