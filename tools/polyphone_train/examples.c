/* From labelled sentences to examples: the program's own spoken form, words and readings around the marked character. */
#include <glob.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/polyphones.h"
#include "pinyin/readings.h"
#include "polyphone_train/train.h"

static const Str MARK = { "\xE2\x96\x81", 3 };
enum { TALLIES = 1 << 15 };

/* How often a character was seen with a reading. */
typedef struct Tally {
    uint32_t code;
    Str reading;
    double labels, counts; /* in the sets, in counts.json */
} Tally;

typedef struct Tallies {
    Tally *slots;
    Arena *arena;
} Tallies;

static Tally *tally_of(Tallies *tallies, uint32_t code, Str reading)
{
    size_t at = (size_t)hash_str(HASH_START + code, reading) % TALLIES;
    while (tallies->slots[at].code && !(tallies->slots[at].code == code && str_equal(tallies->slots[at].reading, reading))) at = (at + 1) % TALLIES;
    if (!tallies->slots[at].code) tallies->slots[at] = (Tally){ code, arena_str(tallies->arena, reading), 0, 0 };
    return &tallies->slots[at];
}

/* Labels have ü as "u:". */
static Str label_ours(Str label, Arena *arena)
{
    size_t colon = str_find(label, STR("u:"));
    if (colon == label.n) return label;
    Str tail = str_slice(label, colon + 2, label.n);
    return arena_printf(arena, "%.*sv%.*s", (int)colon, label.s, STR_ARG(tail));
}

/* ---- one sentence ---- */

/* Where the character at `at` of the text stands in the spoken form; its length when a rule has written it out in another way. */
static size_t spoken_place(const Sentence *sentence, size_t at, Str character)
{
    for (size_t i = 0; i < sentence->piece_count; i++) {
        const Piece *piece = &sentence->pieces[i];
        if (at < piece->text_at || at >= piece->text_at + piece->text_n) continue;
        if (!piece->rule) return piece->spoken_at + (at - piece->text_at);
        Str said = str_slice(sentence->spoken, piece->spoken_at, piece->spoken_at + piece->spoken_n);
        size_t found = str_find(said, character);
        return found < said.n ? piece->spoken_at + found : sentence->spoken.n;
    }
    return sentence->spoken.n;
}

static bool syllable_at(const Sentence *sentence, size_t at, size_t *word, size_t *syllable)
{
    for (*word = 0; *word < sentence->word_count; ++*word)
        for (*syllable = 0; *syllable < sentence->words[*word].syllable_count; ++*syllable)
            if (sentence->words[*word].syllables[*syllable].spoken_at == at) return true;
    return false;
}

bool example_read(Corpus *corpus, const Example *example, Sentence *sentence, size_t *word, size_t *syllable)
{
    size_t at = str_find(example->line, MARK);
    Str rest = str_slice(example->line, at + MARK.n, example->line.n), character = utf8_next(&rest);
    if (at == example->line.n || !str_starts(rest, MARK)) return false;
    Str tail = str_slice(rest, MARK.n, rest.n);
    Arena *arena = &corpus->scratch;
    *sentence = (Sentence){ .text = arena_printf(arena, "%.*s%.*s%.*s", (int)at, example->line.s, STR_ARG(character), STR_ARG(tail)) };
    spoken_form(corpus->rules, sentence, arena);
    pinyin_segment(corpus->lexicon, corpus->readings, sentence, arena);
    pinyin_read_words(corpus->lexicon, corpus->readings, sentence, arena);
    return syllable_at(sentence, spoken_place(sentence, at, character), word, syllable);
}

static uint32_t code_of(const Example *example)
{
    uint32_t code;
    size_t at = str_find(example->line, MARK);
    utf8_decode(str_slice(example->line, at + MARK.n, example->line.n), &code);
    return code;
}

static Str syllable_text(const Syllable *syllable, Arena *arena)
{
    return arena_printf(arena, "%.*s%d", STR_ARG(syllable->base), syllable->tone);
}

/* ---- the sets ---- */

