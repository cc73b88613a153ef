#include "text/rule_index.h"

static void set_add(RuleSet *set, size_t rule)
{
    set->bits[rule / RULES_A_WORD] |= UINT64_C(1) << rule % RULES_A_WORD;
}

/* ---- what a rule can begin with ---- */

static bool begins_digit_at(const Element *element, bool zero)
{
    switch (element->kind) {
    case ELEMENT_LATIN:
    case ELEMENT_SAID:
    case ELEMENT_EDGE: return false;
    case ELEMENT_WORD: break;
    default: return true;
    }
    for (size_t i = 0; i < element->list->count; i++) {
        uint32_t first = element->list->words[i].code[0];
        if (code_is_digit(first) && (first == '0') == zero) return true;
    }
    return false;
}

/* With a nought, or with another digit. */
static bool begins_digit(const Rule *rule, bool zero)
{
    for (int i = 0; i < rule->match_count; i++) {
        if (begins_digit_at(&rule->match[i], zero)) return true;
        if (!rule->match[i].optional) break;
    }
    return false;
}

static size_t leading_digits(const Word32 *word)
{
    size_t n = 0;
    while (n < word->n && code_is_digit(word->code[n])) n++;
    return n;
}

static size_t digits_of(uint64_t value)
{
    size_t n = 1;
    while (value >= 10) {
        value /= 10;
        n++;
    }
    return n;
}

/* A word is never found inside a longer run, so the digits that it begins with are all of one. */
static bool words_begin_run(const WordList *list, size_t run)
{
    for (size_t i = 0; i < list->count; i++) {
        size_t n = leading_digits(&list->words[i]);
        if (n == run || (n > run && run == RUN_MAX)) return true;
    }
    return false;
}

/* Whether a rule can begin with `run` digits in a row. A run that begins with 0 may be longer than its value says. */
static bool begins_run(const Rule *rule, size_t run, bool zero)
{
    const Element *first = &rule->match[0];
    size_t least = 0, most = SIZE_MAX;
    if (first->kind == ELEMENT_WORD && !first->optional) return words_begin_run(first->list, run);
    if (first->kind == ELEMENT_DIGITS || first->kind == ELEMENT_ZERO) {
        least = (size_t)first->least;
        most = first->most < SIZE_MAX ? (size_t)first->most : SIZE_MAX;
    } else if (first->kind == ELEMENT_ROUND) {
        least = (size_t)first->least;
    } else if (first->kind == ELEMENT_INTEGER) {
        least = digits_of(first->least);
        most = zero ? SIZE_MAX : digits_of(first->most);
    } else if (first->kind == ELEMENT_TWO || first->kind == ELEMENT_PART) {
        least = most = first->kind == ELEMENT_TWO ? 2 : first->run;
    }
    return first->optional || (run == RUN_MAX ? most >= run : run >= least && run <= most);
}

static void index_runs(RuleIndex *index, size_t number, const Rule *rule)
{
    for (int zero = 0; zero < 2; zero++) {
        if (!begins_digit(rule, zero)) continue;
        for (size_t run = 1; run <= RUN_MAX; run++)
            if (begins_run(rule, run, zero)) set_add(&index->run[zero][run], number);
    }
}

static void start_letters(RuleIndex *index)
{
    for (uint32_t letter = 'a'; letter <= 'z'; letter++) {
        codeset_add(&index->starts, letter);
        codeset_add(&index->starts, letter - 'a' + 'A');
    }
}

static void start_words(RuleIndex *index, const WordList *list)
{
    for (size_t i = 0; i < list->count; i++) codeset_add(&index->starts, list->words[i].code[0]);
    for (size_t i = 0; i < list->range_count; i++)
        for (uint32_t code = list->ranges[i].first; code <= list->ranges[i].last && code < CHARS_PLANE; code++) codeset_add(&index->starts, code);
}

static void index_starts(RuleIndex *index, const Rule *rule)
{
    for (int i = 0; i < rule->match_count; i++) {
        const Element *element = &rule->match[i];
        if (element->kind == ELEMENT_LATIN || element->kind == ELEMENT_MIXED || element->kind == ELEMENT_ADDRESS) start_letters(index);
        if (element->list) start_words(index, element->list);
        if (!element->optional) return;
    }
}

/* ---- what can stand around it ---- */

