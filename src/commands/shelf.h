/* The files of an edition in the output folder: what they are called, which of them are still right from an earlier run, and
 * edition.json, which lists them. */
#ifndef DUBAO_COMMANDS_SHELF_H
#define DUBAO_COMMANDS_SHELF_H

#include "commands/presets.h"
#include "commands/reader.h"
#include "publish/manifest.h"
#include "speech/voice.h"

typedef struct Shelf Shelf;

/* All but `shelf` outlive it. */
int  shelf_create(Shelf **shelf, const OutputFolder *folder, Reader *reader, const Voice *voice, const Output *output, bool single, Error *error);
void shelf_destroy(Shelf *shelf); /* NULL is fine; without shelf_finish edition.json stays as it was, and a journal tells the next run what was written */

/* The page whose articles follow. Its name in ASCII begins the names of their files; a second page of that name gets a number. */
void shelf_begin_page(Shelf *shelf, const char *path);
/* As if no page had begun. */
void shelf_forget_pages(Shelf *shelf);
/* What is kept of a page's names; after this its articles are not asked for any more. */
void shelf_end_page(Shelf *shelf);

/* "page-01.wav"; lives until the page ends. */
Str shelf_file(Shelf *shelf, const Article *article);
/* "page.wav", for all of it in one file. */
Str shelf_single_file(Shelf *shelf);
/* A hash of everything that decides about the article's sound and its lines in edition.json; `besides` is what its file holds besides. Lives until
 * the page ends. */
Str shelf_key(Shelf *shelf, const Article *article, uint64_t besides);
/* The page as edition.json names it; lives as long as the shelf. */
Str shelf_page(const Shelf *shelf);

/* Whether the file of an earlier run is there, whole, and would come out the same. */
bool shelf_is_unchanged(Shelf *shelf, const Article *article, Str key);
/* The same for a single file: whether it holds the articles with these keys and no other. */
bool shelf_is_single_unchanged(Shelf *shelf, Str file, const Str *keys, size_t count);

/* Lists the article in edition.json: as it was, or as its file was just written. */
int shelf_keep(Shelf *shelf, const Article *article, double *seconds, Error *error);
int shelf_keep_single(Shelf *shelf, Str file, double *seconds, Error *error);
/* Before the file is written. */
int shelf_replacing(Shelf *shelf, Str file, Error *error);
int shelf_put(Shelf *shelf, const ManifestArticle *article, Error *error);

/* Removes files of these pages that are no articles any more and puts edition.json in its place; *changed is false when it says what it
 * said before. */
int shelf_finish(Shelf *shelf, bool *changed, Error *error);
/* The same for a run that ends before its end: articles it has not come to keep the files and the lines they have. */
int shelf_suspend(Shelf *shelf, Error *error);

#endif