/* Sets as NAME.sent with NAME.lb beside, which `pattern` finds in the folder; `own`: the project's. */
static int sets_open(Corpus *corpus, const char *folder, const char *pattern, bool own, Error *error)
{
    glob_t found;
    Arena *arena = &corpus->arena;
    int result = 0;
    if (glob(arena_printf(arena, "%s/%s", folder, pattern).s, 0, NULL, &found) != 0)
        return error_set(error, STATUS_NO_INPUT, "no %s in %s", pattern, folder);
    for (size_t i = 0; i < found.gl_pathc && corpus->set_count < SETS_MAX && result == 0; i++) {
        Set *set = &corpus->sets[corpus->set_count++];
        Str path = str_from(found.gl_pathv[i]), stem = str_slice(path, 0, path.n - STR(".sent").n);
        set->name = arena_str(arena, str_slice(stem, strlen(folder) + 1, stem.n)).s;
        set->own = own;
        result = file_read(arena, arena_str(arena, path).s, &set->sentences, error);
        if (result == 0) result = file_read(arena, arena_printf(arena, "%.*s.lb", STR_ARG(stem)).s, &set->labels, error);
    }
    globfree(&found);
    return result;
}

static void counts_add(Tallies *tallies, json_t *all)
{
    const char *character, *reading;
    json_t *readings, *count;
    json_object_foreach(all, character, readings) {
        uint32_t code;
        utf8_decode(str_from(character), &code);
        json_object_foreach(readings, reading, count)
            tally_of(tallies, code, label_ours(str_from(reading), tallies->arena))->counts += (double)json_integer_value(count);
    }
}

static int counts_open(Tallies *tallies, const char *folder, Error *error)
{
    glob_t found;
    if (glob(arena_printf(tallies->arena, "%s/*/*_counts.json", folder).s, 0, NULL, &found) != 0) return 0;
    int result = 0;
    for (size_t i = 0; i < found.gl_pathc && result == 0; i++) {
        json_error_t fault;
        json_t *all = json_load_file(found.gl_pathv[i], 0, &fault);
        if (!all) result = error_set(error, STATUS_DATA, "%s:%d: %s", found.gl_pathv[i], fault.line, fault.text);
        else counts_add(tallies, all);
        json_decref(all);
    }
    globfree(&found);
    return result;
}

/* Sentences that stand in the sets twice fall into the same fold. */
static void set_lines(Corpus *corpus, size_t number, size_t *capacity)
{
    Str sentences = corpus->sets[number].sentences, labels = corpus->sets[number].labels;
    bool own = corpus->sets[number].own;
    while (sentences.n > 0) {
        Str line = str_split(&sentences, '\n'), label = str_trim(str_split(&labels, '\n'));
        if (line.n == 0 || label.n == 0) continue;
        if (corpus->count == *capacity) {
            corpus->examples = arena_grow(&corpus->arena, corpus->examples, *capacity, *capacity * 2 + 4096, sizeof(Example));
            *capacity = *capacity * 2 + 4096;
        }
        corpus->examples[corpus->count++] = (Example){ .set = (uint8_t)number, .fold = own ? IN_NO_FOLD : (uint8_t)(hash_str(HASH_START, line) >> 20) % FOLDS,
                                                       .subject = NO_SUBJECT, .given = NOT_A_CHOICE, .wanted = NOT_A_CHOICE, .said = NOT_A_CHOICE, .line = line, .label = label };
    }
}

/* ---- subjects: what readings there are ---- */

static int by_code_and_count(const void *left, const void *right)
{
    const Tally *a = left, *b = right;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    double more = b->labels + b->counts - a->labels - a->counts;
    return more > 0 ? 1 : more < 0 ? -1 : str_compare(a->reading, b->reading);
}

static void subject_weigh(Subject *subject, const double *counts)
{
    double total = 0;
    for (size_t i = 0; i < subject->choices; i++) total += counts[i] + 0.5;
    for (size_t i = 0; i < subject->choices; i++) subject->prior[i] = log((counts[i] + 0.5) / total);
}

static void subjects_make(Corpus *corpus, Tallies *tallies)
{
    qsort(tallies->slots, TALLIES, sizeof *tallies->slots, by_code_and_count);
    corpus->subjects = ARENA_NEW(&corpus->arena, Subject, TALLIES);
    for (size_t i = 0, next; i < TALLIES; i = next) {
        Subject subject = { .code = tallies->slots[i].code };
        double counts[LEXICON_CHOICES];
        for (next = i; next < TALLIES && tallies->slots[next].code == subject.code; next++) {
            const Tally *tally = &tallies->slots[next];
            if (subject.choices == LEXICON_CHOICES) continue;
            if (tally->labels + tally->counts == 0 && str_ends(tally->reading, STR("5"))) continue; /* words decide about the neutral tone */
            counts[subject.choices] = tally->counts;
            subject.count[subject.choices] = tally->labels + tally->counts;
            subject.choice[subject.choices++] = tally->reading;
        }
        subject_weigh(&subject, counts);
        if (subject.code && subject.choices > 1) corpus->subjects[corpus->subject_count++] = subject;
    }
}

