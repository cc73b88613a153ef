/* All that is known about the spoken form: the tables of voices/mandarin and, for each character, the rules that can begin
 * there. Read once, never changed. */
#ifndef DUBAO_TEXT_RULEBOOK_H
#define DUBAO_TEXT_RULEBOOK_H

#include "base/codeset.h"
#include "text/figures.h"
#include "text/marks.h"
#include "text/rules.h"
#include "text/spoken.h"

enum { PLANE = CHARS_PLANE, RUN_MAX = 20 };

/* A rule and what must stand around its first element for it to have a chance, as sets: one look rejects most rules. */
typedef struct RuleEntry {
    const Rule *rule;
    CharSet previous; /* the character before the match */
    CharSet next;     /* the character behind the figure or the letters that it begins with */
} RuleEntry;

typedef struct RuleList {
    uint16_t *rules; /* their numbers, ascending */
    size_t count;
} RuleList;

/* Lists of rules that characters share. */
typedef enum BeginList {
    BEGIN_NONE,   /* an empty one */
    BEGIN_DIGIT,  /* an empty one: SpokenRules.run has the rules */
    BEGIN_BEYOND, /* for all characters above the plane */
    BEGIN_RANGE,  /* for a character that only a range has, as all emoji */
    BEGIN_OWN     /* the first of those that have one character each */
} BeginList;

struct SpokenRules {
    Arena arena;
    WordList *lists;
    Marks *marks;
    Rule *rules;
    RuleEntry *entries;             /* one a rule */
    size_t count;
    Figures figures;
    const WordList *measures, *units, *spell, *domains;
    RuleList *begins;               /* the rules that can begin with a character, no digit: a list each, after those of BeginList */
    size_t begin_count;
    uint16_t begin[PLANE];          /* which of them; BEGIN_NONE where no rule begins */
    CodeSet starts;                 /* where one does; above the plane the rules are always asked */
    RuleList run[2][RUN_MAX + 1];   /* with so many digits in a row (RUN_MAX: or more); [1]: the first is 0 */
    Hanzi hanzi;
    bool kept[PLANE];               /* not to be folded: some list has it (marks are kept besides) */
};

#endif
