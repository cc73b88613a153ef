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

/* Of several pages in one file: each paper and each album once, as far as a title holds them. */
enum { MASTHEADS_MAX = 5 };
typedef struct Mastheads {
    Str papers[MASTHEADS_MAX], albums[MASTHEADS_MAX];
    size_t paper_count, album_count, page_count;
    Str date;         /* the latest */
    bool one_date;    /* it is that of every page that has one */
    bool named;       /* the paper of some page is known: `albums` are those of such pages */
} Mastheads;

/* From a zeroed one. Text is copied into the arena. */
void mastheads_add(Mastheads *all, const Masthead *page, Arena *arena);
/* "江湾晨报、白河日报 2024-10-08"; papers of several days are named with theirs. What is beyond the fourth is "…". */
Masthead mastheads_join(const Mastheads *all, Arena *arena);

/* How the name of a paper may end. */
typedef struct PaperEnding {
    Str text;
    bool dated; /* only in a line with a date */
} PaperEnding;

/* `endings`: by which a paper's name is known, from masthead_endings. Everything in `arena`. */
Masthead masthead_find(const Settings *settings, const Edition *edition, const PaperEnding *endings, size_t ending_count, Arena *arena);
/* The rows of voices/mandarin/papers.tsv. */
int masthead_endings(Arena *arena, const char *data, PaperEnding **endings, size_t *count, Error *error);
/* STATUS_USAGE for a --date that is none. */
int masthead_check(const Settings *settings, Error *error);

#endif
