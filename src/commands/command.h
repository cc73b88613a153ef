/* A command of the program: one file in this folder, one row in main.c. */
#ifndef DUBAO_COMMANDS_COMMAND_H
#define DUBAO_COMMANDS_COMMAND_H

#include "base/error.h"
#include "commands/console.h"
#include "commands/options.h"

typedef struct Command {
    const char *name;
    const char *arguments; /* for the usage line: "PAGE..." */
    const char *summary;   /* one line */
    unsigned bit;          /* which options it takes: the rows of options.c that bear it */
    bool wants_pages;      /* at least one argument */
    /* Returns STATUS_OK, STATUS_PARTIAL after it named what failed, or a negative value with *error filled. */
    int (*run)(const Settings *settings, Console *console, Error *error);
} Command;

extern const Command COMMAND_EXPORT, COMMAND_PLAY, COMMAND_INSPECT, COMMAND_TEXT, COMMAND_PINYIN, COMMAND_LEXICON, COMMAND_VOICES;

#endif
