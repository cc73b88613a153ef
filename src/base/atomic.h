/* Files that appear whole or not at all: written without a name in the same folder, or where its file system has no such files under a temporary one,
 * flushed to the disk, renamed. */
#ifndef DUBAO_BASE_ATOMIC_H
#define DUBAO_BASE_ATOMIC_H

#include "base/arena.h"
#include "base/error.h"

/* A folder that one program at a time writes into. */
typedef struct OutputFolder {
    int fd;
    const char *path;
} OutputFolder;

/* Makes the folder (and those above it) if need be and locks it against another dubao; files that a killed run left under
 * temporary names are removed. STATUS_CANNOT_CREATE when that is not possible. */
int folder_open(OutputFolder *folder, Arena *arena, const char *path, Error *error);
/* Removes what was begun under a temporary name and not finished, by a child that was ended for example. */
void folder_sweep(const OutputFolder *folder);
void folder_close(OutputFolder *folder); /* {.fd = -1} is fine */
/* Makes the renames in the folder durable. */
int folder_sync(const OutputFolder *folder, Error *error);
int folder_remove(const OutputFolder *folder, const char *name, Error *error);

typedef struct AtomicFile {
    const OutputFolder *folder;
    int fd; /* read and write; -1 when closed */
    bool nameless;
    char name[256], temporary[272];
} AtomicFile;

int atomic_open(AtomicFile *file, const OutputFolder *folder, const char *name, Error *error);
/* Closes the file and gives it its name. On failure it is gone. */
int atomic_commit(AtomicFile *file, Error *error);
/* The same without waiting for the disk: for what changes every few seconds, and of which a power cut may take the last. */
int atomic_commit_quickly(AtomicFile *file, Error *error);
void atomic_discard(AtomicFile *file); /* after a commit, does nothing */

/* A nameless file in the folder, for sound that is not finished; it vanishes with its descriptor. Negative on failure. */
int folder_scratch(const OutputFolder *folder, Error *error);

/* write(2) until all is written. */
int write_fully(int fd, const void *bytes, size_t n, const char *name, Error *error);

#endif
