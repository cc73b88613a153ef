/* Does a rule match here? No backtracking: each element takes the most it can, so a try costs what it reads. */
#ifndef DUBAO_TEXT_MATCH_H
#define DUBAO_TEXT_MATCH_H

#include <stddef.h>
#include <string.h>

#include "text/marks.h"
#include "text/rules.h"

typedef struct Capture {
    size_t from, to;
    const Word32 *word; /* for an element that is a list */
} Capture;

/* What words_after said of a list: many rules ask the same one at the same place. */
typedef struct WordMemo {
    const WordList *list; /* NULL: never asked */
    size_t at;
    const Word32 *word;
} WordMemo;

enum { WORD_MEMOS = 64 }; /* as many lists are asked about one place or less, mostly */

typedef struct Matcher {
    const Chars *chars;
    const Marks *marks;
    WordMemo memos[WORD_MEMOS]; /* by the number of the list */
    const WordList *domains;    /* how web addresses end */
    size_t run_from, run_to;       /* the last run of digits looked at: many rules ask for the same */
    size_t number_from, number_to; /* and the last number */
    size_t groups_from, groups_to; /* and the last groups of three with spaces between: each of them begins what the first began */
    const Rule *said;              /* the last rule that spoke, NULL: none */
    size_t said_to;                /* the end of what it spoke for */
} Matcher;

typedef struct Match {
    const Rule *rule; /* NULL: none */
    size_t to;      /* characters [at, to) match */
    size_t context; /* characters of context that were asked for and are there */
    size_t figures_to; /* where the last figure of the match ends */
    Capture capture[ELEMENTS_MAX]; /* as many as the rule has elements */
} Match;

enum { TOKEN_ENDS_MAX = 4 };

/* Where the token at `at` (a run of digits, a run of letters, any other character) can end, as elements read it: the end of the run first, then those
 * of a number, a version, a row of groups where they reach further. Returns how many; behind the end of the text, that end. */
size_t match_token_ends(Matcher *matcher, size_t at, size_t ends[TOKEN_ENDS_MAX]);

/* Whether a character can stand in a web or e-mail address. */
bool match_in_address(uint32_t code);

/* How many digits stand at `at` in a row. */
size_t match_run(Matcher *matcher, size_t at);

/* No match, without clearing captures that nobody will look at; this and match_copy run for every figure. */
static inline void match_clear(Match *match, size_t at)
{
    match->rule = NULL;
    match->to = match->figures_to = at;
    match->context = 0;
}

static inline void match_copy(Match *copy, const Match *match)
{
    memcpy(copy, match, offsetof(Match, capture) + (size_t)match->rule->match_count * sizeof *match->capture);
}

bool match_rule(Matcher *matcher, const Rule *rule, size_t at, Match *match);

#endif
