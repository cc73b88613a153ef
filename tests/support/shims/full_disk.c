/* A disk that is full after DISK_BYTES bytes: write(2) to a regular file writes what still fits, then fails with ENOSPC. Loaded with
 * LD_PRELOAD. (Writes of the C library's own streams do not pass here; for those the tests use a limit on the size of files.) */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef ssize_t WriteCall(int fd, const void *bytes, size_t n);

ssize_t write(int fd, const void *bytes, size_t n)
{
    static WriteCall *real;
    static long long left = -1;
    struct stat about;
    if (!real) {
        *(void **)&real = dlsym(RTLD_NEXT, "write");
        const char *limit = getenv("DISK_BYTES");
        left = limit ? atoll(limit) : 0;
    }
    if (fd <= STDERR_FILENO || fstat(fd, &about) < 0 || !S_ISREG(about.st_mode)) return real(fd, bytes, n);
    if (left <= 0 && n > 0) {
        errno = ENOSPC;
        return -1;
    }
    if ((long long)n > left) n = (size_t)left;
    ssize_t done = real(fd, bytes, n);
    if (done > 0) left -= done;
    return done;
}
