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
    return str_equal(mark, STR("、")) || str_equal(mark, STR("|")) ? BREAK_PHRASE : BREAK_CLAUSE;
}

Sentence pinyin_sentence(const Pinyin *pinyin, Str text, Arena *arena)
{
    Sentence sentence = { .text = text, .spoken = text };
    pinyin_segment(pinyin->lexicon, pinyin->readings, &sentence, arena);
    pinyin_read(pinyin->lexicon, pinyin->readings, &sentence, arena);
    for (size_t i = 0; i < sentence.word_count; i++) {
        Word *word = &sentence.words[i];
        word->after = word->kind == WORD_MARK ? break_of(word->text) : BREAK_WORD;
    }
    return sentence;
}
