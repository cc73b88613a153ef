#include "page/evidence.h"

#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/markup.h"
#include "page/nameplate.h"

enum {
    BYLINE_CHARS_MOST = 24,
    CREDIT_CHARS_MOST = 40,
    SIGNATURE_CHARS_MOST = 24,
    SHORT_LINE_CHARS_MOST = 60
};

/* ---- pieces of a text ---- */

static bool is_bracket_open(uint32_t code)
{
    return code == '(' || code == 0xFF08 || code == 0x3010 || code == '[';
}

static bool is_bracket_close(uint32_t code)
{
    return code == ')' || code == 0xFF09 || code == 0x3011 || code == ']';
}

/* Where the bracket begins that ends the text, with what stands in it; text.n when the text does not end with a short bracket. */
static size_t last_bracket(Str text, Str *inside)
{
    uint32_t code;
    Str last = utf8_last(text);
    utf8_decode(last, &code);
    if (text.n == 0 || !is_bracket_close(code)) return text.n;
    size_t end = text.n - last.n, at = end;
    for (int chars = 0; at > 0 && chars <= SIGNATURE_CHARS_MOST; chars++) {
        Str before = utf8_last(str_slice(text, 0, at));
        utf8_decode(before, &code);
        if (is_bracket_close(code)) return text.n;
        at -= before.n;
        if (!is_bracket_open(code)) continue;
        *inside = str_slice(text, at + before.n, end);
        return at;
    }
    return text.n;
}

/* Bytes of a short bracket at the start of the text, with what stands in it; 0 without. */
static size_t first_bracket(Str text, Str *inside)
{
    uint32_t code;
    size_t at = utf8_decode(text, &code), start = at;
    if (!is_bracket_open(code)) return 0;
    for (int chars = 0; chars <= SIGNATURE_CHARS_MOST; chars++) {
        size_t n = utf8_decode(str_slice(text, at, text.n), &code);
        if (n == 0 || is_bracket_open(code)) return 0;
        if (is_bracket_close(code)) {
            *inside = str_slice(text, start, at);
            return at + n;
        }
        at += n;
    }
    return 0;
}

/* ---- jumps: (上接第1版), (下转第3版) ---- */

static BlockMark jump_of(const PageRules *rules, Str text)
{
    Folded folded;
    rules_fold(str_slice(text, 0, sizeof folded.bytes), &folded);
    if (rules_match(rules, RULE_FROM, &folded, NULL)) return MARKED_FROM;
    return rules_match(rules, RULE_TO, &folded, NULL) ? MARKED_TO : MARKED_NOTHING;
}

static PageBlock *split_block(PageBlocks *blocks, PageBlock *block, size_t at)
{
    PageBlock *rest = blocks_insert(blocks, block, block->line);
    rest->text = str_trim(str_slice(block->text, at, block->text.n));
    rest->source = rest->text;
    block->text = str_trim(str_slice(block->text, 0, at));
    rest->chars = (uint16_t)(block->chars == CHARS_MANY ? CHARS_MANY : utf8_count(rest->text));
    if (block->chars < CHARS_MANY) block->chars = (uint16_t)utf8_count(block->text);
    return rest;
}

/* Cuts a jump at the start or the end of a paragraph off it, into a block of its own. */
static void split_jumps(PageBlocks *blocks, PageBlock *block)
{
    Str inside;
    size_t first = first_bracket(block->text, &inside);
    if (first > 0 && first < block->text.n && jump_of(blocks->rules, inside) == MARKED_FROM) {
        split_block(blocks, block, first);
        return; /* the rest comes next in the list */
    }
    size_t last = last_bracket(block->text, &inside);
    if (last > 0 && last < block->text.n && jump_of(blocks->rules, inside) == MARKED_TO) split_block(blocks, block, last);
}

/* ---- credits: …摄 ---- */

static bool is_credit(const PageRules *rules, Str text)
{
    Folded folded;
    Str inside;
    if (last_bracket(text, &inside) == 0) text = inside;
    if (rules_ends_with(rules, RULE_STOP, text)) text = str_slice(text, 0, text.n - utf8_last(text).n);
    rules_fold(text, &folded);
    return rules_match(rules, RULE_CREDIT, &folded, NULL);
}

