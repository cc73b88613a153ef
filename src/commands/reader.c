#include "commands/reader.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"
#include "commands/selection.h"

static int open_user_lexicon(Reader *reader, const Settings *settings, const Report *report, Error *error)
{
    const char *path = settings->lexicon ? settings->lexicon : config_file(&reader->arena, "lexicon").s;
    if (!settings->lexicon && (!path || access(path, F_OK) != 0)) return 0;
    return pinyin_read_user(reader->readings, path, report, error);
}

static int set_style(Reader *reader, const Settings *settings, Error *error)
{
    reader->style = settings->style;
    if (!settings->style || pinyin_set_style(reader->readings, str_from(settings->style))) return 0;
    error_set(error, STATUS_USAGE, _("there is no style '%s'; there are broadcast and colloquial"), settings->style);
    return settings_blame(settings, &settings->style, error);
}

static int open_all(Reader *reader, const Settings *settings, bool pages, Depth depth, const Report *report, Error *error)
{
    *reader = (Reader){ .articles = settings->articles, .articles_source = settings_source(settings, &settings->articles), .furniture = settings->furniture };
    reader->data = data_folder(&reader->arena).s;
    const char *folder = arena_printf(&reader->arena, "%s/voices/mandarin", reader->data).s;
    bool open = (!pages || (reader->page_rules = page_rules_create(folder, error))) &&
                (reader->spoken_rules = spoken_create(folder, error)) && (reader->marks = spoken_marks(reader->spoken_rules)) &&
                (depth < DEPTH_READINGS || (reader->lexicon = lexicon_open(reader->data, error))) &&
                (reader->readings = readings_create(folder, error)) &&
                (depth < DEPTH_WHOLE || (reader->prosody = prosody_create(folder, error)));
    if (!open) error_own_data(error);
    if (open && set_style(reader, settings, error) == 0 && open_user_lexicon(reader, settings, report, error) == 0) return 0;
    reader_close(reader);
    return -1;
}

int reader_open(Reader *reader, const Settings *settings, const Report *report, Error *error)
{
    return open_all(reader, settings, true, DEPTH_WHOLE, report, error);
}

int reader_open_lines(Reader *reader, const Settings *settings, Depth depth, const Report *report, Error *error)
{
    return open_all(reader, settings, false, depth, report, error);
}

void reader_close(Reader *reader)
{
    page_rules_destroy(reader->page_rules);
    spoken_destroy(reader->spoken_rules);
    lexicon_close(reader->lexicon);
    readings_destroy(reader->readings);
    prosody_destroy(reader->prosody);
    arena_finish(&reader->arena);
    *reader = (Reader){ 0 };
}

static int is_table(const struct dirent *entry)
{
    return str_ends(str_from(entry->d_name), STR(".tsv"));
}

int reader_version(Reader *reader, uint64_t *version, Error *error)
{
    Arena arena = { 0 };
    struct dirent **entries;
    const char *folder = arena_printf(&arena, "%s/voices/mandarin", reader->data).s;
    int count = scandir(folder, &entries, is_table, alphasort), result = 0;
    *version = lexicon_version(reader->lexicon) ^ pinyin_user_version(reader->readings) ^ hash_str(HASH_START, str_from(reader->style));
    for (int i = 0; i < count; i++) {
        Str text;
        const char *path = arena_printf(&arena, "%s/%s", folder, entries[i]->d_name).s;
        if (result == 0) result = file_read(&arena, path, &text, error);
        if (result == 0) *version = hash_str(*version, text);
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    arena_finish(&arena);
    return result;
}

void reader_read_until(const Reader *reader, Sentence *sentence, Depth depth, Arena *arena)
{
    pinyin_find_rubies(reader->readings, sentence, arena);
    spoken_form(reader->spoken_rules, sentence, arena);
    if (depth == DEPTH_SPOKEN) return;
    Str written = pinyin_simplify(reader->readings, sentence, arena);
    pinyin_segment(reader->lexicon, reader->readings, sentence, arena);
    pinyin_read(reader->lexicon, reader->readings, sentence, arena);
    pinyin_keep_readings(reader->readings, sentence, written);
    if (depth == DEPTH_WHOLE) {
        prosody_breaks(reader->prosody, sentence);
        pinyin_sandhi(reader->readings, sentence);
        sentence->pause_ms = reader->prosody->pauses.rows[sentence->after].ms;
    }
    pinyin_restore(sentence, written);
}

void reader_read(const Reader *reader, Sentence *sentence, Arena *arena)
{
    reader_read_until(reader, sentence, DEPTH_WHOLE, arena);
}

static int lines_before(Str text, size_t at)
{
    int lines = 0;
    for (size_t i = 0; i < at; i++) lines += text.s[i] == '\n';
    return lines;
}

/* The line of the page that `written`, at `at` in the sentence, stands in: the block's text has lost its lines, but holds the same as often. */
static int line_of(const Sentence *sentence, size_t at, Str written)
{
    enum { SOURCE_BYTES_MOST = 1 << 14 }; /* no paragraph is longer; in a hostile one every second character could ask */
    const Block *block = sentence->block;
    Str source = block ? block->source : (Str){ 0 };
    size_t place = 0, from = 0, found;
    if (source.n == 0 || source.n > SOURCE_BYTES_MOST || written.n == 0) return sentence->line;
    at += sentence->text_at;
    do {
        found = from + str_find(str_slice(source, from, source.n), written);
        if (found >= source.n) return sentence->line;
        from = found + written.n;
        place += str_find(str_slice(block->text, place, block->text.n), written) + written.n;
    } while (place <= at);
    return sentence->line + lines_before(source, found);
}

static void report_rubies(const Sentence *sentence, Str page, const Report *report)
{
    for (size_t i = 0; i < sentence->ruby_count; i++) {
        const Ruby *ruby = &sentence->rubies[i];
        Str written = str_slice(sentence->text, ruby->text_at, ruby->text_at + ruby->text_n);
        if (!ruby->fault) continue;
        report_warn(report, _("%.*s:%d: '%.*s' is read as text: %s"), STR_ARG(page), line_of(sentence, ruby->text_at, written), STR_ARG(written), ruby->fault);
    }
}

void reader_report_unread(const Sentence *sentence, Str page, Unread *unread, const Report *report)
{
    report_rubies(sentence, file_title(page), report);
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        if (word->kind != WORD_UNREAD || unread->count++ > 0) continue;
        size_t place = str_find(sentence->text, word->text);
        utf8_decode(word->text, &unread->first);
        unread->line = line_of(sentence, place < sentence->text.n ? place : 0, word->text);
    }
}

