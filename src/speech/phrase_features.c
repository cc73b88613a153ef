#include "speech/phrase_features.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

const PhraseTemplate PHRASE_TEMPLATES[] = {
    { "any", { PART_NONE } },
    { "class", { PART_CLASS_L } },
    { "class_next", { PART_CLASS_R } },
    { "class_before", { PART_CLASS_2L } },
    { "class_after", { PART_CLASS_2R } },
    { "classes", { PART_CLASS_L, PART_CLASS_R } },
    { "classes_before", { PART_CLASS_2L, PART_CLASS_L } },
    { "classes_after", { PART_CLASS_R, PART_CLASS_2R } },
    { "classes_left", { PART_CLASS_2L, PART_CLASS_L, PART_CLASS_R } },
    { "classes_right", { PART_CLASS_L, PART_CLASS_R, PART_CLASS_2R } },
    { "size", { PART_SIZE_L } },
    { "size_next", { PART_SIZE_R } },
    { "sizes", { PART_SIZE_L, PART_SIZE_R } },
    { "sizes_left", { PART_SIZE_2L, PART_SIZE_L, PART_SIZE_R } },
    { "sizes_right", { PART_SIZE_L, PART_SIZE_R, PART_SIZE_2R } },
    { "class_size", { PART_CLASS_L, PART_SIZE_L } },
    { "class_size_next", { PART_CLASS_R, PART_SIZE_R } },
    { "word", { PART_WORD_L } },
    { "word_next", { PART_WORD_R } },
    { "word_before", { PART_WORD_2L } },
    { "word_class", { PART_WORD_L, PART_CLASS_R } },
    { "class_word", { PART_CLASS_L, PART_WORD_R } },
    { "last", { PART_LAST_L } },
    { "first_next", { PART_FIRST_R } },
    { "before_class", { PART_BEFORE, PART_CLASS_R } },
    { "after_class", { PART_AFTER, PART_CLASS_R } },
    { "neutral", { PART_NEUTRAL } },
    { "quoted", { PART_QUOTED } },
    /* Those of sorts stand last: most places have none. */
    { "sort", { PART_SORT_L } },
    { "sorts", { PART_SORT_L, PART_SORT_R } },
    { "sort_class", { PART_SORT_L, PART_CLASS_R } },
    { "sort_word", { PART_SORT_L, PART_WORD_R } },
    { "sort_last", { PART_SORT_L, PART_LAST_L, PART_SORT_R } },
    { "sorts_around", { PART_SORT_2L, PART_WORD_L, PART_SORT_R } },
    { "word_sort", { PART_WORD_L, PART_SORT_R } },
};
const size_t PHRASE_TEMPLATE_COUNT = sizeof PHRASE_TEMPLATES / sizeof *PHRASE_TEMPLATES;
enum { TEMPLATES_SORTED = 7, TEMPLATES_UNSORTED = sizeof PHRASE_TEMPLATES / sizeof *PHRASE_TEMPLATES - TEMPLATES_SORTED };
_Static_assert(sizeof PHRASE_TEMPLATES / sizeof *PHRASE_TEMPLATES <= PHRASE_TEMPLATES_MAX, "room for every template");

const char *const PHRASE_KIND_NAMES[PHRASE_KINDS] = { "only", "first", "middle", "last" };

static const uint32_t EDGE = '-'; /* a part outside the stretch; a text of one byte is its own hash */

