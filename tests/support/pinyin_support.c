#include "support/pinyin_support.h"

#include <stdlib.h>

int pinyin_setup(void **state)
{
    Pinyin *pinyin = calloc(1, sizeof *pinyin);
    Error error = { 0 };
    assert_non_null(pinyin);
    pinyin->lexicon = lexicon_open(data_path(&pinyin->arena, ""), &error);
    assert_ok(pinyin->lexicon ? 0 : -1, &error);
    pinyin->readings = readings_create(data_path(&pinyin->arena, "voices/mandarin"), &error);
    assert_ok(pinyin->readings ? 0 : -1, &error);
    *state = pinyin;
    return 0;
}

int pinyin_teardown(void **state)
{
    Pinyin *pinyin = *state;
    readings_destroy(pinyin->readings);
    lexicon_close(pinyin->lexicon);
    arena_finish(&pinyin->arena);
    free(pinyin);
    return 0;
}

static Break break_of(Str mark)
{
    if (str_equal(mark, STR(" "))) return BREAK_WORD;
    return str_equal(mark, STR("、")) ? BREAK_PHRASE : BREAK_CLAUSE;
}

/* The text without its breaths; `at` gets the places where they were. */
static Str breaths_take(Str text, size_t *at, size_t *count, size_t most, Arena *arena)
{
    Str out = { 0 };
    for (*count = 0; text.n > 0;) {
        Str part = str_split(&text, '|');
        out = arena_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(part));
        if (text.n > 0 && *count < most) at[(*count)++] = out.n;
    }
    return out;
}

Sentence pinyin_sentence(const Pinyin *pinyin, Str text, Arena *arena)
{
    return pinyin_sentence_of(pinyin, NULL, text, arena);
}

Sentence pinyin_sentence_of(const Pinyin *pinyin, const Block *block, Str text, Arena *arena)
{
    size_t breaths[8], count, next = 0;
    Sentence sentence = { .block = block, .text = text, .spoken = breaths_take(text, breaths, &count, 8, arena) };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, arena);
    pinyin_read(pinyin->lexicon, pinyin->readings, &sentence, arena);
    for (size_t i = 0; i < sentence.word_count; i++) {
        Word *word = &sentence.words[i];
        word->after = word->kind == WORD_MARK ? break_of(word->text) : BREAK_WORD;
        if (next == count || (size_t)(word->text.s + word->text.n - sentence.spoken.s) < breaths[next]) continue;
        word->after = BREAK_PHRASE;
        next++;
    }
    return sentence;
}
