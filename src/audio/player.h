/* The loudspeaker. player.c is the one file that includes libao's header. */
#ifndef DUBAO_AUDIO_PLAYER_H
#define DUBAO_AUDIO_PLAYER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct Player Player;

/* Opens `driver` (NULL: the system's default) for mono 16-bit sound. A driver that writes a file (raw, wav, au) wants its name in `file`.
 * STATUS_UNAVAILABLE when there is no device, with what to try; STATUS_USAGE for an unknown driver. */
int player_open(Player **player, const char *driver, const char *file, unsigned rate_hz, Error *error);
/* Waits while the device is full. Feed 20-50 ms at a time: there is no way to take sound back. */
int player_play(Player *player, const int16_t *samples, size_t frames, Error *error);
/* Waits until everything was heard; frees `player` in any case. */
int player_close(Player *player, Error *error);

#endif
