#include "commands/exporter.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/message.h"
#include "speech/synth.h"

enum { AHEAD_MAX = 8 * POOL_JOBS_MAX };

/* What comes next in the edition, in order. Sentences are with the workers meanwhile. */
typedef struct Ticket {
    enum { TICKET_SENTENCE, TICKET_ARTICLE_END, TICKET_KEPT } kind;
    const Article *article;
    Str text;
    Role role;
    int line, number, pause_ms;
    size_t done_bytes;
} Ticket;

struct Exporter {
    const OutputFolder *folder;
    Shelf *shelf;
    const Reader *reader;
    Render *render;
    const Output *output;
    Console *console;
    ExportSummary summary;

    /* the page */
    Arena work;             /* the sentence that is being read */
    const Edition *edition;
    size_t position, pages, done_bytes, all_bytes;

    /* what goes out to the workers */
    const Article *feeding; /* NULL: between two articles */
    const Article *next;
    Feed feed;
    int number;
    Ticket tickets[AHEAD_MAX];
    size_t first, count;

    /* what comes back */
    Track *track;           /* of the article that is being joined; NULL before its first sentence */
    bool broken;            /* a sentence failed: the rest of the article is dropped */
    Cue *cues;
    size_t cue_count, cue_room;
};

int exporter_create(Exporter **created, const OutputFolder *folder, Reader *reader, Render *render, const Output *output, Console *console,
                    Error *error)
{
    Exporter *exporter = calloc(1, sizeof *exporter);
    if (!exporter) abort();
    exporter->folder = folder;
    exporter->reader = reader;
    exporter->render = render;
    exporter->output = output;
    exporter->console = console;
    if (shelf_create(&exporter->shelf, folder, reader, &render->voice, output, error) < 0) {
        exporter_destroy(exporter);
        return -1;
    }
    *created = exporter;
    return 0;
}

void exporter_destroy(Exporter *exporter)
{
    if (!exporter) return;
    track_destroy(exporter->track);
    shelf_destroy(exporter->shelf);
    arena_finish(&exporter->work);
    free(exporter->cues);
    free(exporter);
}

/* ---- out to the workers ---- */

static Ticket *push(Exporter *exporter, const Article *article)
{
    Ticket *ticket = &exporter->tickets[(exporter->first + exporter->count++) % AHEAD_MAX];
    *ticket = (Ticket){ .article = article, .done_bytes = exporter->done_bytes };
    return ticket;
}

static void begin_next_article(Exporter *exporter)
{
    const Article *article = exporter->next;
    exporter->next = article->next;
    if (shelf_is_unchanged(exporter->shelf, article)) {
        push(exporter, article)->kind = TICKET_KEPT;
        return;
    }
    exporter->feeding = article;
    exporter->feed = feed_start(exporter->reader, article, &exporter->work);
    exporter->number = 0;
}

static int hand_out_sentence(Exporter *exporter, Sentence *sentence, Error *error)
{
    Script script;
    Render *render = exporter->render;
    if (script_write(&script, render->phonemes, exporter->reader->prosody, render->voice.pause_scale, sentence, &exporter->work, error) < 0) return -1;
    pool_submit(render->pool, &script);
    exporter->done_bytes += sentence->text.n;
    Ticket *ticket = push(exporter, exporter->feeding);
    ticket->kind = TICKET_SENTENCE;
    ticket->text = sentence->text;
    ticket->role = sentence->role;
    ticket->line = sentence->line;
    ticket->number = ++exporter->number;
    ticket->pause_ms = sentence->pause_ms;
    return 0;
}

/* Keeps the workers busy. */
static int hand_out(Exporter *exporter, Error *error)
{
    while (exporter->count < AHEAD_MAX && pool_has_room(exporter->render->pool)) {
        Sentence sentence;
        if (!exporter->feeding && !exporter->next) return 0;
        if (!exporter->feeding) {
            begin_next_article(exporter);
        } else if (feed_next(&exporter->feed, &sentence, exporter->edition->page, &exporter->console->report, &exporter->summary.unread)) {
            if (hand_out_sentence(exporter, &sentence, error) < 0) return -1;
        } else {
            push(exporter, exporter->feeding)->kind = TICKET_ARTICLE_END;
            exporter->feeding = NULL;
        }
    }
    return 0;
}

/* ---- what comes back ---- */

static void add_cue(Exporter *exporter, Cue cue)
{
    if (exporter->cue_count == exporter->cue_room) {
        exporter->cue_room = exporter->cue_room ? exporter->cue_room * 2 : 256;
        exporter->cues = realloc(exporter->cues, exporter->cue_room * sizeof cue);
        if (!exporter->cues) abort();
    }
    exporter->cues[exporter->cue_count++] = cue;
}

static int join_clip(Exporter *exporter, const Ticket *ticket, const Clip *clip, Error *error)
{
    if (!exporter->track && track_create(&exporter->track, exporter->folder, SYNTH_RATE_HZ, error) < 0) return -1;
    uint64_t first = track_frames(exporter->track);
    if (track_append(exporter->track, clip->samples, clip->frames, error) < 0) return -1;
    add_cue(exporter, (Cue){ ticket->role, ticket->text, first, track_frames(exporter->track) });
    return track_silence(exporter->track, (unsigned)ticket->pause_ms, error);
}

