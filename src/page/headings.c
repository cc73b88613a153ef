#include "page/headings.h"

#include <ctype.h>

#include "base/utf8.h"
#include "page/evidence.h"
#include "page/join.h"
#include "page/markup.h"
#include "page/survey.h"

/* Where the walk down the page stands. */
typedef struct Walk {
    PageBlocks *blocks;
    int top;            /* the strongest level on the page */
    bool inside;        /* an article has begun */
    bool attributed;    /* ... and says who wrote it: a later signature is not its own */
    int label_level;    /* of the section label in force, 0 without */
    int article_level;  /* headings of this level are articles, because that label stands over them; 0 without */
    int labels;         /* section labels that stand in a row right above */
    bool listing;       /* headings in a row that are too many for labels: a list of headlines */
} Walk;

static bool is_part(const PageRules *rules, const PageBlock *heading)
{
    Folded folded;
    rules_fold(heading->text, &folded);
    return rules_match(rules, RULE_PART, &folded, NULL);
}

static bool is_dashed(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(block->text, &folded);
    return rules_match(rules, RULE_SUBTITLE, &folded, NULL);
}

/* A paragraph that breaks off above goes on below the heading: what is below belongs to the article above. */
static bool stands_in_paragraph(const PageRules *rules, const PageBlock *heading)
{
    const PageBlock *above = block_previous(heading);
    return above && above->kind == KIND_TEXT && join_is_open(rules, above) && !evidence_is_short_line(rules, above);
}

static PageBlock *next_of_level(PageBlock *block, int level)
{
    while (block && (block->kind != KIND_HEADING || block->level != level || block->label)) block = block_next(block);
    return block;
}

/* "2. ...": a part of a list, and an article only where its neighbour in the list is one, too. */
static bool stands_in_list(const PageBlocks *blocks, const PageBlock *heading)
{
    const char *s = heading->text.s;
    size_t digits = 0;
    while (digits < heading->text.n && s[digits] >= '0' && s[digits] <= '9') digits++;
    if (digits == 0 || digits > 2 || digits >= heading->text.n || (s[digits] != '.' && !str_starts(str_slice(heading->text, digits, heading->text.n), STR("、")))) return false;
    PageBlock *other = next_of_level(block_next(heading), heading->level);
    for (PageBlock *block = block_previous(heading); block && !other; block = block_previous(block))
        if (block->kind == KIND_HEADING && block->level <= heading->level) other = block;
    return other && !survey_section(blocks, other).own;
}

static bool opens_by_evidence(const Walk *walk, const PageBlock *heading, const Survey *survey)
{
    if (stands_in_list(walk->blocks, heading)) return false;
    return survey->own || (survey->signature && walk->attributed && !stands_in_paragraph(walk->blocks->rules, heading));
}

/* Whether the headings after `next`, of its level, are articles of their own too: then what stands above is a label. */
static bool has_sibling_article(const Walk *walk, const PageBlock *next, const Survey *below)
{
    if (!below->next || below->next->level != next->level) return false;
    Survey sibling = survey_section(walk->blocks, below->next);
    return sibling.own || sibling.signature;
}

/* ---- a heading with another right below it ---- */

enum { LABELS_MOST = 2 };

/* Whether more headings follow each other without a text than a paper has labels over one article. */
static bool is_listing(const Walk *walk, const Survey *survey)
{
    int count = 1;
    Survey below = *survey;
    while (count <= LABELS_MOST && below.bare && below.next) {
        below = survey_section(walk->blocks, below.next);
        count += below.bare;
    }
    return count > LABELS_MOST;
}

typedef enum Pair { PAIR_NONE, PAIR_LABEL, PAIR_KICKER, PAIR_SUBTITLE } Pair;

static Pair pair_with_next(const Walk *walk, const PageBlock *heading, const Survey *survey)
{
    enum { LABEL_CHARS_MOST = 6, LABEL_OVER_ONE_MOST = 8 };
    const PageRules *rules = walk->blocks->rules;
    const PageBlock *next = survey->next;
    if (!survey->bare || !next) return PAIR_NONE;
    if (evidence_is_label(rules, heading)) return PAIR_LABEL;
    if (is_dashed(rules, next) || (next->level == LEVEL_BOLD && !is_part(rules, next))) return next->level > heading->level ? PAIR_SUBTITLE : PAIR_NONE;
    Survey below = survey_section(walk->blocks, next);
    bool article = opens_by_evidence(walk, next, &below) || next->level == walk->top;
    if (next->level <= heading->level && (!article || walk->listing)) return PAIR_NONE;
    /* What stands right over a headline and is longer than labels are, or announces it, belongs to it alone. */
    bool announces = str_ends(heading->text, STR("：")) || str_ends(heading->text, STR(":"));
    if (next->level <= heading->level) return block_next(heading) == next && (announces || heading->chars > LABEL_OVER_ONE_MOST) ? PAIR_KICKER : PAIR_LABEL;
    if (!below.own) return PAIR_NONE;
    return heading->chars <= LABEL_CHARS_MOST || has_sibling_article(walk, next, &below) ? PAIR_LABEL : PAIR_SUBTITLE;
}

