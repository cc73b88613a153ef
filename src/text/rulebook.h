/* All that is known about the spoken form: the tables of voices/mandarin and an index of the rules. Read once, never changed. */
#ifndef DUBAO_TEXT_RULEBOOK_H
#define DUBAO_TEXT_RULEBOOK_H

#include "text/figures.h"
#include "text/marks.h"
#include "text/rule_index.h"
#include "text/spoken.h"

enum { PLANE = CHARS_PLANE };

struct SpokenRules {
    Arena arena;
    WordLists lists;
    Marks *marks;
    Rule *rules;
    size_t count;
    Figures figures;
    const WordList *measures, *units, *spell, *domains, *comma_before, *comma_behind;
    RuleIndex index;
    Hanzi hanzi;
    CodeSet kept;                   /* not to be folded: some list has it (marks are kept besides); none above the plane */
};

#endif
