/* ID3v2.4 tags (id3.org, "ID3 tag version 2.4.0" and "ID3v2 Chapter Frame Addendum"), in UTF-8. libsndfile's own say Latin-1 and hold UTF-8. */
#ifndef DUBAO_AUDIO_ID3_H
#define DUBAO_AUDIO_ID3_H

#include "audio/about.h"

/* The whole tag, as it stands before the stream; *bytes is to be freed. */
size_t id3_write(const SoundAbout *about, const char *software, unsigned rate_hz, char **bytes);

#endif
