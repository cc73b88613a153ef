#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"

/* strerror has Chinese words only where the C library's own catalogues are installed; these go with ours. */
static const struct {
    int cause;
    const char *words;
} CAUSES[] = {
    { EACCES, N_("Permission denied") },
    { EPERM, N_("Operation not permitted") },
    { ENOENT, N_("No such file or directory") },
    { ENOTDIR, N_("Not a directory") },
    { EISDIR, N_("Is a directory") },
    { EEXIST, N_("File exists") },
    { EROFS, N_("Read-only file system") },
    { ENOSPC, N_("No space left on device") },
    { EDQUOT, N_("Disk quota exceeded") },
    { EFBIG, N_("File too large") },
    { EIO, N_("Input/output error") },
    { ENAMETOOLONG, N_("File name too long") },
    { ELOOP, N_("Too many levels of symbolic links") },
    { EMFILE, N_("Too many open files") },
    { ENOMEM, N_("Cannot allocate memory") },
};

static const char *cause_words(int cause)
{
    for (size_t i = 0; i < sizeof CAUSES / sizeof *CAUSES; i++)
        if (CAUSES[i].cause == cause) return _(CAUSES[i].words);
    return strerror(cause);
}

/* A text that did not fit was cut anywhere; no half character goes to a terminal. */
static void mend_cut(Error *error)
{
    error->text[utf8_whole(error->text, strlen(error->text))] = '\0';
}

int error_set(Error *error, Status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    mend_cut(error);
    return -1;
}

int error_set_errno(Error *error, Status status, const char *format, ...)
{
    int cause = errno;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    bool full = cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
    error->status = full ? STATUS_IO : cause == ENOMEM ? STATUS_SYSTEM : status;
    mend_cut(error);
    size_t used = strlen(error->text);
    snprintf(error->text + used, sizeof error->text - used, ": %s", cause_words(cause));
    mend_cut(error);
    return -1;
}

int error_own_data(Error *error)
{
    if (error->status == STATUS_NO_INPUT) error->status = STATUS_DATA;
    return -1;
}
