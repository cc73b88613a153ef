#include "commands/play/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "base/str.h"
#include "commands/exporter.h"
#include "speech/synth.h"

/* Seconds in a unit; 0 for none. */
static long unit_s(char unit)
{
    return unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
}

static int refuse_time(const Settings *settings, Error *error)
{
    return error_set(error, STATUS_USAGE, _("%s wants a time as 20m, 90s or 1h30m, not '%s'"), settings_source(settings, &settings->sleep), settings->sleep);
}

int aside_sleep(const Settings *settings, uint64_t *frames, Error *error)
{
    enum { LONGEST_S = 24 * 3600 };
    const char *text = settings->sleep ? settings->sleep : "";
    long seconds = 0;
    for (const char *at = text; *at;) {
        char *end;
        long number = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : -1;
        if (number < 0 || number > LONGEST_S) return refuse_time(settings, error);
        long unit = *end ? unit_s(*end) : at == text ? 60 : 0;
        if (unit == 0) return refuse_time(settings, error);
        seconds += number * unit;
        at = *end ? end + 1 : end;
    }
    if (settings->sleep && (seconds < 1 || seconds > LONGEST_S))
        return refuse_time(settings, error);
    *frames = (uint64_t)seconds * SYNTH_RATE_HZ;
    return 0;
}

/* Two processes that read one open file would each get a part of it. */
static void reopen_stdin(void)
{
    off_t at = lseek(STDIN_FILENO, 0, SEEK_CUR);
    int own = at < 0 ? -1 : open("/proc/self/fd/0", O_RDONLY | O_CLOEXEC);
    if (own < 0) return;
    lseek(own, at, SEEK_SET);
    dup2(own, STDIN_FILENO);
    close(own);
}

_Noreturn static void export_pages(const Settings *settings, const Pages *pages, pid_t parent, Error *error)
{
    Settings own = *settings;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(STATUS_INTERRUPTED);
    errno = 0;
    if (nice(10) < 0 && errno != 0) errno = 0; /* then it competes with the sound, which is rendered ahead */
    reopen_stdin();
    own.output = settings->export_folder;
    own.quiet = true;
    own.jobs = 1;
    Console console = console_start(true);
    console_attach(&console);
    int status = export_run(&own, pages, &console, error);
    _exit(status < 0 ? (int)error->status : status);
}

int aside_export(const Settings *settings, const Pages *pages, AsideExport *aside, Error *error)
{
    *aside = (AsideExport){ 0 };
    if (!settings->export_folder) return 0;
    pid_t parent = getpid();
    aside->error = mmap(NULL, sizeof *aside->error, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (aside->error == MAP_FAILED) memory_exhausted();
    aside->child = fork();
    if (aside->child == 0) export_pages(settings, pages, parent, aside->error);
    return aside->child > 0 ? 0 : error_set_errno(error, STATUS_UNAVAILABLE, "%s", _("no more processes can be started, so nothing is exported"));
}

int aside_export_wait(AsideExport *aside, bool stop, Error *error)
{
    enum { LOOK_US = 20000 };
    int status = 0;
    pid_t ended;
    if (aside->child <= 0) return 0;
    while ((ended = waitpid(aside->child, &status, WNOHANG)) == 0 || (ended < 0 && errno == EINTR)) {
        if (stop || console_interrupted()) kill(aside->child, SIGTERM);
        usleep(LOOK_US);
    }
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_UNAVAILABLE;
    *error = *aside->error;
    if (!WIFEXITED(status)) error_set(error, STATUS_UNAVAILABLE, "%s", _("the export beside the sound ended before its end; run dubao export"));
    munmap(aside->error, sizeof *aside->error);
    *aside = (AsideExport){ 0 };
    return code == STATUS_OK || code == STATUS_PARTIAL ? code : -1;
}
