/* rss COMMAND...: runs it and says on standard error what memory it took:
 *
 *   rss: N KiB                 the most that it, or any child it waited for, ever had (getrusage(2)): pages of files that are mapped count, too
 *   anonymous: N KiB           the most of its own, and shared with its children, that it was seen to have; looked at every millisecond, so what
 *                              comes and goes within one may be missed
 *
 * The status is the command's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_EVERY_US = 1000 };

static long field(const char *status, const char *name)
{
    const char *at = strstr(status, name);
    return at ? strtol(at + strlen(name), NULL, 10) : 0;
}

/* RssAnon and RssShmem of proc(5); 0 once it has ended. */
static long anonymous_kib(pid_t process)
{
    char path[64], status[8192];
    snprintf(path, sizeof path, "/proc/%ld/status", (long)process);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t n = fread(status, 1, sizeof status - 1, file);
    fclose(file);
    status[n] = '\0';
    return field(status, "RssAnon:") + field(status, "RssShmem:");
}

int main(int argc, char **argv)
{
    int status;
    long most = 0;
    struct rusage usage;
    if (argc < 2) return 64;
    pid_t child = fork(), ended = 0;
    if (child == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    while (child > 0 && (ended = waitpid(child, &status, WNOHANG)) == 0) {
        long now = anonymous_kib(child);
        if (now > most) most = now;
        usleep(LOOK_EVERY_US);
    }
    if (ended < 0 || child < 0 || getrusage(RUSAGE_CHILDREN, &usage) < 0) return 70;
    fprintf(stderr, "rss: %ld KiB\nanonymous: %ld KiB\n", usage.ru_maxrss, most);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
