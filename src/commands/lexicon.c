/* dubao lexicon: a user's own words, checked; as text or as W3C PLS. */
#include <libxml/xmlwriter.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/message.h"
#include "commands/command.h"
#include "commands/reader.h"

static void plain(void *context, Str word, Str reading)
{
    fprintf(context, "%.*s\t%.*s\n", STR_ARG(word), STR_ARG(reading));
}

static void write_text(xmlTextWriterPtr writer, const char *element, Str text)
{
    xmlTextWriterWriteFormatElement(writer, BAD_CAST element, "%.*s", STR_ARG(text));
}

static void lexeme(void *context, Str word, Str reading)
{
    xmlTextWriterPtr writer = context;
    xmlTextWriterStartElement(writer, BAD_CAST "lexeme");
    write_text(writer, "grapheme", word);
    write_text(writer, "phoneme", reading);
    xmlTextWriterEndElement(writer);
}

static void write_pls(const Readings *readings)
{
    xmlTextWriterPtr writer = xmlNewTextWriter(xmlOutputBufferCreateFile(stdout, NULL));
    if (!writer) memory_exhausted();
    xmlTextWriterSetIndent(writer, 1);
    xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL);
    xmlTextWriterStartElementNS(writer, NULL, BAD_CAST "lexicon", BAD_CAST "http://www.w3.org/2005/01/pronunciation-lexicon");
    xmlTextWriterWriteAttribute(writer, BAD_CAST "version", BAD_CAST "1.0");
    xmlTextWriterWriteAttribute(writer, BAD_CAST "alphabet", BAD_CAST "x-pinyin");
    xmlTextWriterWriteAttribute(writer, BAD_CAST "xml:lang", BAD_CAST "zh-CN");
    pinyin_each_user_word(readings, lexeme, writer);
    xmlTextWriterEndDocument(writer);
    xmlFreeTextWriter(writer);
}

/* What was left out is named, and counts. */
typedef struct Named {
    const Report *report;
    size_t count;
} Named;

static void name(void *context, const char *text)
{
    Named *named = context;
    named->count++;
    report_warn(named->report, "%s", text);
}

/* The files given are read into one; without any it is the user's configured lexicon. */
static int run(const Settings *settings, Console *console, Error *error)
{
    Reader reader;
    Named named = { &console->report, 0 };
    Report report = { name, &named };
    if (reader_open(&reader, settings, &report, error) < 0) return -1;
    int result = 0;
    for (int i = 0; i < settings->argument_count && result == 0; i++)
        result = pinyin_read_user(reader.readings, settings->arguments[i], &report, error);
    if (result == 0 && settings->pls) write_pls(reader.readings);
    else if (result == 0) pinyin_each_user_word(reader.readings, plain, stdout);
    reader_close(&reader);
    return result == 0 && named.count > 0 ? STATUS_PARTIAL : result;
}

const Command COMMAND_LEXICON = { "lexicon", N_("[FILE...]"), N_("check your own words and readings; write them as text or as W3C PLS"), FOR_LEXICON, false, run };
