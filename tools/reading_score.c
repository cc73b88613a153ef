/* How many marked characters of a labelled set are read right.
 *
 *     reading_score DATA_FOLDER NAME.sent NAME.lb [worst]
 *
 * DATA_FOLDER holds lexicon.bin and voices/mandarin. A line of NAME.sent is a sentence whose character to be read stands between two
 * U+2581; the same line of NAME.lb is its pinyin ("le5", ü as "u:"). Prints the share that is right and, with `worst`, so many
 * (character, wanted, got) with the most errors. Sentences go through as they are: figures have no spoken form here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/pinyin.h"

typedef struct Miss {
    Str name; /* "为 wei4 wei2": wanted, got */
    Str example;
    int count;
} Miss;

enum { MISSES = 1 << 14 };

typedef struct Score {
    Lexicon *lexicon;
    Readings *readings;
    Arena arena, scratch;
    Miss misses[MISSES];
    int right, total, unread;
    size_t characters;
} Score;

static const Str MARK = { "\xE2\x96\x81", 3 };

static Str syllable_read(const Sentence *sentence, uint32_t at, Arena *arena)
{
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        for (size_t j = 0; j < word->syllable_count; j++)
            if (word->syllables[j].spoken_at <= at && at < word->syllables[j].spoken_at + word->syllables[j].spoken_n)
                return arena_printf(arena, "%.*s%d", STR_ARG(word->syllables[j].base), word->syllables[j].tone);
    }
    return STR("none");
}

/* Labels have ü as "u:" or "v". */
static Str label_ours(Str label, Arena *arena)
{
    size_t colon = str_find(label, STR("u:"));
    if (colon == label.n) return label;
    Str tail = str_slice(label, colon + 2, label.n);
    return arena_printf(arena, "%.*sv%.*s", (int)colon, label.s, STR_ARG(tail));
}

static void miss_count(Score *score, Str character, Str wanted, Str got, Str sentence)
{
    Str name = arena_printf(&score->scratch, "%.*s %.*s %.*s", STR_ARG(character), STR_ARG(wanted), STR_ARG(got));
    size_t at = (size_t)hash_str(HASH_START, name) % MISSES;
    while (score->misses[at].count && !str_equal(score->misses[at].name, name)) at = (at + 1) % MISSES;
    if (score->misses[at].count++ > 0) return;
    score->misses[at].name = arena_str(&score->arena, name);
    score->misses[at].example = sentence;
}

static void line_score(Score *score, Str line, Str label)
{
    size_t at = str_find(line, MARK);
    Str rest = str_slice(line, at + MARK.n, line.n), character = utf8_next(&rest);
    if (at == line.n || !str_starts(rest, MARK)) return;
    Str tail = str_slice(rest, MARK.n, rest.n);
    Sentence sentence = { .spoken = arena_printf(&score->scratch, "%.*s%.*s%.*s", (int)at, line.s, STR_ARG(character), STR_ARG(tail)) };
    pinyin_segment(score->lexicon, score->readings, &sentence, &score->scratch);
    pinyin_read(score->lexicon, score->readings, &sentence, &score->scratch);
    pinyin_sandhi(score->readings, &sentence);
    Str got = syllable_read(&sentence, (uint32_t)at, &score->scratch), wanted = label_ours(label, &score->scratch);
    score->total++;
    score->characters += utf8_count(sentence.spoken);
    if (str_equal(got, wanted)) score->right++;
    else miss_count(score, character, wanted, got, line);
}

static int by_count(const void *left, const void *right)
{
    const Miss *a = left, *b = right;
    return a->count != b->count ? b->count - a->count : str_compare(a->name, b->name);
}

static int score_run(Score *score, char **argument, Error *error)
{
    Str sentences, labels;
    const char *mandarin = arena_printf(&score->arena, "%s/voices/mandarin", argument[1]).s;
    score->lexicon = lexicon_open(argument[1], error);
    score->readings = score->lexicon ? readings_create(mandarin, error) : NULL;
    if (!score->readings) return -1;
    if (file_read(&score->arena, argument[2], &sentences, error) < 0 || file_read(&score->arena, argument[3], &labels, error) < 0) return -1;
    clock_t start = clock();
    while (sentences.n > 0) {
        ArenaMark mark = arena_mark(&score->scratch);
        Str line = str_split(&sentences, '\n');
        line_score(score, line, str_trim(str_split(&labels, '\n')));
        arena_reset(&score->scratch, mark);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("%d of %d right: %.2f %%; %.2f million characters a second\n", score->right, score->total, 100.0 * score->right / score->total,
           (double)score->characters / seconds / 1e6);
    return 0;
}

int main(int count, char **argument)
{
    static Score score;
    Error error;
    if (count < 4) {
        fputs("usage: reading_score DATA_FOLDER NAME.sent NAME.lb [worst]\n", stderr);
        return STATUS_USAGE;
    }
    int result = score_run(&score, argument, &error);
    if (result < 0) fprintf(stderr, "reading_score: %s\n", error.text);
    qsort(score.misses, MISSES, sizeof *score.misses, by_count);
    for (int i = 0; count > 4 && i < atoi(argument[4]) && score.misses[i].count; i++)
        printf("%d\t%.*s\t%.*s\n", score.misses[i].count, STR_ARG(score.misses[i].name), STR_ARG(score.misses[i].example));
    readings_destroy(score.readings);
    lexicon_close(score.lexicon);
    arena_finish(&score.arena);
    arena_finish(&score.scratch);
    return result < 0 ? (int)error.status : 0;
}