static uint32_t hash_text(Str text)
{
    if (text.n == 1) return (unsigned char)text.s[0];
    uint64_t hash = hash_bytes(HASH_START, text.s, text.n);
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t digit(size_t value, size_t most)
{
    return (uint32_t)('0' + (value < most ? value : most));
}

/* A number of syllables: small ones exactly, large ones in steps. */
static uint32_t distance(size_t syllables)
{
    static const uint8_t STEPS[] = { 0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 8, 8 };
    return (uint32_t)('0' + (syllables < sizeof STEPS ? STEPS[syllables] : 9));
}

void phrase_word_init(PhraseWord *word, const Sentence *sentence, size_t at)
{
    const Word *from = &sentence->words[at];
    Str rest = from->text;
    *word = (PhraseWord){ .at = at, .text = from->text, .tag = from->tag.n ? from->tag : STR("x"), .syllables = (uint16_t)word_syllables(from),
                          .neutral = from->syllable_count > 0 && from->syllables[0].tone == 5,
                          .sort = from->syllable_count == 1 && from->syllables[0].source == SOURCE_NAME ? SORT_SURNAME : SORT_OTHER };
    word->word = hash_text(word->text);
    word->class = hash_text(word->tag);
    word->first = hash_text(utf8_next(&rest));
    word->last = hash_text(utf8_last(word->text));
}

/* ---- sorts ---- */

static bool starts_with(const CodeSet *set, Str text)
{
    uint32_t code;
    return utf8_decode(text, &code) > 0 && codeset_has(set, code);
}

static bool all_of(const CodeSet *set, Str text)
{
    while (text.n > 0 && starts_with(set, text)) utf8_next(&text);
    return text.n == 0;
}

/* A number that is too long for one breath may part behind its groups. */
static void groups_mark(PhraseWord *words, size_t from, size_t to, const CodeSet *groups)
{
    enum { NUMBER_SYLLABLES = 10 }; /* as many as are said in one breath */
    if (words[to - 1].said - words[from].said + words[from].syllables <= NUMBER_SYLLABLES) return;
    for (size_t i = from; i < to; i++)
        if (starts_with(groups, utf8_last(words[i].text))) words[i].sort = SORT_GROUP;
}

static bool is_again(const PhraseWord *word)
{
    const PhraseWord *first = word - 2;
    return word[-1].syllables == 1 && str_equal(first->text, str_slice(word->text, 0, first->text.n < word->text.n ? first->text.n : word->text.n));
}

void phrase_sorts(PhraseWord *words, size_t count, const CodeSet *figures, const CodeSet *groups)
{
    size_t from = 0; /* of the number that the last words are */
    for (size_t i = 0; i < count; i++) {
        if (starts_with(figures, words[i].text)) words[i].sort = all_of(figures, words[i].text) ? SORT_FIGURES : SORT_QUANTITY;
        if (words[i].sort != SORT_FIGURES) {
            if (from < i) groups_mark(words, from, i, groups);
            from = i + 1;
            if (i >= 2 && is_again(&words[i])) words[i].sort = SORT_AGAIN;
        }
    }
    if (from < count) groups_mark(words, from, count, groups);
}

/* ---- features ---- */

static void parts_fill(const PhraseWord *words, size_t count, size_t i, uint32_t *part)
{
    const PhraseWord *left = &words[i], *right = &words[i + 1];
    const PhraseWord *before = i > 0 ? left - 1 : NULL, *after = i + 2 < count ? right + 1 : NULL;
    part[PART_NONE] = 0;
    part[PART_CLASS_2L] = before ? before->class : EDGE;
    part[PART_CLASS_L] = left->class;
    part[PART_CLASS_R] = right->class;
    part[PART_CLASS_2R] = after ? after->class : EDGE;
    part[PART_WORD_2L] = before ? before->word : EDGE;
    part[PART_WORD_L] = left->word;
    part[PART_WORD_R] = right->word;
    part[PART_LAST_L] = left->last;
    part[PART_FIRST_R] = right->first;
    part[PART_SIZE_2L] = digit(before ? before->syllables : 0, 4);
    part[PART_SIZE_L] = digit(left->syllables, 4);
    part[PART_SIZE_R] = digit(right->syllables, 4);
    part[PART_SIZE_2R] = digit(after ? after->syllables : 0, 4);
    part[PART_BEFORE] = distance(left->said);
    part[PART_AFTER] = distance((size_t)(words[count - 1].said - left->said));
    part[PART_NEUTRAL] = digit(right->neutral, 1);
    part[PART_QUOTED] = digit(right->quoted, 1);
    part[PART_SORT_2L] = (unsigned char)(before ? before->sort : SORT_OTHER);
    part[PART_SORT_L] = (unsigned char)left->sort;
    part[PART_SORT_R] = (unsigned char)right->sort;
}

static uint32_t key_start(size_t template)
{
    return (uint32_t)(template + 1) * UINT32_C(0x9E3779B1);
}

static uint32_t key_add(uint32_t key, uint32_t part)
{
    key = (key ^ part) * UINT32_C(0x85EBCA6B);
    return key ^ key >> 15;
}

size_t phrase_features(const PhraseWord *words, size_t count, size_t i, uint32_t *keys)
{
    uint32_t part[PHRASE_PARTS];
    parts_fill(words, count, i, part);
    bool sorted = part[PART_SORT_L] != SORT_OTHER || part[PART_SORT_R] != SORT_OTHER;
    size_t asked = sorted ? PHRASE_TEMPLATE_COUNT : TEMPLATES_UNSORTED;
    for (size_t t = 0; t < asked; t++) {
        const PhrasePart *parts = PHRASE_TEMPLATES[t].part;
        uint32_t key = key_start(t);
        for (size_t k = 0; k < PHRASE_PARTS_EACH && parts[k]; k++) key = key_add(key, part[parts[k]]);
        keys[t] = key ? key : 1;
    }
    return asked;
}

static Str part_text(const PhraseWord *words, size_t count, size_t i, PhrasePart part, const uint32_t *values, char *one)
{
    static const int8_t PLACE[PHRASE_PARTS] = {
        [PART_CLASS_2L] = -1, [PART_CLASS_R] = 1, [PART_CLASS_2R] = 2, [PART_WORD_2L] = -1, [PART_WORD_R] = 1, [PART_FIRST_R] = 1,
    };
    long at = (long)i + PLACE[part];
    if (part >= PART_SIZE_2L || at < 0 || at >= (long)count) {
        *one = (char)values[part];
        return (Str){ one, 1 };
    }
    Str word = words[at].text;
    if (part <= PART_CLASS_2R) return words[at].tag;
    if (part <= PART_WORD_R) return word;
    return part == PART_FIRST_R ? utf8_next(&word) : utf8_last(word);
}

bool phrase_feature_text(const PhraseWord *words, size_t count, size_t i, const PhraseTemplate *template, char *text, size_t room)
{
    uint32_t values[PHRASE_PARTS];
    size_t used = 0;
    parts_fill(words, count, i, values);
    for (size_t k = 0; k < PHRASE_PARTS_EACH && template->part[k]; k++) {
        char one;
        Str part = part_text(words, count, i, template->part[k], values, &one);
        if (part.n == 0 || used + part.n + 2 > room) return false;
        used += (size_t)snprintf(text + used, room - used, "%s%.*s", k ? " " : "", STR_ARG(part));
    }
    if (used == 0) used = (size_t)snprintf(text, room, "*");
    return true;
}

const PhraseTemplate *phrase_template(Str name)
{
    for (size_t t = 0; t < PHRASE_TEMPLATE_COUNT; t++)
        if (str_is(name, PHRASE_TEMPLATES[t].name)) return &PHRASE_TEMPLATES[t];
    return NULL;
}

uint32_t phrase_key(const PhraseTemplate *template, Str parts)
{
    uint32_t key = key_start((size_t)(template - PHRASE_TEMPLATES));
    for (size_t k = 0; k < PHRASE_PARTS_EACH && template->part[k]; k++) key = key_add(key, hash_text(str_split(&parts, ' ')));
    return parts.n && !str_equal(parts, STR("*")) ? 0 : key ? key : 1;
}
