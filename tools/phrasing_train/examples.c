/* From labelled sentences to stretches: the program's own spoken form, words and classes, and the labels between the words. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "phrasing_train/train.h"

enum { FEATURES_MAX = 1 << 22, SLOTS = FEATURES_MAX * 2 };

int examples_open(Examples *examples, const char *data, Error *error)
{
    const char *folder = arena_printf(&examples->arena, "%s/voices/mandarin", data).s;
    Features *features = &examples->features;
    *features = (Features){ .arena = &examples->arena, .slots = calloc(SLOTS, sizeof(uint32_t)), .keys = calloc(FEATURES_MAX, sizeof(uint32_t)),
                            .texts = calloc(FEATURES_MAX, sizeof(Str)), .count = 1 };
    if (!features->slots || !features->keys || !features->texts) abort();
    arena_alloc(&examples->scratch, 1);
    bool open = (examples->lexicon = lexicon_open(data, error)) && (examples->readings = readings_create(folder, error)) &&
                (examples->rules = spoken_create(folder, error)) && (examples->marks = marks_create(folder, error)) &&
                (examples->prosody = prosody_create(folder, error));
    return open ? 0 : -1;
}

void examples_close(Examples *examples)
{
    lexicon_close(examples->lexicon);
    readings_destroy(examples->readings);
    spoken_destroy(examples->rules);
    marks_destroy(examples->marks);
    prosody_destroy(examples->prosody);
    free(examples->features.slots);
    free(examples->features.keys);
    free(examples->features.texts);
    free(examples->places);
    arena_finish(&examples->arena);
    arena_finish(&examples->scratch);
}

/* ---- features ---- */

static uint32_t feature_number(Features *features, uint32_t key, const PhraseWord *words, size_t count, size_t i, size_t template)
{
    size_t at = key % SLOTS;
    while (features->slots[at] && features->keys[features->slots[at]] != key) at = (at + 1) % SLOTS;
    if (features->slots[at]) return features->slots[at];
    char text[256];
    const PhraseTemplate *of = &PHRASE_TEMPLATES[template];
    if (features->count == FEATURES_MAX || !phrase_feature_text(words, count, i, of, text, sizeof text)) return 0;
    features->keys[features->count] = key;
    features->texts[features->count] = arena_printf(features->arena, "%s\t%s", of->name, text);
    return features->slots[at] = features->count++;
}

static void features_number(Features *features, const PhraseWord *words, size_t count, size_t i, uint32_t *numbers)
{
    uint32_t keys[PHRASE_TEMPLATES_MAX];
    size_t asked = phrase_features(words, count, i, keys);
    for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++) numbers[t] = t >= asked ? 0 : feature_number(features, keys[t], words, count, i, t);
}

/* ---- sentences ---- */

static void read_sentence(Examples *examples, Sentence *sentence)
{
    spoken_form(examples->rules, sentence, &examples->scratch);
    pinyin_segment(examples->lexicon, examples->readings, sentence, &examples->scratch);
    pinyin_read(examples->lexicon, examples->readings, sentence, &examples->scratch);
    prosody_marks(examples->prosody, sentence);
}

/* The line without its labels; breaks[i]: a label stood before byte i. */
static Str take_labels(Examples *examples, Str line, bool *breaks)
{
    char *text = arena_alloc(&examples->scratch, line.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.s[i] == '/') breaks[n] = true;
        else text[n++] = line.s[i];
    }
    return (Str){ text, n };
}

/* Whether a label stands between the two words. */
static bool label_between(const Sentence *sentence, const Word *left, const Word *right, bool *breaks)
{
    uint32_t from, to, none;
    bool found = false;
    sentence_source(sentence, &left->syllables[left->syllable_count - 1], &none, &from);
    sentence_source(sentence, &right->syllables[0], &to, &none);
    for (size_t i = sentence->text_at + from; i <= sentence->text_at + to; i++) {
        found |= breaks[i];
        breaks[i] = false; /* what is left over stood inside a word */
    }
    return found;
}

