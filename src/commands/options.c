#include "commands/options.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/message.h"
#include "commands/announce.h"
#include "commands/choices.h"
#include "commands/console.h"
#include "commands/presets.h"

typedef struct Option {
    int letter;         /* 0: none */
    const char *name;   /* --name, DUBAO_NAME, name in the configuration file */
    const char *value;  /* what stands for its value in the help; NULL: a switch */
    enum { TEXT, WHOLE, DECIMAL, SWITCH } type;
    size_t offset;
    double least, most;
    unsigned commands;
    const char *about;
} Option;

#define AT(field) offsetof(Settings, field)
static const Option OPTIONS[] = {
    { 'o', "output", N_("DIR"), TEXT, AT(output), 0, 0, FOR_EXPORT, N_("folder for the sound files and edition.json (default: out)") },
    { 'o', "output", N_("FILE"), TEXT, AT(output), 0, 0, FOR_PLAY, N_("file for a driver that writes one (raw, wav, au)") },
    { 'v', "voice", N_("VOICE"), TEXT, AT(voice), 0, 0, FOR_EXPORT | FOR_PLAY, N_("who reads; dubao voices lists them (default: man)") },
    { 'r', "rate", N_("N"), DECIMAL, AT(rate), 120, 500, FOR_EXPORT | FOR_PLAY, N_("characters a minute, 120 to 500 (default: the voice's own)") },
    { 'j', "jobs", N_("N"), WHOLE, AT(jobs), 1, 64, FOR_EXPORT | FOR_PLAY, N_("sentences rendered at a time (default: one a core)") },
    { 'f', "format", N_("FORMAT"), TEXT, AT(format), 0, 0, FOR_EXPORT, N_("of the sound files, not the preset's") },
    { 0, "preset", N_("PRESET"), TEXT, AT(preset), 0, 0, FOR_EXPORT, N_("what the sound is for") },
    { 0, "loudness", N_("LUFS"), DECIMAL, AT(loudness_lufs), -40, -8, FOR_EXPORT | FOR_PLAY, N_("integrated loudness (default: the preset's)") },
    { 0, "single", NULL, SWITCH, AT(single), 0, 0, FOR_EXPORT, N_("one file for all articles, with chapters") },
    { 0, "opening", NULL, SWITCH, AT(opening), 0, 0, FOR_EXPORT | FOR_PLAY, N_("say the paper, the date and how many articles there are, first") },
    { 0, "signal", N_("WHAT"), TEXT, AT(signal), 0, 0, FOR_EXPORT | FOR_PLAY, N_("between articles") },
    { 0, "paper", N_("NAME"), TEXT, AT(paper), 0, 0, FOR_EXPORT | FOR_PLAY, N_("the newspaper's name (default: what the page says)") },
    { 0, "date", N_("DATE"), TEXT, AT(date), 0, 0, FOR_EXPORT | FOR_PLAY, N_("its date, as 2024-10-08 (default: what the page says)") },
    { 0, "driver", N_("NAME"), TEXT, AT(driver), 0, 0, FOR_PLAY, N_("libao driver: alsa, pulse, null, wav, ... (default: the system's)") },
    { 0, "driver-option", N_("K=V"), TEXT, AT(driver_options), 0, 0, FOR_PLAY, N_("for the driver, as dev=hw:1; several with a comma between them") },
    { 0, "export-while-playing", N_("DIR"), TEXT, AT(export_folder), 0, 0, FOR_PLAY, N_("write the articles as sound files too, as dubao export does") },
    { 0, "from-start", NULL, SWITCH, AT(from_start), 0, 0, FOR_PLAY, N_("not where the last run stopped") },
    { 0, "remote", NULL, SWITCH, AT(remote), 0, 0, FOR_PLAY, N_("commands as lines on standard input, answers as JSON lines") },
    { 0, "sleep", N_("TIME"), TEXT, AT(sleep), 0, 0, FOR_PLAY, N_("fade out and end after 20m, 90s or 1h30m") },
    { 0, "tui", NULL, SWITCH, AT(tui), 0, 0, FOR_PLAY, N_("title, progress and the sentence on the whole screen") },
    { 'a', "articles", N_("LIST"), TEXT, AT(articles), 0, 0, FOR_EXPORT | FOR_PLAY | FOR_INSPECT, N_("only these of a page, by number: 2,5-7") },
    { 0, "furniture", NULL, SWITCH, AT(furniture), 0, 0, FOR_EXPORT | FOR_PLAY | FOR_INSPECT, N_("read dates, page numbers and editors' names of the page, too") },
    { 'l', "lexicon", N_("FILE"), TEXT, AT(lexicon), 0, 0, FOR_READING, N_("your own words and readings (also: ~/.config/dubao/lexicon)") },
    { 0, "style", N_("STYLE"), TEXT, AT(style), 0, 0, FOR_EXPORT | FOR_PLAY | FOR_INSPECT | FOR_PINYIN, N_("broadcast, or colloquial with more neutral tones (default: broadcast)") },
    { 0, "json", NULL, SWITCH, AT(json), 0, 0, FOR_INSPECT | FOR_TEXT | FOR_PINYIN | FOR_VOICES, N_("answer as JSON") },
    { 0, "pls", NULL, SWITCH, AT(pls), 0, 0, FOR_LEXICON, N_("write W3C PLS (Pronunciation Lexicon Specification 1.0)") },
    { 0, "explain", NULL, SWITCH, AT(explain), 0, 0, FOR_TEXT | FOR_PINYIN, N_("name what decided about each piece or syllable") },
    { 'q', "quiet", NULL, SWITCH, AT(quiet), 0, 0, FOR_ALL, N_("no progress line") },
    { 'h', "help", NULL, SWITCH, AT(help), 0, 0, FOR_ALL, N_("this text") },
    { 'V', "version", NULL, SWITCH, AT(version), 0, 0, FOR_ALL, N_("the version") },
};
enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };
_Static_assert((int)OPTION_COUNT <= (int)SETTINGS_MAX, "there is no room for the sources of all settings");

