#include "player/places.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic.h"
#include "base/message.h"
#include "base/table.h"

enum { LOCKED_TRIES = 3, LOCKED_WAIT_US = 2000 };

static const char SUFFIX[] = ".place";

int places_start(Places *places, Arena *arena, Error *error)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    *places = (Places){ 0 };
    if (state && state[0] == '/') places->folder = arena_printf(arena, "%s/dubao", state).s; /* the specification: another path is to be ignored */
    else if (home && *home) places->folder = arena_printf(arena, "%s/.local/state/dubao", home).s;
    else return error_set(error, STATUS_CANNOT_CREATE, _("the place in the page is not kept: neither HOME nor XDG_STATE_HOME says where"));
    return 0;
}

uint64_t places_key(const Edition *edition)
{
    uint64_t hash = HASH_START;
    for (const Article *article = edition->articles; article; article = article->next) {
        hash = hash_str(hash, article->id);
        for (const Block *block = article->blocks; block; block = block->next)
            if (!block->silent) hash = hash_str(hash, block->text);
    }
    return hash;
}

static bool read_place(const Table *table, Place *place)
{
    long article, sentence;
    if (!str_to_long(table->field[1], &article) || !str_to_long(table->field[2], &sentence) || article < 1 || sentence < 1) return false;
    *place = (Place){ (size_t)article - 1, (size_t)sentence - 1 };
    return true;
}

void places_load(Places *places, uint64_t key)
{
    Arena arena = { 0 };
    Table table;
    Place place;
    Error error;
    places->known = false;
    places->place = (Place){ 0 };
    places->bookmark_count = 0;
    snprintf(places->name, sizeof places->name, "%016" PRIx64 "%s", key, SUFFIX);
    const char *path = places->folder ? arena_printf(&arena, "%s/%s", places->folder, places->name).s : "";
    if (access(path, R_OK) == 0 && table_open(&table, &arena, path, &error) == 0) {
        while (table_next(&table, 3, &error) > 0) {
            if (!read_place(&table, &place)) continue;
            if (str_equal(table.field[0], STR("place"))) {
                places->place = place;
                places->known = true;
            } else if (str_equal(table.field[0], STR("bookmark")) && places->bookmark_count < BOOKMARKS_MAX) {
                places->bookmarks[places->bookmark_count++] = place;
            }
        }
    }
    arena_finish(&arena);
}

static int write_rows(const Places *places, const AtomicFile *file, Error *error)
{
    char text[64 * (BOOKMARKS_MAX + 2)];
    size_t n = (size_t)snprintf(text, sizeof text, "# dubao: a place in a page\n");
    if (places->known)
        n += (size_t)snprintf(text + n, sizeof text - n, "place\t%zu\t%zu\n", places->place.article + 1, places->place.sentence + 1);
    for (size_t i = 0; i < places->bookmark_count; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "bookmark\t%zu\t%zu\n", places->bookmarks[i].article + 1, places->bookmarks[i].sentence + 1);
    return write_fully(file->fd, text, n, file->name, error);
}

static int write_file(const Places *places, const OutputFolder *folder, Error *error)
{
    AtomicFile file;
    if (atomic_open(&file, folder, places->name, error) < 0) return -1;
    if (write_rows(places, &file, error) == 0) return atomic_commit_quickly(&file, error);
    atomic_discard(&file);
    return -1;
}

int places_save(const Places *places, Error *error)
{
    Arena arena = { 0 };
    OutputFolder folder;
    if (!places->folder || !*places->name) return 0;
    int result = folder_open(&folder, &arena, places->folder, error);
    for (int i = 0; result < 0 && i < LOCKED_TRIES; i++) { /* another player may be keeping a place of its own */
        usleep(LOCKED_WAIT_US);
        result = folder_open(&folder, &arena, places->folder, error);
    }
    if (result == 0 && !places->known && places->bookmark_count == 0) result = folder_remove(&folder, places->name, error);
    else if (result == 0) result = write_file(places, &folder, error);
    folder_close(&folder);
    arena_finish(&arena);
    return result;
}

int places_forget(Places *places, Error *error)
{
    places->known = false;
    places->place = (Place){ 0 };
    return places_save(places, error);
}

bool places_any(const Places *places)
{
    DIR *listing = places->folder ? opendir(places->folder) : NULL;
    bool any = false;
    if (!listing) return false;
    for (struct dirent *entry; !any && (entry = readdir(listing)) != NULL;) any = str_ends(str_from(entry->d_name), STR(".place"));
    closedir(listing);
    return any;
}