void reader_report_page(const Unread *unread, Str page, const Report *report)
{
    char bytes[4];
    Str first = { bytes, utf8_encode(unread->first, bytes) };
    page = file_title(page);
    if (unread->first < 0x20) first = STR("?");
    if (unread->count == 1)
        report_warn(report, _("%.*s:%d: no reading for '%.*s' (U+%04X); it is left out"), STR_ARG(page), unread->line, STR_ARG(first), unread->first);
    if (unread->count > 1)
        report_warn(report, ngettext("%.*s:%d: no reading for '%.*s' (U+%04X) and %zu character behind it; they are left out",
                                     "%.*s:%d: no reading for '%.*s' (U+%04X) and %zu characters behind it; they are left out", unread->count - 1),
                    STR_ARG(page), unread->line, STR_ARG(first), unread->first, unread->count - 1);
}

bool sentence_is_spoken(const Sentence *sentence)
{
    for (size_t i = 0; i < sentence->word_count; i++)
        if (sentence->words[i].kind == WORD_SPOKEN) return true;
    return false;
}

static const Block *spoken_block(const Block *block)
{
    while (block && block->silent) block = block->next;
    return block;
}

Feed feed_start(const Reader *reader, const Article *article, Arena *arena)
{
    Feed feed = { .reader = reader, .article = article, .arena = arena, .mark = arena_mark(arena) };
    feed.block = spoken_block(article->blocks);
    if (feed.block) feed.splitter = splitter_start(reader->marks, feed.block);
    return feed;
}

bool feed_next(Feed *feed, Sentence *sentence, Str page, const Report *report, Unread *unread)
{
    while (feed->block) {
        arena_reset(feed->arena, feed->mark);
        *sentence = (Sentence){ 0 };
        if (!splitter_next(&feed->splitter, sentence)) {
            feed->block = spoken_block(feed->block->next);
            if (feed->block) feed->splitter = splitter_start(feed->reader->marks, feed->block);
            continue;
        }
        reader_read(feed->reader, sentence, feed->arena);
        reader_report_unread(sentence, page, unread, report);
        if (sentence_is_spoken(sentence)) return true;
    }
    return false;
}

static void read_furniture(Edition *edition)
{
    for (Article *article = edition->articles; article; article = article->next)
        for (Block *block = article->blocks; block; block = block->next) block->silent = block->silent && !block->furniture;
}

/* A person is known by the title that stands beside the name once. */
static void find_persons(const Reader *reader, const Edition *edition, Arena *arena)
{
    for (Article *article = edition->articles; article; article = article->next) {
        Persons *persons = NULL;
        for (const Block *block = article->blocks; block; block = block->next)
            persons = pinyin_find_persons(reader->lexicon, reader->readings, persons, block->text, arena);
        for (Block *block = article->blocks; block; block = block->next) block->persons = persons;
    }
}

int reader_page(const Reader *reader, Edition *edition, const Page *page, const Report *report, Error *error)
{
    int result = page->piped ? page_read_bytes(edition, reader->page_rules, page->path, page->bytes, report, error)
                             : page_read(edition, reader->page_rules, page->path.s, report, error);
    memory_give_back(); /* cutting a page into articles takes some times what is kept of it */
    if (result < 0) return result;
    if (reader->furniture) read_furniture(edition);
    find_persons(reader, edition, &edition->arena);
    return reader->articles ? selection_apply(edition, reader->articles, reader->articles_source, error) : 0;
}
