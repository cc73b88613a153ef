/* Pages to sound files: hands sentences out to the workers, joins what comes back, one file an article, edition.json last. */
#ifndef DUBAO_COMMANDS_EXPORTER_H
#define DUBAO_COMMANDS_EXPORTER_H

#include "commands/console.h"
#include "commands/pages.h"
#include "commands/presets.h"
#include "commands/reader.h"
#include "commands/render.h"
#include "commands/shelf.h"

/* dubao export with pages that are found: export.c. Returns what a command does. */
int export_run(const Settings *settings, const Pages *pages, Console *console, Error *error);

typedef struct ExportSummary {
    size_t written, kept, failed; /* articles */
    size_t unread;                /* characters without a reading */
    size_t left_out;              /* lines of page furniture */
    double seconds;               /* of all files */
    bool changed;                 /* false: everything lay there already */
} ExportSummary;

typedef struct Exporter Exporter;

/* `folder` is open; all outlive the exporter. */
int exporter_create(Exporter **exporter, const OutputFolder *folder, Reader *reader, Render *render, const Output *output, const Settings *settings,
                    Console *console, Error *error);
void exporter_destroy(Exporter *exporter);

/* Before the first page: where --single wants one file and an earlier run left it as it would be now, it is kept, and exporter_page does nothing. */
int exporter_keep_single(Exporter *exporter, const Pages *pages, Error *error);
/* Writes the articles of one page. An article that fails is named on the console and counted; negative means that the run cannot
 * go on (disk full, interrupted). `position` of `pages` is for the progress line. */
int exporter_page(Exporter *exporter, const Page *page, size_t position, size_t pages, Error *error);
/* After an interruption, instead of exporter_finish: edition.json names what is there, so that the next run goes on with what is missing. */
int exporter_suspend(Exporter *exporter, Error *error);
/* Removes files of these pages that are no longer articles and writes edition.json. Where no page gave an article (all unreadable, or empty), what an
 * earlier run left stays as it is: a failed night does not take yesterday's edition away. */
int exporter_finish(Exporter *exporter, ExportSummary *summary, Error *error);

#endif
