#include "text/match.h"

#include "base/utf8.h"

static const Word32 *word_at(Matcher *matcher, const WordList *list, size_t at)
{
    if (!char_set_meets(list->firsts, char_set(chars_at(matcher->chars, at)))) return NULL;
    if (list->number == 0) return words_after(list, matcher->chars, at);
    WordMemo *memo = &matcher->memos[list->number % WORD_MEMOS];
    if (memo->list != list || memo->at != at) *memo = (WordMemo){ list, at, words_after(list, matcher->chars, at) };
    return memo->word;
}

/* The end of the run of digits at `at`. */
static size_t digits_end(Matcher *matcher, size_t at)
{
    if (at == matcher->run_from) return matcher->run_to;
    size_t to = at;
    while (code_is_digit(chars_at(matcher->chars, to))) to++;
    matcher->run_from = at;
    matcher->run_to = to;
    return to;
}

static bool three_digits(const Chars *chars, size_t at)
{
    for (size_t i = 0; i < 3; i++)
        if (!code_is_digit(chars_at(chars, at + i))) return false;
    return !code_is_digit(chars_at(chars, at + 3));
}

/* 1,234,567 or 1 234 567: the end after the last group, `at` when there is no separator. */
static size_t groups_end(Matcher *matcher, size_t at, uint32_t separator)
{
    const Chars *chars = matcher->chars;
    size_t to = digits_end(matcher, at);
    if (to == at || to - at > 3 || chars->code[at] == '0') return at;
    size_t first = to;
    while (chars_at(chars, to) == separator && three_digits(chars, to + 1)) to += 4;
    return to > first ? to : at;
}

/* Behind the point, if one stands at `to` and digits follow. */
static size_t fraction_end(const Chars *chars, size_t to)
{
    if (chars_at(chars, to) != '.' || !code_is_digit(chars_at(chars, to + 1))) return to;
    to += 2;
    while (code_is_digit(chars_at(chars, to))) to++;
    return to;
}

/* 12 345.6; a long row that no rule takes is not read again from each of its groups. */
static size_t spaced_end(Matcher *matcher, size_t at)
{
    size_t to = matcher->groups_to;
    bool inside = at >= matcher->groups_from && at + 4 < to && (to - at) % 4 == 3 && matcher->chars->code[at] != '0';
    if (!inside) to = groups_end(matcher, at, ' ');
    if (to == at) return at;
    if (!inside) matcher->groups_from = at;
    matcher->groups_to = to;
    return fraction_end(matcher->chars, to);
}

static size_t number_read(Matcher *matcher, size_t at)
{
    size_t to = groups_end(matcher, at, ',');
    if (to == at) to = digits_end(matcher, at);
    return to == at ? at : fraction_end(matcher->chars, to);
}

static size_t number_end(Matcher *matcher, size_t at)
{
    if (at == matcher->number_from) return matcher->number_to;
    matcher->number_to = number_read(matcher, at);
    matcher->number_from = at;
    return matcher->number_to;
}

static size_t version_end(const Chars *chars, size_t at)
{
    size_t to = at, parts = 0;
    while (code_is_digit(chars_at(chars, to))) {
        while (code_is_digit(chars_at(chars, to))) to++;
        parts++;
        if (chars_at(chars, to) != '.' || !code_is_digit(chars_at(chars, to + 1))) break;
        to++;
    }
    return parts > 2 ? to : at;
}

static size_t latin_end(const Chars *chars, const Element *element, size_t at)
{
    size_t to = at;
    while (code_is_latin(chars_at(chars, to))) to++;
    return to - at >= element->least && to - at <= element->most ? to : at;
}

static bool letter_or_digit(uint32_t code)
{
    return code_is_latin(code) || code_is_digit(code);
}

bool match_in_address(uint32_t code)
{
    if (code <= ' ' || code >= 0x7F) return false;
    return letter_or_digit(code) || code == '.' || code == '/' || code == ':' || code == '@' || code == '-' ||
           code == '_' || code == '?' || code == '=' || code == '&' || code == '%' || code == '#' || code == '~' || code == '+';
}

/* Whether a run of an address's characters begins at `at`; marks before its first letter belong to the text: 邮箱:a@b.cn, 张三@b.cn */
static bool address_begins(const Chars *chars, size_t at)
{
    if (!letter_or_digit(chars_at(chars, at))) return false;
    while (at > 0 && match_in_address(chars->code[at - 1]) && !letter_or_digit(chars->code[at - 1])) at--;
    return at == 0 || !match_in_address(chars->code[at - 1]);
}

/* An address is a run of its characters that says so: by "://", an "@" with a "." after it, or a known ending. It is looked for
 * only where the run begins, so a long run is read once. */
