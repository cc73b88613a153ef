/* Memory that is not an arena's, from malloc(3) and given back by free(3). Where there is none left no caller could do better
 * than say so: the process says it in one sentence on standard error and ends with STATUS_SYSTEM. */
#ifndef DUBAO_BASE_MEMORY_H
#define DUBAO_BASE_MEMORY_H

#include <stddef.h>

void *memory_new(size_t count, size_t bytes_each);             /* zeroed; never NULL, for no elements either */
void *memory_grow(void *old, size_t count, size_t bytes_each); /* what is new is not zeroed */
/* Once, before anything else: large blocks are the system's again as soon as they are freed. */
void memory_start(void);
/* After work whose blocks are mixed with those that stay: what is free between them is the system's again, too. Costs some microseconds a megabyte. */
void memory_give_back(void);
/* For what a library could not allocate. Needs no memory itself. */
_Noreturn void memory_exhausted(void);

#endif
