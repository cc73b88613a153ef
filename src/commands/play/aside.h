/* What runs beside the listening: the time to fall asleep, and the export of the same pages. */
#ifndef DUBAO_COMMANDS_PLAY_ASIDE_H
#define DUBAO_COMMANDS_PLAY_ASIDE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "commands/options.h"
#include "commands/pages.h"

/* --sleep: "20m", "90s", "1h30m", "20" (minutes), as frames of sound; 0 without the option. */
int aside_sleep(const Settings *settings, uint64_t *frames, Error *error);

typedef struct AsideExport {
    pid_t child;   /* 0: there is none */
    Error *error;  /* shared with it: why it failed */
} AsideExport;

/* --export-while-playing: a child exports the same pages with the same settings into that folder, at low priority. To be called before any
 * library starts threads, when the pages are found. Nothing without the option. */
int aside_export(const Settings *settings, const Pages *pages, AsideExport *aside, Error *error);
/* Waits until it is done. With `stop`, or interrupted, it ends at once and keeps what is whole, as an export does. Returns STATUS_OK,
 * STATUS_PARTIAL (it named what failed), or a negative value. */
int aside_export_wait(AsideExport *aside, bool stop, Error *error);

#endif
