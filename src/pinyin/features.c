#include "pinyin/features.h"

#include <string.h>

#include "base/utf8.h"

/* What can be seen from the character. */
typedef enum Token {
    NONE,
    C_2, C_1, C1, C2,          /* characters before and after */
    K_2, K_1, K1, K2,          /* their kinds (kinds.tsv) */
    FIRST_1, LAST1,            /* the kinds of the first character of the word before and of the last one of the word after */
    NOUN_1, NOUN1,             /* the nearest noun before and after: the kind of its last character, which says what sort of thing it is */
    VERB_1, VERB1,             /* the nearest verb: the kind of its first character */
    W_1, W1,                   /* words */
    T_1, T1,                   /* their classes */
    W0, T0,                    /* its own word ("=" when that is the character alone) and class; all before are around */
    PLACE,                     /* "2/3": the second of three characters */
    BASE,                      /* the reading that lexicon and contexts.tsv give, "wei2" */
    TRUST,                     /* "2d": a word of two characters, in which that is not the character's usual reading */
    RARE,                      /* how rare that reading is: "a" the usual one ... "e" hardly ever met with */
    SAID,                      /* the reading that a phrase around gives (collocations.h), "wei4" */
    AGREES,                    /* "y" when that is the lexicon's too, "n" when it is not */
    SPAN,                      /* "2/4": the second of the phrase's four characters */
    FIT,                       /* "be": at both ends of the phrase a word begins or ends, "-" where none does; and the phrase's length */
    TOKEN_COUNT
} Token;