/* A picture's text and its credit in one paragraph: the credit is what follows the last stop. */
static void split_credit(PageBlocks *blocks, PageBlock *block)
{
    size_t at = block->text.n;
    Str inside, rest = block->text;
    if (last_bracket(rest, &inside) < rest.n) at = last_bracket(rest, &inside);
    for (int chars = 0; at == rest.n || !rules_is_closed(blocks->rules, str_slice(rest, 0, at)); chars++) {
        if (at == 0 || chars > CREDIT_CHARS_MOST) return;
        at -= utf8_last(str_slice(rest, 0, at)).n;
    }
    if (at > 0 && is_credit(blocks->rules, str_trim(str_slice(rest, at, rest.n)))) split_block(blocks, block, at);
}

/* ---- signatures: (张振华) ---- */

static bool has_signature(const PageRules *rules, Str text)
{
    Folded folded;
    Str inside, name;
    size_t at = last_bracket(text, &inside);
    if (at == text.n || !rules_is_closed(rules, str_trim(str_slice(text, 0, at)))) return false;
    rules_fold(inside, &folded);
    if (folded.n < 2 * 3 || rules_match(rules, RULE_ASIDE, &folded, NULL)) return false;
    for (Str rest = inside; rest.n > 0;) {
        uint32_t code;
        name = utf8_next(&rest);
        utf8_decode(name, &code);
        if (rules_mark(rules, RULE_STOP, code) || (code >= '0' && code <= '9')) return false;
    }
    return true;
}

/* ---- marks ---- */

/* A quote or bracket that is open at a line's end goes on in the next: the line is a piece of a paragraph. */
bool evidence_is_balanced(const PageRules *rules, Str text)
{
    uint32_t code;
    int depth = 0;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) {
        if (rules_mark(rules, RULE_OPEN, code)) depth++;
        else if (is_bracket_close(code) || (code >= 0x80 && rules_mark(rules, RULE_CLOSE, code))) depth--;
    }
    return depth == 0;
}

/* A sentence has ended: this is prose. */
static bool has_full_stop(Str text)
{
    return str_find(text, STR("。")) < text.n;
}

/* ——访江湾中学校长: a subtitle, or a line of a conversation when it is complete. */
static bool is_dashed_line(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(str_slice(block->text, 0, sizeof folded.bytes), &folded);
    return block->kind == KIND_TEXT && !rules_is_closed(rules, block->text) && rules_match(rules, RULE_SUBTITLE, &folded, NULL);
}

bool evidence_could_cry(const PageRules *rules, const PageBlock *block)
{
    enum { CHARS_MOST = 30 };
    Str text = block->text;
    while (rules_ends_with(rules, RULE_CLOSE, text)) text = str_slice(text, 0, text.n - utf8_last(text).n);
    return block->chars <= CHARS_MOST && rules_ends_with(rules, RULE_CRY, text) && !has_full_stop(text) && evidence_is_balanced(rules, block->text);
}

/* What tells it from a sentence: it is bold, or a subtitle or the text's own beginning follows. */
static bool is_cry(const PageRules *rules, const PageBlock *block)
{
    const PageBlock *after = block_next(block);
    if (!evidence_could_cry(rules, block)) return false;
    if (block->bold || block->cry || (after && is_dashed_line(rules, after))) return true;
    return after && (after->mark == MARKED_DATELINE || (after->mark == MARKED_BYLINE && !block_previous(block)));
}

bool evidence_is_short_line(const PageRules *rules, const PageBlock *block)
{
    if (block->kind != KIND_TEXT || block->mark != MARKED_NOTHING || block->item || block->cut || block->tail || block->chars > 2 * SHORT_LINE_CHARS_MOST) return false;
    if ((rules_is_closed(rules, block->text) && !is_cry(rules, block)) || rules_ends_with(rules, RULE_PAUSE, block->text)) return false;
    Str lines = block->source;
    while (lines.n > 0)
        if (utf8_count(str_trim(str_split(&lines, '\n'))) > SHORT_LINE_CHARS_MOST) return false;
    return !has_full_stop(block->text) && evidence_is_balanced(rules, block->text);
}

bool evidence_is_label(const PageRules *rules, const PageBlock *block)
{
    enum { IN_BRACKETS_MOST = 8, LATIN_LEAST = 4, BESIDE_LATIN_MOST = 6 };
    Folded folded;
    Str text = rules_without_bullets(rules, block->text), inside;
    bool bracket = block->chars <= SHORT_LINE_CHARS_MOST && str_starts(text, STR("【")) && last_bracket(text, &inside) == 0;
    if (bracket) text = inside;
    rules_fold(text, &folded);
    if (rules_match(rules, RULE_SECTION, &folded, NULL) || (block->kind == KIND_HEADING && nameplate_line(rules, text) == NAMEPLATE_LINE) || (bracket && utf8_count(text) <= IN_BRACKETS_MOST)) return true;
    size_t latin = 0, han = 0;
    for (Str rest = (Str){ folded.bytes, folded.n }; rest.n > 0 && block->chars <= SHORT_LINE_CHARS_MOST;) {
        uint32_t code;
        utf8_decode(utf8_next(&rest), &code);
        if (!utf8_is_han(code) && !(code >= 'A' && code <= 'Z') && code != '&') return false;
        if (utf8_is_han(code)) han++;
        else latin++;
    }
    return latin >= LATIN_LEAST && han <= BESIDE_LATIN_MOST && (han == 0 || str_find(text, STR(" ")) < text.n);
}

