#include "commands/play/head.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE_BYTES_LEAST = 200 << 10, HEAD_BYTES = 96 << 10 /* more than is looked at of an article to find its pace */ };

/* ---- in the thread ---- */

static void keep_warning(void *context, const char *text)
{
    HeadStart *start = context;
    start->warnings = arena_grow(&start->arena, start->warnings, start->warning_count, start->warning_count + 1, sizeof *start->warnings);
    start->warnings[start->warning_count++] = arena_str(&start->arena, str_from(text));
}

static void *read_whole(void *context)
{
    HeadStart *start = context;
    start->result = reader_page(start->reader, start->whole, start->page, &(Report){ keep_warning, start }, &start->error);
    pthread_mutex_lock(&start->lock);
    start->done = true;
    pthread_mutex_unlock(&start->lock);
    return NULL;
}

/* ---- outside ---- */

/* Bytes up to an empty line, else to a line's end, else to a full stop; 0 where there is none, and for what is no plain text or Markdown. */
static size_t cut_at(Str bytes)
{
    size_t line = 0;
    if (memchr(bytes.s, '\0', bytes.n) || str_starts(str_trim(bytes), STR("<")) || str_starts(bytes, STR("\xEF\xBB\xBF<"))) return 0;
    for (size_t at = bytes.n; at > 1; at--) {
        if (bytes.s[at - 1] != '\n') continue;
        if (bytes.s[at - 2] == '\n') return at;
        if (line == 0) line = at;
    }
    size_t stop = bytes.n;
    while (line == 0 && stop > 0 && !str_ends(str_slice(bytes, 0, stop), STR("。"))) stop--;
    return line ? line : stop;
}

/* The first bytes of a long page, in the arena; empty for another. */
static Str read_beginning(HeadStart *start)
{
    struct stat about;
    if (start->page->piped) return start->page->bytes.n >= PAGE_BYTES_LEAST ? str_slice(start->page->bytes, 0, HEAD_BYTES) : (Str){ 0 };
    int file = open(start->page->path.s, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_long = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && about.st_size >= PAGE_BYTES_LEAST;
    char *bytes = is_long ? arena_alloc(&start->arena, HEAD_BYTES) : NULL;
    ssize_t n = is_long ? read(file, bytes, HEAD_BYTES) : -1;
    if (file >= 0) close(file);
    return n == HEAD_BYTES ? (Str){ bytes, HEAD_BYTES } : (Str){ 0 };
}

/* The beginning as a page of its own. */
static bool read_head(HeadStart *start)
{
    Error error;
    Page head = { .path = start->page->path, .piped = true, .bytes = read_beginning(start) };
    head.bytes.n = head.bytes.n > 0 ? cut_at(head.bytes) : 0;
    return head.bytes.n > 0 && reader_page(start->reader, &start->head, &head, &(Report){ 0 }, &error) == 0 && start->head.article_count > 0;
}

bool head_start(HeadStart *start, const Reader *reader, const Page *page, Edition *whole)
{
    *start = (HeadStart){ .reader = reader, .page = page, .whole = whole };
    pthread_mutex_init(&start->lock, NULL);
    if (read_head(start) && pthread_create(&start->thread, NULL, read_whole, start) == 0) return true;
    pthread_mutex_destroy(&start->lock);
    head_release(start);
    *start = (HeadStart){ 0 };
    return false;
}

bool head_is_over(HeadStart *start)
{
    pthread_mutex_lock(&start->lock);
    bool done = start->done;
    pthread_mutex_unlock(&start->lock);
    return done;
}

int head_finish(HeadStart *start, const Report *report, Error *error)
{
    pthread_join(start->thread, NULL);
    pthread_mutex_destroy(&start->lock);
    for (size_t i = 0; i < start->warning_count; i++) report_warn(report, "%.*s", STR_ARG(start->warnings[i]));
    if (start->result < 0) *error = start->error;
    return start->result;
}

void head_release(HeadStart *start)
{
    arena_finish(&start->arena);
    edition_finish(&start->head);
}
