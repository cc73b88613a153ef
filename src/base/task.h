/* Work in a forked child, beside the program; its answer comes back through a pipe. */
#ifndef DUBAO_BASE_TASK_H
#define DUBAO_BASE_TASK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

typedef struct Task Task;

enum { TASK_ANSWER_MAX = 1024 };

/* Runs in the child, which sees the program's memory as it was and changes only its own. Fills `answer`, or *error and comes back negative. */
typedef int TaskRun(const void *context, void *answer, Error *error);

/* `answer_bytes` at most TASK_ANSWER_MAX. STATUS_UNAVAILABLE when no process can be started. */
int  task_start(Task **task, TaskRun *run, const void *context, size_t answer_bytes, Error *error);
/* Whether task_finish would not wait. */
bool task_is_done(const Task *task);
/* Waits for the answer; frees the task. STATUS_UNAVAILABLE when the child died. */
int  task_finish(Task *task, void *answer, Error *error);
/* Ends it as it is; NULL is fine. */
void task_cancel(Task *task);

/* In a child: it ends when its program does, however that ends. `parent` is the program. */
void task_end_with_parent(pid_t parent);

#endif
