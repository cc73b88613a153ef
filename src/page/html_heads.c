/* What stands around the text of an HTML page: headings, kickers, subtitles, authors; and the headline that only the window's title has. */
#include <string.h>

#include "base/utf8.h"
#include "page/html_heads.h"

enum { WINDOW_CHARS_LEAST = 4 };

bool html_has_headings(const Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++)
        if (choice->pieces[i]->level > 0 || choice->pieces[i]->hint == HINT_TITLE) return true;
    return false;
}

static bool is_heading(const HtmlPiece *piece)
{
    return !piece->skipped && (piece->level > 0 || piece->hint == HINT_TITLE);
}

/* Headings that text of an article follows, before too much of anything else. */
static void choose_headings(Choice *choice)
{
    enum { AWAY_MOST = 12 };
    size_t away = AWAY_MOST + 1;
    for (size_t i = choice->count; i-- > 0;) {
        const HtmlPiece *piece = choice->pieces[i];
        away = choice->fates[i] == FATE_TEXT ? 0 : away + 1;
        if (away > AWAY_MOST) continue;
        if (is_heading(piece)) choice->fates[i] = FATE_HEADING;
        else if (!piece->skipped && piece->hint == HINT_KICKER) choice->fates[i] = FATE_KICKER;
        else if (!piece->skipped && piece->hint == HINT_SUBTITLE) choice->fates[i] = FATE_SUBTITLE;
        else if (!piece->skipped && piece->hint == HINT_BYLINE) choice->fates[i] = FATE_BYLINE;
    }
}

/* Who wrote it and what a picture shows, between the headline and the text, outside of what the page calls its text. */
static bool is_part_of_head(const Choice *choice, const HtmlPiece *piece)
{
    Folded folded;
    if (piece->skipped || piece->linked > 0 || piece->hint != HINT_NONE) return false;
    if (piece->chars >= LINE_CHARS_LEAST && rules_is_closed(choice->rules, piece->text)) return true;
    rules_fold(piece->text, &folded);
    return rules_match(choice->rules, RULE_BYLINE, &folded, NULL) || rules_match(choice->rules, RULE_CREDIT, &folded, NULL);
}

size_t html_author_at(const PageRules *rules, Str text)
{
    enum { BYTES_MOST = 200 };
    for (size_t at = 0; at < text.n && text.n <= BYTES_MOST; at++) {
        Folded folded;
        if (at > 0 && text.s[at - 1] != ' ') continue;
        rules_fold(str_slice(text, at, text.n), &folded);
        if (rules_match(rules, RULE_BYLINE, &folded, NULL)) return at;
    }
    return text.n;
}

/* 何一苇, and nothing beside it, right over the text. */
static bool is_name_over_text(const Choice *choice, size_t i)
{
    enum { CHARS_LEAST = 2, CHARS_MOST = 4 };
    Folded folded;
    const HtmlPiece *piece = choice->pieces[i];
    rules_fold(piece->text, &folded);
    bool name = folded.n >= CHARS_LEAST * 3 && folded.n <= CHARS_MOST * 3 && utf8_all_han((Str){ folded.bytes, folded.n });
    name = name && !rules_match(choice->rules, RULE_CREDIT, &folded, NULL) && !rules_match(choice->rules, RULE_FURNITURE, &folded, NULL);
    bool over_text = i + 1 < choice->count && choice->fates[i + 1] == FATE_TEXT && choice->pieces[i + 1]->chars >= TEXT_CHARS_LEAST;
    return name && over_text && !piece->skipped && piece->linked == 0 && piece->level == 0 && piece->hint == HINT_NONE;
}

static void choose_head(Choice *choice)
{
    bool head = false;
    for (size_t i = 0; i < choice->count; i++) {
        if (head && is_name_over_text(choice, i)) choice->fates[i] = FATE_BYLINE;
        head = choice->fates[i] == FATE_HEADING || (head && choice->fates[i] != FATE_TEXT);
        if (head && choice->fates[i] == FATE_SILENT && is_part_of_head(choice, choice->pieces[i])) {
            choice->fates[i] = FATE_TEXT;
            head = true;
        } else if (head && choice->fates[i] == FATE_SILENT && !choice->pieces[i]->skipped && choice->pieces[i]->linked == 0) {
            if (html_author_at(choice->rules, choice->pieces[i]->text) < choice->pieces[i]->text.n) choice->fates[i] = FATE_SIGNED;
        }
    }
}