/* A row a feature. The name stands in polyphones.txt; rows may be added, and the model must then be trained anew. */
static const struct {
    const char *name;
    Token part[FEATURE_PARTS];
    FeatureSpeaks speaks;
    FeatureScope scope;
} TEMPLATES[] = {
    { "c-1", { C_1 }, OF_CHARACTER, FEATURES_AROUND },
    { "c+1", { C1 }, OF_CHARACTER, FEATURES_AROUND },
    { "c-2", { C_2 }, OF_CHARACTER, FEATURES_AROUND },
    { "c+2", { C2 }, OF_CHARACTER, FEATURES_AROUND },
    { "c-2c-1", { C_2, C_1 }, OF_CHARACTER, FEATURES_AROUND },
    { "c+1c+2", { C1, C2 }, OF_CHARACTER, FEATURES_AROUND },
    { "c-1c+1", { C_1, C1 }, OF_CHARACTER, FEATURES_AROUND },
    { "k-1", { K_1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "k+1", { K1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "k-1k+1", { K_1, K1 }, OF_CHARACTER, FEATURES_AROUND },
    { "k-2", { K_2 }, OF_CHARACTER, FEATURES_AROUND },
    { "k+2", { K2 }, OF_CHARACTER, FEATURES_AROUND },
    { "first-1", { FIRST_1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "last+1", { LAST1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "noun-1", { NOUN_1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "noun+1", { NOUN1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "verb-1", { VERB_1 }, OF_CHARACTER, FEATURES_AROUND },
    { "verb+1", { VERB1 }, OF_CHARACTER, FEATURES_AROUND },
    { "w", { W0, PLACE }, OF_CHARACTER, FEATURES_OF_WORD },
    { "w-1", { W_1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "w+1", { W1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "t", { T0, PLACE }, OF_CHARACTER, FEATURES_OF_WORD },
    { "t-1", { T_1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "t+1", { T1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "c-1t+1", { C_1, T1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "t-1c+1", { T_1, C1, PLACE }, OF_CHARACTER, FEATURES_AROUND },
    { "place", { PLACE }, OF_CHARACTER, FEATURES_OF_WORD },
    { "base", { BASE }, OF_CHARACTER, FEATURES_OF_WORD },
    { "basetrust", { BASE, TRUST }, OF_CHARACTER, FEATURES_OF_WORD },
    { "trustrare", { TRUST, RARE }, FOR_LEXICON, FEATURES_OF_WORD },
    { "trustplace", { TRUST, PLACE }, FOR_LEXICON, FEATURES_OF_WORD },
    { "trustt", { TRUST, T0 }, FOR_LEXICON, FEATURES_OF_WORD },
    { "phrase", { SAID, AGREES }, OF_CHARACTER, FEATURES_OF_PHRASE },
    { "phraseagrees", { AGREES }, FOR_PHRASE, FEATURES_OF_PHRASE },
    { "phraseplace", { AGREES, SPAN }, FOR_PHRASE, FEATURES_OF_PHRASE },
    { "phrasefit", { AGREES, FIT }, FOR_PHRASE, FEATURES_OF_PHRASE },
};
enum { TEMPLATE_COUNT = sizeof TEMPLATES / sizeof *TEMPLATES };

_Static_assert((int)TOKEN_COUNT <= (int)FEATURE_TOKENS && (int)TEMPLATE_COUNT <= (int)FEATURES_MAX, "features.h has too little room");

enum {
    LONG_BYTES = 48, /* a longer word is a run of letters, however many */
    REACH = 10       /* words on either side among which a noun and a verb are looked for */
};

static char digit(size_t n)
{
    return (char)('0' + (n < 9 ? n : 9));
}

/* One to eight bytes as a number. */
static uint64_t bytes_at(const char *s, size_t n)
{
    const unsigned char *u = (const unsigned char *)s;
    uint32_t first, last;
    if (n == 3) return (uint64_t)u[0] << 16 | (uint64_t)u[1] << 8 | u[2];
    if (n < 4) return (uint64_t)u[0] << 8 | u[n - 1];
    memcpy(&first, s, sizeof first);
    memcpy(&last, s + n - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

static uint64_t token_hash(Str text)
{
    uint64_t hash = text.n + 1;
    for (; text.n > 8; text.s += 8, text.n -= 8) hash = hash_mix(hash, bytes_at(text.s, 8));
    return text.n > 0 ? hash_mix(hash, bytes_at(text.s, text.n)) : hash_mix(hash, 0);
}

/* A figure or letter is "A", a mark that is no Chinese one, a space or the edge is "|": what a table's field can hold. */
static Str plain(Str character)
{
    unsigned char first = character.n ? (unsigned char)*character.s : 0;
    if ((first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z')) return STR("A");
    return character.n < 3 || str_equal(character, STR("\xE3\x80\x80")) ? STR("|") : character;
}

static void see_characters(FeatureView *view, Str text, size_t from, size_t to)
{
    Str before = str_slice(text, 0, from), after = str_slice(text, to, text.n);
    for (int i = 0; i < 2; i++) {
        Str last = utf8_last(before), first = utf8_next(&after);
        before.n -= last.n;
        view->text[C_1 - i] = plain(last);
        view->text[C1 + i] = plain(first);
    }
}

/* NULL beyond the ends; before the first word the number wraps. */
static const Word *word_at(const Sentence *sentence, size_t at)
{
    return at < sentence->word_count ? &sentence->words[at] : NULL;
}

/* Of a mark, which is of no kind, itself. */
static void see_kind(FeatureView *view, const Lexicon *lexicon, Token token, Str character)
{
    uint32_t code;
    view->text[token] = character;
    if (character.n < 3) return;
    utf8_decode(character, &code);
    unsigned kind = lexicon_kind(lexicon, code);
    if (kind == 0 && !utf8_is_han(code)) return;
    char *text = view->kind[token - K_2];
    text[0] = digit(kind / 10);
    text[1] = digit(kind % 10);
    view->text[token] = (Str){ text, 2 };
}

static Str first_of(Str text)
{
    return plain(utf8_next(&text));
}

static Str last_of(Str text)
{
    return plain(utf8_last(text));
}

/* The nearest noun and verb on one side, as far as the next mark. */
static void see_nearest(FeatureView *view, const Lexicon *lexicon, const Sentence *sentence, size_t at, size_t step, Token noun, Token verb)
{
    const Word *nearest_noun = NULL, *nearest_verb = NULL;
    for (int i = 0; i < REACH && !(nearest_noun && nearest_verb); i++) {
        const Word *word = word_at(sentence, at += step);
        if (!word || word->kind == WORD_MARK) break;
        char class = word->tag.n ? *word->tag.s : '?';
        if (class == 'n' && !nearest_noun) nearest_noun = word;
        if (class == 'v' && !nearest_verb) nearest_verb = word;
    }
    see_kind(view, lexicon, noun, nearest_noun ? last_of(nearest_noun->text) : STR("|"));
    see_kind(view, lexicon, verb, nearest_verb ? first_of(nearest_verb->text) : STR("|"));
}

static void see_kinds(FeatureView *view, const Lexicon *lexicon, const Sentence *sentence, size_t at)
{
    const Word *before = word_at(sentence, at - 1), *after = word_at(sentence, at + 1);
    for (int i = 0; i < 2; i++) {
        see_kind(view, lexicon, (Token)(K_1 - i), view->text[C_1 - i]);
        see_kind(view, lexicon, (Token)(K1 + i), view->text[C1 + i]);
    }
    see_kind(view, lexicon, FIRST_1, before ? first_of(before->text) : STR("|"));
    see_kind(view, lexicon, LAST1, after ? last_of(after->text) : STR("|"));
    see_nearest(view, lexicon, sentence, at, (size_t)-1, NOUN_1, VERB_1);
    see_nearest(view, lexicon, sentence, at, 1, NOUN1, VERB1);
}

static Str word_text(const Word *word)
{
    Str first = word->text;
    if (word->kind == WORD_SPOKEN && (unsigned char)*first.s >= 0x80) return word->text.n <= LONG_BYTES ? word->text : STR("A");
    return plain(utf8_next(&first));
}

static Str word_class(const Word *word)
{
    if (!word || word->kind != WORD_SPOKEN) return STR("|");
    return word->tag.n ? word->tag : STR("?");
}

static void see_words(FeatureView *view, const Sentence *sentence, size_t at)
{
    const Word *before = word_at(sentence, at - 1), *after = word_at(sentence, at + 1);
    view->text[W_1] = before ? word_text(before) : STR("|");
    view->text[W1] = after ? word_text(after) : STR("|");
    view->text[T_1] = word_class(before);
    view->text[T1] = word_class(after);
}

/* A dictionary that has a rare reading of the character in a word knows why: such a word is worth more than one with the usual reading. By
 * how likely the model takes it at the outset, in 16ths of a natural logarithm; "?" when it does not know it. */
static char rarity(const Lexicon *lexicon, uint32_t code, Str reading)
{
    static const int STEPS[] = { -10, -23, -39, -55 }; /* about 1 of 2, 4, 11, 31 */
    LexiconChoices choices;
    if (!lexicon_choices(lexicon, code, &choices)) return '?';
    for (size_t i = 0; choices.readings.n > 0; i++) {
        if (!str_equal(str_split(&choices.readings, ' '), reading)) continue;
        size_t step = 0;
        while (step < sizeof STEPS / sizeof *STEPS && choices.bias[i] < STEPS[step]) step++;
        return (char)('a' + step);
    }
    return '?';
}

static void see_place(FeatureView *view, const Word *word, const Syllable *syllable, Str usual)
{
    size_t place = (size_t)(syllable - word->syllables), count = word->syllable_count;
    view->place[0] = digit(place + 1);
    view->place[1] = '/';
    view->place[2] = digit(count);
    view->text[PLACE] = (Str){ view->place, 3 };
    view->text[W0] = count == 1 ? STR("=") : word_text(word);
    view->text[T0] = word_class(word);
    size_t n = syllable->base.n < sizeof view->base - 1 ? syllable->base.n : sizeof view->base - 1;
    memcpy(view->base, syllable->base.s, n);
    view->base[n] = digit(syllable->tone);
    view->text[BASE] = (Str){ view->base, n + 1 };
    view->trust[0] = digit(count);
    view->trust[1] = str_starts(usual, view->text[BASE]) ? 'u' : 'd';
    view->text[TRUST] = (Str){ view->trust, 2 };
}

static uint64_t turned(uint64_t hash, unsigned bits)
{
    return hash << bits | hash >> (64 - bits);
}

/* Hashes of tokens are even already: turned, so that their order tells, they need to be mixed but once. */
static uint32_t key_of(size_t number, uint32_t code, const uint64_t hash[FEATURE_PARTS])
{
    uint64_t owner = (uint64_t)(TEMPLATES[number].speaks == OF_CHARACTER ? code : 0) << 8 | (number + 1);
    uint64_t key = hash_mix(hash[0] + turned(hash[1], 21) + turned(hash[2], 42), owner * UINT64_C(0xC2B2AE3D27D4EB4F));
    return (uint32_t)(key >> 32) | 1; /* 0 is a free place in the model */
}

uint32_t feature_key(size_t number, uint32_t code, Str text)
{
    uint64_t hash[FEATURE_PARTS] = { 0 };
    for (int i = 0; i < FEATURE_PARTS; i++) hash[i] = TEMPLATES[number].part[i] ? token_hash(str_split(&text, ' ')) : 0;
    return key_of(number, code, hash);
}

Str feature_text(const FeatureView *view, size_t number, Arena *arena)
{
    Str text = view->text[TEMPLATES[number].part[0]];
    for (int i = 1; i < FEATURE_PARTS && TEMPLATES[number].part[i]; i++)
        text = arena_printf(arena, "%.*s %.*s", STR_ARG(text), STR_ARG(view->text[TEMPLATES[number].part[i]]));
    return text;
}

void features_view(FeatureView *view, FeatureScope scope, const Lexicon *lexicon, const Sentence *sentence, size_t word, size_t syllable)
{
    const Word *own = &sentence->words[word];
    const Syllable *spot = &own->syllables[syllable];
    if (scope == FEATURES_OF_WORD) {
        view->text[NONE] = (Str){ 0 };
        uint32_t code;
        utf8_decode(str_slice(sentence->spoken, spot->spoken_at, sentence->spoken.n), &code);
        see_place(view, own, spot, lexicon_character(lexicon, code));
        view->rare[0] = rarity(lexicon, code, view->text[BASE]);
        view->text[RARE] = (Str){ view->rare, 1 };
        return;
    }
    see_characters(view, sentence->spoken, spot->spoken_at, (size_t)spot->spoken_at + spot->spoken_n);
    see_kinds(view, lexicon, sentence, word);
    see_words(view, sentence, word);
}

/* Whether a word begins or ends at this byte of the spoken form; near word `at`. */
static bool is_edge(const Sentence *sentence, size_t at, size_t byte)
{
    size_t first = at > COLLOCATION_MOST ? at - COLLOCATION_MOST : 0, last = at + COLLOCATION_MOST;
    for (size_t i = first; i <= last && i < sentence->word_count; i++) {
        size_t from = (size_t)(sentence->words[i].text.s - sentence->spoken.s);
        if (from == byte || from + sentence->words[i].text.n == byte) return true;
    }
    return false;
}

void features_view_phrase(FeatureView *view, const Sentence *sentence, size_t word, const Collocation *phrase, Str said)
{
    view->text[SAID] = said;
    view->text[AGREES] = str_equal(said, view->text[BASE]) ? STR("y") : STR("n");
    view->span[0] = digit(phrase->place + 1);
    view->span[1] = '/';
    view->span[2] = digit(phrase->length);
    view->text[SPAN] = (Str){ view->span, 3 };
    view->fit[0] = is_edge(sentence, word, phrase->from) ? 'b' : '-';
    view->fit[1] = is_edge(sentence, word, phrase->to) ? 'e' : '-';
    view->fit[2] = digit(phrase->length);
    view->text[FIT] = (Str){ view->fit, 3 };
}

/* The tokens that the templates of a scope are made of: from, and up to the one behind the last. */
static const uint8_t SCOPE_TOKENS[][2] = {
    [FEATURES_OF_WORD] = { W0, SAID }, [FEATURES_AROUND] = { NONE + 1, SAID }, [FEATURES_OF_PHRASE] = { SAID, TOKEN_COUNT }
};

size_t features_keys(const FeatureView *view, FeatureScope scope, uint32_t code, uint32_t keys[FEATURES_MAX], uint8_t numbers[FEATURES_MAX])
{
    uint64_t hash[TOKEN_COUNT] = { 0 };
    size_t count = 0;
    for (int i = SCOPE_TOKENS[scope][0]; i < SCOPE_TOKENS[scope][1]; i++) hash[i] = token_hash(view->text[i]);
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        if (TEMPLATES[i].scope != scope) continue;
        const Token *part = TEMPLATES[i].part;
        numbers[count] = (uint8_t)i;
        keys[count++] = key_of(i, code, (uint64_t[FEATURE_PARTS]){ hash[part[0]], hash[part[1]], hash[part[2]] });
    }
    return count;
}

size_t features_count(void)
{
    return TEMPLATE_COUNT;
}

const char *feature_name(size_t number)
{
    return TEMPLATES[number].name;
}

int feature_number(Str name)
{
    for (int i = 0; i < TEMPLATE_COUNT; i++)
        if (str_is(name, TEMPLATES[i].name)) return i;
    return -1;
}

FeatureSpeaks feature_speaks(size_t number)
{
    return TEMPLATES[number].speaks;
}
