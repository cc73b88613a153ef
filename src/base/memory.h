/* Memory that is not an arena's, from malloc(3) and given back by free(3). Where there is none left no caller could do better
 * than say so: the process says it in one sentence on standard error and ends with STATUS_SYSTEM. */
#ifndef DUBAO_BASE_MEMORY_H
#define DUBAO_BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t count, size_t bytes_each);             /* zeroed; never NULL, for no elements either */
void *memory_grow(void *old, size_t count, size_t bytes_each); /* what is new is not zeroed */
/* For what a library could not allocate. Needs no memory itself. */
_Noreturn void memory_exhausted(void);

#endif
