/* What runs beside the listening: the time to fall asleep, and the export of the same pages. */
#ifndef DUBAO_COMMANDS_PLAY_ASIDE_H
#define DUBAO_COMMANDS_PLAY_ASIDE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "commands/options.h"

/* --sleep: "20m", "90s", "1h30m", "20" (minutes), as frames of sound; 0 without the option. */
int aside_sleep(const Settings *settings, uint64_t *frames, Error *error);

#endif
