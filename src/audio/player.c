#include "audio/player.h"

#include <ao/ao.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hush.h"
#include "base/message.h"

struct Player {
    ao_device *device;
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

static ao_device *open_device(int driver, const char *file, unsigned rate_hz)
{
    ao_sample_format format = { .bits = 16, .rate = (int)rate_hz, .channels = 1, .byte_format = AO_FMT_NATIVE, .matrix = (char[]){ "M" } };
    int kept = hush_begin();
    errno = 0;
    ao_device *device = ao_driver_info(driver)->type == AO_TYPE_FILE ? ao_open_file(driver, file, 1, &format, NULL)
                                                                      : ao_open_live(driver, &format, NULL);
    int cause = errno;
    hush_end(kept);
    errno = cause;
    return device;
}

int player_open(Player **player, const char *driver_name, const char *file, unsigned rate_hz, Error *error)
{
    int kept = hush_begin();
    ao_initialize();
    int driver = find_driver(driver_name, error);
    hush_end(kept);
    if (driver >= 0 && ao_driver_info(driver)->type == AO_TYPE_FILE && !file)
        driver = error_set(error, STATUS_USAGE, _("the driver %s writes a file; name it with --output"), driver_name);
    ao_device *device = driver < 0 ? NULL : open_device(driver, file, rate_hz);
    if (!device) {
        if (driver >= 0) open_fault(driver, errno, file, error);
        ao_shutdown();
        return -1;
    }
    *player = calloc(1, sizeof **player);
    if (!*player) abort();
    (*player)->device = device;
    return 0;
}

int player_play(Player *player, const int16_t *samples, size_t frames, Error *error)
{
    char *bytes = (char *)(uintptr_t)samples; /* libao does not write to it */
    if (ao_play(player->device, bytes, (uint_32)(frames * sizeof *samples))) return 0;
    return error_set(error, STATUS_UNAVAILABLE, _("the sound device stopped taking sound"));
}

int player_close(Player *player, Error *error)
{
    int closed = ao_close(player->device);
    ao_shutdown();
    free(player);
    return closed ? 0 : error_set(error, STATUS_UNAVAILABLE, _("the sound device could not be closed; the end of the sound may be missing"));
}
