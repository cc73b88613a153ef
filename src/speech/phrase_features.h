/* What the phrasing model looks at: the words around a place between two words, and how far it is from the marks. Shared by speech/phrasing.c and
 * tools/phrasing_train.c, so that both see the same. */
#ifndef DUBAO_SPEECH_PHRASE_FEATURES_H
#define DUBAO_SPEECH_PHRASE_FEATURES_H

#include "base/codeset.h"
#include "base/str.h"
#include "edition.h"

/* A word, as far as the model knows it: hashes of its parts. */
typedef struct PhraseWord {
    size_t at;       /* in Sentence.words */
    Str text, tag;
    uint32_t word, class, first, last; /* hashes: the whole, the class, the first and the last character */
    uint16_t syllables, said;          /* its own; all up to its end, from the stretch's start on */
    bool neutral;    /* begins in the neutral tone */
    bool quoted;     /* a quotation mark stands before it */
    char sort;       /* a PhraseSort */
} PhraseWord;

/* What a word is by its characters and its neighbours; figures are the characters of the row "figures" of phrasing.tsv. Letters as in the tables. */
typedef enum PhraseSort {
    SORT_OTHER = '-',
    SORT_FIGURES = 'f',  /* of figures alone: 二十, 零点, 百分之二 */
    SORT_GROUP = 'g',    /* the same, where a long number may part: 三百亿 of 三百亿五千六百万... */
    SORT_QUANTITY = 'q', /* begins with a figure: 十五岁, 四月 */
    SORT_SURNAME = 's',  /* a surname, by names.tsv */
    SORT_AGAIN = 'a'     /* begins as the word before the last did, which one syllable parts from it: 抖 of 抖了抖, 一个 of 一个挨一个 */
} PhraseSort;

/* Parts of which features are made. L is the word on the left of the place, 2L the one before it; R and 2R are those on its right. */
typedef enum PhrasePart {
    PART_NONE,
    PART_CLASS_2L, PART_CLASS_L, PART_CLASS_R, PART_CLASS_2R, /* word class; "-" outside the stretch */
    PART_WORD_2L, PART_WORD_L, PART_WORD_R,
    PART_LAST_L, PART_FIRST_R,                                /* characters */
    PART_SIZE_2L, PART_SIZE_L, PART_SIZE_R, PART_SIZE_2R,     /* syllables, 0 to 4 */
    PART_BEFORE, PART_AFTER, /* syllables from the last mark and to the next, in steps */
    PART_NEUTRAL, PART_QUOTED,
    PART_SORT_2L, PART_SORT_L, PART_SORT_R
} PhrasePart;
enum { PHRASE_PARTS = PART_SORT_R + 1, PHRASE_PARTS_EACH = 3 };

typedef struct PhraseTemplate {
    const char *name; /* as it stands in the tables */
    PhrasePart part[PHRASE_PARTS_EACH];
} PhraseTemplate;
extern const PhraseTemplate PHRASE_TEMPLATES[];
extern const size_t PHRASE_TEMPLATE_COUNT;
enum { PHRASE_TEMPLATES_MAX = 40 };

/* Fills a word from the sentence; said and quoted are the caller's affair. */
void phrase_word_init(PhraseWord *word, const Sentence *sentence, size_t at);
/* Finds the sorts of a stretch's words that are more than surnames. */
void phrase_sorts(PhraseWord *words, size_t count, const CodeSet *figures, const CodeSet *groups);
/* The keys of the place after words[i] of a stretch of `count`: one for each template, in their order, but for the last ones,
 * those of sorts, where there is none. Returns how many. */
size_t phrase_features(const PhraseWord *words, size_t count, size_t i, uint32_t *keys);
/* The same as texts, parts divided by a space: for the trainer. Returns false where a part is empty. */
bool phrase_feature_text(const PhraseWord *words, size_t count, size_t i, const PhraseTemplate *template, char *text, size_t room);
/* The template of that name; NULL: there is none. */
const PhraseTemplate *phrase_template(Str name);
/* The key of a row: its template and its parts as phrase_feature_text writes them; 0 when they are too many. */
uint32_t phrase_key(const PhraseTemplate *template, Str parts);

/* ---- lengths ---- */

/* The four kinds of phrase: a stretch's only one, its first, one in between, its last. */
typedef enum PhraseKind { PHRASE_ONLY, PHRASE_FIRST, PHRASE_MIDDLE, PHRASE_LAST } PhraseKind;
enum { PHRASE_KINDS = PHRASE_LAST + 1 };
extern const char *const PHRASE_KIND_NAMES[PHRASE_KINDS];

static inline PhraseKind phrase_kind(size_t from, size_t to, size_t count)
{
    return from == 0 ? (to == count ? PHRASE_ONLY : PHRASE_FIRST) : to == count ? PHRASE_LAST : PHRASE_MIDDLE;
}

#endif
