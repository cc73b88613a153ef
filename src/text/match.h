/* Does a rule match here? No backtracking: each element takes the most it can, so a try costs what it reads. */
#ifndef DUBAO_TEXT_MATCH_H
#define DUBAO_TEXT_MATCH_H

#include "text/marks.h"
#include "text/rules.h"

typedef struct Capture {
    size_t from, to;
    const Word32 *word; /* for an element that is a list */
} Capture;

typedef struct Matcher {
    const Chars *chars;
    const Marks *marks;
    const WordList *domains;    /* how web addresses end */
    size_t run_from, run_to;       /* the last run of digits looked at: many rules ask for the same */
    size_t number_from, number_to; /* and the last number */
} Matcher;

typedef struct Match {
    const Rule *rule;
    Capture capture[ELEMENTS_MAX];
    size_t to;      /* characters [at, to) match */
    size_t context; /* characters of context that were asked for and are there */
    size_t figures_to; /* where the last figure of the match ends */
} Match;

/* words_bit of every character that can stand behind the figure or the letters at `at`; all bits where it is neither. */
uint64_t match_next_bits(Matcher *matcher, size_t at);

bool match_rule(Matcher *matcher, const Rule *rule, size_t at, Match *match);

#endif
