#include "commands/presets.h"

#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "commands/choices.h"
#include "commands/render.h"

static const struct {
    const char *name, *format;
    double lufs;
} PRESETS[] = {
    { "listen", "wav", -16 },
    { "podcast", "mp3", -16 }, /* AES TD1008 and the podcast platforms: -16 LUFS for mono speech */
    { "radio", "bwf", -23 },   /* EBU R128 */
};
enum { PRESET_COUNT = sizeof PRESETS / sizeof *PRESETS };

bool preset_name(size_t i, char *text, size_t room)
{
    if (i < PRESET_COUNT) snprintf(text, room, "%s (%s, %g LUFS)", PRESETS[i].name, PRESETS[i].format, PRESETS[i].lufs);
    return i < PRESET_COUNT;
}

bool format_name(size_t i, char *text, size_t room)
{
    const SoundFormat *format = sound_format_at(i);
    if (format) snprintf(text, room, "%s", format->name);
    return format != NULL;
}

int presets_apply(const Settings *settings, Output *output, Error *error)
{
    char names[256];
    size_t i = 0;
    while (i < PRESET_COUNT && strcmp(PRESETS[i].name, settings->preset) != 0) i++;
    if (i == PRESET_COUNT) {
        error_set(error, STATUS_USAGE, _("there is no preset '%s'; there are: %s"), settings->preset, choices_join(preset_name, names, sizeof names));
        return settings_blame(settings, &settings->preset, error);
    }
    const char *format = settings->format ? settings->format : PRESETS[i].format;
    output->format = sound_format_find(format);
    if (!output->format) {
        error_set(error, STATUS_USAGE, _("there is no format '%s'; there are: %s"), format, choices_join(format_name, names, sizeof names));
        return settings_blame(settings, &settings->format, error);
    }
    output->level.target_lufs = settings->loudness_lufs <= 0 ? settings->loudness_lufs : PRESETS[i].lufs;
    output->level.ceiling_dbtp = TRUE_PEAK_CEILING_DBTP;
    return 0;
}
