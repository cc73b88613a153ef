#include "base/message.h"

#include <locale.h>
#include <stdlib.h>

/* A small Debian has LANG=zh_CN.UTF-8 and no such locale: then the C library would stay with English. The folder holds beside each
 * catalogue what it takes to be a locale, and LOCPATH is where the C library looks for those. */
static void choose_language(const char *folder)
{
    if (setlocale(LC_MESSAGES, "")) return;
    setenv("LOCPATH", folder, 1);
    setlocale(LC_MESSAGES, "");
    unsetenv("LOCPATH");
}

void message_start(const char *folder)
{
    choose_language(folder);
    /* Pages, names of files and messages are UTF-8 whatever the locale says; numbers keep their point (LC_NUMERIC stays as it is). */
    setlocale(LC_CTYPE, "C.UTF-8");
    bindtextdomain("dubao", folder);
    bind_textdomain_codeset("dubao", "UTF-8");
    textdomain("dubao");
}