static int set_switch(bool *field, const char *value, const char *where, Error *error)
{
    static const char *const WORDS[] = { "no", "yes", "0", "1", "false", "true", "off", "on" }; /* off and on in turn */
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcasecmp(value, WORDS[i]) != 0) continue;
        *field = i % 2 == 1;
        return 0;
    }
    return error_set(error, STATUS_USAGE, _("%s wants yes or no, not '%s'"), where, value);
}

/* `where` is the flag, variable or line it came from, for the message; it lives as long as the settings. */
static int set(Settings *settings, const Option *option, const char *value, const char *where, Error *error)
{
    void *field = (char *)settings + option->offset;
    double number = 0;
    settings->sources[option - OPTIONS] = where;
    if (option->type == TEXT && !*value) return error_set(error, STATUS_USAGE, _("%s wants a value"), where);
    if (option->type == TEXT) *(const char **)field = value;
    if (option->type == TEXT) return 0;
    if (option->type == SWITCH) return set_switch(field, value, where, error);
    bool good = str_to_double(str_from(value), &number) && number >= option->least && number <= option->most;
    if (!good || (option->type == WHOLE && number != (double)(long)number))
        return error_set(error, STATUS_USAGE, _("%s wants a number from %g to %g, not '%s'"), where, option->least, option->most, value);
    if (option->type == WHOLE) *(long *)field = (long)number;
    else *(double *)field = number;
    return 0;
}

static const Option *find(Str name)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (str_is(name, OPTIONS[i].name)) return &OPTIONS[i];
    return NULL;
}

static bool is_one_shot(const Option *option) /* of no sense outside the command line */
{
    return option->offset == AT(help) || option->offset == AT(version);
}

/* A line of the configuration file: "key value" or "key = value". */
static int read_line(Settings *settings, Arena *arena, unsigned command, Str line, const char *where, Error *error)
{
    size_t end = 0;
    while (end < line.n && line.s[end] != '=' && !isspace((unsigned char)line.s[end])) end++;
    Str key = str_slice(line, 0, end), value = str_trim(str_slice(line, end, line.n));
    if (str_starts(value, STR("="))) value = str_trim(str_slice(value, 1, value.n));
    const Option *option = find(key);
    if (!option || is_one_shot(option)) return error_set(error, STATUS_USAGE, _("%s: there is no setting '%.*s'"), where, STR_ARG(key));
    for (; option < OPTIONS + OPTION_COUNT; option++)
        if (str_equal(key, str_from(option->name)) && (option->commands & command))
            return set(settings, option, arena_str(arena, value).s, where, error);
    return 0;
}

static int read_config(Settings *settings, Arena *arena, unsigned command, Error *error)
{
    const char *path = config_file(arena, "config").s;
    Str text;
    if (!path || access(path, F_OK) != 0) return 0;
    if (file_read(arena, path, &text, error) < 0) return -1;
    for (int number = 1; text.n > 0; number++) {
        Str line = str_trim(str_split(&text, '\n'));
        if (line.n == 0 || line.s[0] == '#') continue;
        const char *where = arena_printf(arena, "%s:%d", path, number).s;
        if (read_line(settings, arena, command, line, where, error) < 0) return -1;
    }
    return 0;
}

