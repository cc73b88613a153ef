#include "support/page_dump.h"

#include <stdio.h>
#include <stdlib.h>

static void dump_article(FILE *out, const Article *article)
{
    fprintf(out, "article %.*s", STR_ARG(article->id));
    if (article->continued_from.n > 0) fprintf(out, " continued from %.*s", STR_ARG(article->continued_from));
    fputc('\n', out);
    for (const Block *block = article->blocks; block; block = block->next) {
        fprintf(out, "%s%s\t%d\t", block->silent ? "-" : "", role_name(block->role), block->line);
        for (size_t i = 0; i < block->text.n; i++) fputc(block->text.s[i] == '\n' ? '|' : block->text.s[i], out);
        if (block->note.n > 0) fprintf(out, "\t%.*s", STR_ARG(block->note));
        fputc('\n', out);
    }
}

Str page_dump(Arena *arena, const Edition *edition)
{
    char *memory = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&memory, &size);
    if (!out) abort();
    for (const Article *article = edition->articles; article; article = article->next) dump_article(out, article);
    fclose(out);
    Str text = arena_str(arena, (Str){ memory, size });
    free(memory);
    return text;
}
