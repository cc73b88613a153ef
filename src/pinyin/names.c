#include "pinyin/names.h"

#include <stdlib.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

enum { PERSON_CHARACTERS = 3, CUE_CHARACTERS = 4 }; /* a surname and what is given; the longest word by which a name is known at the front of a text */

/* ---- the table ---- */

static uint16_t *word_place(const Names *names, Str word)
{
    size_t at = (size_t)hash_str(HASH_START, word) % NAME_PLACES;
    while (names->places[at] && !str_equal(names->words[names->places[at]].word, word)) at = (at + 1) % NAME_PLACES;
    return &names->places[at];
}

static int words_add(Names *names, Str words, unsigned cues, const Table *table, Error *error)
{
    while (words.n > 0) {
        Str word = str_split(&words, ' ');
        if (word.n == 0) continue;
        uint16_t *place = word_place(names, word);
        if (*place == 0) {
            if (names->word_count == NAME_WORDS_MAX) return table_fault(table, error, _("too many rows"));
            *place = (uint16_t)++names->word_count;
            names->words[*place] = (NameWord){ .word = word };
        }
        names->words[*place].cues |= cues;
    }
    return 0;
}

static int surname_add(Names *names, const Table *table, Error *error)
{
    if (names->surname_count == SURNAMES_MAX) return table_fault(table, error, _("too many rows"));
    Surname *surname = &names->surnames[names->surname_count++];
    Str reading = table->field[2];
    surname->suffix = str_equal(table->field[3], STR("suffix"));
    surname->asks = str_equal(table->field[3], STR("asks"));
    surname->word = surname->asks || str_equal(table->field[3], STR("word"));
    if (utf8_decode(table->field[1], &surname->code) != table->field[1].n)
        return table_fault(table, error, _("\"%.*s\" is not one character"), STR_ARG(table->field[1]));
    codeset_add(&names->codes, surname->code);
    if (!syllable_next(&reading, &surname->base, &surname->tone))
        return table_fault(table, error, _("\"%.*s\" is no reading"), STR_ARG(table->field[2]));
    return 0;
}

static uint32_t code_of(Str character)
{
    uint32_t code;
    utf8_decode(character, &code);
    return code;
}

static int row_read(Names *names, const Table *table, Error *error)
{
    static const struct {
        const char *name;
        unsigned cues;
    } KINDS[] = { { "title", CUE_TITLE }, { "called", CUE_CALLED }, { "says", CUE_SAYS }, { "joins", CUE_JOINS }, { "post", CUE_POST },
                { "goes", CUE_GOES }, { "of", CUE_OF },
                { "given", CUE_GIVEN }, { "posed", CUE_POSED }, { "family", CUE_FAMILY }, { "place", CUE_PLACE },
                { "wish", CUE_WISH }, { "named", CUE_GIVEN | CUE_NAMED } };
    Str kind = table->field[0];
    if (str_equal(kind, STR("surname")) && table->count >= 4) return surname_add(names, table, error);
    if (str_equal(kind, STR("never"))) {
        names->never = table->field[1];
        return 0;
    }
    CodeSet *set = str_is(kind, "usual") ? &names->usual : str_is(kind, "only") ? &names->only : NULL;
    for (Str rest = set ? table->field[1] : (Str){ 0 }; rest.n > 0;) codeset_add(set, code_of(utf8_next(&rest)));
    if (set) return 0;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++)
        if (str_is(kind, KINDS[i].name)) return words_add(names, table->field[1], KINDS[i].cues, table, error);
    return table_fault(table, error, _("\"%.*s\" is no rule, or lacks fields"), STR_ARG(kind));
}

static int by_code(const void *left, const void *right)
{
    uint32_t a = ((const Surname *)left)->code, b = ((const Surname *)right)->code;
    return (a > b) - (a < b);
}

