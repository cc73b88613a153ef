/* Chapters in FLAC, Ogg Vorbis and Opus: the comments CHAPTER001 and CHAPTER001NAME (wiki.xiph.org/Chapter_Extension). libsndfile writes a fixed set of
 * comments, one of each. So it is given a comment that is just as long as the chapters' are together, and they are put into its place when the file is
 * done: nothing moves, and only the checksums of the Ogg pages that hold it change. There is room for about 500 chapters; what is beyond is left out. */
#ifndef DUBAO_AUDIO_COMMENTS_H
#define DUBAO_AUDIO_COMMENTS_H

#include "audio/about.h"

/* What to give the library as its COMMENT; to be freed. NULL: there are no chapters. */
char *comments_placeholder(const SoundAbout *about, unsigned rate_hz);

/* The head of a finished file, in memory, in which the comment is replaced; how much of it is needed at most. */
size_t comments_head_bytes(const SoundAbout *about, unsigned rate_hz);
/* False when the comment is not there. */
bool comments_put_chapters(unsigned char *head, size_t n, const SoundAbout *about, unsigned rate_hz);

#endif
