/* Workers: sentences are rendered in forked children, several at a time, and their sound comes back in the order in which
 * it was asked for.
 *
 * A child begins in the state of the parent, so what it says depends on nothing that other children said. It costs as much as a second of speech; so the
 * sentences of a run, handed out one after the other, can share one. The sound of a sentence then depends on those before it in its run, and on nothing else.
 * A child that dies is tried once more, with all of its run; then the sentence that it died on is given back as failed and the pool goes on. */
#ifndef DUBAO_SPEECH_POOL_H
#define DUBAO_SPEECH_POOL_H

#include "base/error.h"
#include "edition.h"

typedef struct Pool Pool;

/* Runs in the child. Negative: the sentence cannot be said, *error says why (not tried again). `clip` is memory that the child shares with
 * its parent, so sound is not copied between them; a run takes POOL_CLIP_FRAMES_MAX. */
typedef int PoolRender(void *context, const Script *script, Clip *clip, Error *error);

/* `jobs` children at a time, 1 to POOL_JOBS_MAX. `context` is only read, in the children. */
enum { POOL_JOBS_MAX = 64, POOL_CLIP_FRAMES_MAX = 8 << 20 /* six minutes at 22,050 Hz */ };
Pool *pool_create(int jobs, PoolRender *render, void *context);
void  pool_destroy(Pool *pool); /* ends running children; their sentences are lost */

/* Whether a sentence would be taken now. At most a few runs a job are held, and sound that was not taken yet is that of one full run a job and one more,
 * or of as many short ones as are as long: so memory is bounded. */
bool pool_has_room(const Pool *pool);
bool pool_is_empty(const Pool *pool);
/* Hands a sentence out, as a run of its own; the script is copied. Only when there is room. */
void pool_submit(Pool *pool, const Script *script);
/* Hands a sentence out as the next of the run that is being gathered. A run begins to be rendered when it has about half a minute of sound, which the scripts
 * alone decide, or at pool_end_run: call it before what should not depend on what was handed out so far. */
void pool_gather(Pool *pool, const Script *script);
void pool_end_run(Pool *pool); /* nothing when none is being gathered */

typedef enum PoolResult {
    POOL_NOTHING, /* the next sentence in order is not ready (timeout), or the pool is empty */
    POOL_CLIP,    /* *clip is its sound, borrowed until the next pool_take or pool_destroy */
    POOL_FAILED   /* it could not be rendered; *error says why */
} PoolResult;

/* Moves sound from the children and takes the next sentence in order; a run that it stands in and that is still being gathered ends. Waits up to timeout_ms for it (0: does not wait, -1:
 * until it is there or a signal comes). */
PoolResult pool_take(Pool *pool, int timeout_ms, Clip *clip, Error *error);
/* Drops every sentence that was handed out and not taken; the one taken last is gone too. For a listener who jumps. */
void pool_flush(Pool *pool);
/* Lets the children go on, without waiting: for a caller that is busy with something else for more than some milliseconds. */
void pool_keep_busy(Pool *pool);

#endif