static size_t address_end(const Matcher *matcher, size_t at)
{
    const Chars *chars = matcher->chars;
    size_t to = at, mail = 0;
    bool known = false, letters = false;
    if (!address_begins(chars, at)) return at;
    for (; match_in_address(chars_at(chars, to)); to++) {
        uint32_t code = chars->code[to];
        letters |= code_is_latin(code);
        if (code == '@' && to > at) mail = to;
        if (code == ':' && chars_at(chars, to + 1) == '/' && chars_at(chars, to + 2) == '/') known = true;
        if (code == '.' && (mail || words_after(matcher->domains, chars, to))) known = true;
    }
    while (to > at && !letter_or_digit(chars->code[to - 1]) && chars->code[to - 1] != '/') to--;
    return known && letters ? to : at;
}

/* The value of a short run; more than any limit for a long one. */
static uint64_t value_of(const Chars *chars, size_t from, size_t to)
{
    uint64_t value = 0;
    while (from < to && chars->code[from] == '0') from++;
    if (to - from > 18) return UINT64_MAX;
    for (; from < to; from++) value = value * 10 + (chars->code[from] - '0');
    return value;
}

/* A number as a fraction of thousandths, near enough to tell which of two is greater. */
static double size_of(const Chars *chars, size_t from, size_t to)
{
    double value = 0, unit = 1;
    bool point = false;
    for (size_t i = from; i < to && i - from < 40; i++) {
        if (chars->code[i] == '.') point = true;
        if (!code_is_digit(chars->code[i])) continue;
        if (point) unit /= 10;
        value = point ? value + unit * (chars->code[i] - '0') : value * 10 + (chars->code[i] - '0');
    }
    return value;
}

static bool number_before(const Match *match, int element, size_t *from, size_t *to)
{
    while (--element >= 0) {
        ElementKind kind = match->rule->match[element].kind;
        if (kind != ELEMENT_NUMBER && kind != ELEMENT_INTEGER && kind != ELEMENT_DIGITS) continue;
        *from = match->capture[element].from;
        *to = match->capture[element].to;
        return true;
    }
    return false;
}

static size_t more_end(Matcher *matcher, size_t at, const Match *match, int element)
{
    size_t from, end, to = number_end(matcher, at);
    if (to == at || !number_before(match, element, &from, &end)) return at;
    return size_of(matcher->chars, at, to) > size_of(matcher->chars, from, end) ? to : at;
}

/* The end of a run of digits that satisfies the element; `at` otherwise. */
static size_t run_end(Matcher *matcher, const Element *element, size_t at)
{
    size_t to = digits_end(matcher, at), n = to - at;
    if (n == 0) return at;
    if (element->kind == ELEMENT_TWO && n != 2) return at;
    if (element->kind == ELEMENT_ZERO && matcher->chars->code[at] != '0') return at;
    bool counted = element->kind == ELEMENT_DIGITS || element->kind == ELEMENT_ZERO;
    uint64_t value = counted ? n : value_of(matcher->chars, at, to);
    return value >= element->least && value <= element->most ? to : at;
}

/* Digits of a run in the middle of it; only the first part asks for the run's length. */
static size_t part_end(Matcher *matcher, const Element *element, size_t at)
{
    if (element->run > 0 && digits_end(matcher, at) - at != element->run) return at;
    uint64_t value = value_of(matcher->chars, at, at + element->width);
    return value >= element->least && value <= element->most ? at + element->width : at;
}

static size_t round_end(Matcher *matcher, const Element *element, size_t at)
{
    size_t to = digits_end(matcher, at), noughts = 0;
    while (noughts < to - at && matcher->chars->code[to - 1 - noughts] == '0') noughts++;
    return noughts >= element->least && noughts <= element->most ? to : at;
}

/* A run longer than `most` is none, and is not read to its end. */
static size_t mixed_end(const Chars *chars, const Element *element, size_t at)
{
    size_t to = at, digits = 0;
    for (; to - at <= element->most && (code_is_latin(chars_at(chars, to)) || code_is_digit(chars_at(chars, to))); to++)
        digits += code_is_digit(chars->code[to]);
    bool both = digits > 0 && digits < to - at;
    return both && to - at >= element->least && to - at <= element->most ? to : at;
}

static bool figure(ElementKind kind)
{
    return kind == ELEMENT_PART || kind == ELEMENT_ROUND || kind == ELEMENT_NUMBER || kind == ELEMENT_MORE || kind == ELEMENT_DIGITS || kind == ELEMENT_INTEGER || kind == ELEMENT_TWO ||
           kind == ELEMENT_GROUPS || kind == ELEMENT_ZERO;
}

/* The end of the element at `at`; `at` when it is not there. */
static size_t element_end(Matcher *matcher, const Element *element, size_t at, const Match *match, int index)
{
    switch (element->kind) {
    case ELEMENT_NUMBER: return number_end(matcher, at);
    case ELEMENT_MORE: return more_end(matcher, at, match, index);
    case ELEMENT_DIGITS:
    case ELEMENT_ZERO:
    case ELEMENT_INTEGER:
    case ELEMENT_TWO: return run_end(matcher, element, at);
    case ELEMENT_PART: return part_end(matcher, element, at);
    case ELEMENT_ROUND: return round_end(matcher, element, at);
    case ELEMENT_MIXED: return mixed_end(matcher->chars, element, at);
    case ELEMENT_GROUPS: return spaced_end(matcher, at);
    case ELEMENT_VERSION: return version_end(matcher->chars, at);
    case ELEMENT_LATIN: return latin_end(matcher->chars, element, at);
    case ELEMENT_ADDRESS: return address_end(matcher, at);
    case ELEMENT_WORD:
    case ELEMENT_SAID:
    case ELEMENT_EDGE: break;
    }
    return at;
}