/* A line of names, not a sentence that begins with "记者": no comma, though 、 may stand between names. */
static bool is_byline(const PageRules *rules, Str text, const Folded *folded)
{
    for (Str rest = text; rest.n > 0;) {
        Str character = utf8_next(&rest);
        if (rules_ends_with(rules, RULE_PAUSE, character) && (rest.n == 0 || !str_equal(character, STR("、")))) return false;
    }
    return rules_match(rules, RULE_BYLINE, folded, NULL) && !rules_match(rules, RULE_PROSE, folded, NULL);
}

static BlockMark mark_of(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    Str text = rules_without_bullets(rules, block->text), inside;
    rules_fold(str_slice(text, 0, sizeof folded.bytes), &folded);
    folded.whole = folded.whole && text.n <= sizeof folded.bytes;
    if (rules_match(rules, RULE_DATELINE, &folded, NULL)) return MARKED_DATELINE;
    if (!folded.whole) return MARKED_NOTHING;
    bool bracket = last_bracket(text, &inside) == 0;
    if (bracket) rules_fold(inside, &folded);
    BlockMark jump = jump_of(rules, bracket ? inside : text);
    if (jump != MARKED_NOTHING) return jump;
    if (block->chars <= CREDIT_CHARS_MOST && is_credit(rules, text)) return MARKED_CREDIT;
    bool open_line = !rules_is_closed(rules, text) || last_bracket(text, &inside) < text.n;
    bool byline = block->chars <= BYLINE_CHARS_MOST && open_line && is_byline(rules, text, &folded);
    return byline ? MARKED_BYLINE : MARKED_NOTHING;
}

static void silence(PageBlock *block, const char *why)
{
    block->kind = KIND_SILENT;
    block->text = block->source;
    block->note = str_from(why);
}

/* The row by which a line is page furniture; empty when it is none. A sentence that begins like one is none. */
static Str furniture_row(const PageRules *rules, const PageBlock *block)
{
    enum { SENTENCE_CHARS_LEAST = 20 };
    Folded folded;
    if (block->chars > SHORT_LINE_CHARS_MOST) return (Str){ 0 };
    if (block->chars >= SENTENCE_CHARS_LEAST && str_ends(block->text, STR("。"))) return (Str){ 0 };
    rules_fold(block->text, &folded);
    return rules_row(rules, RULE_FURNITURE, &folded);
}

/* Whether the block was found to be page furniture, and silenced. */
static bool take_furniture(PageBlocks *blocks, PageBlock *block)
{
    Folded folded;
    Str row = furniture_row(blocks->rules, block);
    rules_fold(str_slice(block->text, 0, sizeof folded.bytes), &folded);
    if (row.n == 0) row = rules_row(blocks->rules, RULE_NOTICE, &folded);
    bool nameplate = row.n == 0 && nameplate_line(blocks->rules, block->text) >= NAMEPLATE_NAME;
    if (row.n == 0 && !nameplate) return false;
    silence(block, nameplate ? _(NAMEPLATE_NOTE) : arena_printf(blocks->arena, _("page furniture (%.*s): not read"), STR_ARG(row)).s);
    block->furniture = true;
    return true;
}

/* 相关阅读: it and the list of links below it. */
static void take_links(PageBlocks *blocks, PageBlock *block)
{
    Folded folded;
    rules_fold(block->text, &folded);
    Str row = block->chars <= SHORT_LINE_CHARS_MOST ? rules_row(blocks->rules, RULE_LINKS, &folded) : (Str){ 0 };
    for (PageBlock *link = block->next; row.n > 0 && link && (link->kind != KIND_TEXT || link->item); link = link->next) {
        if (link->kind == KIND_HEADING) break;
        if (link->kind == KIND_SILENT) continue;
        silence(link, _("a link to another page: not read"));
        link->furniture = true;
    }
    if (row.n == 0) return;
    silence(block, arena_printf(blocks->arena, _("page furniture (%.*s): not read"), STR_ARG(row)).s);
    block->furniture = true;
}

