#include "commands/presets.h"

#include <string.h>

#include "base/message.h"
#include "commands/render.h"

static const struct {
    const char *name, *format;
    double lufs;
} PRESETS[] = {
    { "listen", "wav", -16 },
    { "podcast", "mp3", -16 }, /* AES TD1008 and the podcast platforms: -16 LUFS for mono speech */
    { "radio", "wav", -23 },   /* EBU R128 */
};

int presets_apply(const Settings *settings, Output *output, Error *error)
{
    size_t i = 0, count = sizeof PRESETS / sizeof *PRESETS;
    while (i < count && strcmp(PRESETS[i].name, settings->preset) != 0) i++;
    if (i == count) return error_set(error, STATUS_USAGE, _("there is no preset '%s'; there are: listen, podcast, radio"), settings->preset);
    const char *format = settings->format ? settings->format : PRESETS[i].format;
    output->format = sound_format_find(format);
    if (!output->format) return error_set(error, STATUS_USAGE, _("there is no format '%s'; there are: wav, flac, ogg, mp3"), format);
    output->level.target_lufs = settings->loudness_lufs <= 0 ? settings->loudness_lufs : PRESETS[i].lufs;
    output->level.ceiling_dbtp = TRUE_PEAK_CEILING_DBTP;
    return 0;
}
