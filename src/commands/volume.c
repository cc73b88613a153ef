#include "commands/volume.h"

#include <stdlib.h>

#include "audio/track.h"
#include "base/memory.h"
#include "base/task.h"
#include "speech/synth.h"

typedef struct Entry {
    ManifestArticle article; /* but for what is known of the whole file */
    size_t first_cue, first_sentence; /* of its cues; those before its sentences are of what is announced */
    unsigned pause_ms; /* before it */
} Entry;

struct Volume {
    const OutputFolder *folder;
    const Output *output;
    Arena arena;
    Track *track;
    Entry *entries;
    size_t count;
    Cue *cues;
    size_t cue_count, cue_room;
    unsigned pause_ms; /* with which the sound ends so far */

    /* the file */
    Str file;
    SoundAbout about;
    Task *task;
    TrackResult result;
};

int volume_create(Volume **created, const OutputFolder *folder, const Output *output, Error *error)
{
    Volume *volume = memory_new(1, sizeof *volume);
    volume->folder = folder;
    volume->output = output;
    if (track_create(&volume->track, folder, SYNTH_RATE_HZ, error) < 0) {
        free(volume);
        return -1;
    }
    *created = volume;
    return 0;
}

void volume_destroy(Volume *volume)
{
    if (!volume) return;
    task_cancel(volume->task);
    track_destroy(volume->track);
    arena_finish(&volume->arena);
    free(volume->cues);
    free(volume);
}

/* ---- articles ---- */

int volume_lengthen_pause(Volume *volume, unsigned pause_ms, Error *error)
{
    unsigned more_ms = pause_ms > volume->pause_ms ? pause_ms - volume->pause_ms : 0;
    return track_silence(volume->track, more_ms, error);
}

void volume_begin_article(Volume *volume, const Article *article, Str page, Str key)
{
    Arena *arena = &volume->arena;
    Str title = article_part(article, ROLE_TITLE);
    volume->entries = arena_grow(arena, volume->entries, volume->count, volume->count + 1, sizeof *volume->entries);
    volume->entries[volume->count++] = (Entry){
        .article = { .id = arena_str(arena, article->id), .page = arena_str(arena, page), .title = arena_str(arena, title),
                     .section = arena_str(arena, article_part(article, ROLE_SECTION)), .kicker = arena_str(arena, article_part(article, ROLE_KICKER)),
                     .subtitle = arena_str(arena, article_part(article, ROLE_SUBTITLE)), .key = arena_str(arena, key),
                     .name = arena_str(arena, article_name(article)), .cue_hz = SYNTH_RATE_HZ, .first = track_frames(volume->track) },
        .first_cue = volume->cue_count, .first_sentence = volume->cue_count, .pause_ms = volume->pause_ms
    };
}

int volume_add(Volume *volume, const Clip *clip, unsigned pause_ms, Error *error)
{
    if (track_append(volume->track, clip->samples, clip->frames, error) < 0) return -1;
    volume->pause_ms = pause_ms;
    return track_silence(volume->track, pause_ms, error);
}

static void add_cue(Volume *volume, Cue cue)
{
    if (volume->cue_count == volume->cue_room) {
        volume->cue_room = volume->cue_room ? volume->cue_room * 2 : 64;
        volume->cues = memory_grow(volume->cues, volume->cue_room, sizeof cue);
    }
    volume->cues[volume->cue_count++] = cue;
}

int volume_add_sentence(Volume *volume, Role role, Str text, const Clip *clip, unsigned pause_ms, Error *error)
{
    uint64_t first = track_frames(volume->track);
    add_cue(volume, (Cue){ role, arena_str(&volume->arena, text), first, first + clip->frames });
    return volume_add(volume, clip, pause_ms, error);
}

int volume_add_announcement(Volume *volume, Str text, const Clip *clip, unsigned pause_ms, Error *error)
{
    int result = volume_add_sentence(volume, ROLE_BODY, text, clip, pause_ms, error);
    volume->entries[volume->count - 1].first_sentence = volume->cue_count;
    return result;
}

int volume_drop_article(Volume *volume, Error *error)
{
    const Entry *entry = &volume->entries[--volume->count];
    volume->cue_count = entry->first_cue;
    volume->pause_ms = entry->pause_ms;
    return track_rewind(volume->track, entry->article.first, error);
}

int volume_end_article(Volume *volume, bool *kept, Error *error)
{
    Entry *entry = &volume->entries[volume->count - 1];
    *kept = volume->cue_count > entry->first_sentence;
    if (!*kept) return volume_drop_article(volume, error);
    entry->article.end = track_frames(volume->track);
    entry->article.announced_count = entry->first_sentence - entry->first_cue;
    entry->article.cue_count = volume->cue_count - entry->first_sentence;
    return 0;
}

