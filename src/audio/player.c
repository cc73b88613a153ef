#include "audio/player.h"

#include <ao/ao.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hush.h"
#include "base/message.h"
#include "base/str.h"

enum {
    LEAD_MS = 40,       /* of sound in a pipe: more is heard after a key was pressed, less leaves gaps */
    REOPEN_TRIES = 5,
    REOPEN_WAIT_MS = 200 /* a sound server that is started anew, or a headset that is plugged into another hole, takes about a second */
};

#define BUFFER_MS "60"

struct Player {
    ao_device *device;  /* NULL after it went away */
    ao_option *options;
    const PlayerSettings *settings;
    int driver;
    int pipe;           /* the file when it is a pipe, else -1 */
};

static int open_fault(int driver, int cause, const char *file, Error *error)
{
    ao_info *info = ao_driver_info(driver);
    if (info && info->type == AO_TYPE_FILE) return error_set(error, STATUS_CANNOT_CREATE, _("cannot write the sound to %s"), file);
    return error_set(error, STATUS_UNAVAILABLE,
                     _("the sound device cannot be opened (driver %s, error %d); try --driver pulse or --driver alsa, or write files with dubao export"),
                     info ? info->short_name : "?", cause);
}

static int find_driver(const char *name, Error *error)
{
    int driver = name ? ao_driver_id(name) : ao_default_driver_id();
    if (driver >= 0) return driver;
    if (!name) return error_set(error, STATUS_UNAVAILABLE, _("no sound device was found; name a driver with --driver, or write files with dubao export"));
    char list[256] = "";
    int count;
    ao_info **drivers = ao_driver_info_list(&count);
    for (int i = 0; i < count; i++)
        snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s", i ? ", " : "", drivers[i]->short_name);
    return error_set(error, STATUS_USAGE, _("there is no sound driver '%s'; there are: %s"), name, list);
}

static bool writes_file(int driver)
{
    return ao_driver_info(driver)->type == AO_TYPE_FILE;
}

static ao_device *open_device(int driver, const PlayerSettings *settings, ao_option *options)
{
    ao_sample_format format = { .bits = 16, .rate = (int)settings->rate_hz, .channels = 1, .byte_format = AO_FMT_NATIVE, .matrix = (char[]){ "M" } };
    int kept = hush_begin();
    errno = 0;
    ao_device *device = writes_file(driver) ? ao_open_file(driver, settings->file, 1, &format, options) : ao_open_live(driver, &format, options);
    int cause = errno;
    hush_end(kept);
    errno = cause;
    return device;
}

/* "KEY=VALUE,KEY=VALUE" */
static int read_options(ao_option **options, const char *text, Error *error)
{
    char pair[256];
    for (Str rest = str_from(text); rest.n > 0;) {
        Str part = str_split(&rest, ',');
        snprintf(pair, sizeof pair, "%.*s", STR_ARG(part));
        char *value = strchr(pair, '=');
        if (!value || value == pair || part.n >= sizeof pair)
            return error_set(error, STATUS_USAGE, _("--driver-option wants KEY=VALUE,KEY=VALUE, not '%s'"), text);
        *value = '\0';
        ao_append_option(options, pair, value + 1);
    }
    return 0;
}

/* A pipe's own end for asking how much lies in it; -1 for what is none. 1 when nobody has the other end: opening it would wait where Ctrl-C
 * is not heard. Once open it stays so, because a reader would take the closing for the end. */
static int open_pipe(int *pipe, const char *file)
{
    struct stat about;
    *pipe = -1;
    if (!file) return 0;
    if (strcmp(file, "-") == 0) {
        if (fstat(STDOUT_FILENO, &about) == 0 && S_ISFIFO(about.st_mode)) *pipe = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
        return 0;
    }
    if (stat(file, &about) < 0 || !S_ISFIFO(about.st_mode)) return 0;
    *pipe = open(file, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return *pipe < 0 && errno == ENXIO ? 1 : 0;
}

static int choose_driver(Player *player, Error *error)
{
    const PlayerSettings *settings = player->settings;
    int kept = hush_begin();
    ao_initialize();
    player->driver = find_driver(settings->driver, error);
    hush_end(kept);
    /* ALSA's default of 20 ms is a gap as soon as the machine has something else to do. What the user says comes later and wins. */
    ao_append_option(&player->options, "buffer_time", BUFFER_MS);
    if (player->driver < 0 || read_options(&player->options, settings->options ? settings->options : "", error) < 0) return -1;
    if (writes_file(player->driver) && !settings->file)
        return error_set(error, STATUS_USAGE, _("the driver %s writes a file; name it with --output"), settings->driver);
    return 0;
}

int player_open(Player **created, const PlayerSettings *settings, Error *error)
{
    int pipe;
    if (open_pipe(&pipe, settings->file) > 0) return 1;
    Player *player = calloc(1, sizeof *player);
    if (!player) abort();
    *player = (Player){ .settings = settings, .pipe = pipe };
    int result = choose_driver(player, error);
    if (result == 0) {
        player->device = open_device(player->driver, settings, player->options);
        if (!player->device) result = open_fault(player->driver, errno, settings->file, error);
    }
    if (result == 0) {
        *created = player;
        return 0;
    }
    if (pipe >= 0) close(pipe);
    ao_free_options(player->options);
    ao_shutdown();
    free(player);
    return -1;
}

bool player_wants(Player *player, int timeout_ms)
{
    int unread, most = (int)(player->settings->rate_hz * sizeof(int16_t) * LEAD_MS / 1000);
    if (player->pipe < 0) return true;
    struct pollfd end = { .fd = player->pipe };
    if (poll(&end, 1, 0) > 0 && (end.revents & POLLERR)) return true; /* nobody reads any more: player_play will say so */
    for (int waited_ms = 0; ioctl(player->pipe, FIONREAD, &unread) == 0 && unread > most; waited_ms += 2) {
        if (waited_ms >= timeout_ms) return false;
        usleep(2000);
    }
    return true;
}

/* The library's own file buffer would keep the last 90 ms from a reader. */
static bool play_all(Player *player, char *bytes, size_t n)
{
    if (!player->device || !ao_play(player->device, bytes, (uint_32)n)) return false;
    return player->pipe < 0 || fflush(NULL) == 0;
}

static bool reopen(Player *player)
{
    if (player->device) ao_close(player->device);
    player->device = NULL;
    for (int i = 0; i < REOPEN_TRIES && !player->device; i++) {
        if (i > 0) usleep(REOPEN_WAIT_MS * 1000);
        player->device = open_device(player->driver, player->settings, player->options);
    }
    return player->device != NULL;
}

int player_play(Player *player, const int16_t *samples, size_t frames, Error *error)
{
    char *bytes = (char *)(uintptr_t)samples; /* libao does not write to it */
    size_t n = frames * sizeof *samples;
    errno = 0;
    if (play_all(player, bytes, n)) return 0;
    if (writes_file(player->driver)) return error_set_errno(error, STATUS_IO, _("cannot write the sound to %s"), player->settings->file);
    if (reopen(player) && play_all(player, bytes, n)) return 0;
    return error_set(error, STATUS_UNAVAILABLE, _("the sound device stopped taking sound"));
}

int player_close(Player *player, Error *error)
{
    int closed = !player->device || ao_close(player->device);
    if (player->pipe >= 0) close(player->pipe);
    ao_free_options(player->options);
    ao_shutdown();
    free(player);
    return closed ? 0 : error_set(error, STATUS_UNAVAILABLE, _("the sound device could not be closed; the end of the sound may be missing"));
}
