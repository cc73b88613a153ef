/* Words for a person go through _(): English in the source, Chinese in po/zh_CN.po (GNU gettext). Words that count go through
 * ngettext(one, many, n). */
#ifndef DUBAO_BASE_MESSAGE_H
#define DUBAO_BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
/* Marks a text in a static table, where no call can stand; it is translated when it is printed. */
#define N_(text) text

/* From here on _() answers in the language of LC_ALL, LC_MESSAGES, LANG or LANGUAGE, always in UTF-8; `folder` holds the catalogues
 * (LANGUAGE/LC_MESSAGES/dubao.mo). Once, at the start of the program. */
void message_start(const char *folder);

#endif
