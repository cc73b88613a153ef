/* dubao inspect: how a page will be read. */
#include <stdio.h>

#include "base/file.h"
#include "base/message.h"
#include "base/utf8.h"
#include "commands/command.h"
#include "commands/pages.h"
#include "commands/reader.h"
#include "publish/json.h"

/* "ben3 bao4 ..." of a whole sentence, tones before or after sandhi. */
static Str pinyin_of(const Sentence *sentence, bool surface, Arena *arena)
{
    size_t syllables = 0, used = 0;
    for (size_t i = 0; i < sentence->word_count; i++) syllables += sentence->words[i].syllable_count;
    enum { SYLLABLE_BYTES = 16 };
    char *text = arena_alloc(arena, syllables * SYLLABLE_BYTES + 1);
    for (size_t i = 0; i < sentence->word_count; i++)
        for (size_t k = 0; k < sentence->words[i].syllable_count; k++) {
            const Syllable *syllable = &sentence->words[i].syllables[k];
            used += (size_t)snprintf(text + used, SYLLABLE_BYTES, "%s%.*s%d", used ? " " : "", STR_ARG(syllable->base),
                                     surface ? syllable->surface : syllable->tone);
        }
    return (Str){ text, used };
}

/* Piece i of the sentence, if it is silent by a rule; else nothing. */
static Str silent_piece(const Sentence *sentence, size_t i)
{
    const Piece *piece = &sentence->pieces[i];
    return piece->spoken_n > 0 ? (Str){ 0 } : str_slice(sentence->text, piece->text_at, piece->text_at + piece->text_n);
}

/* What prints a page: as JSON or for a person. */
typedef struct Printer {
    void (*article)(const Article *article, Str page, bool first);
    void (*article_end)(void);
    void (*block)(const Block *block, bool first);
    void (*block_end)(void);
    void (*sentence)(const Sentence *sentence, const Pauses *pauses, Arena *arena, bool first);
    void (*unspoken)(const Sentence *sentence); /* nothing of it is said: a row of stars */
} Printer;

static void json_article(const Article *article, Str page, bool first)
{
    json_t *notes = json_array();
    for (const Note *note = article->notes; note; note = note->next) json_array_append_new(notes, json_text(note->text, false));
    fputs(first ? "\n{" : ",\n{", stdout);
    json_put_members(stdout, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", json_text(article->id, false), "page", json_text(page, false),
                                       "title", json_text(article_part(article, ROLE_TITLE), false), "section",
                                       json_text(article_part(article, ROLE_SECTION), true), "kicker",
                                       json_text(article_part(article, ROLE_KICKER), true), "subtitle",
                                       json_text(article_part(article, ROLE_SUBTITLE), true), "continued_from",
                                       json_text(article->continued_from, true), "notes", notes));
    fputs(",\"blocks\":[", stdout);
}

static void json_article_end(void)
{
    fputs("]}", stdout);
}

static void json_block(const Block *block, bool first)
{
    fputs(first ? "\n{" : ",\n{", stdout);
    json_put_members(stdout, json_pack("{s:s,s:i,s:o,s:o}", "role", role_name(block->role), "line", block->line, "text",
                                       json_text(block->text, false), "note", json_text(block->note, true)));
    fputs(",\"sentences\":[", stdout);
}

static json_t *json_silent(const Sentence *sentence)
{
    json_t *silent = json_array();
    for (size_t i = 0; i < sentence->piece_count; i++) {
        Str text = silent_piece(sentence, i);
        if (text.n > 0) json_array_append_new(silent, json_text(text, false));
    }
    return silent;
}

/* The silences within the sentence, each behind so many of its syllables; the one behind all of them is pause_ms. */
static json_t *json_pauses(const Sentence *sentence, const Pauses *pauses)
{
    json_t *list = json_array();
    size_t said = 0, after = 0; /* syllables; those before the pause that was seen last */
    int ms = 0;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        if (word->kind != WORD_SPOKEN) continue;
        if (ms > 0) json_array_append_new(list, json_pack("{s:i,s:i}", "after", (int)after, "ms", ms));
        after = said += word_syllables(word);
        ms = word->after >= BREAK_PHRASE ? pauses->rows[word->pause].ms : 0;
    }
    return list;
}

