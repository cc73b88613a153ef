#include "commands/masthead.h"

#include <ctype.h>
#include <string.h>

#include "base/file.h"
#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

/* ---- dates ---- */

/* The digits at the beginning of `text`, at least `least` and at most `most`; -1 when there are fewer. */
static int take_number(Str *text, size_t least, size_t most)
{
    int value = 0;
    size_t n = 0;
    while (n < text->n && n < most && isdigit((unsigned char)text->s[n])) value = value * 10 + (text->s[n++] - '0');
    *text = str_slice(*text, n, text->n);
    return n < least ? -1 : value;
}

/* Year, month and day with one character between them (年, -, ., /), or all in eight digits. */
static bool read_date(Str text, int *year, int *month, int *day)
{
    static const int DAYS[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    *year = take_number(&text, 4, 4);
    bool apart = text.n > 0 && !isdigit((unsigned char)text.s[0]);
    if (apart) utf8_next(&text);
    *month = take_number(&text, apart ? 1 : 2, 2);
    if (apart && text.n > 0) utf8_next(&text);
    *day = take_number(&text, apart ? 1 : 2, 2);
    bool ends = text.n == 0 || !isdigit((unsigned char)text.s[0]);
    return ends && *year >= 1900 && *year < 2100 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= DAYS[*month - 1];
}

static Str find_date(Str text, Arena *arena)
{
    int year, month, day;
    for (size_t i = 0; i < text.n; i++) {
        bool begins = isdigit((unsigned char)text.s[i]) && (i == 0 || !isdigit((unsigned char)text.s[i - 1]));
        if (begins && read_date(str_slice(text, i, text.n), &year, &month, &day)) return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
    }
    return (Str){ 0 };
}

int masthead_check(const Settings *settings, Error *error)
{
    Arena arena = { 0 };
    bool good = !settings->date || find_date(str_from(settings->date), &arena).n > 0;
    arena_finish(&arena);
    return good ? 0 : error_set(error, STATUS_USAGE, _("%s wants a date as 2024-10-08, not '%s'"), settings_source(settings, &settings->date), settings->date);
}

/* ---- the paper's name ---- */

int masthead_endings(Arena *arena, const char *data, PaperEnding **endings, size_t *count, Error *error)
{
    Table table;
    int row;
    *endings = NULL;
    *count = 0;
    if (table_open(&table, arena, arena_printf(arena, "%s/voices/mandarin/papers.tsv", data).s, error) < 0) return -1;
    while ((row = table_next(&table, 2, error)) > 0) {
        *endings = arena_grow(arena, *endings, *count, *count + 1, sizeof **endings);
        (*endings)[(*count)++] = (PaperEnding){ table.field[0], str_is(table.field[1], "dated") };
    }
    return row;
}

static bool is_name(Str word, const PaperEnding *endings, size_t count, bool dated)
{
    enum { CHARACTERS_MAX = 12 };
    size_t characters = 0;
    uint32_t code;
    for (Str rest = word; rest.n > 0; characters++) {
        utf8_decode(utf8_next(&rest), &code);
        if (!utf8_is_han(code)) return false;
    }
    for (size_t i = 0; i < count; i++)
        if (word.n > endings[i].text.n && (dated || !endings[i].dated) && str_ends(word, endings[i].text)) return characters <= CHARACTERS_MAX;
    return false;
}

/* What stands at the head of `text` and is no word: one character, or a number with the unit behind it (8日, 3版; but not the A3 of a page). */
static Str skip_between(Str text, bool after_letter)
{
    bool number = !after_letter && isdigit((unsigned char)text.s[0]);
    if (!number) utf8_next(&text);
    while (number && text.n > 0 && isdigit((unsigned char)text.s[0])) text = str_slice(text, 1, text.n);
    if (number && text.n > 0) utf8_next(&text);
    return text;
}

/* The run of Chinese characters at the head. */
static Str leading_word(Str text)
{
    size_t n = 0;
    uint32_t code;
    for (Str rest = text; rest.n > 0; n = text.n - rest.n) {
        utf8_decode(utf8_next(&rest), &code);
        if (!utf8_is_han(code)) break;
    }
    return str_slice(text, 0, n);
}

/* A word that ends as papers' names do. */
static Str find_name(Str text, const PaperEnding *endings, size_t count, bool dated)
{
    bool after_letter = false;
    while (text.n > 0) {
        Str word = leading_word(text);
        if (is_name(word, endings, count, dated)) return word;
        text = str_slice(text, word.n, text.n);
        if (text.n == 0) break;
        bool letter = isalpha((unsigned char)text.s[0]) || (after_letter && isdigit((unsigned char)text.s[0]));
        text = skip_between(text, after_letter);
        after_letter = letter;
    }
    return (Str){ 0 };
}

/* The name of a window ends in that of the paper, or of a part of it: 江湾晨报网, 江湾晨报副刊. */
static Str find_window_name(Str window, const PaperEnding *endings, size_t count)
{
    enum { BEHIND_MOST = 2 };
    Str word = { 0 };
    for (Str rest = window; rest.n > 0;) {
        word = leading_word(rest);
        rest = str_slice(rest, word.n, rest.n);
        if (rest.n > 0) utf8_next(&rest);
    }
    for (int behind = 0; behind <= BEHIND_MOST && word.n > 0; behind++) {
        if (is_name(word, endings, count, false)) return word;
        word.n -= utf8_last(word).n;
    }
    return (Str){ 0 };
}

/* "/news/晨报头版.md" is called "晨报头版". */
static Str stem_of(Str page)
{
    Str name = file_title(page);
    const char *slash = memrchr(name.s, '/', name.n);
    if (slash) name = str_slice(name, (size_t)(slash + 1 - name.s), name.n);
    const char *dot = memrchr(name.s, '.', name.n);
    return dot && dot > name.s ? str_slice(name, 0, (size_t)(dot - name.s)) : name;
}

/* 临 江 日 报: a line without its spaces. */
static Str close_up(Str text, Arena *arena)
{
    char *out = arena_alloc(arena, text.n + 1);
    size_t used = 0;
    while (text.n > 0) {
        Str character = utf8_next(&text);
        if (str_is(character, " ") || str_is(character, "\u3000")) continue;
        memcpy(out + used, character.s, character.n);
        used += character.n;
    }
    return (Str){ out, used };
}

/* What `text` says and nothing before it did. */
static void take(Masthead *found, Str text, const PaperEnding *endings, size_t count, Arena *arena)
{
    Str date = find_date(text, arena);
    if (found->date.n == 0) found->date = date;
    if (found->paper.n == 0) found->paper = find_name(text, endings, count, date.n > 0);
    if (found->paper.n == 0) found->paper = find_name(close_up(text, arena), endings, count, false);
}

Masthead masthead_find(const Settings *settings, const Edition *edition, const PaperEnding *endings, size_t ending_count, Arena *arena)
{
    Str stem = stem_of(edition->page);
    Masthead found = { .paper = str_from(settings->paper) };
    if (settings->date) found.date = find_date(str_from(settings->date), arena);
    for (const Article *article = edition->articles; article; article = article->next)
        for (const Block *block = article->blocks; block; block = block->next) {
            if (!block->furniture) continue;
            take(&found, block->text, endings, ending_count, arena);
        }
    take(&found, edition->nameplate, endings, ending_count, arena);
    take(&found, stem, endings, ending_count, arena);
    if (found.paper.n == 0) found.paper = find_window_name(edition->window, endings, ending_count);
    found.album = found.paper.n == 0 ? stem : arena_printf(arena, "%.*s%s%.*s", STR_ARG(found.paper), found.date.n ? " " : "", STR_ARG(found.date));
    return found;
}

/* ---- several pages ---- */

static void add_once(Str *list, size_t *count, Str value, Arena *arena)
{
    for (size_t i = 0; i < *count; i++)
        if (str_equal(list[i], value)) return;
    if (value.n > 0 && *count < MASTHEADS_MAX) list[(*count)++] = arena_str(arena, value);
}

void mastheads_add(Mastheads *all, const Masthead *page, Arena *arena)
{
    bool named = page->paper.n > 0, first = all->page_count++ == 0 || (named && !all->named);
    if (all->named && !named) return; /* what a file is called says nothing beside a paper's name */
    if (first) *all = (Mastheads){ .page_count = all->page_count, .named = named, .one_date = true };
    all->one_date &= all->date.n == 0 || page->date.n == 0 || str_equal(all->date, page->date);
    if (str_compare(page->date, all->date) > 0) all->date = arena_str(arena, page->date);
    add_once(all->papers, &all->paper_count, page->paper, arena);
    add_once(all->albums, &all->album_count, page->album, arena);
}

static Str join_list(const Str *list, size_t count, Arena *arena)
{
    Str joined = count > 0 ? list[0] : (Str){ 0 };
    for (size_t i = 1; i < count && i + 1 < MASTHEADS_MAX; i++) joined = arena_printf(arena, "%.*s、%.*s", STR_ARG(joined), STR_ARG(list[i]));
    return count == MASTHEADS_MAX ? arena_printf(arena, "%.*s…", STR_ARG(joined)) : joined;
}

Masthead mastheads_join(const Mastheads *all, Arena *arena)
{
    Masthead joined = { .paper = join_list(all->papers, all->paper_count, arena), .date = all->date };
    if (!all->named || !all->one_date) joined.album = join_list(all->albums, all->album_count, arena);
    else joined.album = arena_printf(arena, "%.*s%s%.*s", STR_ARG(joined.paper), all->date.n ? " " : "", STR_ARG(all->date));
    return joined;
}