#define CODES(first, count) (((UINT64_C(1) << (count)) - 1) << ((first) & 63))

static const CharSet DIGITS = { CODES('0', 10), UINT64_C(1) << ('0' >> 6) };
static const CharSet LETTERS = { CODES('A', 26) | CODES('a', 26), UINT64_C(1) << ('A' >> 6) };

static CharSet address_set(void)
{
    CharSet set = { 0 };
    for (uint32_t code = 0; code < 0x80; code++)
        if (match_in_address(code)) set = char_set_join(set, char_set(code));
    return set;
}

/* The characters that an element of a context on the left can end with. */
static CharSet last_of(const Element *element)
{
    if (element->negative) return CHAR_SET_ALL;
    switch (element->kind) {
    case ELEMENT_WORD: return element->list->lasts;
    case ELEMENT_LATIN: return LETTERS;
    case ELEMENT_SAID:
    case ELEMENT_EDGE: return CHAR_SET_ALL;
    default: return DIGITS;
    }
}

/* What can stand before the match: the last context's, and that of each one before it as long as they may be missing. */
static CharSet previous_set(const Rule *rule)
{
    CharSet set = { 0 };
    for (int i = rule->before_count - 1; i >= 0; i--) {
        set = char_set_join(set, last_of(&rule->before[i]));
        if (!rule->before[i].optional) return set;
    }
    return CHAR_SET_ALL;
}

/* The elements of a rule in the order of the text: those of the match, then those behind it. */
static const Element *element_of(const Rule *rule, int i)
{
    return i < rule->match_count ? &rule->match[i] : &rule->after[i - rule->match_count];
}

static CharSet token_set(const Rule *rule, int i, unsigned ahead);

/* Within the words of a list, and behind those that have too few tokens. */
static CharSet token_set_of_words(const Rule *rule, int i, unsigned ahead)
{
    const WordList *list = element_of(rule, i)->list;
    CharSet set = ahead == 0 ? list->firsts : list->inner[ahead - 1];
    for (unsigned n = 1; n <= ahead; n++)
        if (list->lengths >> n & 1) set = char_set_join(set, token_set(rule, i + 1, ahead - n));
    return set;
}

static CharSet token_set_of(const Rule *rule, int i, unsigned ahead)
{
    const Element *element = element_of(rule, i);
    switch (element->kind) {
    case ELEMENT_WORD: return token_set_of_words(rule, i, ahead);
    case ELEMENT_LATIN: return ahead == 0 ? LETTERS : token_set(rule, i + 1, ahead - 1);
    case ELEMENT_MIXED: return ahead == 0 ? char_set_join(LETTERS, DIGITS) : CHAR_SET_ALL;
    /* An address has at least two tokens. */
    case ELEMENT_ADDRESS: return ahead == 0 ? char_set_join(LETTERS, DIGITS) : ahead == 1 ? address_set() : CHAR_SET_ALL;
    case ELEMENT_EDGE:
    case ELEMENT_SAID: return token_set(rule, i + 1, ahead);
    default: break;
    }
    /* The parts of a run are one token, which the first of them takes. */
    bool within = element->kind == ELEMENT_PART && element->run == 0;
    if (within) return token_set(rule, i + 1, ahead);
    return ahead == 0 ? DIGITS : token_set(rule, i + 1, ahead - 1);
}

/* What the token so many behind the place of element i can begin with, as far as the elements from there on say it. */
static CharSet token_set(const Rule *rule, int i, unsigned ahead)
{
    if (i == rule->match_count + rule->after_count) return CHAR_SET_ALL;
    const Element *element = element_of(rule, i);
    if (element->negative) return token_set(rule, i + 1, ahead);
    CharSet set = token_set_of(rule, i, ahead);
    return element->optional ? char_set_join(set, token_set(rule, i + 1, ahead)) : set;
}

static bool is_all(CharSet set)
{
    return set.low == UINT64_MAX && set.high == UINT64_MAX;
}

static void rows_add(RuleSet rows[64], size_t number, uint64_t bits)
{
    for (; bits != 0; bits &= bits - 1) set_add(&rows[rule_set_lowest(bits)], number);
}

static void sieve_add(RuleSieve *sieve, size_t number, CharSet set)
{
    if (is_all(set)) {
        set_add(&sieve->all, number);
        return;
    }
    rows_add(sieve->low, number, set.low);
    rows_add(sieve->high, number, set.high);
}

