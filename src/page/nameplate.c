#include "page/nameplate.h"

#include <ctype.h>
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/evidence.h"
#include "page/survey.h"

const char NAMEPLATE_NOTE[] = N_("the paper's name, its date or number: not read");

/* ---- parts of a line ---- */

enum { LINE_BYTES_MOST = 100 * 3, PIECES_MOST = 40, UNKNOWN_HAN_MOST = 6 /* of a page's own name */ };

typedef struct Pieces {
    Str piece[PIECES_MOST];
    size_t count;
} Pieces;

static bool is_between_digits(Str text, size_t at, size_t n)
{
    return at > 0 && at + n < text.n && isdigit((unsigned char)text.s[at - 1]) && isdigit((unsigned char)text.s[at + n]);
}

/* What parts the pieces of a nameplate: spaces, bars, brackets, colons. 2026/11/26 is one piece. */
static bool parts_pieces(Str text, size_t at, size_t n, uint32_t code)
{
    static const Str SIGNS = STR("|｜│·•‧・丨《》〈〉（）()【】[]［］“”：:，,；;");
    if (utf8_is_han(code)) return false;
    if (code == ' ' || code == '\t' || code == '\n' || code == 0x3000 || code == 0xA0) return true;
    if (code == '/' || code == 0xFF0F || code == ':') return !is_between_digits(text, at, n);
    return str_find(SIGNS, str_slice(text, at, at + n)) < SIGNS.n;
}

/* False when there are too many. */
static bool split_pieces(Str text, Pieces *pieces)
{
    size_t from = 0;
    uint32_t code;
    pieces->count = 0;
    for (size_t at = 0, n; at <= text.n; at += n) {
        n = at < text.n ? utf8_decode(str_slice(text, at, text.n), &code) : 1;
        if (at < text.n && !parts_pieces(text, at, n, code)) continue;
        if (at > from && pieces->count == PIECES_MOST) return false;
        if (at > from) pieces->piece[pieces->count++] = str_slice(text, from, at);
        from = at + n;
    }
    return true;
}

static size_t count_han(Str text)
{
    size_t count = 0;
    uint32_t code;
    while (text.n > 0) {
        utf8_decode(utf8_next(&text), &code);
        count += utf8_is_han(code);
    }
    return count;
}

/* ---- what a part is ---- */

typedef enum Part { PART_UNKNOWN, PART_SIGN, PART_BESIDE, PART_SECTION, PART_DESK, PART_SURE, PART_NAME } Part;

/* 责编, 责编王一: what is longer is a sentence. */
static bool is_desk(const PageRules *rules, Str words)
{
    enum { NAME_CHARS_MOST = 4 };
    size_t label = rules_label(rules, RULE_DESK, words);
    return label > 0 && utf8_count(str_slice(words, label, words.n)) <= NAME_CHARS_MOST;
}

static Part part_by_rows(const PageRules *rules, Str words)
{
    enum { NAME_CHARS_MOST = 12, PART_BYTES_MOST = 20 * 3 };
    Folded folded;
    if (words.n > PART_BYTES_MOST) return PART_UNKNOWN;
    rules_fold(words, &folded);
    Str text = { folded.bytes, folded.n };
    if (rules_match(rules, RULE_NAMEPLATE, &folded, NULL)) return PART_SURE;
    if (utf8_count(text) <= NAME_CHARS_MOST && count_han(text) == utf8_count(text) && rules_match(rules, RULE_PAPER, &folded, NULL)) return PART_NAME;
    if (is_desk(rules, text)) return PART_DESK;
    if (rules_match(rules, RULE_SECTION, &folded, NULL)) return PART_SECTION;
    return rules_match(rules, RULE_BESIDE, &folded, NULL) ? PART_BESIDE : PART_UNKNOWN;
}

/* The part that begins with piece `i`, and how many pieces it has: 第 01 版 and 临 江 日 报 have several short ones. */
static Part part_at(const PageRules *rules, const Pieces *pieces, size_t i, size_t *used)
{
    enum { JOINED_MOST = 8, FIRST_HAN_MOST = 1, JOINED_HAN_MOST = 2 };
    for (size_t end = i; end < pieces->count && end < i + JOINED_MOST; end++) {
        if (end > i && (count_han(pieces->piece[end]) > JOINED_HAN_MOST || count_han(pieces->piece[i]) > FIRST_HAN_MOST)) break;
        Str words = { pieces->piece[i].s, (size_t)(pieces->piece[end].s + pieces->piece[end].n - pieces->piece[i].s) };
        Part part = part_by_rows(rules, words);
        *used = end + 1 - i;
        if (part != PART_UNKNOWN) return part;
    }
    *used = 1;
    return count_han(pieces->piece[i]) == 0 ? PART_SIGN : PART_UNKNOWN;
}

/* ---- a line ---- */

typedef struct Tally {
    size_t parts[PART_NAME + 1];
    Str unknown; /* the last one */
} Tally;