static bool is_dashed(const PageRules *rules, const HtmlPiece *piece)
{
    Folded folded;
    rules_fold(piece->text, &folded);
    return rules_match(rules, RULE_SUBTITLE, &folded, NULL);
}

int html_level(const HtmlPiece *piece)
{
    return piece->hint == HINT_TITLE ? 1 : piece->level;
}

/* The next that is read, after i; count when there is none. */
static size_t next_read(const Choice *choice, size_t i)
{
    do i++;
    while (i < choice->count && choice->fates[i] == FATE_SILENT);
    return i;
}

/* A lower heading right over a higher one is its kicker; right below, and alone of its level, its subtitle: h3, h1, h2 is how the sites of
 * newspapers write 引题, 主题, 副题. Where it has sisters, they are articles or parts, and what stands above is a label. */
static void choose_kickers(Choice *choice)
{
    size_t of_level[7] = { 0 };
    for (size_t i = 0; i < choice->count; i++) of_level[choice->fates[i] == FATE_HEADING ? html_level(choice->pieces[i]) : 0]++;
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->fates[i] != FATE_HEADING) continue;
        size_t after = next_read(choice, i);
        if (after >= choice->count || choice->fates[after] != FATE_HEADING) continue;
        int level = html_level(choice->pieces[i]), below = html_level(choice->pieces[after]);
        if (level > below) choice->fates[i] = FATE_KICKER;
        else if (level < below && of_level[below] == 1) choice->fates[after] = FATE_SUBTITLE;
    }
}

/* ---- a short paragraph between a text and a headline ---- */

static size_t previous_read(const Choice *choice, size_t i)
{
    do i--;
    while (i < choice->count && choice->fates[i] == FATE_SILENT); /* below 0 it is above any count */
    return i;
}

/* Right over a headline, and a paragraph like the one above it. */
static bool stands_between(const Choice *choice, size_t i)
{
    size_t before = previous_read(choice, i), after = next_read(choice, i);
    if (choice->fates[i] != FATE_TEXT || after >= choice->count || choice->fates[after] != FATE_HEADING || rules_is_closed(choice->rules, choice->pieces[i]->text)) return false;
    return before < choice->count && choice->fates[before] == FATE_TEXT && choice->pieces[before]->box == choice->pieces[i]->box;
}

/* Whether most headlines of the page that stand below a text have such a line above them: then it is theirs. */
static bool has_kickers(const Choice *choice)
{
    size_t headlines = 0, lines = 0;
    for (size_t i = 0; i < choice->count; i++) {
        size_t before = previous_read(choice, i);
        if (choice->fates[i] != FATE_HEADING) continue;
        bool first = before >= choice->count, text = !first && choice->fates[before] == FATE_TEXT;
        bool over_first = text && previous_read(choice, before) >= choice->count; /* the line over the page's first headline can be nothing else */
        headlines += text;
        lines += over_first || (text && stands_between(choice, before));
        headlines += first;
    }
    return headlines > 1 && lines * 2 > headlines;
}

bool html_is_tail(const Choice *choice, size_t i)
{
    if (!stands_between(choice, i)) return false;
    return choice->pieces[next_read(choice, i)]->box != choice->pieces[i]->box || !choice->kickers;
}

/* ---- a page that has its headline in the window's title only ---- */

/* The next part of 标题_报名, 标题 - 报名, 报名|标题; what follows it stays in `rest`. */
static Str next_part(Str *rest)
{
    for (size_t at = 0; at < rest->n; at++) {
        char c = rest->s[at];
        if (c != '_' && c != '|' && c != '-') continue;
        Str part = str_trim(str_slice(*rest, 0, at));
        if (utf8_count(part) < WINDOW_CHARS_LEAST) continue;
        *rest = str_slice(*rest, at + 1, rest->n);
        return part;
    }
    Str part = str_trim(*rest);
    *rest = (Str){ 0 };
    return part;
}

static bool is_site(const PageRules *rules, Str part)
{
    Folded folded;
    rules_fold(part, &folded);
    return rules_match(rules, RULE_HTML_SITE, &folded, NULL);
}

