/* Where the page says which pieces are its text (classes, <article>, a newspaper system's comments), it is believed; else long pieces with few links are
 * text, and short ones that are sentences or stand with them: C. Kohlschütter, P. Fankhauser, W. Nejdl, "Boilerplate detection using shallow text features", WSDM 2010. */
#include <string.h>

#include "base/utf8.h"
#include "page/html_heads.h"

/* ---- text or navigation ---- */

static bool mostly_links(const HtmlPiece *piece)
{
    return piece->linked * 3 > piece->chars;
}

/* Nothing that the page says of it speaks against its being text. */
static bool may_be_text(const HtmlPiece *piece)
{
    return !piece->skipped && !mostly_links(piece) && piece->level == 0 && piece->hint == HINT_NONE;
}

static bool holds_stop(const PageRules *rules, Str text)
{
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        if (rules_mark(rules, RULE_STOP, code) || rules_mark(rules, RULE_PAUSE, code)) return true;
    }
    return false;
}

static void choose_by_markup(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool links = mostly_links(piece) && piece->chars < TEXT_CHARS_LEAST;
        if (!piece->skipped && piece->body && !links && piece->level == 0) choice->fates[i] = FATE_TEXT;
    }
}

/* A short bold line over text, where the page has no headings of its own. */
static bool is_bold_line(const Choice *choice, size_t i)
{
    enum { CHARS_LEAST = 4, CHARS_MOST = 40, AWAY_MOST = 2 };
    const HtmlPiece *piece = choice->pieces[i];
    bool line = !piece->skipped && piece->linked == 0 && piece->hint == HINT_NONE && piece->chars >= CHARS_LEAST && piece->chars <= CHARS_MOST && piece->bold == piece->chars;
    if (!line || rules_is_closed(choice->rules, piece->text)) return false;
    for (size_t k = i + 1; k < choice->count && k <= i + AWAY_MOST; k++)
        if (choice->fates[k] == FATE_TEXT) return true;
    return false;
}

/* What is complete, or lies between text. */
static void choose_between(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool before = i > 0 && choice->fates[i - 1] == FATE_TEXT, after = i + 1 < choice->count && choice->fates[i + 1] == FATE_TEXT;
        if (piece->skipped || piece->linked > 0 || piece->level > 0 || piece->hint != HINT_NONE) continue;
        bool complete = piece->chars >= LINE_CHARS_LEAST && rules_is_closed(choice->rules, piece->text);
        if ((before && after) || ((before || after) && complete)) choice->fates[i] = FATE_TEXT;
    }
}

/* The items and cells of a list or table that stands beside an article's paragraphs, in the same element, however short. The page's own element (0) holds
 * everything, and says nothing. */
static void choose_lists(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool listed = piece->item || (piece->box > 0 && piece->around == piece->box);
        if (choice->fates[i] == FATE_TEXT && !listed) choice->holds_text[piece->box] = true;
    }
    for (size_t i = 0; i < choice->count; i++) {
        HtmlPiece *piece = choice->pieces[i];
        piece->beside = piece->around > 0 && choice->holds_text[piece->around];
        if (piece->beside && may_be_text(piece)) choice->fates[i] = FATE_TEXT;
    }
}

/* What stands beside text in the same element: a paragraph, and a line that is a sentence. Without headings, what is above the first text may be one. */
static void choose_beside(Choice *choice)
{
    bool below = html_has_headings(choice);
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        below = below || choice->fates[i] == FATE_TEXT;
        if (!below || piece->item || !choice->holds_text[piece->box] || !may_be_text(piece)) continue;
        bool sentence = piece->chars >= LINE_CHARS_LEAST && rules_is_closed(choice->rules, piece->text);
        if (piece->paragraph || sentence) choice->fates[i] = FATE_TEXT;
    }
}

