/* The loudspeaker. player.c is the one file that includes libao's header.
 *
 * A device may keep a call for as long as it likes: a sound server that hangs, a headset that is pulled out. So all calls to the library are made in
 * a thread of the player's own, and who plays is never kept waiting by them: keys and Ctrl-C are heard meanwhile. */
#ifndef DUBAO_AUDIO_PLAYER_H
#define DUBAO_AUDIO_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct Player Player;

typedef struct PlayerSettings {
    const char *driver;  /* NULL: the system's default */
    const char *options; /* NULL or "KEY=VALUE,KEY=VALUE": what the driver takes besides, as "dev=hw:1"; see player_takes_options */
    const char *file;    /* of a driver that writes one (raw, wav, au) */
    unsigned rate_hz;
} PlayerSettings;

enum { PLAYER_FRAMES_MAX = 1024 }; /* of one piece of sound */

/* Whether `options` are pairs; NULL is fine. What is none is left out. */
bool player_takes_options(const char *options);
/* Begins to open the driver for mono 16-bit sound. The settings outlive the player. */
Player *player_create(const PlayerSettings *settings);
/* Waits up to `timeout_ms` for it. 0 when it is open, 1 when not yet: the device has not answered, or the file is a pipe whose other end nobody has
 * opened. Negative: STATUS_UNAVAILABLE when there is no device, with what to try; STATUS_USAGE for a driver
 * that is unknown, or that writes a file and got none. */
int player_ready(Player *player, int timeout_ms, Error *error);
/* Whether sound is wanted now; waits up to `timeout_ms` for that. A pipe is a loudspeaker at its other end: it gets no more than it plays, so
 * that a key is heard at once. */
bool player_wants(Player *player, int timeout_ms);
/* Hands a piece of sound over when it is wanted. Feed 20-30 ms at a time: there is no way to take sound back. A device that went away is opened
 * again before it is an error: STATUS_UNAVAILABLE, or STATUS_IO for a file; said with the next piece. One more piece may be handed over at any
 * time, as the end of what is cut off: it waits for the one before it, and is dropped while the device hangs. */
int player_play(Player *player, const int16_t *samples, size_t frames, Error *error);
/* Waits until everything was heard, unless the device hangs, and frees `player` in any case; NULL is fine. */
int player_close(Player *player, Error *error);

#endif
