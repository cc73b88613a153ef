/* The loudspeaker. player.c is the one file that includes libao's header. */
#ifndef DUBAO_AUDIO_PLAYER_H
#define DUBAO_AUDIO_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct Player Player;

typedef struct PlayerSettings {
    const char *driver;  /* NULL: the system's default */
    const char *options; /* NULL or "KEY=VALUE,KEY=VALUE": what the driver takes besides, as "dev=hw:1" */
    const char *file;    /* of a driver that writes one (raw, wav, au) */
    unsigned rate_hz;
} PlayerSettings;

/* Opens the driver for mono 16-bit sound. STATUS_UNAVAILABLE when there is no device, with what to try; STATUS_USAGE for an unknown driver or
 * options that are none. 1, and no player, while the file is a pipe whose other end nobody has opened: ask again. The settings outlive the player. */
int player_open(Player **player, const PlayerSettings *settings, Error *error);
/* Whether sound is wanted now; waits up to `timeout_ms` for that. A pipe is a loudspeaker at its other end: it gets no more than it plays, so
 * that a key is heard at once. Any other driver waits in player_play, and this is true. */
bool player_wants(Player *player, int timeout_ms);
/* Waits while the device is full. Feed 20-30 ms at a time: there is no way to take sound back. A device that went away is opened again, once a
 * call, before it is an error: STATUS_UNAVAILABLE, or STATUS_IO for a file. */
int player_play(Player *player, const int16_t *samples, size_t frames, Error *error);
/* Waits until everything was heard; frees `player` in any case. */
int player_close(Player *player, Error *error);

#endif
