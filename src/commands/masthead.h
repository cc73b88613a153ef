/* What is known of the paper that a page is of: its name and its date. Given with options, or read from what stands on every page of it, or from
 * the name of its file. */
#ifndef DUBAO_COMMANDS_MASTHEAD_H
#define DUBAO_COMMANDS_MASTHEAD_H

#include "commands/options.h"
#include "edition.h"

/* Each empty when it is not known, but for the album. */
typedef struct Masthead {
    Str paper;
    Str date;  /* ISO 8601: "2024-10-08" */
    Str album; /* the paper and the date, or what the page's file is called */
} Masthead;

/* `endings`: by which a paper's name is known, from masthead_endings. Everything in `arena`. */
Masthead masthead_find(const Settings *settings, const Edition *edition, const Str *endings, size_t ending_count, Arena *arena);
/* The rows of voices/mandarin/papers.tsv. */
int masthead_endings(Arena *arena, const char *data, Str **endings, size_t *count, Error *error);
/* STATUS_USAGE for a --date that is none. */
int masthead_check(const Settings *settings, Error *error);

#endif