int names_read(Names *names, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    names->words = ARENA_ROOM(arena, NameWord, NAME_WORDS_MAX + 1);
    names->words[0] = (NameWord){ 0 };
    names->places = ARENA_NEW(arena, uint16_t, NAME_PLACES);
    if (table_open(&table, arena, arena_printf(arena, "%s/names.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0)
        if (row_read(names, &table, error) < 0) return -1;
    qsort(names->surnames, names->surname_count, sizeof *names->surnames, by_code);
    return more;
}

/* ---- what stands around ---- */

const Surname *names_surname(const Names *names, Str character)
{
    Surname key = { .code = code_of(character) };
    if (!codeset_has(&names->codes, key.code)) return NULL;
    return bsearch(&key, names->surnames, names->surname_count, sizeof key, by_code);
}

static const Word *word_at(const Sentence *sentence, size_t i)
{
    return i < sentence->word_count ? &sentence->words[i] : NULL;
}

static bool is_space(const Word *word)
{
    return word && (str_equal(word->text, STR(" ")) || str_equal(word->text, STR("　")));
}

/* A gap in a name of two characters, as newspapers set it (任　杰), is stepped over. */
static size_t beyond_space(const Sentence *sentence, size_t i)
{
    return is_space(word_at(sentence, i)) ? i + 1 : i;
}

static unsigned cues_of(const Names *names, Str word)
{
    return names->words[*word_place(names, word)].cues;
}

bool names_cue(const Names *names, Str word, unsigned cues)
{
    return cues_of(names, word) & cues;
}

bool names_begin(const Names *names, Str text, unsigned cues)
{
    Str rest = text;
    for (int i = 0; i < CUE_CHARACTERS && rest.n > 0; i++) {
        utf8_next(&rest);
        if (cues_of(names, str_slice(text, 0, text.n - rest.n)) & cues) return true;
    }
    return false;
}

/* The title may be the end of a longer word: 副主任. */
static bool is_title(const Names *names, const Word *word)
{
    if (!word || word->kind != WORD_SPOKEN) return false;
    for (Str rest = word->text; rest.n > 0; utf8_next(&rest))
        if (cues_of(names, rest) & CUE_TITLE) return true;
    return false;
}

/* What a person may do; a mark; a mark that divides names; a word that shows a person. */
typedef enum Side { SIDE_NONE, SIDE_GOES, SIDE_EDGE, SIDE_LIST, SIDE_SURE } Side;

static bool is_join(const Names *names, const Word *word)
{
    return is_space(word) || (cues_of(names, word->text) & CUE_JOINS);
}

/* Whether what ends before `at` is a name behind a title, as in a list of names: 通讯员李军　任峰. */
static bool follows_titled_name(const Names *names, const Sentence *sentence, size_t at)
{
    size_t characters = 0;
    while (at > 0 && is_join(names, &sentence->words[at - 1])) at--;
    while (at > 0 && sentence->words[at - 1].kind == WORD_SPOKEN && !is_title(names, &sentence->words[at - 1])) {
        characters += utf8_count(sentence->words[--at].text);
        if (characters > 4) return false; /* the longest names */
    }
    return characters > 1 && at > 0 && is_title(names, &sentence->words[at - 1]);
}

/* A gap or a word between a title and the name; a mark of a byline follows its verb as well. */
static bool parts_from_title(const Names *names, const Word *word, const Word *before)
{
    bool of = cues_of(names, word->text) & CUE_OF;
    if ((of || is_space(word)) && is_title(names, before)) return true;
    return of && word->kind == WORD_MARK && (cues_of(names, before->text) & CUE_SAYS);
}

static Side side_before(const Names *names, const Sentence *sentence, size_t at)
{
    const Word *word = at > 0 ? &sentence->words[at - 1] : NULL;
    if (is_title(names, word) || (at > 1 && parts_from_title(names, word, word - 1))) return SIDE_SURE;
    if (!word) return SIDE_EDGE;
    if (is_join(names, word)) return follows_titled_name(names, sentence, at) ? SIDE_SURE : SIDE_LIST;
    return word->kind == WORD_MARK || (cues_of(names, word->text) & CUE_OF) ? SIDE_EDGE : SIDE_NONE; /* 年过七旬的盖玉山 */
}

static Side side_after(const Names *names, const Sentence *sentence, size_t at)
{
    const Word *word = word_at(sentence, at);
    if (!word) return SIDE_EDGE;
    unsigned cues = cues_of(names, word->text);
    if (cues & (CUE_CALLED | CUE_POST | CUE_SAYS)) return SIDE_SURE;
    if (word->kind == WORD_MARK && at + 1 < sentence->word_count && (cues_of(names, word[1].text) & CUE_POSED)) return SIDE_SURE;
    if (is_space(word) && at + 1 < sentence->word_count && (cues_of(names, word[1].text) & CUE_SAYS)) return SIDE_SURE; /* 任峰　摄 */
    if (is_join(names, word)) return SIDE_LIST;
    Str rest = word->text;
    if ((cues | cues_of(names, utf8_next(&rest))) & CUE_GOES) return SIDE_GOES; /* 在家 begins so as well as 在 */
    return word->kind == WORD_MARK ? SIDE_EDGE : SIDE_NONE;
}

bool names_usual(const Names *names, Str text)
{
    while (text.n > 0)
        if (!codeset_has(&names->usual, code_of(utf8_next(&text)))) return false;
    return true;
}

static bool may_be_given(const Names *names, const Word *word)
{
    Str text = word->text, never = names->never;
    if (word->kind != WORD_SPOKEN || utf8_count(text) != 1 || !utf8_all_han(text)) return false;
    return str_find(never, text) == never.n && cues_of(names, text) == 0;
}

/* A word that is a given name and hardly anything else: 海燕, 建平. `common`: what stands before it may be no surname but a word that takes a name of its own
 * behind it (任宁远将军). */
static bool is_given_word(const Names *names, const Word *word, bool common)
{
    bool name = str_starts(word->tag, STR("nr")) || str_equal(word->tag, STR("nz"));
    return (cues_of(names, word->text) & CUE_NAMED) || (!common && name && names_usual(names, word->text));
}

/* A mark, or a word that a person may follow: a verb, a preposition. A district or what a number counts is none of them (徐汇区桃浦). */
static bool person_may_follow(const Surname *surname, const Sentence *sentence, size_t at, Side before)
{
    if (before != SIDE_NONE || surname->suffix) return before != SIDE_NONE;
    const Word *word = &sentence->words[at - 1];
    if (word->kind != WORD_SPOKEN) return false;
    return str_starts(word->tag, STR("v")) || str_starts(word->tag, STR("p"));
}

/* The place behind two characters that given names are made of, or one that is met in them alone, from word `from` on; 0 when they are something else as
 * well. */
static size_t usual_pair(const Names *names, const Sentence *sentence, size_t from, bool common)
{
    const Word *first = word_at(sentence, from), *second = word_at(sentence, from + 1);
    if (!first || first->kind != WORD_SPOKEN) return 0;
    size_t characters = utf8_count(first->text);
    if (characters == 1 && codeset_has(&names->only, code_of(first->text))) return from + 1;
    if (characters == 2) return is_given_word(names, first, common) ? from + 1 : 0;
    if (characters != 1 || !names_usual(names, first->text) || is_join(names, first) || !second || second->kind != WORD_SPOKEN) return 0;
    return utf8_count(second->text) == 1 && names_usual(names, second->text) ? from + 2 : 0;
}

/* A given name of `characters`, from word `from` on: single characters, or one word, which is a verb only where the name is spaced out. The place behind
 * it; 0 when none can be. */
static size_t given_name(const Names *names, const Sentence *sentence, size_t from, size_t characters, bool spaced, bool *whole)
{
    const Word *first = word_at(sentence, from), *second = word_at(sentence, from + 1);
    *whole = false;
    if (!first || first->kind != WORD_SPOKEN) return 0;
    if (characters == 1) return may_be_given(names, first) ? from + 1 : 0;
    unsigned cues = cues_of(names, first->text);
    bool known = cues & CUE_GIVEN, verb = str_starts(first->tag, STR("v"));
    if (utf8_count(first->text) == 2 && utf8_all_han(first->text) && (cues == 0 || known) && (known || spaced || !verb)) {
        *whole = !known && !str_starts(first->tag, STR("nr")) && !(str_starts(first->tag, STR("ns")) && names_usual(names, first->text));
        return from + 1;
    }
    return second && may_be_given(names, first) && may_be_given(names, second) ? from + 2 : 0;
}

/* Whether what stands on both sides of a name says that it is one. `whole`: what is given is a common word. */
static bool sides_tell(const Surname *surname, Side before, Side after, bool two, bool whole, bool spaced)
{
    if (before == SIDE_SURE && after > SIDE_GOES) return true;
    if (before == SIDE_SURE && !whole && (after == SIDE_GOES || (two && !surname->word))) return true;
    if (before != SIDE_NONE && after == SIDE_SURE && (spaced || !whole)) return true;
    return !spaced && !whole && before == SIDE_LIST && after == SIDE_LIST;
}

/* Whether what is given, and what stands before and behind it, says that a name begins at `at`. A given name that is a common word as well (建国) needs
 * both sides, as does a surname that is one. */
static bool given_tells(const Names *names, const Surname *surname, const Sentence *sentence, size_t at, Side before)
{
    size_t from = beyond_space(sentence, at + 1);
    for (size_t characters = 2; characters > 0; characters--) {
        bool whole, spaced = from > at + 1;
        size_t end = given_name(names, sentence, from, characters, spaced, &whole);
        if (end == 0) continue;
        Side after = side_after(names, sentence, end);
        bool verb = str_starts(sentence->words[from].tag, STR("v"));
        if (after == SIDE_GOES && characters == 1 && verb) continue; /* 曾打, 曾问 */
        bool speaks = at == 0 && characters == 2 && !whole && end < sentence->word_count && sentence->words[end].kind == WORD_MARK &&
                      (cues_of(names, sentence->words[end].text) & CUE_OF);
        if (speaks) return true; /* 任文静：我们 */
        if (sides_tell(surname, before, after, characters == 2, whole, spaced)) return true;
        if (end == from + 1 && characters == 1 && names_usual(names, sentence->words[from].text) && before == SIDE_SURE && !surname->word) return true;
    }
    return false;
}

/* Whether a name begins at `at` with its surname alone in a word. */
static bool name_begins(const Names *names, const Surname *surname, const Sentence *sentence, size_t at)
{
    const Word *next = word_at(sentence, at + 1), *third = word_at(sentence, at + 2);
    if (at > 0 && (cues_of(names, sentence->words[at - 1].text) & CUE_FAMILY)) return true;
    if (!next) return false;
    Side before = side_before(names, sentence, at);
    unsigned cues = cues_of(names, next->text);
    if (names_begin(names, str_slice(sentence->spoken, (size_t)(next->text.s - sentence->spoken.s), sentence->spoken.n), CUE_PLACE)) return true;
    bool wish = surname->asks && third && (cues_of(names, third->text) & CUE_WISH);
    if ((cues & CUE_CALLED) || ((cues & CUE_POST) && before != SIDE_NONE && !wish)) return true;
    bool usual = person_may_follow(surname, sentence, at, before) && usual_pair(names, sentence, beyond_space(sentence, at + 1), surname->word && before != SIDE_SURE) > 0;
    return usual || given_tells(names, surname, sentence, at, before);
}

static void surname_give(Syllable *syllable, const Surname *surname)
{
    syllable->base = surname->base;
    syllable->tone = syllable->surface = surname->tone;
    syllable->source = SOURCE_NAME;
}

/* Whether a person whom the article has named stands here: the name begins with the word `at` and ends with one. */
static bool is_known(const Persons *persons, const Sentence *sentence, size_t at)
{
    Str name = { sentence->words[at].text.s, 0 };
    for (size_t i = at, characters = 0; i < sentence->word_count && sentence->words[i].kind == WORD_SPOKEN; i++) {
        name.n += sentence->words[i].text.n;
        characters += utf8_count(sentence->words[i].text);
        if (characters > PERSON_CHARACTERS) return false;
        if (characters > 1 && persons_have(persons, name)) return true;
    }
    return false;
}

void names_apply(const Names *names, Sentence *sentence)
{
    const Persons *persons = sentence->block ? sentence->block->persons : NULL;
    for (size_t i = 0; i < sentence->word_count; i++) {
        Word *word = &sentence->words[i];
        if (word->syllable_count == 0 || word->syllables->source >= SOURCE_HAND) continue;
        bool single = word->syllable_count == 1, name = word->syllable_count == 3 && str_starts(word->tag, STR("nr"));
        if (!single && !name && !persons) continue;
        Str rest = word->text;
        const Surname *surname = names_surname(names, utf8_next(&rest));
        if (!surname) continue;
        /* The lexicon's names have their surnames already: the model is kept from them. */
        bool own = name && word->syllables->source == SOURCE_WORD && word->syllables->tone == surname->tone && str_equal(word->syllables->base, surname->base);
        if (own || (single && name_begins(names, surname, sentence, i)) || (persons && is_known(persons, sentence, i))) surname_give(word->syllables, surname);
    }
}
