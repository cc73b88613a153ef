#include "commands/shelf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"

struct Shelf {
    const OutputFolder *folder;
    const Lexicon *lexicon;
    const Output *output;
    uint64_t settings_key;
    Previous previous;
    Manifest *manifest;
    Arena names;            /* of the run: what pages were called */
    Str *page_names, *page_paths;
    size_t page_count;
    Arena arena;            /* file names and keys of the page */
};

/* Everything but the article that decides about a file. */
static uint64_t settings_key(const Voice *voice, const Output *output, bool single, uint64_t data_version)
{
    uint64_t key = hash_str(HASH_START, STR(DUBAO_VERSION));
    key = hash_bytes(key, &data_version, sizeof data_version);
    key = hash_bytes(key, &voice->version, sizeof voice->version);
    key = hash_bytes(key, &single, sizeof single);
    key = hash_str(hash_str(key, voice->name), str_from(output->format->name));
    key = hash_bytes(key, &output->level.target_lufs, sizeof output->level.target_lufs);
    return hash_bytes(key, &output->level.ceiling_dbtp, sizeof output->level.ceiling_dbtp);
}

int shelf_create(Shelf **created, const OutputFolder *folder, Reader *reader, const Voice *voice, const Output *output, bool single, Error *error)
{
    uint64_t data_version;
    if (reader_version(reader, &data_version, error) < 0) return -1;
    Shelf *shelf = memory_new(1, sizeof *shelf);
    shelf->folder = folder;
    shelf->lexicon = reader->lexicon;
    shelf->output = output;
    shelf->settings_key = settings_key(voice, output, single, data_version);
    previous_open(&shelf->previous, folder);
    if (manifest_create(&shelf->manifest, folder, &shelf->previous, STR("dubao " DUBAO_VERSION), voice->name, error) < 0) {
        shelf_destroy(shelf);
        return -1;
    }
    *created = shelf;
    return 0;
}

void shelf_destroy(Shelf *shelf)
{
    if (!shelf) return;
    manifest_destroy(shelf->manifest);
    previous_close(&shelf->previous);
    arena_finish(&shelf->names);
    arena_finish(&shelf->arena);
    free(shelf);
}

/* ---- names and keys ---- */

/* "/news/晨报头版.md" is called "chenbaotouban". */
static Str ascii_name(Shelf *shelf, const char *path)
{
    enum { NAME_BYTES_MAX = 80 };
    const char *slash = strrchr(path, '/');
    Str stem = str_from(slash ? slash + 1 : path);
    const char *dot = memrchr(stem.s, '.', stem.n);
    if (dot && dot > stem.s) stem.n = (size_t)(dot - stem.s);
    if (strcmp(path, "-") == 0) stem = STR("page");
    return pinyin_ascii_name(shelf->lexicon, stem, NAME_BYTES_MAX, &shelf->names);
}

static bool name_is_taken(const Shelf *shelf, Str name)
{
    for (size_t i = 0; i < shelf->page_count; i++)
        if (name.n == shelf->page_names[i].n && strncasecmp(name.s, shelf->page_names[i].s, name.n) == 0) return true;
    return false;
}

void shelf_begin_page(Shelf *shelf, const char *path)
{
    Str name = ascii_name(shelf, path), unique = name;
    for (size_t again = 2; name_is_taken(shelf, unique); again++) unique = arena_printf(&shelf->names, "%.*s-p%zu", STR_ARG(name), again);
    size_t count = shelf->page_count++;
    shelf->page_names = arena_grow(&shelf->names, shelf->page_names, count, count + 1, sizeof *shelf->page_names);
    shelf->page_paths = arena_grow(&shelf->names, shelf->page_paths, count, count + 1, sizeof *shelf->page_paths);
    shelf->page_names[count] = unique;
    shelf->page_paths[count] = arena_str(&shelf->names, str_from(path));
}

void shelf_forget_pages(Shelf *shelf)
{
    shelf->page_count = 0;
}

void shelf_end_page(Shelf *shelf)
{
    arena_finish(&shelf->arena);
}

Str shelf_file(Shelf *shelf, const Article *article)
{
    Str name = shelf->page_names[shelf->page_count - 1];
    return arena_printf(&shelf->arena, "%.*s-%.*s.%s", STR_ARG(name), STR_ARG(article->id), shelf->output->format->extension);
}

Str shelf_single_file(Shelf *shelf)
{
    Str name = shelf->page_count == 1 ? shelf->page_names[0] : STR("edition");
    return arena_printf(&shelf->names, "%.*s.%s", STR_ARG(name), shelf->output->format->extension);
}

Str shelf_page(const Shelf *shelf)
{
    return shelf->page_paths[shelf->page_count - 1];
}

