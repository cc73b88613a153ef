/* A folder of the test program's own, gone at its end: scratch_make and scratch_remove are a group's setup and teardown. */
#ifndef DUBAO_TESTS_SCRATCH_H
#define DUBAO_TESTS_SCRATCH_H

#include "base/arena.h"

int scratch_make(void **state);
int scratch_remove(void **state);
const char *scratch_folder(void);
/* Writes a file into it; its path, in the arena. */
Str scratch_file(Arena *arena, const char *name, const char *text);

#endif
