#include "speech/voice.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "base/table.h"

static int by_name(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

int voice_names(Arena *arena, const char *data_folder, Str **names, size_t *count, Error *error)
{
    const char *folder = arena_printf(arena, "%s/voices", data_folder).s;
    DIR *listing = opendir(folder);
    if (!listing)
        return error_set_errno(error, STATUS_DATA, _("cannot open dubao's own data in %s (is it installed? DUBAO_DATA names another folder)"), folder);
    *names = NULL;
    *count = 0;
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (!str_ends(name, STR(".voice")) || name.n == 6) continue;
        *names = arena_grow(arena, *names, *count, *count + 1, sizeof **names);
        (*names)[(*count)++] = arena_str(arena, str_slice(name, 0, name.n - 6));
    }
    closedir(listing);
    if (*count > 1) qsort(*names, *count, sizeof **names, by_name);
    return 0;
}

static int unknown_voice(Arena *arena, const char *data_folder, const char *name, Error *error)
{
    Str *names, list = { 0 };
    size_t count;
    if (voice_names(arena, data_folder, &names, &count, error) < 0) return -1;
    for (size_t i = 0; i < count; i++) list = arena_printf(arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "", STR_ARG(names[i]));
    return error_set(error, STATUS_USAGE, _("there is no voice '%s'; there are: %.*s"), name, STR_ARG(list));
}

/* One row a setting: where it goes and what it must be. */
typedef struct Setting {
    const char *key;
    enum { TEXT, WHOLE, DECIMAL } type;
    size_t offset;
    double least, most;
} Setting;

static const Setting SETTINGS[] = {
    { "title", TEXT, offsetof(Voice, title), 0, 0 },
    { "title_zh", TEXT, offsetof(Voice, title_zh), 0, 0 },
    { "gender", TEXT, offsetof(Voice, gender), 0, 0 },
    { "headlines", TEXT, offsetof(Voice, headlines), 0, 0 },
    { "quotes", TEXT, offsetof(Voice, quotes), 0, 0 },
    { "speed", WHOLE, offsetof(Voice, speed), 80, 450 },
    { "range", WHOLE, offsetof(Voice, range), 0, 100 },
    { "volume", WHOLE, offsetof(Voice, volume), 1, 100 },
    { "english_pace", WHOLE, offsetof(Voice, english_pace), 50, 150 },
    { "english_range", WHOLE, offsetof(Voice, english_range), 30, 127 },
    { "rate", DECIMAL, offsetof(Voice, rate), 60, 600 },
    { "level_lufs", DECIMAL, offsetof(Voice, level_lufs), -60, 0 },
    { "pause_scale", DECIMAL, offsetof(Voice, pause_scale), 0, 10 },
};

static int set(Voice *voice, const Setting *setting, const Table *table, Error *error)
{
    void *field = (char *)voice + setting->offset;
    double value = 0;
    if (setting->type == TEXT) {
        *(Str *)field = table->field[1];
        return 0;
    }
    if (!str_to_double(table->field[1], &value) || value < setting->least || value > setting->most)
        return table_fault(table, error, _("%s wants a number from %g to %g"), setting->key, setting->least, setting->most);
    if (setting->type == WHOLE) *(long *)field = (long)value;
    else *(double *)field = value;
    return 0;
}

/* pause	phrase 60 */
static int read_pause(Voice *voice, const Table *table, Error *error)
{
    Str rest = table->field[1], name = str_split(&rest, ' ');
    long ms;
    if (!str_to_long(str_trim(rest), &ms) || ms < 0 || ms > 10000) return table_fault(table, error, _("a pause is 0 to %d milliseconds"), 10000);
    if (voice->pause_count == VOICE_PAUSES_MAX) return table_fault(table, error, _("more than %d rows"), VOICE_PAUSES_MAX);
    voice->pauses[voice->pause_count++] = (VoicePause){ name, ms };
    return 0;
}

static bool has_line(Str lines, Str key)
{
    while (lines.n > 0) {
        Str line = str_split(&lines, '\n');
        if (str_equal(str_split(&line, ' '), key)) return true;
    }
    return false;
}

/* The voice's English has its own lines and those others of the voice that it has no line of its own for: the same throat speaks. */
static void complete_english(Voice *voice, Arena *arena)
{
    Str own = voice->english, rest = voice->definition;
    if (own.n == 0) return;
    while (rest.n > 0) {
        Str line = str_split(&rest, '\n'), key = line;
        key = str_split(&key, ' ');
        if (!has_line(own, key)) voice->english = arena_printf(arena, "%.*s%.*s\n", STR_ARG(voice->english), STR_ARG(line));
    }
}

static int read_row(Voice *voice, Arena *arena, const Table *table, Error *error)
{
    if (str_equal(table->field[0], STR("pause"))) return read_pause(voice, table, error);
    bool synth = str_equal(table->field[0], STR("synth"));
    if (synth || str_equal(table->field[0], STR("english"))) {
        Str *lines = synth ? &voice->definition : &voice->english;
        *lines = arena_printf(arena, "%.*s%.*s\n", STR_ARG(*lines), STR_ARG(table->field[1]));
        return 0;
    }
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++)
        if (str_is(table->field[0], SETTINGS[i].key)) return set(voice, &SETTINGS[i], table, error);
    return table_fault(table, error, _("a voice has no key '%.*s'"), STR_ARG(table->field[0]));
}

int voice_load(Voice *voice, Arena *arena, const char *data_folder, const char *name, Error *error)
{
    *voice = (Voice){ .name = arena_str(arena, str_from(name)), .speed = 200, .range = 70, .volume = 60,
                      .english_pace = 86, .english_range = 70, .rate = 245, .level_lufs = -21, .pause_scale = 1 };
    const char *path = arena_printf(arena, "%s/voices/%s.voice", data_folder, name).s;
    if (!*name || strchr(name, '/') || access(path, F_OK) != 0) return unknown_voice(arena, data_folder, name, error);
    Table table;
    int more;
    if (table_open(&table, arena, path, error) < 0) return -1;
    voice->version = hash_str(HASH_START, table.rest);
    while ((more = table_next(&table, 2, error)) > 0)
        if (read_row(voice, arena, &table, error) < 0) return -1;
    complete_english(voice, arena);
    return more;
}
