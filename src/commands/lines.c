#include "commands/lines.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "page/encoding.h"

/* What the lines of a file need in turn; kept from one to the next, so that a short line costs no allocation. */
typedef struct Lines {
    const Reader *reader;
    const LinePrinter *printer;
    Console *console;
    bool json;
    Depth depth;
    Arena arena;    /* of one sentence */
    FILE *gathered; /* the spoken form of the line so far, in `spoken` */
    char *spoken;
    size_t spoken_n;
    Unread unread;  /* of one file */
} Lines;

static void print_line(Lines *lines, Str line, int number, Str file, const Persons *persons)
{
    const LinePrinter *printer = lines->printer;
    Block block = { .role = ROLE_BODY, .line = number, .text = line, .persons = persons };
    Splitter splitter = splitter_start(lines->reader->marks, &block);
    bool any = false;
    rewind(lines->gathered);
    for (;;) {
        ArenaMark mark = arena_mark(&lines->arena);
        Sentence sentence = { 0 };
        if (!splitter_next(&splitter, &sentence)) break;
        reader_read_until(lines->reader, &sentence, lines->depth, &lines->arena);
        reader_report_unread(&sentence, file, &lines->unread, &lines->console->report);
        if (printer->sentence) printer->sentence(&sentence, lines->json, &any);
        fwrite(sentence.spoken.s, 1, sentence.spoken.n, lines->gathered);
        arena_reset(&lines->arena, mark);
    }
    fflush(lines->gathered);
    printer->end(line, (Str){ lines->spoken, lines->spoken_n }, lines->json, any);
}

static int print_file(Lines *lines, const char *path, Error *error)
{
    Arena arena = { 0 };
    Str bytes, text;
    int result = file_read(&arena, path, &bytes, error);
    if (result == 0) result = encoding_decode(&arena, bytes, path, &text, &lines->console->report, error);
    bool named = result == 0 && lines->depth > DEPTH_SPOKEN; /* names have to do with readings alone; without them there is no lexicon */
    const Persons *persons = named ? pinyin_find_persons(lines->reader->lexicon, lines->reader->readings, NULL, text, &arena) : NULL;
    for (int number = 1; result == 0 && text.n > 0; number++) print_line(lines, str_split(&text, '\n'), number, str_from(path), persons);
    reader_report_page(&lines->unread, str_from(path), &lines->console->report);
    lines->unread = (Unread){ 0 };
    arena_finish(&arena);
    return result;
}

int lines_print(const Settings *settings, Console *console, const LinePrinter *printer, Error *error)
{
    Reader reader;
    Depth depth = settings->json ? printer->json_depth : printer->depth;
    if (reader_open_lines(&reader, settings, depth, &console->report, error) < 0) return -1;
    Lines lines = { .reader = &reader, .printer = printer, .console = console, .json = settings->json, .depth = depth };
    lines.gathered = open_memstream(&lines.spoken, &lines.spoken_n);
    if (!lines.gathered) memory_exhausted();
    arena_alloc(&lines.arena, 1); /* its first chunk stays through every reset */
    int result = 0;
    if (settings->argument_count == 0) result = print_file(&lines, "-", error);
    for (int i = 0; i < settings->argument_count && result == 0; i++) result = print_file(&lines, settings->arguments[i], error);
    fclose(lines.gathered);
    free(lines.spoken);
    arena_finish(&lines.arena);
    reader_close(&reader);
    return result;
}