Str shelf_key(Shelf *shelf, const Article *article, uint64_t besides)
{
    uint64_t key = hash_str(shelf->settings_key, shelf_page(shelf));
    key = hash_bytes(key, &besides, sizeof besides);
    key = hash_str(hash_str(key, article->id), article->continued_from);
    for (const Block *block = article->blocks; block; block = block->next) {
        key = hash_bytes(key, &block->role, sizeof block->role);
        key = hash_bytes(key, &block->silent, sizeof block->silent);
        key = hash_str(key, block->text);
    }
    return arena_printf(&shelf->arena, "%016llx", (unsigned long long)key);
}

/* ---- articles ---- */

static bool is_whole(Shelf *shelf, const PreviousArticle *old)
{
    return old->key.n > 0 && sound_check(shelf->folder, arena_str(&shelf->arena, old->file).s, old->frames, old->file_bytes);
}

bool shelf_is_unchanged(Shelf *shelf, const Article *article, Str key)
{
    const PreviousArticle *old = previous_find(&shelf->previous, shelf_file(shelf, article));
    return old && str_equal(old->key, key) && is_whole(shelf, old);
}

bool shelf_is_single_unchanged(Shelf *shelf, Str file, const Str *keys, size_t count)
{
    const Previous *previous = &shelf->previous;
    if (count == 0 || previous->count != count) return false;
    for (size_t i = 0; i < count; i++)
        if (!str_equal(previous->articles[i].file, file) || !str_equal(previous->articles[i].key, keys[i])) return false;
    return is_whole(shelf, &previous->articles[0]);
}

static double seconds_of(const PreviousArticle *old)
{
    return old->rate_hz ? (double)old->frames / old->rate_hz : 0;
}

int shelf_keep(Shelf *shelf, const Article *article, double *seconds, Error *error)
{
    PreviousArticle *old = previous_find(&shelf->previous, shelf_file(shelf, article));
    old->wanted = true;
    *seconds = seconds_of(old);
    return manifest_keep(shelf->manifest, old, error);
}

int shelf_keep_single(Shelf *shelf, Str file, double *seconds, Error *error)
{
    for (size_t i = 0; i < shelf->previous.count; i++) {
        PreviousArticle *old = &shelf->previous.articles[i];
        if (!str_equal(old->file, file)) continue;
        old->wanted = true;
        *seconds = seconds_of(old);
        if (manifest_keep(shelf->manifest, old, error) < 0) return -1;
    }
    return 0;
}

int shelf_replacing(Shelf *shelf, Str file, Error *error)
{
    return previous_find(&shelf->previous, file) ? manifest_replacing(shelf->manifest, file, error) : 0;
}

int shelf_put(Shelf *shelf, const ManifestArticle *article, Error *error)
{
    PreviousArticle *old = previous_find(&shelf->previous, article->file);
    if (old) old->wanted = true;
    return manifest_add(shelf->manifest, article, error);
}

/* ---- the end ---- */

static bool is_of_this_run(const Shelf *shelf, const PreviousArticle *old)
{
    for (size_t i = 0; i < shelf->page_count; i++)
        if (str_equal(shelf->page_paths[i], old->page)) return true;
    return false;
}

/* Of a single file every article names it; it is wanted if one is. */
static bool is_wanted(const Shelf *shelf, const PreviousArticle *old)
{
    for (size_t i = 0; i < shelf->previous.count; i++)
        if (shelf->previous.articles[i].wanted && str_equal(shelf->previous.articles[i].file, old->file)) return true;
    return false;
}

/* A file of an article that is gone would be taken for news. Files in another format are left alone. */
static int remove_stale(const Shelf *shelf, Error *error)
{
    Str extension = str_from(shelf->output->format->extension);
    for (size_t i = 0; i < shelf->previous.count; i++) {
        const PreviousArticle *old = &shelf->previous.articles[i];
        bool plain = old->file.n > 0 && !memchr(old->file.s, '/', old->file.n) && str_ends(old->file, extension);
        if (old->wanted || !plain || !is_of_this_run(shelf, old) || is_wanted(shelf, old)) continue;
        if (folder_remove(shelf->folder, old->file.s, error) < 0) return -1;
    }
    return 0;
}

static int put_manifest(Shelf *shelf, bool *changed, Error *error)
{
    if (folder_sync(shelf->folder, error) < 0) return -1;
    if (manifest_finish(shelf->manifest, changed, error) < 0) return -1;
    return *changed ? folder_sync(shelf->folder, error) : 0;
}

int shelf_finish(Shelf *shelf, bool *changed, Error *error)
{
    return remove_stale(shelf, error) < 0 ? -1 : put_manifest(shelf, changed, error);
}

int shelf_suspend(Shelf *shelf, Error *error)
{
    bool changed;
    for (size_t i = 0; i < shelf->previous.count; i++) {
        const PreviousArticle *old = &shelf->previous.articles[i];
        if (old->wanted || !is_whole(shelf, old)) continue;
        if (manifest_keep(shelf->manifest, old, error) < 0) return -1;
    }
    return put_manifest(shelf, &changed, error);
}
