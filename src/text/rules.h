/* The rules of the spoken form: rows of voices/mandarin/spoken.tsv, compiled. The table's head describes the notation. */
#ifndef DUBAO_TEXT_RULES_H
#define DUBAO_TEXT_RULES_H

#include "base/table.h"
#include "text/figures.h"
#include "text/words.h"

typedef enum ElementKind {
    ELEMENT_WORD,    /* the longest word of a list */
    ELEMENT_NUMBER,  /* 5000  1,234.5 */
    ELEMENT_MORE,    /* a number greater than the number before it in the match */
    ELEMENT_DIGITS,  /* a run of digits, least to most of them */
    ELEMENT_ZERO,    /* the same, beginning with 0: an area code */
    ELEMENT_INTEGER, /* a run of digits whose value lies between least and most */
    ELEMENT_TWO,     /* the same of exactly two digits */
    ELEMENT_PART,    /* so many digits of a run that the parts of the match make up: 2021 04 07 */
    ELEMENT_ROUND,   /* a run of digits that ends in least to most noughts */
    ELEMENT_MIXED,   /* least to most letters and digits, both among them */
    ELEMENT_GROUPS,  /* figures set apart by spaces: 12 345 678.9 */
    ELEMENT_VERSION, /* 3.2.1: at least three numbers */
    ELEMENT_LATIN,   /* a run of letters */
    ELEMENT_ADDRESS, /* a web or e-mail address */
    ELEMENT_EDGE,    /* in a context: the begin or end of the text, or a mark or space */
    ELEMENT_SAID     /* in a context on the left: what a rule of this name, or one that begins so, has just said */
} ElementKind;

typedef struct Element {
    ElementKind kind;
    bool optional, negative;
    const WordList *list;
    Str name; /* of the rule that has just spoken */
    uint64_t least, most;
    unsigned width, run; /* of a part: its digits, and those of all parts together, counted at the first one only */
} Element;

enum { ELEMENTS_MAX = 16, SAYINGS_MAX = 16 };

typedef enum SayStyle {
    SAY_TEXT,     /* the template's own words */
    SAY_DEFAULT,  /* a word: what its list says; a figure: a quantity, 两 by what follows; anything else: as it stands */
    SAY_PLAIN, SAY_COUNT, SAY_DIGITS, SAY_SERIAL, SAY_CLOCK,
    SAY_MONEY,    /* a quantity with 两; noughts behind the point are not said */
    SAY_SCALED,   /* a quantity so many places higher: 1.5 million is 一百五十万 */
    SAY_VERSION,  /* each number a quantity, 点 between */
    SAY_SPELL,    /* sign by sign: the list "spell", digits as serial */
    SAY_COPY      /* as it stands */
} SayStyle;

typedef struct Saying {
    SayStyle style;
    Str text;
    int element;  /* index into Rule.match */
    unsigned places; /* of SAY_SCALED */
} Saying;

typedef struct Rule {
    const char *row; /* its place and name, "spoken.tsv:83 percent" */
    Str name;        /* "percent" */
    Element *match, *before, *after;
    Saying *say;
    int match_count, before_count, after_count, say_count;
} Rule;

/* What a person is told who asks where a reading comes from: "spoken.tsv:83 percent". */
const char *row_name(const Table *table, Str name, Arena *arena);

/* Compiles the row in `table`; lists named for the first time inside it ("a|b") are added to *lists. */
int rule_compile(Rule *rule, Table *table, WordLists *lists, Arena *arena, Error *error);

#endif