static int read_environment(Settings *settings, Arena *arena, unsigned command, Error *error)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(OPTIONS[i].commands & command) || is_one_shot(&OPTIONS[i])) continue;
        char *name = (char *)(uintptr_t)arena_printf(arena, "DUBAO_%s", OPTIONS[i].name).s;
        for (char *c = name; *c; c++) *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c); /* a shell knows no - in a name */
        const char *value = getenv(name);
        if (value && set(settings, &OPTIONS[i], value, name, error) < 0) return -1;
    }
    return 0;
}

static int read_flags(Settings *settings, Arena *arena, unsigned command, int argc, char **argv, Error *error)
{
    struct option longs[OPTION_COUNT + 1] = { 0 };
    char letters[2 * OPTION_COUNT + 2] = ":";
    int count = 0, row;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!(OPTIONS[i].commands & command)) continue;
        longs[count++] = (struct option){ OPTIONS[i].name, OPTIONS[i].value ? required_argument : no_argument, NULL, 256 + i };
        char letter[3] = { (char)OPTIONS[i].letter, OPTIONS[i].value ? ':' : '\0', '\0' };
        strcat(letters, letter);
    }
    optind = 0; /* from the start, even if an earlier call stopped in the middle of an argument */
    optopt = 0;
    while ((row = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        /* getopt names a letter in optopt; it has not always passed the argument that holds it. */
        bool letter = optopt > 0 && optopt < 256;
        const char *given = letter ? arena_printf(arena, "-%c", optopt).s : argv[optind - 1];
        if (row == '?') return error_set(error, STATUS_USAGE, _("there is no option '%s' here; --help lists the options"), given);
        if (row == ':') return error_set(error, STATUS_USAGE, _("the option '%s' wants a value"), given);
        for (int i = 0; row < 256; i++)
            if (OPTIONS[i].letter == row && (OPTIONS[i].commands & command)) row = 256 + i;
        const Option *option = &OPTIONS[row - 256];
        const char *where = arena_printf(arena, "--%s", option->name).s;
        if (set(settings, option, option->value ? optarg : "1", where, error) < 0) return -1;
    }
    settings->arguments = argv + optind;
    settings->argument_count = argc - optind;
    return 0;
}

int options_read(Settings *settings, Arena *arena, unsigned command, int argc, char **argv, Error *error)
{
    *settings = (Settings){ .voice = "man", .style = "broadcast", .preset = "listen", .signal = "none", .loudness_lufs = 1 };
    if (read_config(settings, arena, command, error) < 0) return -1;
    if (read_environment(settings, arena, command, error) < 0) return -1;
    return read_flags(settings, arena, command, argc, argv, error);
}

const char *settings_source(const Settings *settings, const void *field)
{
    size_t offset = (size_t)((const char *)field - (const char *)settings);
    const char *source = "";
    for (int i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].offset == offset && settings->sources[i]) source = settings->sources[i];
    return source;
}

int settings_blame(const Settings *settings, const void *field, Error *error)
{
    const char *source = settings_source(settings, field);
    Error found = *error;
    return *source && *source != '-' ? error_set(error, found.status, "%s: %s", source, found.text) : -1;
}

/* Options whose values are rows of a table elsewhere. */
static const struct {
    size_t offset;
    ChoiceName *name;
} CHOICES[] = {
    { AT(format), format_name },
    { AT(preset), preset_name },
    { AT(signal), signal_name },
};
enum { CHOICES_COUNT = sizeof CHOICES / sizeof *CHOICES };

/* With the values that there are: "...: wav, flac, ogg". */
static void print_about(FILE *out, const Option *option)
{
    char names[256];
    fputs(_(option->about), out);
    for (int c = 0; c < CHOICES_COUNT; c++)
        if (option->type == TEXT && CHOICES[c].offset == option->offset) fprintf(out, ": %s", choices_join(CHOICES[c].name, names, sizeof names));
    fputc('\n', out);
}

void options_print(FILE *out, unsigned command)
{
    enum { FLAG_COLUMNS = 26 };
    for (int i = 0; i < OPTION_COUNT; i++) {
        const Option *option = &OPTIONS[i];
        if (!(option->commands & command)) continue;
        char flag[64], letter[8] = "    ";
        if (option->letter) snprintf(letter, sizeof letter, "-%c, ", option->letter);
        snprintf(flag, sizeof flag, "%s--%s %s", letter, option->name, option->value ? _(option->value) : "");
        int padding = FLAG_COLUMNS - console_columns(str_from(flag));
        if (padding < 0) fprintf(out, "      --%s=%s\n%*s ", option->name, option->value ? _(option->value) : "", FLAG_COLUMNS + 2, "");
        else fprintf(out, "  %s%*s ", flag, padding, "");
        print_about(out, option);
    }
}
