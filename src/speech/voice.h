/* Voices: one file a voice, voices/NAME.voice, a table of keys and values (see voices/man.voice for what each means). */
#ifndef DUBAO_SPEECH_VOICE_H
#define DUBAO_SPEECH_VOICE_H

#include "base/arena.h"
#include "base/error.h"

enum { VOICE_PAUSES_MAX = 16 };
typedef struct VoicePause { /* of a row of pauses.tsv, in this voice's own pace */
    Str name;
    long ms;
} VoicePause;

typedef struct Voice {
    Str name;            /* "man" */
    Str title, title_zh; /* for a person */
    Str gender;          /* "male", "female" */
    Str headlines;       /* the name of the voice that reads headings instead of this one; empty: it reads all */
    Str quotes;          /* the same of direct speech in the body; empty: it reads that too */
    long speed, range, volume; /* the synthesiser's settings */
    double level_lufs;   /* loudness of its sound before any gain */
    double rate;         /* its own, in characters a minute */
    double pause_scale;  /* times the pauses of the table */
    VoicePause pauses[VOICE_PAUSES_MAX]; /* that it has instead of the table's */
    size_t pause_count;
    Str definition;      /* lines for the synthesiser's own voice file */
    Str english;         /* the same for its English; empty: it has none and spells */
    long english_pace, english_range; /* of its English, in percent of its speed and of the range of its tones */
    uint64_t version;    /* a hash of the file: another voice file, another sound */
} Voice;

/* Loads voices/NAME.voice under `data_folder` into the arena. An unknown name is STATUS_USAGE and the message lists the names
 * there are; a damaged file is STATUS_DATA with its line. */
int voice_load(Voice *voice, Arena *arena, const char *data_folder, const char *name, Error *error);

/* The names of all voices, sorted, in the arena. */
int voice_names(Arena *arena, const char *data_folder, Str **names, size_t *count, Error *error);

#endif
