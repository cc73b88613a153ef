/* edition.json: what an export made (the keys of INTERFACE: generator, voice, articles with file, frames, loudness, sentences).
 *
 * The file is written with a line an article and a line a sentence, so that a night's edition of any length is written, and read
 * back by the next run, a line at a time. `key` in an article is a hash of all that decides about its sound: where it is
 * the same, the next run keeps the file. A file that was laid out anew by another program still is valid JSON for everybody, but
 * the next run renders everything again. */
#ifndef DUBAO_PUBLISH_MANIFEST_H
#define DUBAO_PUBLISH_MANIFEST_H

#include "base/atomic.h"
#include "base/file.h"
#include "edition.h"

#define MANIFEST_NAME "edition.json"

/* ---- the edition that an earlier run left in the folder ---- */

typedef struct PreviousArticle {
    Str file, key, page;
    uint64_t frames, file_bytes;
    unsigned rate_hz;
    long offset, bytes; /* its lines in the file */
    bool wanted;        /* the caller's: the file belongs to the new edition too */
} PreviousArticle;

typedef struct Previous {
    Arena arena;
    FileMap map;
    Str path;
    PreviousArticle *articles;
    size_t count;
    size_t next;        /* where the search begins: articles are asked for in order */
} Previous;

/* Empty when there is none or it cannot be read: then everything is new. */
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
    const Cue *cues;
    size_t cue_count;
} ManifestArticle;

typedef struct Manifest Manifest;

int  manifest_create(Manifest **manifest, const OutputFolder *folder, Str generator, Str voice, Error *error);
void manifest_destroy(Manifest *manifest); /* NULL is fine; what was not finished leaves nothing behind */
int  manifest_add(Manifest *manifest, const ManifestArticle *article, Error *error);
/* The same lines as last time. */
int  manifest_keep(Manifest *manifest, const Previous *previous, const PreviousArticle *article, Error *error);
/* Puts edition.json in its place, unless it would say what it says already: then *changed is false. */
int  manifest_finish(Manifest *manifest, const Previous *previous, bool *changed, Error *error);

#endif
