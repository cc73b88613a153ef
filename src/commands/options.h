/* Options: a row each in options.c, with its flag, its environment variable and its key in the configuration file. */
#ifndef DUBAO_COMMANDS_OPTIONS_H
#define DUBAO_COMMANDS_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"

enum {
    FOR_EXPORT = 1,
    FOR_PLAY = 2,
    FOR_INSPECT = 4,
    FOR_TEXT = 8,
    FOR_PINYIN = 16,
    FOR_VOICES = 32,
    FOR_LEXICON = 64,
    FOR_READING = FOR_EXPORT | FOR_PLAY | FOR_INSPECT | FOR_PINYIN | FOR_LEXICON,
    FOR_ALL = 127
};

enum { SETTINGS_MAX = 64 };

typedef struct Settings {
    const char *sources[SETTINGS_MAX]; /* where each came from: settings_source */
    const char *output;     /* export: folder; play: file of a driver that writes one */
    const char *voice;
    const char *format;     /* NULL: the preset's */
    const char *preset;
    const char *driver;     /* NULL: the system's default */
    const char *articles;   /* "2,5-7"; NULL: all */
    const char *lexicon;    /* NULL: the user's configured one, if there is one */
    const char *style;      /* broadcast or colloquial */
    bool pls;               /* lexicon: write it as W3C PLS */
    bool furniture;         /* read what stands on every page, too */
    const char *driver_options, *sleep, *export_folder; /* play; NULL: none */
    long jobs;              /* 0: one a core */
    double rate;            /* characters a minute; 0: the voice's own */
    double loudness_lufs;   /* above 0: the preset's */
    bool remote, tui, from_start; /* play */
    bool single;            /* export: all in one file */
    bool opening;           /* paper, date and number of articles before the first one */
    const char *signal;     /* between articles: "none", "chime" or "words" */
    const char *paper, *date; /* NULL: what the page says */
    bool json, explain, quiet, help, version;
    char **arguments;       /* what is left: pages or files */
    int argument_count;
} Settings;

/* Defaults, then $XDG_CONFIG_HOME/dubao/config, then DUBAO_* variables, then the flags in argv[1] and on. STATUS_USAGE with what is
 * wrong and where. Texts live in the arena or in argv, whose order changes. */
int options_read(Settings *settings, Arena *arena, unsigned command, int argc, char **argv, Error *error);

/* Where a setting came from, for a message: "--sleep", "DUBAO_SLEEP", "/home/li/.config/dubao/config:3". `field` is its place in the settings. */
const char *settings_source(const Settings *settings, const void *field);
/* For a value that turned out to be none of those there are: names its source before the error, unless it stood on the command line. Returns -1. */
int settings_blame(const Settings *settings, const void *field, Error *error);

/* The options of a command, a line each. */
void options_print(FILE *out, unsigned command);

#endif