/* A paragraph that is a sentence, or one right under a heading, however short; but under a heading that is a link stands a teaser. */
static bool is_sentence(const Choice *choice, size_t i)
{
    const HtmlPiece *piece = choice->pieces[i], *above = i > 0 ? choice->pieces[i - 1] : NULL;
    bool headed = above && above->level > 0 && !above->skipped;
    if (!rules_is_closed(choice->rules, piece->text) || (headed && mostly_links(above))) return false;
    return piece->paragraph || (headed && piece->chars >= LINE_CHARS_LEAST);
}

static bool choose_dense(Choice *choice)
{
    bool found = false;
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        bool dense = piece->chars >= TEXT_CHARS_LEAST && holds_stop(choice->rules, piece->text) && may_be_text(piece);
        if (dense) choice->fates[i] = FATE_TEXT;
        found = found || dense;
    }
    return found;
}

/* ---- teasers ---- */

static bool is_linked_heading(const HtmlPiece *piece)
{
    return piece->level > 0 && !piece->skipped && mostly_links(piece);
}

/* Whether the page has a text that no linked heading stands over: then it is an article's page, not a list of articles. */
static bool has_own_text(const Choice *choice)
{
    bool under_link = false;
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        if (piece->level > 0 && !piece->skipped) under_link = mostly_links(piece);
        if (!under_link && choice->fates[i] == FATE_TEXT && piece->chars >= TEXT_CHARS_LEAST) return true;
    }
    return false;
}

/* Beside an article, a heading that is a link and one short text below it lead to another page. */
static void drop_teasers(Choice *choice)
{
    enum { TEASER_CHARS_MOST = 120 };
    if (!has_own_text(choice)) return;
    for (size_t i = 0; i < choice->count; i++) {
        size_t texts = 0, teaser = i;
        for (size_t k = i + 1; is_linked_heading(choice->pieces[i]) && k < choice->count && choice->pieces[k]->level == 0 && texts < 2; k++) {
            if (choice->fates[k] != FATE_TEXT) continue;
            teaser = k;
            texts++;
        }
        if (texts != 1 || choice->pieces[teaser]->chars > TEASER_CHARS_MOST) continue;
        choice->pieces[i]->skipped = choice->pieces[teaser]->skipped = true;
        choice->fates[teaser] = FATE_SILENT;
    }
}

/* Long text with few links, and sentences; then what goes with them. */
static void choose_by_density(Choice *choice)
{
    if (!choose_dense(choice)) return;
    for (size_t i = 0; i < choice->count; i++)
        if (may_be_text(choice->pieces[i]) && is_sentence(choice, i)) choice->fates[i] = FATE_TEXT;
    drop_teasers(choice);
    choose_lists(choice);
    choose_beside(choice);
    choose_between(choice);
    if (html_has_headings(choice)) return;
    for (size_t i = 0; i < choice->count; i++)
        if (choice->fates[i] == FATE_SILENT && is_bold_line(choice, i)) choice->fates[i] = FATE_TEXT;
    choose_between(choice);
}

/* A page that has no long text is all there is: what is no link is read. */
static void choose_anything(Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->fates[i] == FATE_TEXT) return;
    for (size_t i = 0; i < choice->count; i++) {
        const HtmlPiece *piece = choice->pieces[i];
        if (may_be_text(piece)) choice->fates[i] = FATE_TEXT;
    }
}

static bool has_body(const Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->pieces[i]->body && !choice->pieces[i]->skipped && !mostly_links(choice->pieces[i])) return true;
    return false;
}

/* ---- the door ---- */

static void choose_text(Choice *choice, bool whole)
{
    bool body = has_body(choice);
    for (size_t i = 0; i < choice->count && !whole; i++) choice->pieces[i]->body = true;
    if (body || !whole) choose_by_markup(choice);
    else choose_by_density(choice);
    choose_anything(choice);
}

const HtmlPiece *html_choose(Choice *choice, bool whole, Str *title)
{
    choose_text(choice, whole);
    return html_choose_heads(choice, whole, title);
}