static bool match_body(Matcher *matcher, const Rule *rule, size_t at, Match *match)
{
    match->figures_to = at;
    match->to = at;
    for (int i = 0; i < rule->match_count; i++) {
        const Element *element = &rule->match[i];
        Capture *capture = &match->capture[i];
        *capture = (Capture){ .from = match->to };
        if (element->kind == ELEMENT_WORD) {
            capture->word = word_at(matcher, element->list, match->to);
            capture->to = match->to + (capture->word ? capture->word->n : 0);
            /* A word of a range has no characters of its own. */
            if (capture->word && capture->word->n == 0) capture->to++;
        } else {
            capture->to = element_end(matcher, element, match->to, match, i);
        }
        if (capture->to == match->to && !element->optional) return false;
        match->to = capture->to;
        if (figure(element->kind)) match->figures_to = match->to;
    }
    return match->to > at;
}

static size_t add_end(size_t ends[TOKEN_ENDS_MAX], size_t n, size_t end)
{
    for (size_t i = 0; i < n; i++)
        if (end <= ends[0] || ends[i] == end) return n;
    ends[n] = end;
    return n + 1;
}

size_t match_token_ends(Matcher *matcher, size_t at, size_t ends[TOKEN_ENDS_MAX])
{
    const Chars *chars = matcher->chars;
    uint32_t first = chars_at(chars, at);
    size_t n = 1;
    ends[0] = at < chars->n ? at + 1 : at;
    if (code_is_latin(first)) {
        while (code_is_latin(chars_at(chars, ends[0]))) ends[0]++;
    } else if (code_is_digit(first)) {
        while (code_is_digit(chars_at(chars, ends[0]))) ends[0]++;
        uint32_t behind = chars_at(chars, ends[0]);
        if (behind != '.' && behind != ',' && behind != ' ') return 1;
        n = add_end(ends, n, number_end(matcher, at));
        n = add_end(ends, n, version_end(chars, at));
        n = add_end(ends, n, spaced_end(matcher, at));
    }
    return n;
}

static bool edge_at(const Matcher *matcher, size_t at)
{
    return at >= matcher->chars->n || marks_class(matcher->marks, matcher->chars->code[at]) != MARK_NONE;
}

/* Contexts to the right; a negative element takes nothing. */
static bool match_after(Matcher *matcher, const Rule *rule, Match *match)
{
    size_t at = match->to;
    for (int i = 0; i < rule->after_count; i++) {
        const Element *element = &rule->after[i];
        size_t n = 0;
        bool found;
        if (element->kind == ELEMENT_EDGE) {
            found = edge_at(matcher, at);
        } else if (element->kind == ELEMENT_WORD) {
            const Word32 *word = word_at(matcher, element->list, at);
            found = word != NULL;
            n = word ? word->n : 0;
        } else {
            n = element_end(matcher, element, at, match, rule->match_count) - at;
            found = n > 0;
        }
        if (found == element->negative && !element->optional) return false;
        if (!element->negative) at += n;
    }
    match->context += at - match->to;
    return true;
}

/* Contexts to the left, from the last element to the first: words, edges and single digits or letters. */
static bool match_before(Matcher *matcher, const Rule *rule, size_t start, Match *match)
{
    const Chars *chars = matcher->chars;
    size_t at = start;
    for (int i = rule->before_count - 1; i >= 0; i--) {
        const Element *element = &rule->before[i];
        size_t n = 0;
        bool found;
        if (element->kind == ELEMENT_EDGE) {
            found = at == 0 || edge_at(matcher, at - 1);
        } else if (element->kind == ELEMENT_SAID) {
            found = matcher->said && matcher->said_to == at && str_starts(matcher->said->name, element->name);
            n = found ? 1 : 0;
        } else if (element->kind == ELEMENT_WORD) {
            const Word32 *word = words_before(element->list, chars, at);
            found = word != NULL;
            n = word ? word->n : 0;
        } else {
            uint32_t code = at > 0 ? chars->code[at - 1] : 0;
            found = element->kind == ELEMENT_LATIN ? code_is_latin(code) : code_is_digit(code);
            n = found ? 1 : 0;
        }
        if (found == element->negative && !element->optional) return false;
        if (!element->negative) at -= n;
    }
    match->context += start - at;
    return true;
}

size_t match_run(Matcher *matcher, size_t at)
{
    return digits_end(matcher, at) - at;
}

bool match_rule(Matcher *matcher, const Rule *rule, size_t at, Match *match)
{
    match->rule = rule;
    match->context = 0;
    return match_body(matcher, rule, at, match) && match_after(matcher, rule, match) && match_before(matcher, rule, at, match);
}
