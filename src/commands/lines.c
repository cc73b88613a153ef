#include "commands/lines.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/message.h"
#include "page/encoding.h"

static void print_line(const Reader *reader, Str line, int number, Str file, bool json, const LinePrinter *printer, Console *console, Arena *arena)
{
    Block block = { .role = ROLE_BODY, .line = number, .text = line };
    Splitter splitter = splitter_start(reader->marks, &block);
    char *spoken = NULL;
    size_t spoken_n = 0;
    FILE *gathered = open_memstream(&spoken, &spoken_n);
    if (!gathered) abort();
    bool any = false;
    for (;;) {
        ArenaMark mark = arena_mark(arena);
        Sentence sentence = { 0 };
        if (!splitter_next(&splitter, &sentence)) break;
        if (printer->readings) reader_read(reader, &sentence, arena);
        else spoken_form(reader->spoken_rules, &sentence, arena);
        reader_report_unread(&sentence, file, &console->report);
        if (printer->sentence) printer->sentence(&sentence, json, &any);
        fwrite(sentence.spoken.s, 1, sentence.spoken.n, gathered);
        arena_reset(arena, mark);
    }
    fclose(gathered);
    printer->end(line, (Str){ spoken, spoken_n }, json, any);
    free(spoken);
}

static int print_file(const Reader *reader, const char *path, bool json, const LinePrinter *printer, Console *console, Error *error)
{
    Arena arena = { 0 }, work = { 0 };
    Str bytes, text;
    int result = file_read(&arena, path, &bytes, error);
    if (result == 0) result = encoding_decode(&arena, bytes, path, &text, &console->report, error);
    for (int number = 1; result == 0 && text.n > 0; number++)
        print_line(reader, str_split(&text, '\n'), number, str_from(path), json, printer, console, &work);
    arena_finish(&work);
    arena_finish(&arena);
    return result;
}

int lines_print(const Settings *settings, Console *console, const LinePrinter *printer, Error *error)
{
    Reader reader;
    if (reader_open(&reader, error) < 0) return -1;
    int result = 0;
    if (settings->argument_count == 0) result = print_file(&reader, "-", settings->json, printer, console, error);
    for (int i = 0; i < settings->argument_count && result == 0; i++)
        result = print_file(&reader, settings->arguments[i], settings->json, printer, console, error);
    reader_close(&reader);
    return result;
}
