#include "publish/manifest.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/message.h"
#include "publish/journal.h"
#include "publish/json.h"

struct Manifest {
    const Previous *previous;
    Journal journal;
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

/* The next article of *rest; false, and nothing is taken, where none begins or it is not whole. */
static bool read_article(Previous *previous, Str *rest, PreviousArticle *article)
{
    Str after = *rest;
    *article = (PreviousArticle){ 0 };
    if (!parse_head(previous, str_split(&after, '\n'), article)) return false;
    size_t end = str_find(after, str_from(ARTICLE_END));
    if (end == after.n || !cues_are_whole(str_slice(after, 0, end))) return false;
    after = str_slice(after, end + sizeof ARTICLE_END - 1, after.n);
    article->lines = str_slice(*rest, 0, (size_t)(after.s - rest->s));
    str_split(&after, '\n');
    *rest = after;
    return true;
}

static void add_article(Previous *previous, const PreviousArticle *article)
{
    previous->articles = arena_grow(&previous->arena, previous->articles, previous->count, previous->count + 1, sizeof *article);
    previous->articles[previous->count++] = *article;
}

static void read_articles(Previous *previous)
{
    PreviousArticle article;
    Str rest = previous->map.bytes;
    str_split(&rest, '\n'); /* generator and voice */
    while (rest.n > 0 && read_article(previous, &rest, &article)) add_article(previous, &article);
}

/* The articles of a file stand side by side. */
static void forget_file(Previous *previous, Str file)
{
    PreviousArticle *article = previous_find(previous, file), *end = previous->articles + previous->count;
    for (; article && article < end && str_equal(article->file, file); article++) article->key = (Str){ 0 };
}

static bool read_replacing(Previous *previous, Str *rest)
{
    Str after = *rest, line = str_split(&after, '\n');
    if (!str_starts(line, STR(JOURNAL_REPLACING))) return false;
    json_t *object = json_loadb(line.s, line.n, 0, NULL);
    Str file = member(object, "replacing", &previous->arena);
    json_decref(object);
    if (file.n == 0) return false;
    forget_file(previous, file);
    *rest = after;
    return true;
}

/* An article whose file was replaced takes the place of the one it was replaced by. */
static void read_journal(Previous *previous)
{
    PreviousArticle article;
    Str all = previous->journal.bytes, rest;
    while (all.n > 0 && all.s[all.n - 1] != '\n') all.n--; /* half a line */
    rest = all;
    for (;;) {
        previous->journal_bytes = all.n - rest.n;
        if (rest.n == 0) return;
        if (read_replacing(previous, &rest)) continue;
        if (!read_article(previous, &rest, &article)) return;
        PreviousArticle *old = previous_find(previous, article.file);
        while (old && old < previous->articles + previous->count && old->key.n > 0) old++;
        if (old && old < previous->articles + previous->count && str_equal(old->file, article.file)) *old = article;
        else add_article(previous, &article);
    }
}

static void map_file(Previous *previous, FileMap *map, const OutputFolder *folder, const char *name)
{
    Error ignored;
    file_map(map, arena_printf(&previous->arena, "%s/%s", folder->path, name).s, &ignored);
}

void previous_open(Previous *previous, const OutputFolder *folder)
{
    *previous = (Previous){ 0 };
    map_file(previous, &previous->map, folder, MANIFEST_NAME);
    map_file(previous, &previous->journal, folder, JOURNAL_NAME);
    read_articles(previous);
    read_journal(previous);
}

void previous_close(Previous *previous)
{
    file_unmap(&previous->map);
    file_unmap(&previous->journal);
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

int manifest_create(Manifest **created, const OutputFolder *folder, const Previous *previous, Str generator, Str voice, Error *error)
{
    Manifest *manifest = memory_new(1, sizeof *manifest);
    manifest->previous = previous;
    manifest->journal = journal_of(folder, JOURNAL_NAME, previous->journal_bytes);
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
    journal_close(&manifest->journal);
    atomic_discard(&manifest->file);
    free(manifest);
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

static json_t *announced(const ManifestArticle *article)
{
    json_t *list = json_array();
    for (size_t i = 0; i < article->announced_count; i++) {
        const Cue *cue = &article->announced[i];
        json_array_append_new(list, json_pack("{s:o,s:o,s:o}", "text", json_text(cue->text, false), "start_s", seconds(cue->first, article->cue_hz), "end_s",
                                              seconds(cue->end, article->cue_hz)));
    }
    return list;
}

static void put_article(FILE *out, const ManifestArticle *article)
{
    fputs("{", out);
    json_put_members(out, json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "id", json_text(article->id, false), "page", json_text(article->page, false), "title",
                                    json_text(article->title, false), "section", json_text(article->section, true), "kicker",
                                    json_text(article->kicker, true), "subtitle", json_text(article->subtitle, true), "file",
                                    json_text(article->file, false)));
    fputs(",", out);
    json_put_members(out, json_pack("{s:I,s:I,s:i,s:i,s:o,s:o,s:o,s:o,s:o,s:o}", "frames", (json_int_t)article->frames, "bytes",
                                    (json_int_t)article->file_bytes, "rate_hz", (int)article->rate_hz, "channels", 1,
                                    "start_s", seconds(article->first, article->cue_hz), "end_s", seconds(article->end, article->cue_hz),
                                    "loudness_lufs", article->has_loudness ? json_rounded(article->loudness_lufs, 2) : json_null(),
                                    "true_peak_dbtp", json_rounded(article->true_peak_dbtp, 2), "key", json_text(article->key, false),
                                    "announced", announced(article)));
    fputs(SENTENCES, out);
    for (size_t i = 0; i < article->cue_count; i++) {
        if (i > 0) fputs(",\n", out);
        put_cue(out, &article->cues[i], article->cue_hz);
    }
    fputs(ARTICLE_END, out);
}

static int put_lines(Manifest *manifest, Str lines, Error *error)
{
    fputs(manifest->any ? ",\n" : "\n", manifest->out);
    manifest->any = true;
    fwrite(lines.s, 1, lines.n, manifest->out);
    return check(manifest, error);
}

int manifest_replacing(Manifest *manifest, Str file, Error *error)
{
    return journal_replacing(&manifest->journal, file, error);
}

int manifest_add(Manifest *manifest, const ManifestArticle *article, Error *error)
{
    char *lines;
    size_t n;
    FILE *out = open_memstream(&lines, &n);
    if (!out) memory_exhausted();
    put_article(out, article);
    fclose(out);
    int result = journal_article(&manifest->journal, (Str){ lines, n }, error);
    if (result == 0) result = put_lines(manifest, (Str){ lines, n }, error);
    free(lines);
    return result;
}

int manifest_keep(Manifest *manifest, const PreviousArticle *article, Error *error)
{
    return put_lines(manifest, article->lines, error);
}

/* The new file against the one that lies there. */
static bool says_the_same(const Manifest *manifest)
{
    char block[16 * 1024];
    Str rest = manifest->previous->map.bytes;
    off_t at = 0;
    ssize_t n;
    while ((n = pread(manifest->file.fd, block, sizeof block, at)) > 0) {
        if (!str_starts(rest, (Str){ block, (size_t)n })) return false;
        rest = str_slice(rest, (size_t)n, rest.n);
        at += n;
    }
    return n == 0 && rest.n == 0;
}

int manifest_finish(Manifest *manifest, bool *changed, Error *error)
{
    fputs("\n]}\n", manifest->out);
    if (fflush(manifest->out) != 0 || ferror(manifest->out)) return write_fault(manifest, error);
    *changed = !says_the_same(manifest);
    if (!*changed) atomic_discard(&manifest->file);
    else if (atomic_commit(&manifest->file, error) < 0) return -1;
    return journal_end(&manifest->journal, error);
}
