/* dubao voices: who can read. */
#include <stdio.h>

#include "base/file.h"
#include "base/message.h"
#include "commands/command.h"
#include "publish/json.h"
#include "speech/voice.h"

static void print_voice(const Voice *voice, bool json, bool first)
{
    if (!json) {
        printf("%-10.*s %.*s (%.*s)\n", STR_ARG(voice->name), STR_ARG(voice->title), STR_ARG(voice->title_zh));
        return;
    }
    fputs(first ? "{\"voices\":[\n" : ",\n", stdout);
    json_put(stdout, json_pack("{s:o,s:o,s:o,s:o}", "name", json_text(voice->name, false), "title", json_text(voice->title, false), "title_zh",
                               json_text(voice->title_zh, false), "gender", json_text(voice->gender, true)));
}

static int run(const Settings *settings, Console *console, Error *error)
{
    (void)console;
    Arena arena = { 0 };
    Str *names;
    size_t count;
    const char *data = data_folder(&arena).s;
    int result = voice_names(&arena, data, &names, &count, error);
    for (size_t i = 0; i < count && result == 0; i++) {
        Voice voice;
        result = voice_load(&voice, &arena, data, names[i].s, error);
        if (result == 0) print_voice(&voice, settings->json, i == 0);
    }
    if (result == 0 && settings->json) puts(count ? "\n]}" : "{\"voices\":[]}");
    arena_finish(&arena);
    return result;
}

const Command COMMAND_VOICES = { "voices", "", N_("list the voices"), FOR_VOICES, false, run };
