/* Where a listener was in a page, and the bookmarks set there: a small file a page, named by a hash of what the page says, so that a page is
 * known again under any name. $XDG_STATE_HOME/dubao, or ~/.local/state/dubao. */
#ifndef DUBAO_PLAYER_PLACES_H
#define DUBAO_PLAYER_PLACES_H

#include "base/arena.h"
#include "base/error.h"
#include "edition.h"

typedef struct Place {
    size_t article, sentence; /* from 0 */
} Place;

enum { BOOKMARKS_MAX = 99 };

typedef struct Places {
    const char *folder;   /* NULL: there is nowhere to keep them */
    char name[32];        /* of the page's file; empty: no page yet */
    bool known;           /* the file was there, with a place in it */
    Place place;
    Place bookmarks[BOOKMARKS_MAX];
    size_t bookmark_count;
} Places;

/* Finds the folder's name. Negative when neither XDG_STATE_HOME nor HOME says where. */
int places_start(Places *places, Arena *arena, Error *error);
/* A hash of everything the page says. */
uint64_t places_key(const Edition *edition);
/* Reads what is kept of this page; a file that is damaged is as good as none. */
void places_load(Places *places, uint64_t key);
/* Atomically; a killed program leaves the place before. Without a folder or a page does nothing. */
int places_save(const Places *places, Error *error);
/* The page was heard to its end: only its bookmarks are kept. */
int places_forget(Places *places, Error *error);
/* Whether anything is kept of any page: then it is worth looking which of several pages was the last. */
bool places_any(const Places *places);

#endif
