#include "page/rests.h"

#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/evidence.h"
#include "page/join.h"
#include "page/sample.h"

/* How far away a rest is looked for. A column that goes on beyond three articles is on another part of the paper. */
enum { ARTICLES_MOST = 3, BLOCKS_MOST = 24, PIECES_MOST = 3, POINTS_LEAST = 3, POSSIBLE_LEAST = 2 };

typedef struct Search {
    PageBlocks *blocks;
    PageArticle *articles;
    size_t count;
    int width;
    CutWords words;
    bool has_words; /* the page's words were gathered: only pages with a paragraph that breaks off need them */
} Search;

typedef enum Place {
    PLACE_WITHIN,    /* amid the article's own text, where any other paragraph could be taken for it */
    PLACE_END,       /* the article's last paragraph */
    PLACE_TOP,       /* right below the heading */
    PLACE_AFTER_STORY, /* a picture's text and its credit stand before it: the story is told */
    PLACE_BEFORE_START /* the article's dateline comes later: what stands before it is not its text */
} Place;

typedef struct Candidate {
    PageBlock *block;
    size_t article;
    Place place;
    int points;
} Candidate;

static PageBlock *limit_of(const Search *search, size_t article)
{
    return article_limit(search->articles, search->count, article);
}

static const CutWords *words_of(Search *search)
{
    if (!search->has_words) search->words = cut_words(search->blocks);
    search->has_words = true;
    return &search->words;
}

/* ---- pictures inside an article ---- */

static bool is_caption_between(PageBlocks *blocks, const CutWords *words, const PageBlock *before, const PageBlock *caption, const PageBlock *credit)
{
    const PageBlock *after = block_next(credit);
    if (!after || !join_is_body(after) || after->mark == MARKED_DATELINE || after->item || !rules_is_closed(blocks->rules, caption->text)) return false;
    int straight = cut_points(blocks->rules, words, before->text, caption->text);
    return straight <= cut_points(blocks->rules, words, before->text, after->text);
}

void rests_pass_pictures(PageBlocks *blocks)
{
    Search search = { .blocks = blocks };
    for (PageBlock *caption = blocks->first; caption; caption = caption->next) {
        PageBlock *credit = join_is_body(caption) && caption->mark == MARKED_NOTHING ? block_next(caption) : NULL;
        if (!credit || credit->mark != MARKED_CREDIT) continue;
        const PageBlock *before = block_previous(caption);
        if (!before || !join_is_open(blocks->rules, before)) continue;
        if (is_caption_between(blocks, words_of(&search), before, caption, credit)) caption->role = ROLE_CAPTION;
    }
    cut_words_finish(&search.words);
}

/* A heading that only a picture story has: text of one paragraph or two, and the credit. Returns what comes behind the credit, where that is text. */
static const PageBlock *behind_story(const PageBlock *heading)
{
    enum { PARAGRAPHS_MOST = 2 };
    const PageBlock *block = block_next(heading);
    int paragraphs = 0;
    for (; block && block->mark != MARKED_CREDIT; block = block_next(block))
        if (block->kind != KIND_TEXT || block->mark != MARKED_NOTHING || ++paragraphs > PARAGRAPHS_MOST) return NULL;
    const PageBlock *behind = block && paragraphs > 0 ? block_next(block) : NULL;
    return behind && join_is_body(behind) && behind->mark == MARKED_NOTHING && !behind->item ? behind : NULL;
}

void rests_find_short(PageBlocks *blocks)
{
    Search search = { .blocks = blocks };
    for (PageBlock *heading = blocks->first; heading; heading = heading->next) {
        PageBlock *line = heading->kind == KIND_HEADING ? block_previous(heading) : NULL;
        if (!line || line->role != ROLE_BODY || line->chars < COLUMN_CHARS_LEAST || !evidence_is_short_line(blocks->rules, line)) continue;
        const PageBlock *before = block_previous(line), *behind = behind_story(heading);
        bool complete = !before || before->kind == KIND_HEADING || before->mark != MARKED_NOTHING || rules_is_closed(blocks->rules, before->text);
        if (behind && complete && cut_points(blocks->rules, words_of(&search), line->text, behind->text) >= -2) line->cut = true;
    }
    cut_words_finish(&search.words);
}

/* ---- whose words a paragraph has ---- */

static void sample_article(const Search *search, size_t article, const PageBlock *without, Sample *sample)
{
    memset(sample, 0, sizeof *sample);
    for (PageBlock *block = search->articles[article].first; block != limit_of(search, article); block = block->next)
        if (block != without && block->kind != KIND_SILENT && sample->chars < SAMPLE_CHARS) sample_add(sample, block->text);
}

