#include "commands/exporter.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/chime.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/message.h"
#include "commands/announce.h"
#include "commands/volume.h"
#include "speech/synth.h"

enum { AHEAD_MAX = 8 * POOL_JOBS_MAX, WRITERS_MAX = 8, WAIT_MS = 50 /* so soon is a file listed that was written meanwhile */ };

typedef enum TicketKind { TICKET_ARTICLE, TICKET_CHIME, TICKET_WORDS, TICKET_SENTENCE, TICKET_ARTICLE_END, TICKET_KEPT } TicketKind;

/* What comes next in the edition, in order. Sentences are with the workers meanwhile. */
typedef struct Ticket {
    TicketKind kind;
    const Article *article;
    Str text, key;
    Role role;
    int line, number, pause_ms;
    size_t done_bytes;
} Ticket;

struct Exporter {
    const OutputFolder *folder;
    Shelf *shelf;
    Reader *reader;
    Render *render;
    const Output *output;
    const Settings *settings;
    Console *console;
    ExportSummary summary;
    Announcer *announcer;
    Clip chime;

    /* the page */
    Arena work;             /* the sentence that is being read */
    Arena page;             /* what lives as long as the page */
    const Edition *edition;
    Masthead masthead;
    size_t position, pages, done_bytes, all_bytes;
    Unread unread;

    /* what goes out to the workers */
    const Article *feeding; /* NULL: between two articles */
    const Article *next;
    Block words;            /* what is said before the article */
    Splitter words_splitter;
    bool words_open;
    Feed feed;
    Delivery delivery; /* of its article */
    int number;
    Ticket tickets[AHEAD_MAX];
    size_t first, count;

    /* what comes back */
    Volume *volume;         /* the file that is being joined */
    bool broken;            /* a sentence failed: the rest of the article is dropped */
    Volume *writing[WRITERS_MAX]; /* files that are being written, in order */
    size_t writing_count, writers;

    /* --single */
    bool single_kept;       /* it lies there already */
    Mastheads single;       /* of its pages; in `names` */
    Arena names;
};

int exporter_create(Exporter **created, const OutputFolder *folder, Reader *reader, Render *render, const Output *output, const Settings *settings,
                    Console *console, Error *error)
{
    Exporter *exporter = memory_new(1, sizeof *exporter);
    exporter->folder = folder;
    exporter->reader = reader;
    exporter->render = render;
    exporter->output = output;
    exporter->settings = settings;
    exporter->console = console;
    long jobs = settings->jobs > 0 ? settings->jobs : sysconf(_SC_NPROCESSORS_ONLN);
    exporter->writers = jobs < 1 ? 1 : jobs > WRITERS_MAX ? WRITERS_MAX : (size_t)jobs;
    if (announcer_create(&exporter->announcer, reader->data, settings, error) < 0 ||
        shelf_create(&exporter->shelf, folder, reader, &render->voice, output, settings->single, error) < 0) {
        exporter_destroy(exporter);
        return -1;
    }
    chime_make(&exporter->chime, SYNTH_RATE_HZ, output->level.target_lufs);
    *created = exporter;
    return 0;
}

void exporter_destroy(Exporter *exporter)
{
    if (!exporter) return;
    bool unfinished = exporter->writing_count > 0;
    volume_destroy(exporter->volume);
    for (size_t i = 0; i < exporter->writing_count; i++) volume_destroy(exporter->writing[i]);
    if (unfinished) folder_sweep(exporter->folder);
    shelf_destroy(exporter->shelf);
    announcer_destroy(exporter->announcer);
    clip_finish(&exporter->chime);
    arena_finish(&exporter->work);
    arena_finish(&exporter->page);
    arena_finish(&exporter->names);
    free(exporter);
}

/* ---- out to the workers ---- */

