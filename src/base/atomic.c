#include "base/atomic.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"

static const char TEMPORARY_PREFIX[] = ".dubao-part-";

static int make_folders(Arena *arena, const char *path)
{
    char *copy = (char *)(uintptr_t)arena_str(arena, str_from(path)).s;
    for (char *slash = copy + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (mkdir(copy, 0777) < 0 && errno != EEXIST) return -1;
        *slash = '/';
    }
    return mkdir(copy, 0777) < 0 && errno != EEXIST ? -1 : 0;
}

void folder_sweep(const OutputFolder *folder)
{
    int fd = openat(folder->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = fd < 0 ? NULL : fdopendir(fd);
    if (!listing) return;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (strncmp(entry->d_name, TEMPORARY_PREFIX, sizeof TEMPORARY_PREFIX - 1) == 0) unlinkat(folder->fd, entry->d_name, 0);
    closedir(listing);
}

int folder_open(OutputFolder *folder, Arena *arena, const char *path, Error *error)
{
    *folder = (OutputFolder){ .fd = -1, .path = arena_str(arena, str_from(path)).s };
    if (!*path || make_folders(arena, path) < 0) return error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot create the folder %s"), path);
    folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder->fd < 0) return error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot open the folder %s"), path);
    if (faccessat(folder->fd, ".", W_OK | X_OK, 0) < 0) {
        error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot write into the folder %s"), path);
        folder_close(folder);
        return -1;
    }
    if (flock(folder->fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK) {
        folder_close(folder);
        return error_set(error, STATUS_CANNOT_CREATE, _("another dubao is writing into the folder %s; wait for it, or choose another folder with -o"), path);
    }
    folder_sweep(folder);
    return 0;
}

void folder_close(OutputFolder *folder)
{
    if (folder->fd >= 0) close(folder->fd);
    folder->fd = -1;
}

int folder_sync(const OutputFolder *folder, Error *error)
{
    /* Some file systems cannot flush a folder (EINVAL); their renames are as durable as they get. */
    if (fsync(folder->fd) < 0 && errno != EINVAL) return error_set_errno(error, STATUS_IO, _("cannot write the folder %s"), folder->path);
    return 0;
}

int folder_remove(const OutputFolder *folder, const char *name, Error *error)
{
    if (unlinkat(folder->fd, name, 0) < 0 && errno != ENOENT)
        return error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot remove %s/%s"), folder->path, name);
    return 0;
}

/* A file that is gone with the process, however that ends; -1 where the file system has none (open(2), O_TMPFILE). */
static int open_nameless(const OutputFolder *folder, mode_t mode)
{
    return openat(folder->fd, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, mode);
}

/* A link may not take the place of a file, a rename may: so it gets its temporary name for a moment. */
static int give_name(const AtomicFile *file)
{
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", file->fd);
    unlinkat(file->folder->fd, file->temporary, 0);
    return linkat(AT_FDCWD, path, file->folder->fd, file->temporary, AT_SYMLINK_FOLLOW);
}

int atomic_open(AtomicFile *file, const OutputFolder *folder, const char *name, Error *error)
{
    *file = (AtomicFile){ .folder = folder, .fd = -1 };
    snprintf(file->name, sizeof file->name, "%s", name);
    snprintf(file->temporary, sizeof file->temporary, "%s%s", TEMPORARY_PREFIX, name);
    file->fd = open_nameless(folder, 0666);
    file->nameless = file->fd >= 0;
    if (file->nameless) return 0;
    file->fd = openat(folder->fd, file->temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file->fd < 0) return error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot create %s/%s"), folder->path, name);
    return 0;
}

static int commit(AtomicFile *file, bool flush, Error *error)
{
    int folder = file->folder->fd;
    bool written = (!flush || fsync(file->fd) == 0) && (!file->nameless || give_name(file) == 0);
    written = close(file->fd) == 0 && written;
    file->fd = -1;
    if (written && renameat(folder, file->temporary, folder, file->name) == 0) return 0;
    error_set_errno(error, STATUS_IO, _("cannot write %s/%s"), file->folder->path, file->name);
    unlinkat(folder, file->temporary, 0);
    return -1;
}

int atomic_commit(AtomicFile *file, Error *error)
{
    return commit(file, true, error);
}

int atomic_commit_quickly(AtomicFile *file, Error *error)
{
    return commit(file, false, error);
}

void atomic_discard(AtomicFile *file)
{
    if (file->fd < 0) return;
    close(file->fd);
    file->fd = -1;
    if (!file->nameless) unlinkat(file->folder->fd, file->temporary, 0);
}

int folder_scratch(const OutputFolder *folder, Error *error)
{
    int fd = open_nameless(folder, 0600);
    if (fd >= 0) return fd;
    char name[64];
    snprintf(name, sizeof name, "%sscratch", TEMPORARY_PREFIX);
    fd = openat(folder->fd, name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return error_set_errno(error, STATUS_CANNOT_CREATE, _("cannot write into the folder %s"), folder->path);
    unlinkat(folder->fd, name, 0);
    return fd;
}

int write_fully(int fd, const void *bytes, size_t n, const char *name, Error *error)
{
    for (const char *at = bytes; n > 0;) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return error_set_errno(error, STATUS_IO, _("cannot write %s"), name);
        at += done;
        n -= (size_t)done;
    }
    return 0;
}