/* Above 0: words of the article that breaks off; below 0: of the one where the paragraph stands. */
static int words_points(const Search *search, size_t from, size_t to, const PageBlock *block)
{
    enum { CLEAR = 4, PLAIN = 6 };
    Sample there, here;
    sample_article(search, to, block, &there);
    sample_article(search, from, block, &here);
    int balance = sample_count(block->text, &there, &here) - sample_count(block->text, &here, &there);
    if (balance >= 0) return (balance >= CLEAR) + (balance >= PLAIN);
    return balance <= -PLAIN ? -4 : balance <= -CLEAR ? -2 : 0;
}

/* ---- candidates ---- */

static PageBlock *last_body(const Search *search, size_t article)
{
    PageBlock *last = NULL;
    for (PageBlock *block = search->articles[article].first; block != limit_of(search, article); block = block->next) {
        if (join_is_body(block)) last = block;
        else if (block->mark == MARKED_TO) return NULL; /* it goes on on another page */
    }
    return last;
}

static bool starts_later(const Search *search, const PageBlock *block, size_t article)
{
    for (int seen = 0; block != limit_of(search, article) && seen < BLOCKS_MOST; block = block->next, seen++)
        if (block->mark == MARKED_DATELINE) return true;
    return false;
}

static bool has_more(const Search *search, const PageBlock *block, size_t article)
{
    for (const PageBlock *other = block->next; other != limit_of(search, article); other = other->next)
        if (join_is_body(other)) return true;
    return false;
}

static int place_points(Place place)
{
    static const int POINTS[] = { [PLACE_WITHIN] = -1, [PLACE_END] = 2, [PLACE_TOP] = 2, [PLACE_AFTER_STORY] = 5, [PLACE_BEFORE_START] = 4 };
    return POINTS[place];
}

/* Amid other text, or where any article has a paragraph, points are not enough: it begins as no paragraph does, or it has words of the article that breaks
 * off; and at the end one across the cut, too. */
static bool is_bound(const Search *search, const PageBlock *open, const Candidate *candidate, int cut, int own)
{
    if (candidate->place > PLACE_TOP || (own > 0 && (cut > 0 || candidate->place == PLACE_TOP))) return true;
    return own >= 0 && cut_is_plain(search->blocks->rules, open->text, candidate->block->text);
}

static void weigh(Search *search, size_t to, const PageBlock *open, Candidate candidate, Candidate *best)
{
    int cut = cut_points(search->blocks->rules, words_of(search), open->text, candidate.block->text);
    candidate.points = cut + place_points(candidate.place);
    if (candidate.points < 1) return;
    int own = words_points(search, candidate.article, to, candidate.block);
    /* Behind the story, "here" is the rest of the article that was cut. */
    candidate.points += candidate.place == PLACE_AFTER_STORY && own < 0 ? 0 : own;
    bool sure = is_bound(search, open, &candidate, cut, own);
    if (!sure && candidate.points > POINTS_LEAST - 1) candidate.points = POINTS_LEAST - 1;
    if (candidate.points > best->points) *best = candidate;
}

typedef struct Walk {
    const PageBlock *before; /* the paragraph above */
    bool credit, started;    /* a picture's credit stands above; the article's dateline has come */
} Walk;

static Place place_of(const Search *search, const Walk *walk, const PageBlock *block, size_t article)
{
    if (!walk->started && starts_later(search, block, article)) return PLACE_BEFORE_START;
    if (walk->credit) return PLACE_AFTER_STORY;
    if (!walk->before) return PLACE_TOP;
    return has_more(search, block, article) ? PLACE_WITHIN : PLACE_END;
}

/* What could be the rest: a paragraph whose predecessor is complete, and no picture's text. It is not all that the article has. */
static bool could_be_rest(const Search *search, const Walk *walk, const PageBlock *block, size_t article)
{
    const PageBlock *next = block_next(block);
    if (block->item || block->mark != MARKED_NOTHING || (next && next->mark == MARKED_CREDIT)) return false;
    return walk->before ? rules_is_closed(search->blocks->rules, walk->before->text) : has_more(search, block, article);
}

static void weigh_article(Search *search, size_t to, const PageBlock *open, size_t article, Candidate *best)
{
    Walk walk = { 0 };
    int blocks = 0;
    for (PageBlock *block = search->articles[article].first; block != limit_of(search, article) && blocks++ < BLOCKS_MOST; block = block->next) {
        walk.started |= block->mark == MARKED_DATELINE;
        walk.credit |= block->mark == MARKED_CREDIT && walk.before && !walk.started;
        if (!join_is_body(block)) continue;
        if (could_be_rest(search, &walk, block, article))
            weigh(search, to, open, (Candidate){ .block = block, .article = article, .place = place_of(search, &walk, block, article) }, best);
        walk.credit = false;
        walk.before = block;
    }
}