static Ticket *push(Exporter *exporter, const Article *article, TicketKind kind)
{
    Ticket *ticket = &exporter->tickets[(exporter->first + exporter->count++) % AHEAD_MAX];
    *ticket = (Ticket){ .kind = kind, .article = article, .done_bytes = exporter->done_bytes };
    return ticket;
}

/* What decides about the article's file besides the article. The opening of a file of all pages says nothing that is not in the mastheads and in how
 * many articles there are; and it is not yet known when they are surveyed. */
static uint64_t besides(const Exporter *exporter, const Announcement *announcement)
{
    const Masthead *masthead = &exporter->masthead;
    bool opens = exporter->settings->single && exporter->settings->opening && announcement->words.n > 0;
    uint64_t key = hash_str(hash_str(HASH_START, opens ? STR("opening") : announcement->words), masthead->album);
    key = hash_str(hash_str(key, masthead->paper), masthead->date);
    return hash_bytes(key, &announcement->chime, sizeof announcement->chime);
}

static void begin_next_article(Exporter *exporter)
{
    const Article *article = exporter->next;
    Announcement announcement = announcer_before(exporter->announcer, &exporter->masthead, exporter->edition, article, &exporter->page);
    Str key = shelf_key(exporter->shelf, article, besides(exporter, &announcement));
    exporter->next = article->next;
    if (!exporter->settings->single && shelf_is_unchanged(exporter->shelf, article, key)) {
        push(exporter, article, TICKET_KEPT);
        return;
    }
    push(exporter, article, TICKET_ARTICLE)->key = key;
    if (announcement.chime) push(exporter, article, TICKET_CHIME);
    exporter->words_open = announcement.words.n > 0;
    exporter->words = (Block){ .role = ROLE_BODY, .text = announcement.words };
    if (exporter->words_open) exporter->words_splitter = splitter_start(exporter->reader->marks, &exporter->words);
    exporter->feeding = article;
    exporter->feed = feed_start(exporter->reader, article, &exporter->work);
    exporter->delivery = render_delivery(exporter->render, article);
    exporter->number = 0;
}

static int hand_out_sentence(Exporter *exporter, Sentence *sentence, TicketKind kind, Error *error)
{
    Script script;
    Render *render = exporter->render;
    if (script_write(&script, render->phonemes, &exporter->delivery, sentence, &exporter->work, error) < 0) return -1;
    pool_gather(render->pool, &script);
    if (kind == TICKET_SENTENCE) exporter->done_bytes += sentence->text.n;
    Ticket *ticket = push(exporter, exporter->feeding, kind);
    ticket->text = sentence->text;
    ticket->role = sentence->role;
    ticket->line = sentence->line;
    ticket->number = kind == TICKET_SENTENCE ? ++exporter->number : 0;
    ticket->pause_ms = sentence->pause_ms;
    return 0;
}

static int hand_out_words(Exporter *exporter, Error *error)
{
    Sentence sentence = { 0 };
    arena_reset(&exporter->work, exporter->feed.mark);
    exporter->words_open = splitter_next(&exporter->words_splitter, &sentence);
    if (!exporter->words_open) pool_end_run(exporter->render->pool); /* the article sounds the same whatever is said before it */
    if (!exporter->words_open) return 0;
    reader_read(exporter->reader, &sentence, &exporter->work);
    return sentence_is_spoken(&sentence) ? hand_out_sentence(exporter, &sentence, TICKET_WORDS, error) : 0;
}

static int hand_out_next(Exporter *exporter, Error *error)
{
    Sentence sentence;
    if (!exporter->feeding) {
        begin_next_article(exporter);
        return 0;
    }
    if (exporter->words_open) return hand_out_words(exporter, error);
    if (feed_next(&exporter->feed, &sentence, exporter->edition->page, &exporter->console->report, &exporter->unread))
        return hand_out_sentence(exporter, &sentence, TICKET_SENTENCE, error);
    pool_end_run(exporter->render->pool);
    push(exporter, exporter->feeding, TICKET_ARTICLE_END);
    exporter->feeding = NULL;
    return 0;
}

