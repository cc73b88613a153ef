/* Words for a person go through _(): English in the source, Chinese in po/zh_CN.po (GNU gettext). */
#ifndef DUBAO_BASE_MESSAGE_H
#define DUBAO_BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
/* Marks a text in a static table, where no call can stand; it is translated when it is printed. */
#define N_(text) text

#endif