size_t volume_article_count(const Volume *volume)
{
    return volume->count;
}

/* ---- the file ---- */

static SoundMark *marks_of_articles(Volume *volume)
{
    SoundMark *marks = ARENA_NEW(&volume->arena, SoundMark, volume->count);
    for (size_t i = 0; i < volume->count; i++) {
        const ManifestArticle *article = &volume->entries[i].article;
        marks[i] = (SoundMark){ article->first, article->end, article->name };
    }
    return marks;
}

/* For an editor: what is said, and in a file of several articles where each begins, if it does not begin with its name. */
static void put_cues(Volume *volume, SoundAbout *about)
{
    SoundMark *marks = ARENA_NEW(&volume->arena, SoundMark, volume->cue_count + volume->count + 1);
    size_t count = 0, next = 0;
    for (size_t i = 0; i < volume->cue_count; i++) {
        const Cue *cue = &volume->cues[i];
        bool begins = volume->count > 1 && next < volume->count && volume->entries[next].first_cue == i;
        const ManifestArticle *article = begins ? &volume->entries[next++].article : NULL;
        if (begins && !str_equal(article->name, cue->text)) marks[count++] = (SoundMark){ article->first, article->end, article->name };
        marks[count++] = (SoundMark){ cue->first, cue->end, cue->text };
    }
    about->cues = marks;
    about->cue_count = count;
}

/* Of a single article: its parts, where subheadings divide it. */
static void put_parts(Volume *volume, SoundAbout *about)
{
    SoundMark *marks = ARENA_NEW(&volume->arena, SoundMark, volume->cue_count + 1);
    const ManifestArticle *article = &volume->entries[0].article;
    size_t count = 0;
    marks[count++] = (SoundMark){ article->first, article->end, article->name };
    for (size_t i = 0; i < volume->cue_count; i++) {
        const Cue *cue = &volume->cues[i];
        bool goes_on = i > 0 && volume->cues[i - 1].role == ROLE_SUBHEADING; /* of two sentences */
        if (cue->role != ROLE_SUBHEADING || goes_on) continue;
        marks[count - 1].end = cue->first;
        marks[count++] = (SoundMark){ cue->first, article->end, cue->text };
    }
    about->chapters = marks;
    about->chapter_count = count > 1 ? count : 0;
}

static SoundAbout describe(Volume *volume, bool chapters, const Masthead *masthead)
{
    Arena *arena = &volume->arena;
    const ManifestArticle *first = &volume->entries[0].article;
    SoundAbout about = { .album = arena_str(arena, masthead->album), .artist = arena_str(arena, masthead->paper), .date = arena_str(arena, masthead->date) };
    long track = 0;
    put_cues(volume, &about);
    if (chapters) {
        about.title = about.album;
        about.chapters = marks_of_articles(volume);
        about.chapter_count = volume->count;
        return about;
    }
    str_to_long(first->id, &track);
    about.title = first->name;
    about.track = (unsigned)track;
    put_parts(volume, &about);
    return about;
}

static int write_file(const void *context, void *answer, Error *error)
{
    const Volume *volume = context;
    TrackResult *result = answer;
    return track_finish(volume->track, volume->output->format, volume->file.s, volume->output->level, &volume->about, result, error);
}

int volume_write(Volume *volume, const char *file, bool chapters, const Masthead *masthead, Error *error)
{
    volume->file = arena_str(&volume->arena, str_from(file));
    volume->about = describe(volume, chapters, masthead);
    return task_start(&volume->task, write_file, volume, sizeof volume->result, error);
}

bool volume_is_written(const Volume *volume)
{
    return task_is_done(volume->task);
}

int volume_finish(Volume *volume, Error *error)
{
    Task *task = volume->task;
    volume->task = NULL;
    return task_finish(task, &volume->result, error);
}

ManifestArticle volume_article(const Volume *volume, size_t i)
{
    const TrackResult *sound = &volume->result;
    ManifestArticle article = volume->entries[i].article;
    article.file = volume->file;
    article.frames = sound->frames;
    article.file_bytes = sound->file_bytes;
    article.rate_hz = sound->rate_hz;
    article.has_loudness = sound->has_loudness;
    article.loudness_lufs = sound->loudness_lufs;
    article.true_peak_dbtp = sound->true_peak_dbtp;
    article.announced = volume->cues + volume->entries[i].first_cue;
    article.cues = volume->cues + volume->entries[i].first_sentence;
    return article;
}

double volume_seconds(const Volume *volume)
{
    return (double)volume->result.frames / volume->result.rate_hz;
}