/* Keeps the workers busy. */
static int hand_out(Exporter *exporter, Error *error)
{
    enum { TICKETS_A_STEP = 2 };
    while (exporter->count + TICKETS_A_STEP <= AHEAD_MAX && pool_has_room(exporter->render->pool)) {
        if (!exporter->feeding && !exporter->next) return 0;
        if (hand_out_next(exporter, error) < 0) return -1;
    }
    return 0;
}

/* ---- what is written ---- */

static int put_first_file(Exporter *exporter, Error *error)
{
    Volume *volume = exporter->writing[0];
    int result = volume_finish(volume, error);
    for (size_t i = 0; i < volume_article_count(volume) && result == 0; i++) {
        ManifestArticle article = volume_article(volume, i);
        result = shelf_put(exporter->shelf, &article, error);
    }
    if (result == 0) {
        exporter->summary.written += volume_article_count(volume);
        exporter->summary.seconds += volume_seconds(volume);
    }
    volume_destroy(volume);
    exporter->writing_count--;
    for (size_t i = 0; i < exporter->writing_count; i++) exporter->writing[i] = exporter->writing[i + 1];
    return result;
}

/* Lists the files that are written; waits until there are at most `most` that are not. */
static int put_files(Exporter *exporter, size_t most, Error *error)
{
    while (exporter->writing_count > 0 && (exporter->writing_count > most || volume_is_written(exporter->writing[0])))
        if (put_first_file(exporter, error) < 0) return -1;
    return 0;
}

static int write_volume(Exporter *exporter, const char *file, bool chapters, const Masthead *masthead, Error *error)
{
    if (put_files(exporter, exporter->writers - 1, error) < 0 || shelf_replacing(exporter->shelf, str_from(file), error) < 0) return -1;
    if (volume_write(exporter->volume, file, chapters, masthead, error) < 0) return -1;
    exporter->writing[exporter->writing_count++] = exporter->volume;
    exporter->volume = NULL;
    return 0;
}

/* ---- what comes back ---- */

/* Between two articles the pause is longer than the paragraph's that the last sentence brought. */
static int begin_article(Exporter *exporter, const Ticket *ticket, Error *error)
{
    if (!exporter->volume && volume_create(&exporter->volume, exporter->folder, exporter->output, error) < 0) return -1;
    int pause_ms = delivery_pause_ms(&exporter->delivery, BREAK_ARTICLE);
    bool follows = volume_article_count(exporter->volume) > 0;
    volume_begin_article(exporter->volume, ticket->article, shelf_page(exporter->shelf), ticket->key);
    return follows ? volume_lengthen_pause(exporter->volume, (unsigned)pause_ms, error) : 0;
}

static int join_clip(Exporter *exporter, const Ticket *ticket, const Clip *clip, Error *error)
{
    if (ticket->kind == TICKET_WORDS) return volume_add_announcement(exporter->volume, ticket->text, clip, (unsigned)ticket->pause_ms, error);
    return volume_add_sentence(exporter->volume, ticket->role, ticket->text, clip, (unsigned)ticket->pause_ms, error);
}

/* 1 when the sentence came, 0 when it is not ready yet. */
static int take_sentence(Exporter *exporter, const Ticket *ticket, Error *error)
{
    Clip clip = { 0 };
    Error why;
    Str page = file_title(exporter->edition->page);
    PoolResult result = pool_take(exporter->render->pool, WAIT_MS, &clip, &why);
    if (result == POOL_NOTHING) return 0;
    int joined = 1;
    if (result == POOL_FAILED && !exporter->broken) {
        console_say(exporter->console, _("%.*s:%d: article %.*s is not written: %s; the sentence is: %.*s"), STR_ARG(page), ticket->line,
                    STR_ARG(ticket->article->id), why.text, STR_ARG(ticket->text));
        exporter->broken = true;
    } else if (result == POOL_CLIP && !exporter->broken && join_clip(exporter, ticket, &clip, error) < 0) {
        joined = -1;
    }
    clip_finish(&clip);
    console_progress(exporter->console, article_name(ticket->article), ticket->number,
                     exporter->position * 1000 + (exporter->all_bytes ? ticket->done_bytes * 1000 / exporter->all_bytes : 0), exporter->pages * 1000);
    return joined;
}