static Tally count_parts(const PageRules *rules, const Pieces *pieces)
{
    enum { PERSON_CHARS_MOST = 4 };
    Tally tally = { 0 };
    bool persons = false; /* behind the name of a desk */
    for (size_t i = 0, used; i < pieces->count && tally.parts[PART_UNKNOWN] <= 1 && count_han(tally.unknown) <= UNKNOWN_HAN_MOST; i += used) {
        Part part = part_at(rules, pieces, i, &used);
        if (part == PART_UNKNOWN && persons && utf8_count(pieces->piece[i]) <= PERSON_CHARS_MOST) part = PART_SIGN;
        else if (part == PART_UNKNOWN) tally.unknown = pieces->piece[i];
        if (part != PART_SIGN) persons = part == PART_DESK;
        tally.parts[part]++;
    }
    return tally;
}

NameplateLine nameplate_line(const PageRules *rules, Str text)
{
    enum { DESKS_LEAST = 2 };
    Pieces pieces;
    if (text.n == 0 || text.n > LINE_BYTES_MOST || str_find(text, STR("。")) < text.n || !split_pieces(text, &pieces) || pieces.count == 0) return NAMEPLATE_NONE;
    Tally tally = count_parts(rules, &pieces);
    size_t name = tally.parts[PART_NAME], desks = tally.parts[PART_DESK], others = tally.parts[PART_BESIDE] + tally.parts[PART_SIGN] + tally.parts[PART_SECTION];
    size_t sure = tally.parts[PART_SURE] + (desks >= DESKS_LEAST);
    if (tally.parts[PART_UNKNOWN] > 1) return NAMEPLATE_NONE;
    if (tally.parts[PART_UNKNOWN] == 1 && (sure + name < 2 || count_han(tally.unknown) > UNKNOWN_HAN_MOST)) return NAMEPLATE_NONE;
    if (sure > 0) return name > 0 ? NAMEPLATE_WHOLE : NAMEPLATE_LINE;
    if (name == 1 && desks + others == 0) return NAMEPLATE_NAME;
    return tally.parts[PART_SECTION] == pieces.count ? NAMEPLATE_NONE : NAMEPLATE_BESIDE;
}

/* ---- the page's head ---- */

static void silence(PageBlocks *blocks, PageBlock *block)
{
    if (block->kind == KIND_HEADING && (blocks->nameplate_level == 0 || block->level < blocks->nameplate_level)) blocks->nameplate_level = block->level;
    block->kind = KIND_SILENT;
    block->furniture = true;
    block->note = str_from(_(NAMEPLATE_NOTE));
}

static bool is_label(const PageBlocks *blocks, const PageBlock *block)
{
    return evidence_is_label(blocks->rules, block);
}

static bool is_beside(const PageBlocks *blocks, const PageBlock *block)
{
    return nameplate_line(blocks->rules, block->text) == NAMEPLATE_BESIDE;
}

/* The name of a paper or a date over headlines; over a text it is what that is about, and over a stronger headline a name is a column's (体育快报). */
static bool stands_over_headings(const PageBlocks *blocks, const PageBlock *block, bool name)
{
    Survey survey = survey_section(blocks, block);
    return survey.bare && survey.next && (!name || survey.next->level >= block->level);
}

/* A heading is a nameplate at the head of the page, or where it names the paper and says more. */
static void take_headings(PageBlocks *blocks)
{
    bool head = true;
    for (PageBlock *block = blocks->first; block; block = block->next) {
        if (block->kind == KIND_SILENT) continue;
        NameplateLine line = block->kind == KIND_HEADING ? nameplate_line(blocks->rules, block->text) : NAMEPLATE_NONE;
        bool over = line >= NAMEPLATE_NAME && stands_over_headings(blocks, block, line == NAMEPLATE_NAME);
        if (line == NAMEPLATE_WHOLE ? head || over : head && over) silence(blocks, block);
        else head &= block->kind != KIND_HEADING || is_label(blocks, block);
        head &= block->kind != KIND_TEXT || evidence_is_short_line(blocks->rules, block);
    }
}

/* Lines that are a nameplate's only beside one: those among its lines, and those right under the last. */
static void take_beside(PageBlocks *blocks)
{
    PageBlock *last = NULL; /* of the nameplate */
    PageBlock *end = blocks->first;
    for (; end; end = end->next) {
        if (end->kind == KIND_SILENT && !end->furniture) continue;
        if (end->furniture) last = end;
        else if (end->kind != KIND_TEXT || (!is_beside(blocks, end) && !is_label(blocks, end))) break;
        else if (last && last->next == end && end->blank_lines == 0 && is_beside(blocks, end)) last = end;
    }
    for (PageBlock *block = blocks->first; last && block != last->next; block = block->next)
        if (block->kind == KIND_TEXT && is_beside(blocks, block)) silence(blocks, block);
}

void nameplate_find(PageBlocks *blocks)
{
    take_headings(blocks);
    take_beside(blocks);
}
