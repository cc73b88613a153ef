#include "pinyin/polyphones.h"

#include <limits.h>

#include "base/utf8.h"
#include "pinyin/collocations.h"
#include "pinyin/features.h"
#include "pinyin/lexicon_format.h"
#include "pinyin/syllable.h"

/* A reading that is so many 16ths of a natural logarithm ahead by its word alone is settled; sooner in a word of several characters, which is
 * context itself. Not looking around costs 7 of 55,493 sentences that the model was not trained on, and saves a quarter of the whole reading stage. */
enum { SETTLED = 72, SETTLED_IN_WORD = 64 };

typedef struct Choice {
    Str base;
    uint8_t tone;
    int score;
} Choice;

static size_t choices_read(const LexiconChoices *from, Choice *choices)
{
    size_t count = 0;
    Str rest = from->readings;
    while (count < LEXICON_CHOICES && syllable_next(&rest, &choices[count].base, &choices[count].tone)) {
        choices[count].score = from->bias[count];
        count++;
    }
    return count;
}

/* The place of the syllable's reading among the choices; `count` when it is none of them. */
static size_t choice_of(const Choice *choices, size_t count, const Syllable *syllable)
{
    size_t i = 0;
    while (i < count && !(choices[i].tone == syllable->tone && str_equal(choices[i].base, syllable->base))) i++;
    return i;
}

/* Adds what the features of a scope say. `one`: the choice that features speak for which belong to no character. */
static void choices_score(const Lexicon *lexicon, const FeatureView *view, FeatureScope scope, uint32_t code, Choice *choices, size_t count, size_t one)
{
    uint32_t keys[FEATURES_MAX];
    uint8_t numbers[FEATURES_MAX];
    const int8_t *weights[FEATURES_MAX];
    size_t key_count = features_keys(view, scope, code, keys, numbers);
    lexicon_weights(lexicon, keys, key_count, weights);
    for (size_t i = 0; i < key_count; i++) {
        if (!weights[i]) continue;
        if (feature_speaks(numbers[i]) != OF_CHARACTER) choices[one].score += weights[i][0];
        else
            for (size_t k = 0; k < count; k++) choices[k].score += weights[i][k];
    }
}

/* By how much the given reading is ahead of the others; negative when it is not. */
static int lead_of(const Choice *choices, size_t count, size_t given, size_t *best)
{
    int most = INT_MIN;
    *best = given;
    for (size_t i = 0; i < count; i++) {
        if (choices[i].score > choices[*best].score) *best = i;
        if (i != given && choices[i].score > most) most = choices[i].score;
    }
    return choices[given].score - most;
}

static void phrase_score(const Lexicon *lexicon, FeatureView *view, const Sentence *sentence, size_t word, const Syllable *syllable, uint32_t code,
                         Choice *choices, size_t count)
{
    Collocation phrase;
    if (!collocation_find(lexicon, sentence->spoken, syllable->spoken_at, &phrase) || phrase.choice >= count) return;
    Choice *said = &choices[phrase.choice];
    features_view_phrase(view, sentence, word, &phrase, (Str){ said->base.s, said->base.n + 1 }); /* its tone stands behind it */
    choices_score(lexicon, view, FEATURES_OF_PHRASE, code, choices, count, phrase.choice);
}

static void syllable_choose(const Lexicon *lexicon, Sentence *sentence, size_t word, size_t at, uint32_t code, const LexiconChoices *from)
{
    Choice choices[LEXICON_CHOICES];
    Syllable *syllable = &sentence->words[word].syllables[at];
    size_t count = choices_read(from, choices), given = choice_of(choices, count, syllable), best;
    if (given == count) return;
    FeatureView view;
    features_view(&view, FEATURES_OF_WORD, lexicon, sentence, word, at);
    choices_score(lexicon, &view, FEATURES_OF_WORD, code, choices, count, given);
    if (lead_of(choices, count, given, &best) >= (sentence->words[word].syllable_count > 1 ? SETTLED_IN_WORD : SETTLED)) return;
    features_view(&view, FEATURES_AROUND, lexicon, sentence, word, at);
    choices_score(lexicon, &view, FEATURES_AROUND, code, choices, count, given);
    phrase_score(lexicon, &view, sentence, word, syllable, code, choices, count);
    lead_of(choices, count, given, &best);
    int ahead = lead_of(choices, count, best, &best);
    syllable->source = SOURCE_MODEL;
    syllable->score = (int16_t)(ahead > INT16_MAX ? INT16_MAX : ahead);
    syllable->base = choices[best].base;
    syllable->tone = syllable->surface = choices[best].tone;
}

bool polyphones_may_ask(const Word *word, const Syllable *syllable, Str character)
{
    return syllable->source < SOURCE_HAND && syllable->spoken_n == character.n && (syllable->tone != 5 || word->syllable_count == 1);
}

/* A heading of one word has nothing around it that the model could judge by. */
static bool stands_alone(const Sentence *sentence)
{
    size_t spoken = 0;
    for (size_t i = 0; i < sentence->word_count && spoken < 2; i++) spoken += sentence->words[i].kind == WORD_SPOKEN;
    return spoken < 2;
}

void polyphones_apply(const Lexicon *lexicon, Sentence *sentence)
{
    if (stands_alone(sentence)) return;
    for (size_t i = 0; i < sentence->word_count; i++) {
        const Word *word = &sentence->words[i];
        for (size_t k = 0; k < word->syllable_count; k++) {
            const Syllable *syllable = &word->syllables[k];
            uint32_t code;
            LexiconChoices choices;
            Str rest = { sentence->spoken.s + syllable->spoken_at, syllable->spoken_n }, character = { rest.s, utf8_decode(rest, &code) };
            if (lexicon_choices(lexicon, code, &choices) && polyphones_may_ask(word, syllable, character))
                syllable_choose(lexicon, sentence, i, k, code, &choices);
        }
    }
}
