/* Keys: bytes from a terminal become names ("space", "left", "kp5", "p", "张"), and a table says which act a name stands for. */
#ifndef DUBAO_PLAYER_KEYS_H
#define DUBAO_PLAYER_KEYS_H

#include "base/arena.h"
#include "base/error.h"
#include "player/acts.h"

enum { KEY_NAME_MAX = 24 };
/* An escape that stays alone so long was the key Esc. Over a slow line the bytes of one key may come apart; so who has no use for Esc waits longer. */
enum { KEY_TIMEOUT_MS = 40, KEY_TIMEOUT_PATIENT_MS = 500 };

/* The first key in `bytes`: its name, ending in NUL, and how many bytes it took. 0 while the key may not be whole; with `whole` what is there
 * is all of it. A sequence of no key that we know takes its bytes and has an empty name. */
size_t key_decode(Str bytes, bool whole, char name[KEY_NAME_MAX]);

typedef struct KeyRow {
    Act act;
    Str keys; /* names with a space between them */
} KeyRow;

typedef struct KeyMap {
    KeyRow *rows; /* in the order of the file, which is the order of the help */
    size_t count;
} KeyMap;

/* Reads a table of keys into the arena. A row with an act that there is not is named with its line. */
int keymap_read(KeyMap *map, Arena *arena, const char *path, Error *error);
/* The first key of an act; empty when it has none. */
Str keymap_key(const KeyMap *map, Act act);
/* The act of a key; ACT_NONE when it has none. A capital letter that has none of its own is the small one. */
Act keymap_find(const KeyMap *map, Str key);

#endif
