/* A head start on a very long page: its beginning is heard while the whole of it is still being taken apart, in a thread. */
#ifndef DUBAO_COMMANDS_PLAY_HEAD_H
#define DUBAO_COMMANDS_PLAY_HEAD_H

#include <pthread.h>

#include "commands/reader.h"

typedef struct HeadStart {
    const Reader *reader;
    const Page *page;
    Edition head;           /* the articles of the page's beginning; the last one may be cut, between two paragraphs or sentences */
    pthread_t thread;
    pthread_mutex_t lock;   /* of `done` */
    bool done;
    Edition *whole;         /* the thread's until it is done, with what it wants to warn of */
    Str *warnings;
    size_t warning_count;
    Arena arena;
    int result;
    Error error;
} HeadStart;

/* `page` outlives it. Reads its beginning and begins to read all of it into the zeroed `whole`. False for a page that is short, or that cannot be cut (HTML, a
 * feed, standard input): then nothing was begun. */
bool head_start(HeadStart *start, const Reader *reader, const Page *page, Edition *whole);
/* Whether all of the page is there. */
bool head_is_over(HeadStart *start);
/* Waits for it, and answers as reader_page. The beginning stays until head_release. */
int  head_finish(HeadStart *start, const Report *report, Error *error);
void head_release(HeadStart *start); /* a zeroed one is fine */

#endif
