/* dubao pinyin: lines in, readings out. */
#include <stdio.h>

#include "base/message.h"
#include "commands/command.h"
#include "commands/lines.h"
#include "publish/json.h"

static void plain(const Syllable *syllable, bool first)
{
    FILE *out = stdout;
    Str base = syllable->base; /* of some four bytes: a call to write them costs more than they do */
    if (!first) putc_unlocked(' ', out);
    for (size_t i = 0; i < base.n; i++) putc_unlocked(base.s[i], out);
    putc_unlocked('0' + syllable->tone, out);
}

static double score_of(const Syllable *syllable)
{
    return syllable->score / 16.0;
}

/* --explain: who decided, and by how much the model's first choice was ahead of its second. */
static void explain(const Sentence *sentence, const Syllable *syllable)
{
    Str character = str_slice(sentence->spoken, syllable->spoken_at, syllable->spoken_at + syllable->spoken_n);
    printf("\t%.*s\t%.*s%d\t%s", STR_ARG(character), STR_ARG(syllable->base), syllable->tone, source_name(syllable->source));
    if (syllable->source == SOURCE_MODEL) printf(" %.1f", score_of(syllable));
    if (syllable->surface != syllable->tone) printf("\tspoken %.*s%d", STR_ARG(syllable->base), syllable->surface);
    putchar('\n');
}

/* A long text has millions of these: written by hand, because to build each and to print it takes three times as long as to read the text. */
static void as_json(const Sentence *sentence, const Word *word, const Syllable *syllable, bool explained, bool first)
{
    uint32_t from, to;
    sentence_source(sentence, syllable, &from, &to);
    bool last = syllable == word->syllables + word->syllable_count - 1;
    Break after = !last ? BREAK_NONE : word->after > BREAK_SENTENCE ? BREAK_SENTENCE : word->after;
    Str character = str_slice(sentence->spoken, syllable->spoken_at, syllable->spoken_at + syllable->spoken_n);
    printf("%s{\"from\":%zu,\"to\":%zu,\"char\":", first ? "{\"syllables\":[" : ",", sentence->text_at + from, sentence->text_at + to);
    json_put_text(stdout, character);
    printf(",\"pinyin\":\"%.*s%d\",\"surface\":\"%.*s%d\",\"break\":%d", STR_ARG(syllable->base), syllable->tone, STR_ARG(syllable->base),
           syllable->surface, (int)after);
    if (explained) printf(",\"source\":\"%s\"", source_name(syllable->source));
    if (explained && syllable->source == SOURCE_MODEL) {
        fputs(",\"score\":", stdout);
        json_put(stdout, json_real(score_of(syllable)));
    }
    putchar('}');
}

/* `syllables` comes first in the object: a long line is printed while it is read. */
static void sentence_out(const Sentence *sentence, bool json, bool *any)
{
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        for (size_t k = 0; k < word->syllable_count; k++, *any = true) {
            if (json) as_json(sentence, word, &word->syllables[k], false, !*any);
            else plain(&word->syllables[k], !*any);
        }
    }
}

/* Syllables come before their line. */
static void explain_sentence(const Sentence *sentence, bool json, bool *any)
{
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        for (size_t k = 0; k < word->syllable_count; k++, *any = true) {
            if (json) as_json(sentence, word, &word->syllables[k], true, !*any);
            else explain(sentence, &word->syllables[k]);
        }
    }
}

static void end_line(Str line, Str spoken, bool json, bool any)
{
    if (!json) {
        putchar('\n');
        return;
    }
    fputs(any ? "]," : "{\"syllables\":[],", stdout);
    json_put_members(stdout, json_pack("{s:o,s:o}", "text", json_text(line, false), "spoken", json_text(spoken, false)));
    fputs("}\n", stdout);
}

static void end_explained(Str line, Str spoken, bool json, bool any)
{
    if (!json) fwrite(line.s, 1, line.n, stdout);
    end_line(line, spoken, json, any);
}

static int run(const Settings *settings, Console *console, Error *error)
{
    const LinePrinter usual = { DEPTH_READINGS, DEPTH_WHOLE, sentence_out, end_line };
    const LinePrinter explaining = { DEPTH_WHOLE, DEPTH_WHOLE, explain_sentence, end_explained };
    return lines_print(settings, console, settings->explain ? &explaining : &usual, error);
}

const Command COMMAND_PINYIN = { "pinyin", N_("[FILE...]"), N_("write the pinyin of lines; --json also gives the tones as they change in speech"), FOR_PINYIN, false, run };
