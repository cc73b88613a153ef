#include "publish/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "publish/json.h"

Journal journal_of(const OutputFolder *folder, const char *name, size_t whole_bytes)
{
    return (Journal){ folder, name, -1, whole_bytes };
}

void journal_close(Journal *journal)
{
    if (journal->fd >= 0) close(journal->fd);
    journal->fd = -1;
}

static int fault(const Journal *journal, Error *error)
{
    return error_set_errno(error, STATUS_IO, _("cannot write %s/%s"), journal->folder->path, journal->name);
}

/* Behind what is whole of it: the last line of a killed run may be half a line. */
static int open_journal(Journal *journal, Error *error)
{
    if (journal->fd >= 0) return 0;
    journal->fd = openat(journal->folder->fd, journal->name, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (journal->fd < 0 || ftruncate(journal->fd, (off_t)journal->whole_bytes) < 0) return fault(journal, error);
    return 0;
}

static int note(Journal *journal, Str text, Error *error)
{
    if (open_journal(journal, error) < 0) return -1;
    return write_fully(journal->fd, text.s, text.n, journal->name, error);
}

int journal_replacing(Journal *journal, Str file, Error *error)
{
    char *line;
    size_t n;
    FILE *out = open_memstream(&line, &n);
    if (!out) memory_exhausted();
    fputs(JOURNAL_REPLACING, out);
    json_put(out, json_text(file, false));
    fputs("}\n", out);
    fclose(out);
    int result = note(journal, (Str){ line, n }, error);
    free(line);
    return result == 0 && fdatasync(journal->fd) < 0 ? fault(journal, error) : result;
}

int journal_article(Journal *journal, Str lines, Error *error)
{
    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    if (!out) memory_exhausted();
    fwrite(lines.s, 1, lines.n, out);
    fputc('\n', out);
    fclose(out);
    int result = note(journal, (Str){ text, n }, error); /* at once: a file that ends between two writes is a torn one */
    free(text);
    return result;
}

int journal_end(Journal *journal, Error *error)
{
    journal_close(journal);
    return folder_remove(journal->folder, journal->name, error);
}