static int by_subject_code(const void *left, const void *right)
{
    const Subject *a = left, *b = right;
    return a->code < b->code ? -1 : a->code > b->code;
}

static uint8_t choice_of(const Subject *subject, Str reading)
{
    for (size_t i = 0; i < subject->choices; i++)
        if (str_equal(subject->choice[i], reading)) return (uint8_t)i;
    return NOT_A_CHOICE;
}

/* ---- features ---- */

/* Which number a key has. */
typedef struct KeyPlace {
    uint32_t key, number;
} KeyPlace;

static KeyPlace *number_place(KeyPlace *places, size_t count, uint32_t key)
{
    size_t at = key % count;
    while (places[at].key && places[at].key != key) at = (at + 1) % count;
    return &places[at];
}

/* Turns the keys of all examples into numbers, in the order in which they come. */
static void features_number(Corpus *corpus)
{
    size_t places_count = corpus->count * FEATURES_MAX + 1;
    KeyPlace *places = calloc(places_count, sizeof *places);
    if (!places) abort();
    corpus->feature_count = 1;
    for (size_t i = 0; i < corpus->count * FEATURES_MAX; i++) {
        uint32_t *feature = &corpus->features[i / FEATURES_MAX][i % FEATURES_MAX];
        if (!*feature) continue;
        KeyPlace *place = number_place(places, places_count, *feature);
        if (!place->key) *place = (KeyPlace){ *feature, corpus->feature_count++ };
        *feature = place->number;
    }
    free(places);
}

/* The first pass: which readings there are. */
static void examples_tally(Corpus *corpus, Tallies *tallies)
{
    for (size_t i = 0; i < corpus->count; i++) {
        Example *example = &corpus->examples[i];
        ArenaMark mark = arena_mark(&corpus->scratch);
        Sentence sentence;
        size_t word, at;
        uint32_t code = code_of(example);
        Str label = label_ours(example->label, &corpus->scratch);
        tally_of(tallies, code, label)->labels++;
        if (example_read(corpus, example, &sentence, &word, &at)) {
            const Syllable *syllable = &sentence.words[word].syllables[at];
            Str given = syllable_text(syllable, &corpus->scratch);
            bool erhua = syllable->spoken_n > 4;
            if (!erhua) tally_of(tallies, code, given);
            example->given_right = str_equal(given, label) ||
                                   (erhua && str_equal(str_slice(given, 0, given.n - 2), str_slice(label, 0, label.n - 1)) && given.s[given.n - 1] == label.s[label.n - 1]);
        }
        arena_reset(&corpus->scratch, mark);
    }
}

/* The reading that a phrase gives; empty when there is none. Its number is one of the model that lexicon.bin holds: of a character that is new
 * to the model phrases say nothing until the lexicon has been compiled with it. */
static Str phrase_view(const Corpus *corpus, const Sentence *sentence, size_t word, size_t syllable, uint32_t code, FeatureView *view)
{
    Collocation phrase;
    LexiconChoices choices;
    Str said = { 0 };
    const Syllable *spot = &sentence->words[word].syllables[syllable];
    if (!lexicon_choices(corpus->lexicon, code, &choices) || !collocation_find(corpus->lexicon, sentence->spoken, spot->spoken_at, &phrase)) return said;
    for (size_t i = 0; i <= phrase.choice; i++) said = str_split(&choices.readings, ' ');
    features_view_phrase(view, sentence, word, &phrase, said);
    return said;
}

Str example_view(const Corpus *corpus, const Sentence *sentence, size_t word, size_t syllable, FeatureView *view)
{
    uint32_t code;
    const Syllable *spot = &sentence->words[word].syllables[syllable];
    utf8_decode(str_slice(sentence->spoken, spot->spoken_at, sentence->spoken.n), &code);
    features_view(view, FEATURES_OF_WORD, corpus->lexicon, sentence, word, syllable);
    features_view(view, FEATURES_AROUND, corpus->lexicon, sentence, word, syllable);
    return phrase_view(corpus, sentence, word, syllable, code, view);
}