/* ---- the lines around a headline ---- */

static void take_kicker(const Walk *walk, PageBlock *heading, PageBlock *above)
{
    const PageBlock *below = heading;
    for (PageBlock *block = block_previous(heading); block; block = block_previous(block)) {
        if (block == above || block->role != ROLE_BODY || !survey_is_kicker_line(walk->blocks, block, below)) return;
        below = block;
        block->role = evidence_is_label(walk->blocks->rules, block) ? ROLE_SECTION : ROLE_KICKER;
        markup_read_heading(walk->blocks, block);
    }
}

/* The first lines of a cut paragraph look like a subtitle. What tells them apart: a dash, a byline or a dateline right after, or at
 * least no comma inside. */
static bool is_subtitle(const Walk *walk, const PageBlock *block, const PageBlock *text)
{
    const PageRules *rules = walk->blocks->rules;
    if (is_dashed(rules, block) || text->mark != MARKED_NOTHING) return true;
    for (Str rest = block->text; rest.n > 0;)
        if (rules_ends_with(rules, RULE_PAUSE, utf8_next(&rest))) return false;
    return true;
}

/* Short lines right after the headline, before the text begins. */
static void take_subtitles(const Walk *walk, const PageBlock *heading)
{
    enum { SUBTITLES_MOST = 2, SUBTITLE_CHARS_MOST = 45 };
    const PageRules *rules = walk->blocks->rules;
    PageBlock *first = block_next(heading), *end = first;
    int count = 0;
    while (end && end->role == ROLE_BODY && evidence_is_short_line(rules, end) && end->chars <= SUBTITLE_CHARS_MOST && count <= SUBTITLES_MOST) {
        end = block_next(end);
        count++;
    }
    bool text_follows = end && end->kind == KIND_TEXT;
    if (count == 0 || count > SUBTITLES_MOST || !text_follows || !is_subtitle(walk, first, end)) return;
    for (PageBlock *block = first; block != end; block = block_next(block)) {
        block->role = ROLE_SUBTITLE;
        markup_read_heading(walk->blocks, block);
    }
}

/* ---- one heading after the other ---- */

static bool is_headline(const Walk *walk, const PageBlock *heading, const Survey *survey)
{
    if (!walk->inside || heading->level == walk->top || walk->labels > 0) return true;
    return heading->level == walk->article_level || opens_by_evidence(walk, heading, survey);
}

/* ---- 副题 in the headline's own line ---- */

/* Characters that are said. */
static int count_words(Str text)
{
    int count = 0;
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        count += utf8_is_han(code) || (code < 0x80 && isalnum((int)code));
    }
    return count;
}

/* Where the only space of a headline is; text.n when there is none or more than one. */
static size_t only_space(Str text, size_t *bytes)
{
    size_t at = text.n;
    for (size_t i = 0; i < text.n; i++) {
        size_t n = text.s[i] == ' ' ? 1 : str_starts(str_slice(text, i, text.n), STR("\u3000")) ? 3 : 0;
        if (n == 0) continue;
        if (at < text.n && at + *bytes != i) return text.n;
        if (at == text.n) {
            at = i;
            *bytes = 0;
        }
        *bytes += n;
        i += n - 1;
    }
    return at;
}

/* Two halves of a headline are short and of one length (工人进课堂 工匠上讲台); a headline and its subtitle are longer together than one line over the columns
 * holds. */
static void split_subtitle(const Walk *walk, PageBlock *heading)
{
    enum { PART_LEAST = 8, TOGETHER_LEAST = 24, HALF_MOST = 12 };
    size_t bytes = 0, at = only_space(heading->text, &bytes);
    if (heading->several || at == heading->text.n) return;
    Str first = str_slice(heading->text, 0, at), second = str_slice(heading->text, at + bytes, heading->text.n);
    int one = count_words(first), two = count_words(second);
    bool dashed = str_starts(second, STR("——"));
    bool halves = one == two && one <= HALF_MOST;
    if (!dashed && (halves || one < PART_LEAST || two < PART_LEAST || one + two < TOGETHER_LEAST)) return;
    PageBlock *subtitle = blocks_insert(walk->blocks, heading, heading->line);
    subtitle->role = ROLE_SUBTITLE;
    subtitle->text = subtitle->source = second;
    subtitle->chars = (uint16_t)utf8_count(second);
    heading->text = first;
    heading->chars = (uint16_t)utf8_count(first);
}

static void open_article(Walk *walk, PageBlock *heading, PageBlock *kicker, const Survey *survey)
{
    heading->role = ROLE_TITLE;
    heading->opens = true;
    if (kicker) take_kicker(walk, heading, block_previous(kicker));
    split_subtitle(walk, heading);
    walk->inside = true;
    walk->labels = 0;
    walk->attributed = survey->own || survey->signature;
}

