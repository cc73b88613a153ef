#include "commands/play_aside.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/str.h"
#include "speech/synth.h"

/* Seconds in a unit; 0 for none. */
static long unit_s(char unit)
{
    return unit == 'h' ? 3600 : unit == 'm' ? 60 : unit == 's' ? 1 : 0;
}

int aside_sleep(const Settings *settings, uint64_t *frames, Error *error)
{
    enum { LONGEST_S = 24 * 3600 };
    const char *text = settings->sleep ? settings->sleep : "";
    long seconds = 0;
    for (const char *at = text; *at;) {
        char *end;
        long number = *at >= '0' && *at <= '9' ? strtol(at, &end, 10) : -1;
        if (number < 0 || number > LONGEST_S) return error_set(error, STATUS_USAGE, _("--sleep wants a time as 20m, 90s or 1h30m, not '%s'"), text);
        long unit = *end ? unit_s(*end) : at == text ? 60 : 0;
        if (unit == 0) return error_set(error, STATUS_USAGE, _("--sleep wants a time as 20m, 90s or 1h30m, not '%s'"), text);
        seconds += number * unit;
        at = *end ? end + 1 : end;
    }
    if (settings->sleep && (seconds < 1 || seconds > LONGEST_S))
        return error_set(error, STATUS_USAGE, _("--sleep wants a time as 20m, 90s or 1h30m, not '%s'"), text);
    *frames = (uint64_t)seconds * SYNTH_RATE_HZ;
    return 0;
}