static void json_sentence(const Sentence *sentence, const Pauses *pauses, Arena *arena, bool first)
{
    fputs(first ? "\n" : ",\n", stdout);
    json_put(stdout, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:i}", "text", json_text(sentence->text, false), "spoken", json_text(sentence->spoken, false),
                               "silent", json_silent(sentence), "pinyin", json_text(pinyin_of(sentence, false, arena), false), "surface",
                               json_text(pinyin_of(sentence, true, arena), false), "pauses", json_pauses(sentence, pauses), "pause_ms",
                               sentence->pause_ms));
}

/* The block's text has it, and its sentences have not. */
static void json_unspoken(const Sentence *sentence)
{
    (void)sentence;
}

static const Printer JSON_PRINTER = { json_article, json_article_end, json_block, json_article_end, json_sentence, json_unspoken };

/* For a reader; role_name is for programs. */
static const char *const ROLE_WORDS[ROLE_COUNT] = {
    [ROLE_SECTION] = N_("section"), [ROLE_KICKER] = N_("kicker"),         [ROLE_TITLE] = N_("title"),           [ROLE_SUBTITLE] = N_("subtitle"),
    [ROLE_BYLINE] = N_("byline"),   [ROLE_CONTINUED] = N_("continued"),   [ROLE_SUBHEADING] = N_("subheading"), [ROLE_BODY] = N_("body"),
    [ROLE_CAPTION] = N_("caption"), [ROLE_CREDIT] = N_("credit"),
};

static void plain_article(const Article *article, Str page, bool first)
{
    (void)page;
    Str name = article_name(article);
    printf("%s%.*s  %.*s\n", first ? "" : "\n", STR_ARG(article->id), STR_ARG(name));
    for (const Note *note = article->notes; note; note = note->next) printf("    * %.*s\n", STR_ARG(note->text));
}

static void plain_article_end(void)
{
}

static void plain_block(const Block *block, bool first)
{
    (void)first;
    printf(_("  %s (line %d)"), _(ROLE_WORDS[block->role]), block->line);
    printf("%s%.*s\n", block->note.n ? ": " : "", STR_ARG(block->note));
    for (Str rest = block->silent ? block->text : (Str){ 0 }; rest.n > 0;) { /* as it stands on the page, with its lines */
        Str line = str_split(&rest, '\n');
        printf("    [%.*s]\n", STR_ARG(line));
    }
}

static void plain_silent(const Sentence *sentence)
{
    bool first = true;
    for (size_t i = 0; i < sentence->piece_count; i++) {
        Str text = silent_piece(sentence, i);
        if (text.n == 0) continue;
        if (first) fputs(_("      silent:"), stdout);
        printf(" %.*s", STR_ARG(text));
        first = false;
    }
    if (!first) putchar('\n');
}

static void plain_unspoken(const Sentence *sentence)
{
    printf("    [%.*s]\n", STR_ARG(sentence->text));
}

static void plain_sentence(const Sentence *sentence, const Pauses *pauses, Arena *arena, bool first)
{
    (void)pauses;
    (void)first;
    Str surface = pinyin_of(sentence, true, arena);
    printf("    %.*s\n", STR_ARG(sentence->text));
    if (!str_equal(sentence->text, sentence->spoken)) printf("      = %.*s\n", STR_ARG(sentence->spoken));
    plain_silent(sentence);
    printf("      %.*s  | ", STR_ARG(surface));
    printf(_("%d ms\n"), sentence->pause_ms);
}

static const Printer PLAIN_PRINTER = { plain_article, plain_article_end, plain_block, plain_article_end, plain_sentence, plain_unspoken };

