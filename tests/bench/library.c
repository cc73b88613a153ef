/* What the synthesiser's library costs by itself: everything that dubao asks it to say for these pages, in one process, the sound dropped.
 *
 *   bench_library PAGE...
 *
 * prints "WALL_S CPU_S AUDIO_S" of the synthesis alone: pages are read and scripts written before the clock starts. English words are spelled here, as they
 * would need a process each. DUBAO_DATA names the data, as for dubao. */
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "commands/pages.h"
#include "commands/render.h"
#include "speech/synth.h"

typedef struct Work {
    Arena arena;
    Utterance *utterances;
    size_t count;
} Work;

static void keep(Work *work, const Script *script)
{
    work->utterances = arena_grow(&work->arena, work->utterances, work->count, work->count + script->count, sizeof *work->utterances);
    for (size_t i = 0; i < script->count; i++) {
        Utterance *copy = &work->utterances[work->count++];
        *copy = script->utterances[i];
        copy->phonemes = arena_str(&work->arena, str_from(copy->phonemes)).s;
        if (copy->paces) copy->paces = arena_str(&work->arena, str_from(copy->paces)).s;
    }
}

static int read_article(Work *work, const Reader *reader, const Render *render, const Article *article, Error *error)
{
    Arena arena = { 0 };
    Sentence sentence;
    Script script;
    Delivery delivery = render_delivery(render, article);
    Feed feed = feed_start(reader, article, &arena);
    int result = 0;
    while (result == 0 && feed_next(&feed, &sentence, (Str){ 0 }, NULL, &(Unread){ 0 })) {
        result = script_write(&script, render->phonemes, &delivery, &sentence, &arena, error);
        if (result == 0) keep(work, &script);
    }
    arena_finish(&arena);
    return result;
}

static int read_page(Work *work, const Reader *reader, const Render *render, const char *path, Error *error)
{
    Edition edition = { 0 };
    int result = reader_page(reader, &edition, &(Page){ .path = str_from(path) }, &(Report){ 0 }, error);
    for (const Article *article = edition.articles; result == 0 && article; article = article->next)
        result = read_article(work, reader, render, article, error);
    edition_finish(&edition);
    return result;
}

static double cpu_s(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int say_all(const Work *work, const Render *render, Error *error)
{
    uint64_t frames = 0;
    Clip clip = { 0 };
    int result = 0;
    double wall = now_s(), cpu = cpu_s();
    for (size_t i = 0; i < work->count && result == 0; i++) {
        clip.frames = 0;
        result = synth_say(&render->voice, &work->utterances[i], &clip, error);
        frames += clip.frames;
    }
    printf("%.6f %.6f %.6f\n", now_s() - wall, cpu_s() - cpu, (double)frames / SYNTH_RATE_HZ);
    clip_finish(&clip);
    return result;
}

int main(int argc, char **argv)
{
    Arena arena = { 0 };
    Error error = { 0 };
    Settings settings = { 0 };
    Reader reader = { 0 };
    Render render = { 0 };
    Work work = { 0 };
    int result = reader_open(&reader, &settings, &(Report){ 0 }, &error);
    if (result == 0) result = render_open(&render, &arena, &reader, "man", 0, 1, -16, &error);
    for (int i = 1; i < argc && result == 0; i++) result = read_page(&work, &reader, &render, argv[i], &error);
    if (result == 0) result = say_all(&work, &render, &error);
    if (result < 0) fprintf(stderr, "bench_library: %s\n", error.text);
    render_close(&render);
    reader_close(&reader);
    arena_finish(&work.arena);
    arena_finish(&arena);
    return result < 0;
}
