/* All that is known about the spoken form: the tables of voices/mandarin and, for each character, the rules that can begin
 * there. Read once, never changed. */
#ifndef DUBAO_TEXT_RULEBOOK_H
#define DUBAO_TEXT_RULEBOOK_H

#include "text/figures.h"
#include "text/marks.h"
#include "text/rules.h"
#include "text/spoken.h"

enum { PLANE = CHARS_PLANE, ASCII = 0x80, RUN_MAX = 20 };

/* A rule and what must stand around its first element for it to have a chance, as sets: one look rejects most rules. */
typedef struct RuleEntry {
    const Rule *rule;
    CharSet previous; /* the character before the match */
    CharSet next;     /* the character behind the figure or the letters that it begins with */
} RuleEntry;

typedef struct RuleList {
    RuleEntry *entries;
    size_t count;
} RuleList;

struct SpokenRules {
    Arena arena;
    WordList *lists;
    Marks *marks;
    Rule *rules;
    size_t count;
    Figures figures;
    const WordList *measures, *units, *spell, *domains;
    RuleList ascii[ASCII], other;   /* the rules that can begin with a character, no digit */
    RuleList run[2][RUN_MAX + 1];   /* with so many digits in a row (RUN_MAX: or more); [1]: the first is 0 */
    bool starts[PLANE];             /* a rule begins with it; above the plane the rules are always asked */
    Hanzi hanzi;
    bool kept[PLANE];               /* not to be folded: some list has it */
};

#endif
