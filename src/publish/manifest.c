#include "publish/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "publish/json.h"

struct Manifest {
    AtomicFile file;
    FILE *out; /* on a duplicate of the file's descriptor */
    bool any;
};

static const char SENTENCES[] = ",\"sentences\":[\n";
static const char ARTICLE_END[] = "\n]}";

/* ---- reading ---- */

static Str member(const json_t *object, const char *name, Arena *arena)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? arena_str(arena, str_from(text)) : (Str){ 0 };
}

/* The first line of an article, closed to be an object of its own. */
static bool parse_head(Previous *previous, Str line, PreviousArticle *article)
{
    if (!str_ends(line, str_slice(str_from(SENTENCES), 0, sizeof SENTENCES - 2))) return false;
    Str text = arena_printf(&previous->arena, "%.*s}", (int)(line.n - (sizeof SENTENCES - 2)), line.s);
    json_t *head = json_loadb(text.s, text.n, 0, NULL);
    if (!head) return false;
    article->file = member(head, "file", &previous->arena);
    article->key = member(head, "key", &previous->arena);
    article->page = member(head, "page", &previous->arena);
    article->frames = (uint64_t)json_integer_value(json_object_get(head, "frames"));
    article->file_bytes = (uint64_t)json_integer_value(json_object_get(head, "bytes"));
    article->rate_hz = (unsigned)json_integer_value(json_object_get(head, "rate_hz"));
    json_decref(head);
    return article->file.n > 0;
}

/* A cue a line. They are copied as they stand into the next edition.json, so one that is no JSON would spoil that too. */
static bool cues_are_whole(Str cues)
{
    while (cues.n > 0) {
        Str line = str_split(&cues, '\n');
        if (cues.n > 0 && !str_ends(line, STR(","))) return false;
        if (cues.n > 0) line.n--;
        json_t *cue = json_loadb(line.s, line.n, JSON_ALLOW_NUL, NULL);
        bool whole = json_is_object(cue);
        json_decref(cue);
        if (!whole) return false;
    }
    return true;
}

static void read_articles(Previous *previous)
{
    Str rest = previous->map.bytes;
    str_split(&rest, '\n'); /* generator and voice */
    while (rest.n > 0) {
        PreviousArticle article = { .offset = (long)(rest.s - previous->map.bytes.s) };
        if (!parse_head(previous, str_split(&rest, '\n'), &article)) return;
        size_t end = str_find(rest, str_from(ARTICLE_END));
        if (end == rest.n || !cues_are_whole(str_slice(rest, 0, end))) return;
        rest = str_slice(rest, end + sizeof ARTICLE_END - 1, rest.n);
        article.bytes = (long)(rest.s - previous->map.bytes.s) - article.offset;
        str_split(&rest, '\n');
        previous->articles = arena_grow(&previous->arena, previous->articles, previous->count, previous->count + 1, sizeof article);
        previous->articles[previous->count++] = article;
    }
}

void previous_open(Previous *previous, const OutputFolder *folder)
{
    Error ignored;
    *previous = (Previous){ 0 };
    previous->path = arena_printf(&previous->arena, "%s/%s", folder->path, MANIFEST_NAME);
    if (file_map(&previous->map, previous->path.s, &ignored) == 0) read_articles(previous);
}

void previous_close(Previous *previous)
{
    file_unmap(&previous->map);
    arena_finish(&previous->arena);
    *previous = (Previous){ 0 };
}

PreviousArticle *previous_find(Previous *previous, Str file)
{
    for (size_t i = 0; i < previous->count; i++) {
        size_t at = (previous->next + i) % previous->count;
        if (!str_equal(previous->articles[at].file, file)) continue;
        previous->next = at + 1;
        return &previous->articles[at];
    }
    return NULL;
}

/* ---- writing ---- */

static int write_fault(const Manifest *manifest, Error *error)
{
    return error_set_errno(error, STATUS_IO, _("cannot write %s/%s"), manifest->file.folder->path, MANIFEST_NAME);
}

static int check(Manifest *manifest, Error *error)
{
    return ferror(manifest->out) ? write_fault(manifest, error) : 0;
}

