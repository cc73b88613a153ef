/* The persons of an article: a name that a title shows once (老将解涛) is that of a person wherever it stands (解涛破门). Found in the text as it is
 * written, without cutting it into words, so that an article is not read twice. */
#include "base/utf8.h"
#include "pinyin/readings.h"

enum { PLACES_FIRST = 64, TITLE_CHARACTERS = 5, NAME_MOST = 3 };

/* A hash table of views into the article. */
struct Persons {
    Str *names; /* empty: a free place */
    size_t places, count;
};

/* ---- the table ---- */

static Str *place_of(const Persons *persons, Str name)
{
    size_t at = (size_t)hash_str(HASH_START, name) % persons->places;
    while (persons->names[at].n > 0 && !str_equal(persons->names[at], name)) at = (at + 1) % persons->places;
    return &persons->names[at];
}

bool persons_have(const Persons *persons, Str name)
{
    return place_of(persons, name)->n > 0;
}

static void persons_resize(Persons *persons, size_t places, Arena *arena)
{
    Persons old = *persons;
    *persons = (Persons){ ARENA_NEW(arena, Str, places), places, old.count };
    for (size_t i = 0; i < old.places; i++)
        if (old.names[i].n > 0) *place_of(persons, old.names[i]) = old.names[i];
}

static Persons *persons_add(Persons *persons, Str name, Arena *arena)
{
    if (!persons) {
        persons = ARENA_NEW(arena, Persons, 1);
        persons_resize(persons, PLACES_FIRST, arena);
    }
    Str *place = place_of(persons, name);
    if (place->n > 0) return persons;
    *place = name;
    if (++persons->count > persons->places / 2) persons_resize(persons, persons->places * 2, arena);
    return persons;
}

/* ---- what stands around ---- */

/* A text that ends with a word that is such a cue. */
static bool ends_with(const Names *names, Str text, unsigned cues)
{
    Str rest = text;
    for (int i = 0; i < TITLE_CHARACTERS && rest.n > 0; i++) {
        rest.n -= utf8_last(rest).n;
        if (names_cue(names, str_slice(text, rest.n, text.n), cues)) return true;
    }
    return false;
}

/* Neither a Chinese character nor a letter or figure. */
static bool is_edge(Str character)
{
    uint32_t code;
    if (character.n == 0) return true;
    utf8_decode(character, &code);
    return code < 0x80 ? !((code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z')) : !utf8_is_han(code);
}

/* What is given: no character that no name has, and no word that says what the surname does here (曾说). */
static bool may_be_given(const Names *names, Str given)
{
    for (Str rest = given; rest.n > 0;) {
        Str character = utf8_next(&rest);
        if (is_edge(character) || str_find(names->never, character) < names->never.n || names_cue(names, character, ~0U)) return false;
    }
    return !names_cue(names, given, ~(unsigned)CUE_GIVEN);
}

/* The lexicon's words are no names, nor do names begin with them (解释, 单位), nor are they given (单主任). */
static bool is_word(const Lexicon *lexicon, Str text)
{
    uint32_t word = utf8_count(text) > 1 ? lexicon_word(lexicon, text) : 0;
    return word > 0 && !str_starts(lexicon_tag(lexicon, word), STR("nr"));
}

/* Names of places are given as well (玉山), if they are made of the usual characters. */
static bool is_place(const Lexicon *lexicon, const Names *names, Str text)
{
    return str_starts(lexicon_tag(lexicon, lexicon_word(lexicon, text)), STR("ns")) && names_usual(names, text);
}

/* ---- the text ---- */

/* The name that begins at `at` with a surname, empty when none is told: the longer first. */
static Str name_at(const Lexicon *lexicon, const Names *names, Str text, size_t at)
{
    Str before = str_slice(text, 0, at), rest = str_slice(text, at, text.n), ends[NAME_MOST] = { { 0 } };
    for (int i = 0; i < NAME_MOST; i++) {
        if (rest.n > 0) utf8_next(&rest);
        ends[i] = rest;
    }
    Str shorter = { text.s + at, text.n - at - ends[1].n };
    bool titled = ends_with(names, before, CUE_TITLE), edge = is_edge(utf8_last(before)) || ends_with(names, before, CUE_OF);
    if ((!titled && !edge) || is_word(lexicon, shorter)) return (Str){ 0 };
    for (int i = NAME_MOST - 1; i > 0; i--) {
        Str name = { text.s + at, text.n - at - ends[i].n }, after = ends[i], given = name, next = after;
        utf8_next(&given);
        if (given.n == 0 || !may_be_given(names, given) || is_word(lexicon, name) || (is_word(lexicon, given) && !names_cue(names, given, CUE_GIVEN) && !is_place(lexicon, names, given)))
            continue;
        bool says = names_begin(names, after, CUE_SAYS | CUE_CALLED);
        if (says || (titled && (is_edge(after.n > 0 ? utf8_next(&next) : after) || names_begin(names, after, CUE_GOES | CUE_JOINS | CUE_POST)))) return name;
    }
    return (Str){ 0 };
}

Persons *pinyin_find_persons(const Lexicon *lexicon, const Readings *readings, Persons *known, Str text, Arena *arena)
{
    const Names *names = &readings->names;
    uint32_t code;
    for (size_t at = 0, n; at < text.n; at += n) {
        n = utf8_decode(str_slice(text, at, text.n), &code);
        if (!codeset_has(&names->codes, code)) continue;
        Str name = name_at(lexicon, names, text, at);
        if (name.n > 0) known = persons_add(known, name, arena);
    }
    return known;
}
