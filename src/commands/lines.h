/* FILE arguments of `text` and `pinyin`: plain lines, each read as one paragraph; no page structure is looked for. */
#ifndef DUBAO_COMMANDS_LINES_H
#define DUBAO_COMMANDS_LINES_H

#include "commands/console.h"
#include "commands/options.h"
#include "commands/reader.h"

typedef struct LinePrinter {
    Depth depth, json_depth; /* how far a sentence must be read for plain lines, and for JSON */
    void (*sentence)(const Sentence *sentence, bool json, bool *any); /* may be NULL; sets *any once it printed */
    void (*end)(Str line, Str spoken, bool json, bool any); /* `spoken`: the spoken form of the whole line */
} LinePrinter;

/* Reads every line of the files (standard input without any), as sentences, and has them printed. */
int lines_print(const Settings *settings, Console *console, const LinePrinter *printer, Error *error);

#endif
