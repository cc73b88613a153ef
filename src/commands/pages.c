#include "commands/pages.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/message.h"

static const char *const EXTENSIONS[] = { "md", "markdown", "txt", "text" };

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

static void add(Pages *pages, Arena *arena, Str path)
{
    pages->paths = arena_grow(arena, pages->paths, pages->count, pages->count + 1, sizeof *pages->paths);
    pages->paths[pages->count++] = path;
}

static int add_folder(Pages *pages, Arena *arena, const char *folder, Error *error)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_page, by_bytes);
    if (count < 0) return error_set_errno(error, STATUS_NO_INPUT, _("cannot read the folder %s"), folder);
    bool slash = folder[strlen(folder) - 1] == '/';
    for (int i = 0; i < count; i++) {
        add(pages, arena, arena_printf(arena, "%s%s%s", folder, slash ? "" : "/", entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
    return count > 0 ? 0 : error_set(error, STATUS_NO_INPUT, _("the folder %s holds no page (.md or .txt)"), folder);
}

int pages_find(Pages *pages, Arena *arena, char **arguments, int count, Error *error)
{
    *pages = (Pages){ 0 };
    for (int i = 0; i < count; i++) {
        struct stat about;
        bool is_stdin = strcmp(arguments[i], "-") == 0;
        if (!is_stdin && stat(arguments[i], &about) < 0) return error_set_errno(error, STATUS_NO_INPUT, _("cannot open %s"), arguments[i]);
        if (is_stdin || !S_ISDIR(about.st_mode)) add(pages, arena, arena_str(arena, str_from(arguments[i])));
        else if (add_folder(pages, arena, arguments[i], error) < 0) return -1;
    }
    return 0;
}
