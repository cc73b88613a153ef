/* voices/mandarin/names.tsv: surnames with a reading of their own (任 ren2, 单 shan4), where a title before, a form of address or a verb of saying behind,
 * or a list of names shows that a person is meant. */
#ifndef DUBAO_PINYIN_NAMES_H
#define DUBAO_PINYIN_NAMES_H

#include "base/codeset.h"
#include "base/error.h"
#include "edition.h"

enum { SURNAMES_MAX = 256, NAME_WORDS_MAX = 2048, NAME_PLACES = 2 * NAME_WORDS_MAX };

typedef enum NameCue { CUE_TITLE = 1, CUE_CALLED = 2, CUE_SAYS = 4, CUE_JOINS = 8, CUE_POST = 16, CUE_GOES = 32, CUE_OF = 64,
               CUE_GIVEN = 128, CUE_POSED = 256, CUE_FAMILY = 512, CUE_PLACE = 1024, CUE_WISH = 2048, CUE_NAMED = 4096 } NameCue;

typedef struct Surname {
    uint32_t code;
    Str base;
    uint8_t tone;
    bool word; /* alone it is a common word */
    bool suffix; /* and it ends words (检查|员, 普陀|区) */
    bool asks; /* and what somebody wants may follow: 应同学要求 */
} Surname;

typedef struct NameWord {
    Str word;
    unsigned cues;
} NameWord;

typedef struct Names {
    Surname surnames[SURNAMES_MAX]; /* by code */
    size_t surname_count;
    CodeSet codes;    /* of all surnames */
    NameWord *words;  /* from 1 on; 0 is none */
    size_t word_count;
    uint16_t *places; /* a hash table of the words; 0: free */
    Str never;
    CodeSet usual;    /* characters that given names are made of */
    CodeSet only;     /* those of them that are hardly met elsewhere */
} Names;

/* A name of an article; its surname is one of ours. */
bool persons_have(const Persons *persons, Str name);
/* By its character; NULL when it has no reading of its own. */
const Surname *names_surname(const Names *names, Str character);
/* Whether one of the cues is given by the word. */
bool names_cue(const Names *names, Str word, unsigned cues);

/* Whether a text is made of the characters that given names are made of. */
bool names_usual(const Names *names, Str text);
/* Whether a text begins with such a word. */
bool names_begin(const Names *names, Str text, unsigned cues);

int  names_read(Names *names, Arena *arena, const char *folder, Error *error);
/* Before the model, which is not asked about what is found here. */
void names_apply(const Names *names, Sentence *sentence);

#endif
