/* Reading files whole, and finding dubao's own data. */
#ifndef DUBAO_BASE_FILE_H
#define DUBAO_BASE_FILE_H

#include "base/arena.h"
#include "base/error.h"

/* A file's bytes mapped read-only; pages come in as they are touched. */
typedef struct FileMap {
    Str bytes;
} FileMap;

int  file_map(FileMap *map, const char *path, Error *error); /* STATUS_NO_INPUT when it cannot be opened */
void file_unmap(FileMap *map);                               /* a zeroed or unmapped map is fine */

/* All bytes of a file, or of standard input for "-", into the arena, and a NUL behind them that does not count. STATUS_NO_INPUT when there is no such
 * file, STATUS_DATA for one that is larger than this, or never ends (/dev/zero). */
enum { FILE_BYTES_MAX = 256 << 20 };
int file_read(Arena *arena, const char *path, Str *bytes, Error *error);

/* What a person calls it: "standard input" for "-", else the path itself. Ends in NUL if the path does. */
Str file_title(Str path);

/* The folder that holds voices/ and lexicon.bin: $DUBAO_DATA, or share/dubao beside the folder of the running
 * program (bin/dubao -> share/dubao, the same in the build tree and when installed). Never fails: a wrong folder
 * shows when a file in it is opened. */
Str data_folder(Arena *arena);

/* A file of the user's own settings, $XDG_CONFIG_HOME/dubao/NAME or ~/.config/dubao/NAME, whether it is there or not; empty when there is no home. */
Str config_file(Arena *arena, const char *name);

#endif
