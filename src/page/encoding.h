/* bytes -> valid UTF-8. The only place where dubao meets another encoding. */
#ifndef DUBAO_PAGE_ENCODING_H
#define DUBAO_PAGE_ENCODING_H

#include "base/arena.h"
#include "base/error.h"
#include "base/report.h"

/* `*text` is `bytes` as UTF-8 without BOM, without NUL, with "\n" line ends: a view into `bytes` where nothing had to change
 * (the usual case costs no memory), else in the arena. Recognised: UTF-8 with or without BOM, UTF-16 with BOM,
 * GB18030 (and so GBK, GB2312). STATUS_DATA with `name` in its words when the bytes are no text in any of them;
 * single damaged bytes in what is plainly UTF-8 become U+FFFD with a warning that names the line. */
int encoding_decode(Arena *arena, Str bytes, const char *name, Str *text, const Report *report, Error *error);

#endif
