/* dubao pinyin: lines in, readings out. */
#include <stdio.h>

#include "base/message.h"
#include "commands/command.h"
#include "commands/lines.h"
#include "publish/json.h"

static void plain(const Syllable *syllable, bool first)
{
    printf("%s%.*s%d", first ? "" : " ", STR_ARG(syllable->base), syllable->tone);
}

static json_t *toned(Str base, int tone)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%.*s%d", STR_ARG(base), tone);
    return json_text((Str){ text, (size_t)n }, false);
}

static void as_json(const Sentence *sentence, const Word *word, const Syllable *syllable, bool first)
{
    uint32_t from, to;
    sentence_source(sentence, syllable, &from, &to);
    bool last = syllable == word->syllables + word->syllable_count - 1;
    Break after = !last ? BREAK_NONE : word->after > BREAK_SENTENCE ? BREAK_SENTENCE : word->after;
    Str character = str_slice(sentence->spoken, syllable->spoken_at, syllable->spoken_at + syllable->spoken_n);
    fputs(first ? "{\"syllables\":[" : ",", stdout);
    json_put(stdout, json_pack("{s:I,s:I,s:o,s:o,s:o,s:i}", "from", (json_int_t)(sentence->text_at + from), "to",
                               (json_int_t)(sentence->text_at + to), "char", json_text(character, false), "pinyin",
                               toned(syllable->base, syllable->tone), "surface", toned(syllable->base, syllable->surface), "break", (int)after));
}

/* `syllables` comes first in the object: a long line is printed while it is read. */
static void sentence_out(const Sentence *sentence, bool json, bool *any)
{
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        for (size_t k = 0; k < word->syllable_count; k++, *any = true) {
            if (json) as_json(sentence, word, &word->syllables[k], !*any);
            else plain(&word->syllables[k], !*any);
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

static int run(const Settings *settings, Console *console, Error *error)
{
    return lines_print(settings, console, &(LinePrinter){ true, sentence_out, end_line }, error);
}

const Command COMMAND_PINYIN = { "pinyin", N_("[FILE...]"), N_("write the pinyin of lines; --json also gives the tones as they change in speech"), FOR_PINYIN, false, run };