static bool can_be_learned(const Stretch *stretch)
{
    size_t from = 0, words = 0;
    for (size_t i = 0; i < stretch->count; i++) {
        words++;
        if (!stretch->cut[i] && i + 1 < stretch->count) continue;
        if (words > 1 && (size_t)stretch->said[i] - from > PHRASE_SYLLABLES_MAX) return false;
        from = stretch->said[i];
        words = 0;
    }
    return true;
}

static void add_stretch(Examples *examples, const Sentence *sentence, const PhraseWord *words, size_t count, bool *breaks, int fold)
{
    Arena *arena = &examples->arena;
    examples->stretches = arena_grow(arena, examples->stretches, examples->count, examples->count + 1, sizeof *examples->stretches);
    Stretch *stretch = &examples->stretches[examples->count++];
    *stretch = (Stretch){ .count = count, .fold = fold, .said = ARENA_NEW(arena, uint16_t, count), .cut = ARENA_NEW(arena, bool, count) };
    stretch->features = arena_alloc_array(arena, count, sizeof *stretch->features);
    for (size_t i = 0; i < count; i++) {
        stretch->said[i] = words[i].said;
        if (i + 1 == count) break;
        stretch->cut[i] = label_between(sentence, &sentence->words[words[i].at], &sentence->words[words[i + 1].at], breaks);
        features_number(&examples->features, words, count, i, stretch->features[i]);
    }
    stretch->whole = can_be_learned(stretch);
}

static void read_labelled(Examples *examples, Str line, int fold)
{
    bool *breaks = ARENA_NEW(&examples->scratch, bool, line.n + 1);
    Block block = { .role = ROLE_BODY, .text = take_labels(examples, line, breaks) };
    Splitter splitter = splitter_start(examples->marks, &block);
    Sentence sentence = { 0 };
    for (; splitter_next(&splitter, &sentence); sentence = (Sentence){ 0 }) {
        PhraseWord words[PHRASE_WORDS_MAX];
        size_t at = 0, count;
        read_sentence(examples, &sentence);
        while ((count = prosody_stretch(examples->prosody, &sentence, &at, words)) > 0) add_stretch(examples, &sentence, words, count, breaks, fold);
    }
}

int examples_read_labelled(Examples *examples, const char *path, Error *error)
{
    Str text;
    if (file_read(&examples->arena, path, &text, error) < 0) return -1;
    for (int number = 0; text.n > 0;) {
        Str line = str_trim(str_split(&text, '\n'));
        if (line.n == 0 || line.s[0] == '#') continue;
        ArenaMark mark = arena_mark(&examples->scratch);
        read_labelled(examples, line, number++ % FOLDS);
        arena_reset(&examples->scratch, mark);
    }
    return 0;
}

/* ---- plain text ---- */

static void add_places(Examples *examples, const Sentence *sentence, size_t *room)
{
    PhraseWord *words = ARENA_NEW(&examples->scratch, PhraseWord, sentence->word_count);
    size_t count = 0;
    for (size_t i = 0; i < sentence->word_count; i++)
        if (sentence->words[i].kind == WORD_SPOKEN) phrase_word_init(&words[count++], sentence, i);
    for (size_t i = 0; i + 1 < count; i++) {
        if (examples->place_count == *room) {
            *room = *room ? 2 * *room : 1 << 16;
            examples->places = realloc(examples->places, *room * sizeof *examples->places);
            if (!examples->places) abort();
        }
        Place *place = &examples->places[examples->place_count++];
        place->marked = sentence->words[words[i].at].after >= BREAK_PHRASE;
        features_number(&examples->features, words, count, i, place->features);
    }
}

int examples_read_plain(Examples *examples, const char *path, Error *error)
{
    Str text;
    size_t room = 0;
    if (file_read(&examples->arena, path, &text, error) < 0) return -1;
    while (text.n > 0) {
        Block block = { .role = ROLE_BODY, .text = str_trim(str_split(&text, '\n')) };
        ArenaMark mark = arena_mark(&examples->scratch);
        Splitter splitter = splitter_start(examples->marks, &block);
        Sentence sentence = { 0 };
        for (; splitter_next(&splitter, &sentence); sentence = (Sentence){ 0 }) {
            read_sentence(examples, &sentence);
            add_places(examples, &sentence, &room);
        }
        arena_reset(&examples->scratch, mark);
    }
    return 0;
}