/* A block right under another, without a blank line, that could be of an advertisement: no text of the paper begins with it. */
static bool goes_with_advert(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(str_slice(block->source, 0, sizeof folded.bytes), &folded);
    return block->kind == KIND_TEXT && utf8_count(block->source) <= SHORT_LINE_CHARS_MOST && !rules_match(rules, RULE_DATELINE, &folded, NULL);
}

/* 广告: it and the lines right under it; where they are a text of the paper, none of them. */
static void take_advert(PageBlocks *blocks, PageBlock *block)
{
    enum { LINES_MOST = 12 };
    Folded folded;
    Str rest = block->source;
    int lines = 0;
    rules_fold(str_split(&rest, '\n'), &folded);
    Str row = goes_with_advert(blocks->rules, block) ? rules_row(blocks->rules, RULE_ADVERT, &folded) : (Str){ 0 };
    if (row.n == 0) return;
    PageBlock *end = block->next;
    while (end && end->blank_lines == 0 && goes_with_advert(blocks->rules, end) && lines++ < LINES_MOST) end = end->next;
    if (end && end->blank_lines == 0) return;
    for (PageBlock *line = block; line != end; line = line->next) {
        silence(line, arena_printf(blocks->arena, _("page furniture (%.*s): not read"), STR_ARG(row)).s);
        line->furniture = true;
    }
}

static bool is_entry(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    rules_fold(str_slice(block->text, 0, sizeof folded.bytes), &folded);
    return block->chars <= SHORT_LINE_CHARS_MOST && rules_match(rules, RULE_ENTRY, &folded, NULL);
}

static void gather(PageBlocks *blocks, PageBlock *block)
{
    if (block->text.n == 0) markup_read(blocks, block);
    if (block->text.n == 0) {
        silence(block, _("nothing but markup: not read"));
        return;
    }
    take_links(blocks, block);
    take_advert(blocks, block);
    if (block->kind != KIND_TEXT || take_furniture(blocks, block)) return;
    split_jumps(blocks, block);
    split_credit(blocks, block);
    block->mark = (uint8_t)mark_of(blocks->rules, block);
    block->signature = has_signature(blocks->rules, block->text);
    block->item |= is_entry(blocks->rules, block);
    if (block->role == ROLE_BYLINE) block->mark = MARKED_BYLINE;
    if (block->bold && block->mark == MARKED_NOTHING && evidence_is_short_line(blocks->rules, block)) {
        block->kind = KIND_HEADING;
        block->level = LEVEL_BOLD;
        block->text = rules_without_bullets(blocks->rules, block->text);
    }
}

/* 图为…: what a picture shows; with a sign before it (▲) where its credit follows. */
static bool is_picture_text(const PageRules *rules, const PageBlock *block)
{
    Folded folded;
    if (block->kind != KIND_TEXT || block->role != ROLE_BODY || block->mark != MARKED_NOTHING) return false;
    Str text = rules_without_bullets(rules, block->text);
    if (!rules_is_closed(rules, text)) return false;
    const PageBlock *after = block_next(block); /* only here: from a silent block on, it walks over all the silent ones */
    rules_fold(str_slice(text, 0, sizeof folded.bytes), &folded);
    return rules_match(rules, RULE_PICTURE, &folded, NULL) || (text.n < block->text.n && after && after->mark == MARKED_CREDIT);
}

static bool is_date(const PageBlocks *blocks, const PageBlock *block)
{
    return block && block->furniture && block->blank_lines == 0 && nameplate_line(blocks->rules, block->text) == NAMEPLATE_LINE;
}

/* 落款: who has signed a notice, right under its text, and the date below: neither a headline nor the paper's date. */
static void take_sign_offs(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next) {
        const PageBlock *before = block->previous;
        if (!before || before->kind != KIND_TEXT || block->blank_lines > 0 || !rules_is_closed(blocks->rules, before->text)) continue;
        if (block->kind != KIND_TEXT || !evidence_is_short_line(blocks->rules, block) || !is_date(blocks, block->next)) continue;
        PageBlock *date = block->next;
        date->kind = KIND_TEXT;
        date->furniture = false;
        date->note = (Str){ 0 };
        markup_read(blocks, date);
        block->tail = date->tail = block->apart = date->apart = true;
    }
}

void evidence_gather(PageBlocks *blocks)
{
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (block->kind != KIND_SILENT) gather(blocks, block);
    take_sign_offs(blocks);
    for (PageBlock *block = blocks->first; block; block = block->next)
        if (is_picture_text(blocks->rules, block)) block->role = ROLE_CAPTION;
}