static void take_label(Walk *walk, PageBlock *heading, const Survey *survey)
{
    heading->role = ROLE_SECTION;
    walk->labels++;
    walk->label_level = heading->level;
    const PageBlock *next = survey->next;
    /* Bold lines may be parts of an article, too: where they say who wrote them, that decides. */
    bool parts = next->level == LEVEL_BOLD && survey_section(walk->blocks, next).own;
    walk->article_level = next->level > heading->level && !parts ? next->level : 0;
}

/* Returns the heading to go on with. `kicker` is what stands over this one. */
static PageBlock *decide(Walk *walk, PageBlock *heading, PageBlock **kicker)
{
    Survey survey = survey_section(walk->blocks, heading);
    if (walk->label_level && heading->level <= walk->label_level && walk->labels == 0) walk->label_level = walk->article_level = 0;
    PageBlock *above = *kicker;
    *kicker = survey.kicker;
    walk->listing = survey.bare && (walk->listing || (walk->labels == 0 && is_listing(walk, &survey)));
    Pair pair = pair_with_next(walk, heading, &survey);
    bool headline = is_headline(walk, heading, &survey);
    if (pair == PAIR_KICKER) {
        heading->role = ROLE_KICKER;
        return survey.next;
    }
    if (pair == PAIR_LABEL) {
        take_label(walk, heading, &survey);
        return survey.next;
    }
    if (!headline) {
        heading->role = ROLE_SUBHEADING;
        walk->attributed |= survey.signature;
        return survey.next;
    }
    PageBlock *last = heading;
    if (pair == PAIR_SUBTITLE) {
        last = survey.next;
        last->role = ROLE_SUBTITLE;
        survey = survey_section(walk->blocks, last);
        *kicker = survey.kicker;
    }
    open_article(walk, heading, above, &survey);
    if (!survey.bare) take_subtitles(walk, last);
    return survey.next;
}

/* ---- pages without any "#" ---- */

static bool stands_apart(const PageBlock *heading)
{
    const PageBlock *after = block_next(heading);
    return heading->blank_lines >= 2 && after && heading->blank_lines > after->blank_lines;
}

/* A part of an article has no subtitle. */
static bool has_subtitle(const PageRules *rules, const PageBlock *heading)
{
    const PageBlock *after = block_next(heading);
    return after && after->kind == KIND_TEXT && evidence_is_short_line(rules, after) && is_dashed(rules, after);
}

/* The text above is signed, and with that at its end. */
static bool stands_under_signature(const PageBlock *heading)
{
    const PageBlock *above = block_previous(heading);
    return above && above->signature;
}

/* Makes headlines of those of the strongest headings that are. Where articles on the page say who wrote them, only those that
 * do, or that stand where another has ended, are articles, the others are parts of the one above. Where none does but the first, the first is the only one. Else, and under
 * a heading that is the paper's nameplate, each is an article. */
static void raise_headlines(PageBlocks *blocks, int top)
{
    PageBlock *first = next_of_level(blocks->first, top);
    if (!first) return; /* nothing but labels */
    bool attributed = survey_section(blocks, first).own, others = false, headed = blocks->nameplate_level > 0 && blocks->nameplate_level <= top;
    for (PageBlock *block = next_of_level(block_next(first), top); block; block = next_of_level(block_next(block), top))
        others |= survey_section(blocks, block).own;
    for (PageBlock *block = first; block; block = next_of_level(block_next(block), top)) {
        bool own = block == first || survey_section(blocks, block).own || stands_apart(block) || stands_under_signature(block) || has_subtitle(blocks->rules, block);
        if (own || headed || (!others && !attributed)) block->level = LEVEL_HEADLINE;
    }
}

static int strongest_level(const PageBlocks *blocks)
{
    int level = LEVEL_BOLD + 1;
    for (const PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind == KIND_HEADING && !block->label && block->level < level) level = block->level;
    return level;
}

static PageBlock *first_heading(const PageBlocks *blocks)
{
    PageBlock *block = blocks->first;
    while (block && block->kind != KIND_HEADING) block = block->next;
    return block;
}

void headings_decide(PageBlocks *blocks)
{
    PageBlock *heading = first_heading(blocks);
    if (!heading) return;
    Survey head = { 0 };
    bool text_before = block_previous(heading) != NULL;
    if (text_before) head = survey_section(blocks, &(PageBlock){ .next = blocks->first });
    int top = strongest_level(blocks);
    /* Bold lines below a text without a title are its parts. */
    if (top > LEVEL_HEADLINE && !(top == LEVEL_BOLD && text_before && !head.bare)) raise_headlines(blocks, top);
    Walk walk = { .blocks = blocks, .top = strongest_level(blocks), .inside = text_before && !head.bare };
    if (walk.top == LEVEL_BOLD) walk.top++;
    PageBlock *kicker = head.kicker;
    while (heading) heading = decide(&walk, heading, &kicker);
}