static void sieve_finish(RuleSieve *sieve, size_t words)
{
    for (size_t row = 0; row < 64; row++) {
        for (size_t k = 0; k < words; k++) {
            sieve->low[row].bits[k] |= sieve->all.bits[k];
            sieve->high[row].bits[k] |= sieve->all.bits[k];
        }
    }
}

static bool is_behind_said(const Rule *rule)
{
    const Element *last = rule->before_count > 0 ? &rule->before[rule->before_count - 1] : NULL;
    return last && last->kind == ELEMENT_SAID && !last->negative && !last->optional;
}

static void index_around(RuleIndex *index, size_t number, const Rule *rule)
{
    if (is_behind_said(rule)) set_add(&index->behind_said, number);
    sieve_add(&index->previous, number, previous_set(rule));
    for (unsigned i = 0; i <= TOKENS_AHEAD; i++) sieve_add(&index->token[i], number, token_set(rule, 0, i));
}

void rule_index_build(RuleIndex *index, const Rule *rules, size_t count)
{
    index->words = (count + RULES_A_WORD - 1) / RULES_A_WORD;
    for (uint32_t digit = '0'; digit <= '9'; digit++) codeset_add(&index->starts, digit);
    index->starts.beyond = true;
    for (size_t i = 0; i < count; i++) {
        set_add(&index->all, i);
        index_starts(index, &rules[i]);
        index_runs(index, i, &rules[i]);
        index_around(index, i, &rules[i]);
    }
    sieve_finish(&index->previous, index->words);
    for (size_t i = 0; i <= TOKENS_AHEAD; i++) sieve_finish(&index->token[i], index->words);
}

/* ---- which rules to ask where ---- */

static void keep(RuleSet *set, const RuleSet *other, size_t words)
{
    for (size_t k = 0; k < words; k++) set->bits[k] &= other->bits[k];
}

static bool sift(RuleSet *rest, const RuleSet *set, const RuleSieve *sieve, uint32_t code, size_t words)
{
    uint64_t any = 0;
    const RuleSet *low = &sieve->low[code & 63], *high = &sieve->high[code >> 6 & 63];
    for (size_t k = 0; k < words; k++) any |= rest->bits[k] = set->bits[k] & low->bits[k] & high->bits[k];
    return any != 0;
}

/* Adds to `chances` the rules of `left` that the tokens behind the one at `at`, which is the nth, let through. */
static void look_ahead(const RuleIndex *index, Matcher *matcher, size_t at, unsigned nth, const RuleSet *left, RuleSet *chances)
{
    size_t ends[TOKEN_ENDS_MAX], n = match_token_ends(matcher, at, ends);
    for (size_t i = 0; i < n; i++) {
        RuleSet rest;
        if (!sift(&rest, left, &index->token[nth + 1], chars_at(matcher->chars, ends[i]), index->words)) continue;
        if (nth + 1 < TOKENS_AHEAD) look_ahead(index, matcher, ends[i], nth + 1, &rest, chances);
        else for (size_t k = 0; k < index->words; k++) chances->bits[k] |= rest.bits[k];
    }
}

/* The rules that can begin at `at`. Of digits, it is told how many there are, too. */
static void set_at(const RuleIndex *index, Matcher *matcher, size_t at, RuleSet *set)
{
    uint32_t code = matcher->chars->code[at];
    size_t run = match_run(matcher, at);
    if (code_is_digit(code)) *set = index->run[code == '0'][run < RUN_MAX ? run : RUN_MAX];
    else sift(set, &index->all, &index->token[0], code, index->words);
}

void rule_index_chances(const RuleIndex *index, Matcher *matcher, size_t at, RuleSet *chances)
{
    RuleSet left;
    set_at(index, matcher, at, &left);
    if (at > 0) sift(&left, &left, &index->previous, matcher->chars->code[at - 1], index->words);
    else keep(&left, &index->previous.all, index->words); /* those that ask for nothing there */
    bool said = matcher->said && matcher->said_to == at;
    for (size_t k = 0; k < index->words; k++) {
        if (!said) left.bits[k] &= ~index->behind_said.bits[k];
        chances->bits[k] = 0;
    }
    look_ahead(index, matcher, at, 0, &left, chances);
}