/* 1 when the sentence came, 0 when it is not ready yet. */
static int take_sentence(Exporter *exporter, const Ticket *ticket, Error *error)
{
    Clip clip = { 0 };
    Error why;
    Str page = file_title(exporter->edition->page);
    PoolResult result = pool_take(exporter->render->pool, 500, &clip, &why);
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

/* "/news/2024-10-08.md" is the album "2024-10-08". */
static Str album_of(Str page)
{
    Str name = file_title(page);
    const char *slash = memrchr(name.s, '/', name.n);
    if (slash) name = str_slice(name, (size_t)(slash + 1 - name.s), name.n);
    const char *dot = memrchr(name.s, '.', name.n);
    return dot && dot > name.s ? str_slice(name, 0, (size_t)(dot - name.s)) : name;
}

/* What its file says of an article; the marks are to be freed. */
static SoundAbout describe(const Exporter *exporter, const Article *article, SoundMark *marks)
{
    long track = 0;
    for (size_t i = 0; i < exporter->cue_count; i++) marks[i] = (SoundMark){ exporter->cues[i].first, exporter->cues[i].end, exporter->cues[i].text };
    str_to_long(article->id, &track);
    return (SoundAbout){ .title = article_name(article), .album = album_of(exporter->edition->page), .track = (unsigned)track, .cues = marks,
                         .cue_count = exporter->cue_count };
}

static int write_article(Exporter *exporter, const Article *article, Error *error)
{
    TrackResult sound;
    const char *file = shelf_file(exporter->shelf, article).s;
    SoundMark *marks = calloc(exporter->cue_count + 1, sizeof *marks);
    if (!marks) abort();
    SoundAbout about = describe(exporter, article, marks);
    int result = track_finish(exporter->track, exporter->output->format, file, exporter->output->level, &about, &sound, error);
    free(marks);
    if (result < 0) return -1;
    exporter->summary.written++;
    exporter->summary.frames += sound.frames;
    return shelf_put(exporter->shelf, article, &sound, exporter->cues, exporter->cue_count, error);
}

static int end_article(Exporter *exporter, const Article *article, Error *error)
{
    int result = 0;
    if (exporter->track && !exporter->broken) {
        result = write_article(exporter, article, error);
    } else {
        Str page = file_title(exporter->edition->page);
        exporter->summary.failed++;
        if (!exporter->broken)
            console_say(exporter->console, _("%.*s:%d: article %.*s has no word to read; no file is written for it"), STR_ARG(page),
                        article->blocks ? article->blocks->line : 1, STR_ARG(article->id));
    }
    track_destroy(exporter->track);
    exporter->track = NULL;
    exporter->broken = false;
    exporter->cue_count = 0;
    return result;
}

static int keep_article(Exporter *exporter, const Article *article, Error *error)
{
    uint64_t frames;
    if (shelf_keep(exporter->shelf, article, &frames, error) < 0) return -1;
    exporter->summary.kept++;
    exporter->summary.frames += frames;
    return 0;
}

static int take_next(Exporter *exporter, Error *error)
{
    const Ticket ticket = exporter->tickets[exporter->first];
    int taken = 1;
    switch (ticket.kind) {
    case TICKET_SENTENCE: taken = take_sentence(exporter, &ticket, error); break;
    case TICKET_ARTICLE_END: taken = end_article(exporter, ticket.article, error) < 0 ? -1 : 1; break;
    case TICKET_KEPT: taken = keep_article(exporter, ticket.article, error) < 0 ? -1 : 1; break;
    }
    if (taken <= 0) return taken;
    exporter->first = (exporter->first + 1) % AHEAD_MAX;
    exporter->count--;
    return 0;
}

/* ---- the page ---- */

static int export_edition(Exporter *exporter, const Edition *edition, Error *error)
{
    exporter->edition = edition;
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

int exporter_page(Exporter *exporter, const char *path, size_t position, size_t pages, Error *error)
{
    Edition edition = { 0 };
    exporter->position = position;
    exporter->pages = pages;
    shelf_begin_page(exporter->shelf, path);
    int result = reader_page(exporter->reader, &edition, path, &exporter->console->report, error);
    if (result == 0 && edition.article_count == 0) result = error_set(error, STATUS_DATA, _("%s holds no word to read"), file_title(str_from(path)).s);
    if (result == 0) result = export_edition(exporter, &edition, error);
    shelf_end_page(exporter->shelf);
    edition_finish(&edition);
    return result;
}

int exporter_finish(Exporter *exporter, ExportSummary *summary, Error *error)
{
    if (shelf_finish(exporter->shelf, &exporter->summary.changed, error) < 0) return -1;
    *summary = exporter->summary;
    return 0;
}

int exporter_suspend(Exporter *exporter, Error *error)
{
    return shelf_suspend(exporter->shelf, error);
}
