/* What the sound is for: a preset is a row, single flags win over it. */
#ifndef DUBAO_COMMANDS_PRESETS_H
#define DUBAO_COMMANDS_PRESETS_H

#include "audio/track.h"
#include "commands/options.h"

typedef struct Output {
    const SoundFormat *format;
    TrackLevel level;
} Output;

int presets_apply(const Settings *settings, Output *output, Error *error);

#endif
