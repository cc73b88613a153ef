/* What a listener can ask for. A key, a line of the remote and a number-pad key end here as the same act. */
#ifndef DUBAO_PLAYER_ACTS_H
#define DUBAO_PLAYER_ACTS_H

#include "base/str.h"

typedef enum Act {
    ACT_NONE, /* in the table of keys: takes a key away */
    ACT_PLAY_PAUSE,
    ACT_PLAY,
    ACT_PAUSE,
    ACT_STOP,
    ACT_NEXT_SENTENCE,
    ACT_PREVIOUS_SENTENCE,
    ACT_NEXT_PARAGRAPH,
    ACT_PREVIOUS_PARAGRAPH,
    ACT_NEXT_ARTICLE,
    ACT_PREVIOUS_ARTICLE,
    ACT_SLOWER,
    ACT_FASTER,
    ACT_NORMAL,
    ACT_RATE,
    ACT_NEXT_VOICE,
    ACT_VOICE,
    ACT_REPEAT,
    ACT_SPELL,
    ACT_TELL,
    ACT_LIST,
    ACT_SEARCH,
    ACT_ARTICLE,
    ACT_SENTENCE,
    ACT_SEEK,
    ACT_POSITION,
    ACT_VOLUME,
    ACT_BOOKMARK,
    ACT_BOOKMARKS,
    ACT_GO_BOOKMARK,
    ACT_STATUS,
    ACT_HELP,
    ACT_QUIT,
    ACT_COUNT
} Act;

/* What stands behind the name on a line of the remote. */
typedef enum ActWants { WANTS_NOTHING, WANTS_WHOLE, WANTS_DECIMAL, WANTS_TEXT } ActWants;

typedef struct ActInfo {
    const char *name;   /* in the table of keys: "next-sentence" */
    const char *remote; /* on a line of the remote, as MPRIS calls it where it has a word for it: "Next" */
    ActWants wants;
    const char *value;  /* what that is, for a person, untranslated; NULL: nothing */
    const char *about;  /* for a person, untranslated; NULL: not for keys */
} ActInfo;

const ActInfo *act_info(Act act);
/* ACT_COUNT when there is none of that name. */
Act act_by_name(Str name);
Act act_by_remote(Str name); /* upper and lower case are the same */

/* An act with what it was given. */
typedef struct Request {
    Act act;
    double number; /* WANTS_WHOLE, WANTS_DECIMAL */
    Str text;      /* WANTS_TEXT */
} Request;

typedef enum RequestFault { REQUEST_GOOD, REQUEST_UNKNOWN, REQUEST_VALUE } RequestFault;
/* A line of the remote: a name, and what it wants behind a space. */
RequestFault request_parse(Request *request, Str line);

#endif
