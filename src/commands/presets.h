/* What the sound is for: a preset is a row, single flags win over it. */
#ifndef DUBAO_COMMANDS_PRESETS_H
#define DUBAO_COMMANDS_PRESETS_H

#include "audio/track.h"
#include "commands/options.h"

typedef struct Output {
    const SoundFormat *format;
    TrackLevel level;
} Output;

/* For the help: "podcast (mp3, -16 LUFS)" and "wav", the i-th of each; false behind the last. */
bool preset_name(size_t i, char *text, size_t room);
bool format_name(size_t i, char *text, size_t room);

int presets_apply(const Settings *settings, Output *output, Error *error);

#endif