/* Without the site's name. */
static Str without_site(const PageRules *rules, Str title)
{
    Str rest = title, first = next_part(&rest), part = first;
    while (rest.n > 0 && is_site(rules, part)) part = next_part(&rest);
    return part.n > 0 && !is_site(rules, part) ? part : first;
}

/* A line over the text that could be its headline, where the page says nothing of it; among several a bold one. */
static size_t guess_headline(const Choice *choice)
{
    enum { AWAY_MOST = 5, CHARS_LEAST = 4, CHARS_MOST = 40 };
    size_t text = 0, best = choice->count;
    while (text < choice->count && choice->fates[text] != FATE_TEXT) text++;
    for (size_t i = text; i-- > 0 && text - i <= AWAY_MOST;) {
        const HtmlPiece *piece = choice->pieces[i];
        Folded folded;
        rules_fold(piece->text, &folded);
        bool line = !piece->skipped && piece->linked == 0 && piece->hint == HINT_NONE && piece->chars >= CHARS_LEAST && piece->chars <= CHARS_MOST;
        if (!line || rules_is_closed(choice->rules, piece->text) || rules_match(choice->rules, RULE_FURNITURE, &folded, NULL)) continue;
        if (rules_match(choice->rules, RULE_BYLINE, &folded, NULL) || rules_match(choice->rules, RULE_SUBTITLE, &folded, NULL)) continue;
        bool bold = piece->bold == piece->chars;
        if (bold) return i;
        best = i;
    }
    return best;
}

static size_t find_piece(const Choice *choice, Str text)
{
    for (size_t i = 0; i < choice->count && (choice->fates[i] != FATE_TEXT || choice->pieces[i]->bold == choice->pieces[i]->chars); i++) {
        const HtmlPiece *piece = choice->pieces[i];
        /* The window may add a label (读书:...), which is shorter than the headline. */
        bool named = piece->text.n >= WINDOW_CHARS_LEAST * 3 && piece->text.n * 2 > text.n && str_ends(text, piece->text);
        if (piece->hint == HINT_NONE && !piece->skipped && piece->linked == 0 && named) return i;
    }
    return choice->count;
}

/* Some pages set their headline in a cell like any other: it is the piece that the window is named after, or where that bears the
 * paper's name, the line over the text. */
static void find_headline(Choice *choice, Str title)
{
    size_t i = is_site(choice->rules, title) ? guess_headline(choice) : find_piece(choice, title);
    if (i >= choice->count) return;
    const HtmlPiece *above = i > 0 ? choice->pieces[i - 1] : NULL, *below = i + 1 < choice->count ? choice->pieces[i + 1] : NULL;
    choice->pieces[i]->hint = HINT_TITLE;
    choice->fates[i] = FATE_HEADING;
    bool kicker = above && above->table == choice->pieces[i]->table && above->table > 0 && above->linked == 0 && above->hint == HINT_NONE;
    if (kicker && !above->skipped) choice->fates[i - 1] = FATE_KICKER;
    if (below && choice->fates[i + 1] == FATE_SILENT && below->linked == 0 && is_dashed(choice->rules, below)) choice->fates[i + 1] = FATE_SUBTITLE;
}

static bool needs_window(const Choice *choice)
{
    for (size_t i = 0; i < choice->count; i++) {
        if (choice->fates[i] == FATE_HEADING) return false;
        if (choice->fates[i] == FATE_TEXT) return choice->pieces[i]->bold < choice->pieces[i]->chars || choice->pieces[i]->chars >= TEXT_CHARS_LEAST;
    }
    return false;
}

/* ---- the door ---- */

const HtmlPiece *html_choose_heads(Choice *choice, bool whole, Str *title)
{
    const HtmlPiece *window = NULL;
    choose_headings(choice);
    if (!whole) return NULL;
    choose_kickers(choice);
    for (size_t i = 0; i < choice->count && !window; i++)
        if (choice->pieces[i]->hint == HINT_WINDOW) window = choice->pieces[i];
    if (window) *title = without_site(choice->rules, window->text);
    if (window && !html_has_headings(choice)) find_headline(choice, *title);
    choose_head(choice);
    choice->kickers = has_kickers(choice);
    return window && needs_window(choice) ? window : NULL;
}
