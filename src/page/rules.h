/* The rules of voices/mandarin/page.tsv: which words and marks tell the parts of a page. */
#ifndef DUBAO_PAGE_RULES_H
#define DUBAO_PAGE_RULES_H

#include "page/page.h"

typedef enum RuleKind {
    RULE_DATELINE, /* only the beginning of the text is compared; the others compare a whole short line */
    RULE_BYLINE,
    RULE_PROSE,    /* looks like a byline and is a sentence */
    RULE_CREDIT,
    RULE_FROM,
    RULE_TO,
    RULE_SECTION,
    RULE_ASIDE,
    RULE_FURNITURE,
    RULE_PART,
    RULE_SUBTITLE,
    RULE_ENTRY,
    RULE_NAMEPLATE, /* parts of a line, see nameplate.h; so the next three */
    RULE_BESIDE,
    RULE_DESK,     /* labels, see rules_label */
    RULE_PAPER,    /* the endings of papers.tsv */
    RULE_LINKS,
    RULE_ADVERT,
    RULE_HTML_SITE,
    RULE_HTML_SKIPPED, /* words of a class, an id or a comment: see rules_word */
    RULE_HTML_BODY,
    RULE_HTML_KICKER,
    RULE_HTML_TITLE,
    RULE_HTML_SUBTITLE,
    RULE_HTML_BYLINE,
    RULE_HTML_DATE,
    RULE_LEAD,     /* as RULE_DATELINE, only the beginning; so the next, too */
    RULE_NOTICE,
    RULE_PICTURE,
    RULE_FIELD_KICKER, /* labels, see rules_label */
    RULE_FIELD_TITLE,
    RULE_FIELD_SUBTITLE,
    RULE_FIELD_BYLINE,
    RULE_FIELD_BODY,
    RULE_STOP,     /* from here on: single marks, see rules_mark */
    RULE_CLOSE,
    RULE_PAUSE,
    RULE_OPEN,
    RULE_INNER,
    RULE_BULLET,
    RULE_CRY,
    RULE_LEANS,
    RULE_COUNTS
} RuleKind;
enum { RULE_COUNT = RULE_COUNTS + 1 };

/* Lines longer than this are never compared as a whole. */
enum { RULE_LINE_CHARS = 60 };

/* Text as patterns are compared with it: no spaces, half-width forms, no emphasis marks; what goes beyond the
 * buffer is cut, and `whole` is false then. */
typedef struct Folded {
    char bytes[RULE_LINE_CHARS * 4];
    size_t n;
    bool whole;
} Folded;

void rules_fold(Str text, Folded *folded);
/* Whether some row of this kind fits. `*star` (may be NULL) is what its first "*" and all after it stood for, a view
 * into `folded`. */
bool rules_match(const PageRules *rules, RuleKind kind, const Folded *folded, Str *star);
/* Whether a word of HTML's own (a class, an id) is a row of this kind, in either case; "*" as in the others. */
bool rules_word(const PageRules *rules, RuleKind kind, Str word);
/* The first row of this kind that fits; empty without. */
Str rules_row(const PageRules *rules, RuleKind kind, const Folded *folded);
/* Bytes of the label of this kind (a row without stars) that `text` begins with; 0 without. */
size_t rules_label(const PageRules *rules, RuleKind kind, Str text);
/* Without the signs (RULE_BULLET) that newspapers set before a line. */
Str rules_without_bullets(const PageRules *rules, Str text);
/* Whether a single character is a row of this kind (RULE_STOP and after). */
bool rules_mark(const PageRules *rules, RuleKind kind, uint32_t code);

/* "ends complete": with a stop, closing quotes after it allowed. */
bool rules_is_closed(const PageRules *rules, Str text);
bool rules_ends_with(const PageRules *rules, RuleKind kind, Str text);

#endif