static Candidate find_rest(Search *search, size_t article, const PageBlock *open)
{
    Candidate best = { 0 };
    for (size_t i = article + 1; i < search->count && i <= article + ARTICLES_MOST; i++) weigh_article(search, article, open, i, &best);
    return best;
}

/* ---- joining ---- */

/* What stands after the rest and before the article's own beginning goes with it: the column goes on. */
static size_t take_tail(Search *search, size_t to, PageBlock *where, const Candidate *rest, PageBlock *block)
{
    size_t taken = 0;
    if (rest->place != PLACE_AFTER_STORY && rest->place != PLACE_BEFORE_START) return 0;
    while (block && block != limit_of(search, rest->article) && block->mark != MARKED_DATELINE && block->mark != MARKED_BYLINE) {
        PageBlock *next = block->next;
        if (rest->place != PLACE_AFTER_STORY && block->kind != KIND_SILENT && words_points(search, rest->article, to, block) < 0) break;
        blocks_move_after(search->blocks, where, block);
        taken += join_is_body(block);
        where = block;
        block = next;
    }
    return taken;
}

static void take_rest(Search *search, size_t to, PageBlock *open, const Candidate *rest)
{
    PageBlock *after = rest->block->next;
    Str text = rest->block->text;
    join_rest(search->blocks, open, rest->block);
    size_t taken = 1 + take_tail(search, to, open, rest, after);
    article_note_move(search->blocks, search->articles, search->width, rest->article, to, taken, text);
    join_columns(search->blocks, search->articles[to].first, limit_of(search, to));
}

static void note_possible(Search *search, size_t to, const Candidate *rest)
{
    Str target = article_number(search->blocks, to, search->width);
    article_note(search->blocks, &search->articles[rest->article],
                 arena_printf(search->blocks->arena, _("the paragraph in line %d may belong to article %.*s; it stays here"), rest->block->line, STR_ARG(target)));
}

/* Whether the last paragraph of article `i` was completed, or could not be. `least`: the points wanted. */
static bool complete(Search *search, size_t i, PageBlock *open, int least)
{
    Candidate rest = find_rest(search, i, open);
    if (rest.points >= least) take_rest(search, i, open, &rest);
    else if (rest.points >= POSSIBLE_LEAST && least == POINTS_LEAST) note_possible(search, i, &rest);
    return rest.points >= least;
}

/* A comma outside of quotes: prose; within them headlines have it, too. */
static bool has_pause(const PageRules *rules, Str text)
{
    int depth = 0;
    while (text.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&text), &code);
        depth += rules_mark(rules, RULE_OPEN, code) - rules_mark(rules, RULE_CLOSE, code);
        if (depth <= 0 && rules_mark(rules, RULE_PAUSE, code)) return true;
    }
    return false;
}

/* A short piece of a paragraph right over a headline looks like its kicker. That it is none shows only where its rest is found. */
static bool complete_kicker(Search *search, size_t i)
{
    enum { KICKER_CHARS_LEAST = 20 };
    PageArticle *below = &search->articles[i + 1];
    PageBlock *kicker = below->first;
    bool alone = kicker->role == ROLE_KICKER && kicker->next && kicker->next->role != ROLE_KICKER;
    if (!alone || kicker->chars < KICKER_CHARS_LEAST || !has_pause(search->blocks->rules, kicker->text) || !last_body(search, i)) return false;
    kicker->role = ROLE_BODY;
    below->first = kicker->next;
    int own = words_points(search, i + 1, i, kicker);
    if (own >= 0 && complete(search, i, kicker, POINTS_LEAST + 1 - (own > 0))) return true;
    kicker->role = ROLE_KICKER;
    below->first = kicker;
    return false;
}

void rests_find(PageBlocks *blocks, PageArticle *articles, size_t count, int width)
{
    Search search = { .blocks = blocks, .articles = articles, .count = count, .width = width };
    for (size_t i = 0; i + 1 < count; i++) {
        complete_kicker(&search, i);
        for (int piece = 0; piece < PIECES_MOST; piece++) {
            PageBlock *open = last_body(&search, i);
            if (!open || !join_is_open(blocks->rules, open) || !complete(&search, i, open, POINTS_LEAST)) break;
        }
    }
    cut_words_finish(&search.words);
}
