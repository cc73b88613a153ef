/* edition.json: what an export made (the keys of INTERFACE: generator, voice, articles with file, frames, loudness, sentences).
 *
 * The file is written with a line an article and a line a sentence, so that a night's edition of any length is written, and read
 * back by the next run, a line at a time. `key` in an article is a hash of all that decides about its sound: where it is
 * the same, the next run keeps the file. A file that was laid out anew by another program still is valid JSON for everybody, but
 * the next run renders everything again.
 *
 * While an edition is being made, each article that is whole is noted in a journal in the same folder, so that a run that is killed (kill -9, a power
 * cut) loses nothing that was finished: the next one finds it there. edition.json in its place ends the journal. */
#ifndef DUBAO_PUBLISH_MANIFEST_H
#define DUBAO_PUBLISH_MANIFEST_H

#include "base/atomic.h"
#include "base/file.h"
#include "edition.h"

#define MANIFEST_NAME "edition.json"
#define JOURNAL_NAME ".dubao-journal"

/* ---- the edition that an earlier run left in the folder ---- */

typedef struct PreviousArticle {
    Str file, page;
    Str key;            /* empty: nobody knows what the file holds */
    uint64_t frames, file_bytes;
    unsigned rate_hz;
    Str lines;          /* of edition.json */
    bool wanted;        /* the caller's: the file belongs to the new edition too */
} PreviousArticle;

typedef struct Previous {
    Arena arena;
    FileMap map, journal;
    size_t journal_bytes; /* of which so many are whole */
    PreviousArticle *articles;
    size_t count;
    size_t next;        /* where the search begins: articles are asked for in order */
} Previous;

/* What edition.json lists, and what the journal of a killed run knows better. Empty when there is neither or they cannot be read: then everything is new. */
void previous_open(Previous *previous, const OutputFolder *folder);
void previous_close(Previous *previous);
/* The article that lies in `file`; NULL when there is none. */
PreviousArticle *previous_find(Previous *previous, Str file);

/* ---- the edition that is being made ---- */

typedef struct ManifestArticle {
    Str id, page, title, section, kicker, subtitle, file, key;
    Str name;                 /* what a person would call it */
    uint64_t first, end;      /* where it lies in the file, in frames at cue_hz */
    uint64_t frames, file_bytes;
    unsigned rate_hz, cue_hz; /* of the file; of the cues' frames */
    bool has_loudness;
    double loudness_lufs, true_peak_dbtp;
    const Cue *announced;     /* said before it, and on no page */
    size_t announced_count;
    const Cue *cues;          /* its sentences */
    size_t cue_count;
} ManifestArticle;

typedef struct Manifest Manifest;

/* `previous` outlives it. */
int  manifest_create(Manifest **manifest, const OutputFolder *folder, const Previous *previous, Str generator, Str voice, Error *error);
void manifest_destroy(Manifest *manifest); /* NULL is fine; what was not finished leaves the journal, if there is something to go on with */
/* Before a file that an earlier run left is written anew: from now on nobody takes it for what it was. */
int  manifest_replacing(Manifest *manifest, Str file, Error *error);
int  manifest_add(Manifest *manifest, const ManifestArticle *article, Error *error);
/* The same lines as last time. */
int  manifest_keep(Manifest *manifest, const PreviousArticle *article, Error *error);
/* Puts edition.json in its place, unless it would say what it says already: then *changed is false. */
int  manifest_finish(Manifest *manifest, bool *changed, Error *error);

#endif