static int end_article(Exporter *exporter, const Article *article, Error *error)
{
    bool kept = false;
    int result = exporter->broken ? volume_drop_article(exporter->volume, error) : volume_end_article(exporter->volume, &kept, error);
    if (result == 0 && kept && !exporter->settings->single)
        return write_volume(exporter, shelf_file(exporter->shelf, article).s, false, &exporter->masthead, error);
    if (result == 0 && !kept) {
        Str page = file_title(exporter->edition->page);
        exporter->summary.failed++;
        if (!exporter->broken)
            console_say(exporter->console, _("%.*s:%d: article %.*s has no word to read; no file is written for it"), STR_ARG(page),
                        article->blocks ? article->blocks->line : 1, STR_ARG(article->id));
    }
    exporter->broken = false;
    return result;
}

static int keep_article(Exporter *exporter, const Article *article, Error *error)
{
    double seconds;
    if (put_files(exporter, 0, error) < 0 || shelf_keep(exporter->shelf, article, &seconds, error) < 0) return -1;
    exporter->summary.kept++;
    exporter->summary.seconds += seconds;
    return 0;
}

static int take_next(Exporter *exporter, Error *error)
{
    const Ticket ticket = exporter->tickets[exporter->first];
    int result = 0;
    switch (ticket.kind) {
    case TICKET_ARTICLE: result = begin_article(exporter, &ticket, error); break;
    case TICKET_CHIME: result = volume_add(exporter->volume, &exporter->chime, CHIME_PAUSE_MS, error); break;
    case TICKET_WORDS:
    case TICKET_SENTENCE:
        result = take_sentence(exporter, &ticket, error);
        if (result == 0) return put_files(exporter, exporter->writers, error); /* not yet */
        break;
    case TICKET_ARTICLE_END: result = end_article(exporter, ticket.article, error); break;
    case TICKET_KEPT: result = keep_article(exporter, ticket.article, error); break;
    }
    if (result < 0) return -1;
    exporter->first = (exporter->first + 1) % AHEAD_MAX;
    exporter->count--;
    return put_files(exporter, exporter->writers, error);
}

/* ---- the page ---- */

static int export_edition(Exporter *exporter, const Edition *edition, Error *error)
{
    exporter->next = edition->articles;
    exporter->done_bytes = 0;
    exporter->all_bytes = edition_spoken_bytes(edition);
    int result = hand_out(exporter, error);
    while (result == 0 && exporter->count > 0) {
        if (console_interrupted()) return error_set(error, STATUS_INTERRUPTED, _("interrupted; the next run goes on with what is missing"));
        result = take_next(exporter, error);
        if (result == 0) result = hand_out(exporter, error);
    }
    return result;
}

static int read_page(Exporter *exporter, Edition *edition, const Page *page, const Report *report, Error *error)
{
    shelf_begin_page(exporter->shelf, page->path.s);
    if (reader_page(exporter->reader, edition, page, report, error) < 0) return -1;
    exporter->edition = edition;
    exporter->masthead = announcer_masthead(exporter->announcer, edition, &exporter->page);
    return 0;
}

static void end_page(Exporter *exporter, Edition *edition)
{
    shelf_end_page(exporter->shelf);
    arena_finish(&exporter->page);
    edition_finish(edition);
}

