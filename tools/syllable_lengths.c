/* Measures how long syllables are: the last three columns of voices/mandarin/phonemes.tsv, and the second of pace.tsv.
 *
 *     syllable_lengths DATA_FOLDER SPEED...
 *
 * DATA_FOLDER holds voices/ (share/dubao of a build). Prints a row for each of phonemes.tsv: the syllable and its length in milliseconds at each speed, as a word
 * among words: four of it less two of it, halved. The last row, "mean", is the mean of all. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/table.h"
#include "speech/synth.h"

enum { SPEEDS_MAX = 32 };

/* A child says each utterance: the library keeps state from one to the next. */
static double said_ms(const Voice *voice, const char *phonemes, int speed)
{
    size_t *frames = mmap(NULL, sizeof *frames, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (frames == MAP_FAILED) abort();
    Utterance utterance = { .phonemes = phonemes, .last_speed = (int16_t)speed };
    pid_t child = fork();
    if (child == 0) {
        Clip clip = { 0 };
        Error error;
        if (synth_say(voice, &utterance, &clip, &error) < 0) _exit(1);
        *frames = clip.frames;
        _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    double ms = status == 0 ? 1000.0 * (double)*frames / SYNTH_RATE_HZ : 0;
    munmap(frames, sizeof *frames);
    return ms;
}

static double length_ms(const Voice *voice, Arena *arena, Str mnemonics, int speed)
{
    const char *two = arena_printf(arena, "[[%.*s]] [[%.*s]]", STR_ARG(mnemonics), STR_ARG(mnemonics)).s;
    const char *four = arena_printf(arena, "%s %s", two, two).s;
    return (said_ms(voice, four, speed) - said_ms(voice, two, speed)) / 2;
}

static int measure(Arena *arena, int count, char **argument, Error *error)
{
    Voice voice;
    Table table;
    double sums[SPEEDS_MAX] = { 0 };
    int rows = 0, more;
    if (voice_load(&voice, arena, argument[1], "man", error) < 0 || synth_open(&voice, error) < 0) return -1;
    if (table_open(&table, arena, arena_printf(arena, "%s/voices/mandarin/phonemes.tsv", argument[1]).s, error) < 0) return -1;
    for (; (more = table_next(&table, 2, error)) > 0; rows++) {
        printf("%.*s", STR_ARG(table.field[0]));
        for (int i = 2; i < count; i++) {
            double ms = length_ms(&voice, arena, table.field[1], atoi(argument[i]));
            sums[i - 2] += ms;
            printf("\t%.0f", ms);
        }
        putchar('\n');
        fflush(stdout);
    }
    printf("mean");
    for (int i = 2; i < count; i++) printf("\t%.1f", sums[i - 2] / (rows ? rows : 1));
    putchar('\n');
    return more;
}

int main(int count, char **argument)
{
    if (count < 3 || count - 2 > SPEEDS_MAX) {
        fputs("usage: syllable_lengths DATA_FOLDER SPEED...\n", stderr);
        return STATUS_USAGE;
    }
    Arena arena = { 0 };
    Error error;
    int result = measure(&arena, count, argument, &error);
    if (result < 0) fprintf(stderr, "syllable_lengths: %s\n", error.text);
    arena_finish(&arena);
    return result < 0 ? 1 : 0;
}
