/* Which rules have a chance at a place in a text, told by the few characters around it: most rules are turned down, many at a time, before one is tried.
 *
 * A text is looked at in tokens: a run of digits, a run of letters, or any other character. Every element of a rule ends where a token ends, and a token
 * is told by its first character, so a rule says of each of the next tokens what it can begin with. */
#ifndef DUBAO_TEXT_RULE_INDEX_H
#define DUBAO_TEXT_RULE_INDEX_H

#include "base/codeset.h"
#include "text/match.h"
#include "text/rules.h"

enum { RULES_A_WORD = 64, RULES_MAX = 1536, RUN_MAX = 20, TOKENS_AHEAD = WORD_TOKENS };

/* Rules by their number, a bit each. */
typedef struct RuleSet {
    uint64_t bits[RULES_MAX / RULES_A_WORD];
} RuleSet;

/* For one place, the rules that a character there lets through; characters are told apart as in a CharSet: a rule must be in both sets. */
typedef struct RuleSieve {
    RuleSet low[64], high[64]; /* those of `all` among them */
    RuleSet all;               /* the rules that let every character through */
} RuleSieve;

typedef struct RuleIndex {
    size_t words;                      /* of a RuleSet are in use */
    CodeSet starts;                    /* where a rule can begin; above the plane rules are always asked */
    RuleSet all;
    RuleSet run[2][RUN_MAX + 1];       /* the rules for so many digits in a row (RUN_MAX: or more); [1]: the first is 0 */
    RuleSieve previous;                /* by the character before the match */
    RuleSieve token[TOKENS_AHEAD + 1]; /* by the first character of the token that it begins with, and of each one behind that */
    RuleSet behind_said;               /* rules that hold only directly behind what another rule said */
} RuleIndex;

/* `index` is all zero. Rules and their lists must not change any more. */
void rule_index_build(RuleIndex *index, const Rule *rules, size_t count);

/* The rules that have a chance at `at`: no other can match there. */
void rule_index_chances(const RuleIndex *index, Matcher *matcher, size_t at, RuleSet *chances);

/* The number of the lowest bit of a word that is not zero. */
static inline unsigned rule_set_lowest(uint64_t bits)
{
    return (unsigned)__builtin_ctzll(bits);
}

#endif