int exporter_page(Exporter *exporter, const Page *page, size_t position, size_t pages, Error *error)
{
    Edition edition = { 0 };
    if (exporter->single_kept) return 0;
    exporter->position = position;
    exporter->pages = pages;
    int result = read_page(exporter, &edition, page, &exporter->console->report, error);
    if (result == 0 && exporter->settings->single) mastheads_add(&exporter->single, &exporter->masthead, &exporter->names);
    if (result == 0) exporter->summary.left_out += edition_left_out_lines(&edition);
    if (result == 0 && edition.article_count == 0) result = error_set(error, STATUS_DATA, _("%s holds no word to read"), file_title(page->path).s);
    if (result == 0) result = export_edition(exporter, &edition, error);
    reader_report_page(&exporter->unread, page->path, &exporter->console->report);
    exporter->summary.unread += exporter->unread.count;
    exporter->unread = (Unread){ 0 };
    end_page(exporter, &edition);
    return result;
}

/* ---- --single ---- */

/* The keys of a page's articles, as they would come out; false for a page that cannot be read twice, or not at all. */
static bool survey_page(Exporter *exporter, const Page *page, Mastheads *mastheads, Str **keys, size_t *count)
{
    Edition edition = { 0 };
    struct stat about;
    Error ignored;
    bool read = (page->piped || (stat(page->path.s, &about) == 0 && S_ISREG(about.st_mode))) && read_page(exporter, &edition, page, &(Report){ 0 }, &ignored) == 0;
    if (read) mastheads_add(mastheads, &exporter->masthead, &exporter->names);
    for (const Article *article = edition.articles; read && article; article = article->next) {
        Announcement announcement = announcer_before(exporter->announcer, &exporter->masthead, &edition, article, &exporter->page);
        Str key = shelf_key(exporter->shelf, article, besides(exporter, &announcement));
        *keys = arena_grow(&exporter->work, *keys, *count, *count + 1, sizeof **keys);
        (*keys)[(*count)++] = arena_str(&exporter->names, key);
    }
    end_page(exporter, &edition);
    return read;
}

int exporter_keep_single(Exporter *exporter, const Pages *pages, Error *error)
{
    Str *keys = NULL;
    size_t count = 0;
    bool known = true;
    Mastheads mastheads = { 0 };
    if (!exporter->settings->single) return 0;
    announcer_join(exporter->announcer, &(Masthead){ 0 }, 1, pages->count); /* no matter how many: see besides */
    for (size_t i = 0; i < pages->count && known; i++) known = survey_page(exporter, &pages->pages[i], &mastheads, &keys, &count);
    Str file = shelf_single_file(exporter->shelf);
    exporter->single_kept = known && shelf_is_single_unchanged(exporter->shelf, file, keys, count);
    if (exporter->single_kept) {
        exporter->summary.kept = count;
        return shelf_keep_single(exporter->shelf, file, &exporter->summary.seconds, error);
    }
    Masthead papers = mastheads_join(&mastheads, &exporter->names);
    shelf_forget_pages(exporter->shelf);
    announcer_restart(exporter->announcer);
    announcer_join(exporter->announcer, &papers, known ? count : 0, pages->count);
    return 0;
}

static int write_single(Exporter *exporter, Error *error)
{
    if (!exporter->settings->single || !exporter->volume || volume_article_count(exporter->volume) == 0) return 0;
    Masthead masthead = mastheads_join(&exporter->single, &exporter->names);
    return write_volume(exporter, shelf_single_file(exporter->shelf).s, true, &masthead, error);
}

/* ---- the end ---- */

int exporter_finish(Exporter *exporter, ExportSummary *summary, Error *error)
{
    if (write_single(exporter, error) < 0 || put_files(exporter, 0, error) < 0) return -1;
    *summary = exporter->summary;
    if (summary->written + summary->kept + summary->failed == 0) return 0;
    int result = shelf_finish(exporter->shelf, &exporter->summary.changed, error);
    *summary = exporter->summary;
    return result;
}

int exporter_suspend(Exporter *exporter, Error *error)
{
    return put_files(exporter, 0, error) < 0 ? -1 : shelf_suspend(exporter->shelf, error);
}
