#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"

static int file_open(const char *path, Error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) < 0) {
        error_set_errno(error, STATUS_NO_INPUT, _("cannot open %s"), path);
        if (fd >= 0) close(fd);
        return -1;
    }
    if (S_ISDIR(about.st_mode)) {
        close(fd);
        return error_set(error, STATUS_NO_INPUT, _("%s is a folder, not a file"), path);
    }
    return fd;
}

int file_map(FileMap *map, const char *path, Error *error)
{
    *map = (FileMap){ 0 };
    int fd = file_open(path, error);
    if (fd < 0) return -1;
    off_t size = lseek(fd, 0, SEEK_END);
    if (size > 0) {
        void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (bytes == MAP_FAILED) {
            error_set_errno(error, STATUS_NO_INPUT, _("cannot read %s"), path);
            close(fd);
            return -1;
        }
        map->bytes = (Str){ bytes, (size_t)size };
    }
    close(fd);
    return 0;
}

void file_unmap(FileMap *map)
{
    if (map->bytes.s) munmap((void *)(uintptr_t)map->bytes.s, map->bytes.n);
    *map = (FileMap){ 0 };
}

int file_read(Arena *arena, const char *path, Str *bytes, Error *error)
{
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : file_open(path, error);
    if (fd < 0) return -1;
    struct stat about;
    size_t size = 64 * 1024, used = 0;
    /* One byte more than the file has, so that its end is seen without growing; of one that is too large, enough to say so. */
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) size = (size_t)(about.st_size < FILE_BYTES_MAX ? about.st_size : FILE_BYTES_MAX) + 1;
    char *buffer = ARENA_ROOM(arena, char, size);
    ssize_t got;
    while ((got = read(fd, buffer + used, size - used)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) break;
        used += (size_t)got;
        if (used > FILE_BYTES_MAX) break;
        if (used < size) continue;
        buffer = arena_grow(arena, buffer, size, size * 2, 1);
        size *= 2;
    }
    if (got < 0) error_set_errno(error, STATUS_NO_INPUT, _("cannot read %s"), file_title(str_from(path)).s);
    else if (got > 0) error_set(error, STATUS_DATA, _("%s is larger than %d MB, which no newspaper page is; cut it into smaller files"),
                                file_title(str_from(path)).s, FILE_BYTES_MAX >> 20);
    if (fd != STDIN_FILENO) close(fd);
    if (got == 0) buffer[used] = '\0';
    *bytes = (Str){ buffer, used };
    return got != 0 ? -1 : 0;
}

Str file_title(Str path)
{
    return str_equal(path, STR("-")) ? str_from(_("standard input")) : path;
}

Str data_folder(Arena *arena)
{
    const char *chosen = getenv("DUBAO_DATA");
    if (chosen && *chosen) return arena_str(arena, str_from(chosen));
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    program[n > 0 ? n : 0] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(program, '/');
        if (slash) *slash = '\0';
    }
    return arena_printf(arena, "%s/share/dubao", program);
}

Str config_file(Arena *arena, const char *name)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (base && *base) return arena_printf(arena, "%s/dubao/%s", base, name);
    return home ? arena_printf(arena, "%s/.config/dubao/%s", home, name) : (Str){ 0 };
}
