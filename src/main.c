/* dubao: a table of commands. Only here is an error printed and the exit status chosen. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "commands/command.h"

static const Command *const COMMANDS[] = { &COMMAND_EXPORT, &COMMAND_PLAY, &COMMAND_INSPECT, &COMMAND_TEXT, &COMMAND_PINYIN, &COMMAND_LEXICON, &COMMAND_VOICES };
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void print_help(FILE *out)
{
    fputs(_("dubao reads Mandarin newspaper pages aloud.\n\nUsage: dubao COMMAND [OPTION...] [ARGUMENT...]\n\nCommands:\n"), out);
    for (int i = 0; i < COMMAND_COUNT; i++) fprintf(out, "  %-9s %s\n", COMMANDS[i]->name, _(COMMANDS[i]->summary));
    fputs(_("\nA PAGE is a file (Markdown, plain text, HTML or a feed), a folder of them, or - for standard input.\n"
            "dubao COMMAND --help says more. Settings may also stand in ~/.config/dubao/config.\n"),
          out);
}

static void print_command_help(const Command *command)
{
    const char *arguments = *command->arguments ? _(command->arguments) : ""; /* gettext("") is the catalogue's head */
    printf(_("Usage: dubao %s [OPTION...]%s%s\n\n%s.\n\nOptions:\n"), command->name, *arguments ? " " : "", arguments, _(command->summary));
    options_print(stdout, command->bit);
}

static const Command *find_command(const char *name)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0) return COMMANDS[i];
    return NULL;
}

static int run_command(const Command *command, int argc, char **argv, Arena *arena, Error *error)
{
    Settings settings;
    if (options_read(&settings, arena, command->bit, argc, argv, error) < 0) return -1;
    if (settings.help) print_command_help(command);
    if (settings.version) puts("dubao " DUBAO_VERSION);
    if (settings.help || settings.version) return 0;
    if (command->wants_pages && settings.argument_count == 0)
        return error_set(error, STATUS_USAGE, _("dubao %s wants a page: a file, a folder, or - for standard input"), command->name);
    Console console = console_start(settings.quiet);
    console_attach(&console);
    int result = command->run(&settings, &console, error);
    console_clear(&console);
    return result;
}

static int dispatch(int argc, char **argv, Arena *arena, Error *error)
{
    const char *name = argc > 1 ? argv[1] : "";
    const Command *command = find_command(name);
    if (command) return run_command(command, argc - 1, argv + 1, arena, error);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) print_help(stdout);
    else if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) puts("dubao " DUBAO_VERSION);
    else if (argc < 2) return error_set(error, STATUS_USAGE, _("which command? export, play, inspect, text, pinyin, lexicon or voices; --help says more"));
    else return error_set(error, STATUS_USAGE, _("there is no command '%s'; --help lists the commands"), name);
    return 0;
}

/* A stream that was closed (cron jobs, >&-) would be some file that is opened later, and words would go there. In its place stands a file that
 * can be used only the wrong way round: so reading and writing fail as they should. */
static void open_missing_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) return;
}

int main(int argc, char **argv)
{
    Arena arena = { 0 };
    memory_start();
    open_missing_streams();
    signal(SIGXFSZ, SIG_IGN); /* a file over the limit (ulimit -f) is a write that fails, like one on a full disk */
    Error error;
    message_start(arena_printf(&arena, "%s/locale", data_folder(&arena).s).s);
    int status = dispatch(argc, argv, &arena, &error);
    if (status < 0) {
        console_complain(error.text);
        status = (int)error.status;
    }
    if ((fflush(stdout) != 0 || ferror(stdout)) && status == 0) {
        fprintf(stderr, "dubao: %s\n", _("the answer could not be written to standard output"));
        status = STATUS_IO;
    }
    arena_finish(&arena);
    return status;
}
