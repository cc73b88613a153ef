/* A listener and a page: where he is, what is heard, what he asked for. Knows no device but the player, no terminal and no remote: those call
 * session_do with a request and are told through Show what happened. */
#ifndef DUBAO_COMMANDS_PLAY_SESSION_H
#define DUBAO_COMMANDS_PLAY_SESSION_H

#include "audio/player.h"
#include "commands/play/ahead.h"
#include "player/keys.h"
#include "player/phrases.h"
#include "player/places.h"
#include "speech/synth.h"

typedef struct Session Session;

/* What the player says without sound. One implementation each for plain lines, the remote and the screen. */
typedef struct Show {
    void (*sentence)(void *context, Session *session, const Ticket *ticket); /* it begins to be heard; or it was gone to, while paused */
    void (*say)(void *context, const char *text);     /* a line for a person */
    void (*changed)(void *context, Session *session); /* paused, another rate, the end: what a display may want to draw */
    void (*tick)(void *context, Session *session); /* some times a second */
    void (*asked)(void *context); /* the listener asked for something: what was said before is old; may be NULL */
    void (*suspend)(void *context, bool suspended); /* the terminal is not ours for a while; may be NULL */
    void *context;
} Show;

typedef enum Question { ASK_NOTHING, ASK_ARTICLE, ASK_SEARCH, ASK_BOOKMARK } Question;

struct Session {
    const Reader *reader;
    Render *render;
    Player *player;
    Console *console;
    const KeyMap *keys;
    Phrases *phrases;
    Places places;
    Show show;
    Announcement between;   /* two articles */
    const Clip *chime;
    Arena arena;            /* voices that were chosen */
    Outline outline;
    Ahead ahead;
    Str page;
    size_t page_number, page_count;
    int page_step;          /* which page follows this one: 1 the next, -1 the one before */

    Position now;           /* of the sentence that is heard, or that comes next */
    bool paused, over, page_over;
    bool stopped;           /* paused by Stop; so it stays until it goes on */
    bool asleep;            /* over, because it was time to sleep */
    bool begun;             /* a sentence of this page was heard */
    bool unsaved;           /* the place where it is could not be kept */
    bool unsaved_said;      /* once is enough */
    bool failed;            /* a sentence could not be spoken; it was named */
    bool pause_after_aside; /* what the player says itself is heard in a pause too */
    Question question;      /* a line is being typed that answers it; nothing is heard meanwhile */

    Ticket ticket;          /* of the clip */
    Clip clip;              /* borrowed from the workers */
    bool clip_begun;        /* a sample of it was heard */
    size_t clip_at, silence_frames, fade_in_frames;
    int last_pause_ms;      /* after the sentence that was heard last; 0 before the first and after a jump */
    double resume_share;    /* how much of the sentence was heard when its rate changed: it goes on there */

    double rate, volume;
    Str voice, searched;
    double frames_a_byte;   /* how long text takes, as far as it is known */
    uint64_t frames_played, sleep_frames; /* 0: plays to the end */
    bool fresh;             /* after a jump the first sentence has to be waited for, and that is no gap */
    size_t gaps;            /* how often the loudspeaker had to wait for the workers */
};

enum {
    CHUNK_FRAMES = SYNTH_RATE_HZ * 20 / 1000,
    FADE_FRAMES = SYNTH_RATE_HZ * 5 / 1000 /* so that a cut does not click */
};

/* A page from `at` on. The session's lasting fields are filled before the first one. */
void session_begin(Session *session, const Edition *edition, Position at);
void session_end(Session *session);
/* The next 20 ms of sound, or a little waiting. Sets page_over and over. */
int  session_step(Session *session, Error *error);
/* Does what was asked for. 0; 1 when it could not be done and a line said why; negative when the run cannot go on. */
int  session_do(Session *session, const Request *request, Error *error);
/* Nothing will be heard for a while, within a sentence perhaps: neither its end nor its going on shall click. */
int  session_hush(Session *session, Error *error);
/* Goes to a sentence and is heard there at once; while paused it is shown. */
int  session_go(Session *session, Position at, Error *error);
/* Lets the player say something, then repeats the sentence that was cut off. */
int  session_announce(Session *session, Str text, Error *error);
/* Another voice or rate, from the next syllable on. `voice` ends in NUL and lives as long as the session. */
int  session_retune(Session *session, Str voice, double rate, Error *error);
/* A line for a person. */
void session_say(const Session *session, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The place is kept; a failure is said once. */
void session_save(Session *session);
/* Ctrl-C: says too whether the next run goes on here. Negative, as error_set. */
int  session_interrupted(const Session *session, Error *error);

/* Seconds, estimated from the text where nothing was rendered yet. */
double session_position_s(const Session *session);
double session_article_s(const Session *session);
double session_article_left_s(const Session *session);
double session_page_left_s(const Session *session);
/* The sentence of the article that is this many seconds from its beginning. */
Position session_at_s(Session *session, double seconds);
const Article *session_article(const Session *session);
/* What a person calls an article, in no more than a line; in the arena where it was cut. */
Str session_title(const Article *article, Arena *arena);

/* tell.c: lists and announcements. */
void session_list(Session *session);
void session_list_bookmarks(Session *session);
void session_help(Session *session);
int  session_tell(Session *session, Error *error);
int  session_spell(Session *session, Error *error);

#endif
