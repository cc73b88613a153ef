/* A sound file in the making: the sound of one article, or of all of them, with all that its tags and edition.json will say. It keeps what it needs of
 * the page, so that the page may end before the file is written, which a process of its own does. */
#ifndef DUBAO_COMMANDS_VOLUME_H
#define DUBAO_COMMANDS_VOLUME_H

#include "commands/masthead.h"
#include "commands/presets.h"
#include "publish/manifest.h"

typedef struct Volume Volume;

/* `output` outlives it. */
int  volume_create(Volume **volume, const OutputFolder *folder, const Output *output, Error *error);
void volume_destroy(Volume *volume); /* NULL is fine; a file that is being written is not finished */

/* Articles one after the other. What is heard before the first sentence (a signal) belongs to the article too. */
void volume_begin_article(Volume *volume, const Article *article, Str page, Str key);
/* The sound and the silence after it; a cue for text that stands on the page. */
int  volume_add(Volume *volume, const Clip *clip, unsigned pause_ms, Error *error);
int  volume_add_sentence(Volume *volume, Role role, Str text, const Clip *clip, unsigned pause_ms, Error *error);
/* The same for words that stand on no page and are heard before the article's first sentence. */
int  volume_add_announcement(Volume *volume, Str text, const Clip *clip, unsigned pause_ms, Error *error);
/* Makes the silence at the end so far as long as this, if it is shorter. */
int  volume_lengthen_pause(Volume *volume, unsigned pause_ms, Error *error);
/* False, and nothing is left of the article, when no sentence of it was heard. */
int  volume_end_article(Volume *volume, bool *kept, Error *error);
int  volume_drop_article(Volume *volume, Error *error);

size_t volume_article_count(const Volume *volume);
/* Begins to write the file. A volume of a single article has its title. */
int  volume_write(Volume *volume, const char *file, bool chapters, const Masthead *masthead, Error *error);
bool volume_is_written(const Volume *volume); /* whether volume_finish would not wait */
int  volume_finish(Volume *volume, Error *error);

/* After volume_finish. */
ManifestArticle volume_article(const Volume *volume, size_t i);
double volume_seconds(const Volume *volume);

#endif
