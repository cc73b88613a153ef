/* What is heard before an article, in a sound file or from the loudspeaker, and stands on no page: an opening before the first (--opening), a signal before the others (--signal). Its words
 * are rows of voices/mandarin/player.tsv. */
#ifndef DUBAO_COMMANDS_ANNOUNCE_H
#define DUBAO_COMMANDS_ANNOUNCE_H

#include "commands/masthead.h"

typedef struct Announcer Announcer;

/* STATUS_USAGE for a --signal that there is none of. Settings outlive it. */
int  announcer_create(Announcer **announcer, const char *data, const Settings *settings, Error *error);
void announcer_destroy(Announcer *announcer); /* NULL is fine */
/* As if no article had been asked for yet. */
void announcer_restart(Announcer *announcer);

/* All pages go into one file, which opens once: with their papers and date, and how many articles and pages there are; 0 articles: that is not known. */
void announcer_join(Announcer *announcer, const Masthead *papers, size_t articles, size_t pages);

Masthead announcer_masthead(const Announcer *announcer, const Edition *edition, Arena *arena);

typedef struct Announcement {
    bool chime;
    Str words; /* sentences, in the arena; empty: none */
} Announcement;

/* The signal between two articles, wherever they are. */
Announcement announcer_between(const Announcer *announcer, Arena *arena);
/* Articles in their order, page after page: the first one of a run has no signal before it, but an opening; a later page's opening leaves out what
 * the one before has said. */
Announcement announcer_before(Announcer *announcer, const Masthead *masthead, const Edition *edition, const Article *article, Arena *arena);

/* For the help: the i-th signal; false behind the last. */
bool signal_name(size_t i, char *text, size_t room);

#endif
