#include "audio/player.h"

#include <ao/ao.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hush.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/str.h"

enum {
    LEAD_MS = 40,       /* of sound in a pipe: more is heard after a key was pressed, less leaves gaps */
    REOPEN_TRIES = 5,
    REOPEN_WAIT_MS = 200, /* a sound server that is started anew, or a headset that is plugged into another hole, takes about a second */
    HANG_MS = 10000,    /* a device that takes nothing for so long has died, and nobody tells us */
    CLOSE_MS = 2000,
    PIECE_MS = 200      /* a piece takes no longer, unless the device hangs */
};

#define BUFFER_MS "60"

typedef enum Task { TASK_NOTHING, TASK_OPEN, TASK_PLAY, TASK_CLOSE } Task;

struct Player {
    pthread_t thread;
    pthread_mutex_t lock;   /* of what follows */
    pthread_cond_t changed;
    Task task;              /* what the thread is at */
    bool failed, left;      /* left: nobody waits for the thread any more */
    int hushed;             /* standard error, while the library must not print there; else -1 */
    Error error;            /* when it failed */

    /* the thread's own while it is at a task */
    const PlayerSettings *settings;
    ao_device *device;  /* NULL after it went away */
    ao_option *options;
    int driver;
    int pipe;           /* the file when it is a pipe, else -1 */
    int16_t samples[PLAYER_FRAMES_MAX];
    size_t frames;

    int waited_ms;      /* for a device that takes nothing; time in which the program was halted does not count */
};

/* ---- in the thread: the library ---- */

