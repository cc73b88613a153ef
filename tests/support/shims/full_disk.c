/* A disk that is full after DISK_BYTES bytes: write(2) to a file on it writes what still fits, then fails with ENOSPC. Loaded with
 * LD_PRELOAD; processes that it forks write to the same disk. (Writes of the C library's own streams do not pass here; for those the tests use a limit on the size of files.) */
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_on_disk(int fd)
{
    static const char MEMORY[] = "/memfd:";
    struct stat about;
    char link[64], path[sizeof MEMORY] = "";
    if (fd <= STDERR_FILENO || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, path, sizeof path - 1) > 0 && strcmp(path, MEMORY) != 0;
}

typedef ssize_t WriteCall(int fd, const void *bytes, size_t n);

static long long *left; /* bytes, shared with children */

__attribute__((constructor)) static void begin(void)
{
    const char *limit = getenv("DISK_BYTES");
    left = mmap(NULL, sizeof *left, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (left == MAP_FAILED) abort();
    *left = limit ? atoll(limit) : 0;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    static WriteCall *real;
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "write");
    if (!is_on_disk(fd)) return real(fd, bytes, n);
    if (*left <= 0 && n > 0) {
        errno = ENOSPC;
        return -1;
    }
    if ((long long)n > *left) n = (size_t)*left;
    ssize_t done = real(fd, bytes, n);
    if (done > 0) *left -= done;
    return done;
}
