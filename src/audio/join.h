/* The ends of an utterance's sound: silence that was not planned goes, and no join clicks. */
#ifndef DUBAO_AUDIO_JOIN_H
#define DUBAO_AUDIO_JOIN_H

#include "edition.h"

/* Trims what is silent from the sound that was appended to `clip` since frame `from`, at its head and its tail, takes the ticks out of it and
 * fades its ends, so that it can be joined to planned silence. `decay_ms`: over so long it dies away, as a voice does before it pauses; at most over a third
 * of it. The clip may become shorter. */
void join_shape(Clip *clip, size_t from, unsigned rate_hz, int decay_ms);

#endif
