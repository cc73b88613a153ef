/* The articles of an edition that is being made, noted as they become whole: a line that is begun with a file that is being replaced, or the lines of an
 * article as edition.json has them. It is only ever added to, and never written back: the last word on a file counts. */
#ifndef DUBAO_PUBLISH_JOURNAL_H
#define DUBAO_PUBLISH_JOURNAL_H

#include "base/atomic.h"

#define JOURNAL_REPLACING "{\"replacing\":"

typedef struct Journal {
    const OutputFolder *folder;
    const char *name;
    int fd;             /* -1 until there is something to note */
    size_t whole_bytes; /* of what a killed run left */
} Journal;

Journal journal_of(const OutputFolder *folder, const char *name, size_t whole_bytes);
void journal_close(Journal *journal);
/* The file's name goes out to the disk before its sound does. */
int journal_replacing(Journal *journal, Str file, Error *error);
int journal_article(Journal *journal, Str lines, Error *error);
/* Its folder holds an edition.json that knows it all. */
int journal_end(Journal *journal, Error *error);

#endif