int manifest_create(Manifest **created, const OutputFolder *folder, Str generator, Str voice, Error *error)
{
    Manifest *manifest = memory_new(1, sizeof *manifest);
    if (atomic_open(&manifest->file, folder, MANIFEST_NAME, error) < 0) {
        free(manifest);
        return -1;
    }
    int copy = dup(manifest->file.fd);
    manifest->out = copy < 0 ? NULL : fdopen(copy, "w");
    if (!manifest->out) memory_exhausted();
    fputs("{", manifest->out);
    json_put_members(manifest->out, json_pack("{s:o,s:o}", "generator", json_text(generator, false), "voice", json_text(voice, false)));
    fputs(",\"articles\":[", manifest->out);
    *created = manifest;
    return 0;
}

void manifest_destroy(Manifest *manifest)
{
    if (!manifest) return;
    fclose(manifest->out);
    atomic_discard(&manifest->file);
    free(manifest);
}

static void begin_article(Manifest *manifest)
{
    fputs(manifest->any ? ",\n" : "\n", manifest->out);
    manifest->any = true;
}

static json_t *seconds(uint64_t frame, unsigned rate_hz)
{
    return json_rounded((double)frame / rate_hz, 3);
}

static void put_cue(FILE *out, const Cue *cue, unsigned rate_hz)
{
    json_put(out, json_pack("{s:s,s:o,s:o,s:o}", "role", role_name(cue->role), "text", json_text(cue->text, false), "start_s",
                            seconds(cue->first, rate_hz), "end_s", seconds(cue->end, rate_hz)));
}

int manifest_add(Manifest *manifest, const ManifestArticle *article, Error *error)
{
    FILE *out = manifest->out;
    begin_article(manifest);
    fputs("{", out);
    json_put_members(out, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", json_text(article->id, false), "page", json_text(article->page, false), "title",
                                    json_text(article->title, false), "section", json_text(article->section, true), "kicker",
                                    json_text(article->kicker, true), "subtitle", json_text(article->subtitle, true), "file",
                                    json_text(article->file, false)));
    fputs(",", out);
    json_put_members(out, json_pack("{s:I,s:I,s:i,s:i,s:o,s:o,s:o,s:o,s:o}", "frames", (json_int_t)article->frames, "bytes",
                                    (json_int_t)article->file_bytes, "rate_hz", (int)article->rate_hz, "channels", 1,
                                    "start_s", seconds(article->first, article->cue_hz), "end_s", seconds(article->end, article->cue_hz),
                                    "loudness_lufs", article->has_loudness ? json_rounded(article->loudness_lufs, 2) : json_null(),
                                    "true_peak_dbtp", json_rounded(article->true_peak_dbtp, 2), "key", json_text(article->key, false)));
    fputs(SENTENCES, out);
    for (size_t i = 0; i < article->cue_count; i++) {
        if (i > 0) fputs(",\n", out);
        put_cue(out, &article->cues[i], article->cue_hz);
    }
    fputs(ARTICLE_END, out);
    return check(manifest, error);
}

int manifest_keep(Manifest *manifest, const Previous *previous, const PreviousArticle *article, Error *error)
{
    begin_article(manifest);
    fwrite(previous->map.bytes.s + article->offset, 1, (size_t)article->bytes, manifest->out);
    return check(manifest, error);
}

/* The new file against the one that lies there. */
static bool says_the_same(Manifest *manifest, const Previous *previous)
{
    char block[16 * 1024];
    Str rest = previous->map.bytes;
    off_t at = 0;
    ssize_t n;
    while ((n = pread(manifest->file.fd, block, sizeof block, at)) > 0) {
        if (!str_starts(rest, (Str){ block, (size_t)n })) return false;
        rest = str_slice(rest, (size_t)n, rest.n);
        at += n;
    }
    return n == 0 && rest.n == 0;
}

int manifest_finish(Manifest *manifest, const Previous *previous, bool *changed, Error *error)
{
    fputs("\n]}\n", manifest->out);
    if (fflush(manifest->out) != 0 || ferror(manifest->out)) return write_fault(manifest, error);
    *changed = !says_the_same(manifest, previous);
    if (!*changed) {
        atomic_discard(&manifest->file);
        return 0;
    }
    return atomic_commit(&manifest->file, error);
}