static void print_block(const Reader *reader, const Block *block, Str page, const Printer *printer, Console *console, Unread *unread, Arena *arena)
{
    Splitter splitter = splitter_start(reader->marks, block);
    for (bool first = true; !block->silent;) {
        ArenaMark mark = arena_mark(arena);
        Sentence sentence = { 0 };
        if (!splitter_next(&splitter, &sentence)) break;
        reader_read(reader, &sentence, arena);
        reader_report_unread(&sentence, page, unread, &console->report);
        if (sentence_is_spoken(&sentence)) {
            printer->sentence(&sentence, &reader->prosody->pauses, arena, first);
            first = false;
        } else {
            printer->unspoken(&sentence);
        }
        arena_reset(arena, mark);
    }
}

static size_t characters_of(const Article *article)
{
    size_t characters = 0;
    for (const Block *block = article->blocks; block; block = block->next) characters += block->silent ? 0 : utf8_count(block->text);
    return characters;
}

/* What a person chooses from with --articles. */
static void print_list(const Edition *edition)
{
    Str page = file_title(edition->page);
    printf(ngettext("%.*s: %zu article", "%.*s: %zu articles", edition->article_count), STR_ARG(page), edition->article_count);
    putchar('\n');
    for (const Article *article = edition->articles; article; article = article->next) {
        Str name = article_name(article);
        size_t characters = characters_of(article);
        printf(ngettext("  %.*s  %.*s  (%zu character)", "  %.*s  %.*s  (%zu characters)", characters), STR_ARG(article->id), STR_ARG(name), characters);
        putchar('\n');
        for (const Note *note = article->notes; note; note = note->next) printf("    * %.*s\n", STR_ARG(note->text));
    }
    for (const Block *block = edition->left_out; block; block = block->next) plain_block(block, false);
    putchar('\n');
}

static void print_edition(const Reader *reader, const Edition *edition, const Printer *printer, Console *console, bool *first)
{
    Arena arena = { 0 };
    Unread unread = { 0 };
    for (const Article *article = edition->articles; article; article = article->next, *first = false) {
        printer->article(article, edition->page, *first);
        for (const Block *block = article->blocks; block; block = block->next) {
            printer->block(block, block == article->blocks);
            print_block(reader, block, edition->page, printer, console, &unread, &arena);
            printer->block_end();
        }
        printer->article_end();
    }
    reader_report_page(&unread, edition->page, &console->report);
    arena_finish(&arena);
}

static int inspect_page(const Reader *reader, const Page *page, bool json, Console *console, bool *first, Error *error)
{
    Edition edition = { 0 };
    int result = reader_page(reader, &edition, page, &console->report, error);
    if (result == 0 && !json) print_list(&edition);
    if (result == 0) print_edition(reader, &edition, json ? &JSON_PRINTER : &PLAIN_PRINTER, console, first);
    edition_finish(&edition);
    return result;
}

/* As in export: a page that cannot be read does not keep the others from being shown; its sentence and its status are the run's. */
static int inspect_pages(const Reader *reader, const Pages *pages, bool json, Console *console, Error *error)
{
    int result = 0;
    bool first = true;
    for (size_t i = 0; i < pages->count; i++) {
        Error page_error;
        if (inspect_page(reader, &pages->pages[i], json, console, &first, &page_error) == 0) continue;
        bool ends = page_error.status != STATUS_DATA && page_error.status != STATUS_NO_INPUT;
        if (result < 0 && !ends) console_say(console, "%s", page_error.text);
        else *error = page_error;
        result = -1;
        if (ends) break;
    }
    return result;
}

static int run(const Settings *settings, Console *console, Error *error)
{
    Arena arena = { 0 };
    Pages pages;
    Reader reader = { 0 };
    int result = pages_find(&pages, &arena, settings->arguments, settings->argument_count, error);
    if (result == 0) result = reader_open(&reader, settings, &console->report, error);
    bool open = result == 0;
    if (open && settings->json) fputs("{\"articles\":[", stdout);
    if (open) result = inspect_pages(&reader, &pages, settings->json, console, error);
    if (open && settings->json) puts("\n]}");
    reader_close(&reader);
    arena_finish(&arena);
    return result;
}

const Command COMMAND_INSPECT = { "inspect", N_("PAGE..."), N_("show how a page will be read: articles, parts, sentences, spoken form, readings"), FOR_INSPECT, true, run };