/* What could not be opened, and what else a person may try. */
static int open_fault(int driver, const char *file, Error *error)
{
    ao_info *info = ao_driver_info(driver);
    const char *name = info ? info->short_name : "?";
    if (info && info->type == AO_TYPE_FILE) return error_set(error, STATUS_CANNOT_CREATE, _("cannot write the sound to %s"), file);
    return error_set(error, STATUS_UNAVAILABLE,
                     _("the sound device cannot be opened (driver %s); try --driver %s, name a device as in --driver-option dev=hw:1, or write files with dubao export"),
                     name, strcmp(name, "pulse") == 0 ? "alsa" : "pulse");
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

/* ALSA prints what it tried. Under the lock, because a device that hangs must not keep our own words back. */
static void hush(Player *player)
{
    pthread_mutex_lock(&player->lock);
    player->hushed = hush_begin();
    pthread_mutex_unlock(&player->lock);
}

static void end_hush(Player *player)
{
    pthread_mutex_lock(&player->lock);
    hush_end(player->hushed);
    player->hushed = -1;
    pthread_mutex_unlock(&player->lock);
}

static bool writes_file(int driver)
{
    return ao_driver_info(driver)->type == AO_TYPE_FILE;
}

static void open_device(Player *player)
{
    const PlayerSettings *settings = player->settings;
    int driver = player->driver;
    ao_sample_format format = { .bits = 16, .rate = (int)settings->rate_hz, .channels = 1, .byte_format = AO_FMT_NATIVE, .matrix = (char[]){ "M" } };
    hush(player);
    player->device = writes_file(driver) ? ao_open_file(driver, settings->file, 1, &format, player->options) : ao_open_live(driver, &format, player->options);
    end_hush(player);
}

/* The next KEY=VALUE of a list with commas, parted in `pair`; NULL for what is none. Returns its value. */
static char *next_pair(Str *rest, char *pair, size_t room)
{
    Str part = str_split(rest, ',');
    snprintf(pair, room, "%.*s", STR_ARG(part));
    char *value = strchr(pair, '=');
    if (!value || value == pair || part.n >= room) return NULL;
    *value = '\0';
    return value + 1;
}

enum { PAIR_BYTES = 256 };

bool player_takes_options(const char *options)
{
    char pair[PAIR_BYTES];
    bool good = true;
    for (Str rest = str_from(options); rest.n > 0 && good;) good = next_pair(&rest, pair, sizeof pair) != NULL;
    return good;
}

static void read_options(ao_option **options, const char *text)
{
    char pair[PAIR_BYTES];
    for (Str rest = str_from(text); rest.n > 0;) {
        char *value = next_pair(&rest, pair, sizeof pair);
        if (value) ao_append_option(options, pair, value);
    }
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
    hush(player);
    ao_initialize();
    player->driver = find_driver(settings->driver, error);
    end_hush(player);
    /* ALSA's default of 20 ms is a gap as soon as the machine has something else to do. What the user says comes later and wins. */
    ao_append_option(&player->options, "buffer_time", BUFFER_MS);
    if (player->driver < 0) return -1;
    read_options(&player->options, settings->options);
    if (writes_file(player->driver) && !settings->file)
        return error_set(error, STATUS_USAGE, _("the driver %s writes a file; name it with --output"), settings->driver);
    return 0;
}

static int open_all(Player *player, Error *error)
{
    if (choose_driver(player, error) < 0) return -1;
    open_device(player);
    return player->device ? 0 : open_fault(player->driver, player->settings->file, error);
}

/* The library's own file buffer would keep the last 90 ms from a reader. */
static bool play_all(Player *player)
{
    size_t bytes = player->frames * sizeof *player->samples;
    if (!player->device || !ao_play(player->device, (char *)player->samples, (uint_32)bytes)) return false;
    return player->pipe < 0 || fflush(NULL) == 0;
}

static bool is_left(Player *player)
{
    pthread_mutex_lock(&player->lock);
    bool left = player->left;
    pthread_mutex_unlock(&player->lock);
    return left;
}

static bool reopen(Player *player)
{
    if (player->device && !is_left(player)) ao_close(player->device);
    player->device = NULL;
    for (int i = 0; i < REOPEN_TRIES && !player->device && !is_left(player); i++) {
        if (i > 0) usleep(REOPEN_WAIT_MS * 1000);
        open_device(player);
    }
    return player->device != NULL;
}

static int play_piece(Player *player, Error *error)
{
    errno = 0;
    if (play_all(player)) return 0;
    if (writes_file(player->driver)) return error_set_errno(error, STATUS_IO, _("cannot write the sound to %s"), player->settings->file);
    if (reopen(player) && play_all(player)) return 0;
    return error_set(error, STATUS_UNAVAILABLE, _("the sound device stopped taking sound"));
}

static int close_all(Player *player, Error *error)
{
    /* In a pipe nothing can be put right at the beginning (the length, of a WAV), and all of the sound has gone through. */
    bool closed = !player->device || ao_close(player->device) || player->pipe >= 0;
    ao_free_options(player->options);
    ao_shutdown();
    return closed ? 0 : error_set(error, STATUS_UNAVAILABLE, _("the sound device could not be closed; the end of the sound may be missing"));
}

static void *work(void *context)
{
    Player *player = context;
    Error error;
    Task task = TASK_NOTHING;
    pthread_mutex_lock(&player->lock);
    while (task != TASK_CLOSE) {
        while (player->task == TASK_NOTHING) pthread_cond_wait(&player->changed, &player->lock);
        task = player->task;
        pthread_mutex_unlock(&player->lock);
        int result = task == TASK_OPEN ? open_all(player, &error) : task == TASK_PLAY ? play_piece(player, &error) : close_all(player, &error);
        pthread_mutex_lock(&player->lock);
        if (result < 0 && !player->failed) player->error = error;
        player->failed = player->failed || result < 0;
        player->task = TASK_NOTHING;
        pthread_cond_broadcast(&player->changed);
    }
    pthread_mutex_unlock(&player->lock);
    return NULL;
}

/* ---- outside ---- */

static void start(Player *player, Task task)
{
    pthread_mutex_lock(&player->lock);
    player->task = task;
    pthread_cond_broadcast(&player->changed);
    pthread_mutex_unlock(&player->lock);
}

/* Whether the thread is at nothing. */
static bool wait_for_thread(Player *player, int timeout_ms)
{
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    long ns = end.tv_nsec + timeout_ms % 1000 * 1000000L;
    end = (struct timespec){ end.tv_sec + timeout_ms / 1000 + ns / 1000000000L, ns % 1000000000L };
    pthread_mutex_lock(&player->lock);
    while (player->task != TASK_NOTHING && timeout_ms > 0)
        if (pthread_cond_timedwait(&player->changed, &player->lock, &end) != 0) break;
    bool idle = player->task == TASK_NOTHING;
    pthread_mutex_unlock(&player->lock);
    return idle;
}

Player *player_create(const PlayerSettings *settings)
{
    Player *player = memory_new(1, sizeof *player);
    pthread_condattr_t monotonic;
    sigset_t all, before;
    *player = (Player){ .settings = settings, .pipe = -1, .hushed = -1 };
    pthread_mutex_init(&player->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&player->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* no signal is the thread's */
    if (pthread_create(&player->thread, NULL, work, player) != 0) memory_exhausted();
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return player;
}

int player_ready(Player *player, int timeout_ms, Error *error)
{
    if (!wait_for_thread(player, timeout_ms)) return 1;
    if (player->failed) {
        *error = player->error;
        return -1;
    }
    if (player->device) return 0;
    if (player->pipe < 0 && open_pipe(&player->pipe, player->settings->file) > 0) {
        usleep((useconds_t)timeout_ms * 1000);
        return 1;
    }
    start(player, TASK_OPEN);
    return player_ready(player, timeout_ms, error);
}

/* Whether a pipe holds no more than it should; 0 waits for nothing. */
static bool pipe_wants(const Player *player, int timeout_ms)
{
    int unread, most = (int)(player->settings->rate_hz * sizeof(int16_t) * LEAD_MS / 1000);
    struct pollfd end = { .fd = player->pipe };
    if (poll(&end, 1, 0) > 0 && (end.revents & POLLERR)) return true; /* nobody reads any more: player_play will say so */
    for (int waited_ms = 0; ioctl(player->pipe, FIONREAD, &unread) == 0 && unread > most; waited_ms += 2) {
        if (waited_ms >= timeout_ms) return false;
        usleep(2000);
    }
    return true;
}

bool player_wants(Player *player, int timeout_ms)
{
    if (!wait_for_thread(player, timeout_ms)) {
        player->waited_ms += timeout_ms;
        return player->waited_ms >= HANG_MS; /* player_play will say so */
    }
    player->waited_ms = 0;
    return player->pipe < 0 || pipe_wants(player, timeout_ms);
}

int player_play(Player *player, const int16_t *samples, size_t frames, Error *error)
{
    bool hangs = player->waited_ms >= HANG_MS;
    if (hangs) return error_set(error, STATUS_UNAVAILABLE, _("the sound device takes no sound any more"));
    if (!wait_for_thread(player, PIECE_MS)) return 0;
    if (player->failed) {
        *error = player->error;
        return -1;
    }
    player->frames = frames < PLAYER_FRAMES_MAX ? frames : PLAYER_FRAMES_MAX;
    memcpy(player->samples, samples, player->frames * sizeof *samples);
    if (frames > 0) start(player, TASK_PLAY);
    return 0;
}

/* A thread that the device keeps is left behind; it ends with the program. */
int player_close(Player *player, Error *error)
{
    if (!player) return 0;
    bool idle = wait_for_thread(player, PIECE_MS);
    if (idle) start(player, TASK_CLOSE);
    if (!idle || !wait_for_thread(player, CLOSE_MS)) {
        pthread_mutex_lock(&player->lock);
        player->left = true;
        hush_end(player->hushed);
        player->hushed = -1;
        pthread_mutex_unlock(&player->lock);
        pthread_detach(player->thread);
        return error_set(error, STATUS_UNAVAILABLE, _("the sound device hangs; the end of the sound may be missing"));
    }
    pthread_join(player->thread, NULL);
    int result = player->failed ? -1 : 0;
    *error = player->error;
    if (player->pipe >= 0) close(player->pipe);
    pthread_mutex_destroy(&player->lock);
    pthread_cond_destroy(&player->changed);
    free(player);
    return result;
}