static void keys_take(const FeatureView *view, FeatureScope scope, uint32_t code, uint32_t keys[FEATURES_MAX])
{
    uint32_t found[FEATURES_MAX];
    uint8_t numbers[FEATURES_MAX];
    size_t count = features_keys(view, scope, code, found, numbers);
    for (size_t i = 0; i < count; i++) keys[numbers[i]] = found[i];
}

/* Whether a row of contexts.tsv with ! says how the word is read: then the model is not heard. */
static bool fixed_by_context(const Corpus *corpus, Sentence *sentence, const Word *word)
{
    uint8_t source = word->syllables->source;
    if (source != SOURCE_CONTEXT) return false;
    word->syllables->source = SOURCE_CHARACTER;
    contexts_apply(&corpus->readings->contexts, sentence, true);
    bool fixed = word->syllables->source == SOURCE_CONTEXT;
    word->syllables->source = source;
    return fixed;
}

/* The second pass: what stands around them. */
static void example_look(Corpus *corpus, Example *example, uint32_t keys[FEATURES_MAX])
{
    Sentence sentence;
    size_t word, at;
    uint32_t code = code_of(example);
    const Subject *subject = bsearch(&(Subject){ .code = code }, corpus->subjects, corpus->subject_count, sizeof(Subject), by_subject_code);
    if (!subject) return;
    example->subject = (uint32_t)(subject - corpus->subjects);
    if (!example_read(corpus, example, &sentence, &word, &at)) return;
    const Syllable *syllable = &sentence.words[word].syllables[at];
    Str character = utf8_next(&(Str){ sentence.spoken.s + syllable->spoken_at, syllable->spoken_n });
    bool ask = polyphones_may_ask(&sentence.words[word], syllable, character) && !fixed_by_context(corpus, &sentence, &sentence.words[word]);
    if (ask) example->given = choice_of(subject, syllable_text(syllable, &corpus->scratch));
    example->wanted = choice_of(subject, label_ours(example->label, &corpus->scratch));
    if (example->given == NOT_A_CHOICE) return;
    FeatureView view;
    example->said = choice_of(subject, example_view(corpus, &sentence, word, at, &view));
    keys_take(&view, FEATURES_OF_WORD, code, keys);
    keys_take(&view, FEATURES_AROUND, code, keys);
    if (example->said != NOT_A_CHOICE) keys_take(&view, FEATURES_OF_PHRASE, code, keys);
}

int corpus_open(Corpus *corpus, const char *data, const char *folder, Error *error)
{
    Tallies tallies = { ARENA_NEW(&corpus->arena, Tally, TALLIES), &corpus->arena };
    const char *mandarin = arena_printf(&corpus->arena, "%s/voices/mandarin", data).s;
    bool open = (corpus->lexicon = lexicon_open(data, error)) && (corpus->readings = readings_create(mandarin, error)) &&
                (corpus->rules = spoken_create(mandarin, error));
    if (!open || sets_open(corpus, TRAINING_FOLDER, "*.sent", true, error) < 0 ||
        sets_open(corpus, folder, "*/*.sent", false, error) < 0 || counts_open(&tallies, folder, error) < 0) return -1;
    size_t capacity = 0;
    for (size_t i = 0; i < corpus->set_count; i++) set_lines(corpus, i, &capacity);
    examples_tally(corpus, &tallies);
    subjects_make(corpus, &tallies);
    corpus->features = arena_alloc_array(&corpus->arena, corpus->count, sizeof *corpus->features);
    for (size_t i = 0; i < corpus->count; i++) {
        ArenaMark mark = arena_mark(&corpus->scratch);
        example_look(corpus, &corpus->examples[i], corpus->features[i]);
        arena_reset(&corpus->scratch, mark);
    }
    features_number(corpus);
    return 0;
}

void corpus_close(Corpus *corpus)
{
    spoken_destroy(corpus->rules);
    readings_destroy(corpus->readings);
    lexicon_close(corpus->lexicon);
    arena_finish(&corpus->arena);
    arena_finish(&corpus->scratch);
}
