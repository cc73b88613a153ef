#include "commands/pages.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/file.h"
#include "base/message.h"

static const char *const EXTENSIONS[] = { "md", "markdown", "txt", "text", "html", "htm", "xhtml", "xml", "rss", "atom" };

static int is_page(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    if (!dot || dot == entry->d_name || entry->d_name[0] == '.') return 0;
    for (size_t i = 0; i < sizeof EXTENSIONS / sizeof *EXTENSIONS; i++)
        if (strcasecmp(dot + 1, EXTENSIONS[i]) == 0) return 1;
    return 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* A pipe or a device in a folder would be waited for without end. */
static bool can_be_page(const char *path)
{
    struct stat about;
    return stat(path, &about) < 0 || S_ISREG(about.st_mode);
}

static void add(Pages *pages, Arena *arena, Page page)
{
    pages->pages = arena_grow(arena, pages->pages, pages->count, pages->count + 1, sizeof *pages->pages);
    pages->pages[pages->count++] = page;
}

static int add_folder(Pages *pages, Arena *arena, const char *folder, Error *error)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_page, by_bytes);
    if (count < 0) return error_set_errno(error, STATUS_NO_INPUT, _("cannot read the folder %s"), folder);
    bool slash = folder[strlen(folder) - 1] == '/';
    size_t before = pages->count;
    for (int i = 0; i < count; i++) {
        Str path = arena_printf(arena, "%s%s%s", folder, slash ? "" : "/", entries[i]->d_name);
        if (can_be_page(path.s)) add(pages, arena, (Page){ .path = path });
        free(entries[i]);
    }
    free(entries);
    return pages->count > before ? 0 : error_set(error, STATUS_NO_INPUT, _("the folder %s holds no page (.md, .txt, .html, .xml)"), folder);
}

static int copy_stdin(int to, Error *error)
{
    char block[16 * 1024];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return error_set_errno(error, STATUS_NO_INPUT, _("cannot read standard input"));
        if (write_fully(to, block, (size_t)n, "-", error) < 0) return -1;
    }
    return lseek(to, 0, SEEK_SET) == 0 && dup2(to, STDIN_FILENO) == STDIN_FILENO ? 0 : error_set_errno(error, STATUS_NO_INPUT, _("cannot read standard input"));
}

/* Waits for all of standard input while Ctrl-C still ends the program: once work has begun, signals wait for a sentence's end. */
static int gather_stdin(Error *error)
{
    struct stat about;
    if (fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode)) return 0;
    int memory = memfd_create("dubao-page", MFD_CLOEXEC);
    if (memory < 0) return error_set_errno(error, STATUS_NO_INPUT, _("cannot read standard input"));
    int result = copy_stdin(memory, error);
    close(memory);
    return result;
}

/* What waits for a pipe's writer can be ended as what waits for standard input can, and who goes back to the page, or exports it besides, has it again. */
static int gather_pipe(Page *page, Arena *arena, Error *error)
{
    page->piped = true;
    return file_read(arena, page->path.s, &page->bytes, error);
}

/* Among several a page that is not there is named when its turn comes, and the others are read. */
static int add_argument(Pages *pages, Arena *arena, const char *argument, bool alone, Error *error)
{
    struct stat about;
    bool is_stdin = strcmp(argument, "-") == 0, is_there = is_stdin || stat(argument, &about) == 0;
    if (!is_there && alone) return error_set_errno(error, STATUS_NO_INPUT, _("cannot open %s"), argument);
    if (is_stdin && gather_stdin(error) < 0) return -1;
    if (is_there && !is_stdin && S_ISDIR(about.st_mode)) return add_folder(pages, arena, argument, error);
    Page page = { .path = arena_str(arena, str_from(argument)) };
    if (is_there && !is_stdin && S_ISFIFO(about.st_mode) && gather_pipe(&page, arena, error) < 0) return -1;
    add(pages, arena, page);
    return 0;
}

int pages_find(Pages *pages, Arena *arena, char **arguments, int count, Error *error)
{
    *pages = (Pages){ 0 };
    for (int i = 0; i < count; i++)
        if (add_argument(pages, arena, arguments[i], count == 1, error) < 0) return -1;
    return 0;
}
