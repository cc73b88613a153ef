#include "page/moves.h"

#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/utf8.h"
#include "page/grams.h"
#include "page/join.h"

enum { WINDOW_MOST = 3, EXCHANGE_MOST = 3, NO_ARTICLE = UINT32_MAX };

typedef struct Paragraph {
    PageBlock *block;
    uint32_t article;
    uint32_t *grams;       /* their numbers, in ascending order, each once */
    size_t gram_count;
    bool movable, anchor;
} Paragraph;

typedef struct Moves {
    PageBlocks *blocks;
    PageArticle *articles;
    size_t article_count;
    int width;
    Grams grams;
    Paragraph *paragraphs; /* headings, too: they hold words of the article */
    size_t count;
} Moves;

/* What speaks for a paragraph's belonging to another article. */
typedef struct Verdict {
    uint32_t article;       /* NO_ARTICLE: nothing does */
    int topic, rival_topic; /* n-grams that recur there or anchor it; the same of the next best article */
    int anchors;            /* of three characters and more, in its head or first paragraph */
    int total, rival_total; /* all that stand only there */
    int own;                /* those that stand only where the paragraph stands */
    int words;              /* about how many words the n-grams of the topic are of */
} Verdict;

/* ---- evidence ---- */

static void count_in(Gram *gram, const Paragraph *paragraph)
{
    int slot = gram->times[0] == 0 || gram->article[0] == paragraph->article ? 0 : 1;
    if (slot == 1 && gram->times[1] > 0 && gram->article[1] != paragraph->article) {
        gram->more = true;
        return;
    }
    gram->article[slot] = (uint16_t)paragraph->article;
    if (gram->times[slot] < UINT8_MAX) gram->times[slot]++;
    if (slot == 0) gram->first_anchored |= paragraph->anchor;
    else gram->second_anchored |= paragraph->anchor;
}

static void count_grams(Moves *moves, size_t bytes)
{
    Grams *grams = &moves->grams;
    *grams = grams_start(moves->blocks->scratch, moves->blocks->rules, bytes);
    for (size_t i = 0; i < moves->count; i++) grams_note(grams, moves->paragraphs[i].block->text);
    for (size_t i = 0; i < moves->count; i++) {
        Paragraph *paragraph = &moves->paragraphs[i];
        paragraph->gram_count = grams_find(grams, paragraph->block->text, &paragraph->grams);
        for (size_t k = 0; k < paragraph->gram_count; k++) count_in(&grams->rows[paragraph->grams[k]], paragraph);
    }
}

/* In how many of the window's paragraphs it stands. */
static int times_in(const Paragraph *window, size_t length, uint32_t gram)
{
    int times = 0;
    for (size_t i = 0; i < length; i++) times += grams_have(window[i].grams, window[i].gram_count, gram);
    return times;
}

/* Counts per other article: few take part, a list is enough. */
enum { OTHERS_MOST = 24 };
typedef struct Others {
    uint32_t article[OTHERS_MOST];
    int topic[OTHERS_MOST], anchors[OTHERS_MOST], total[OTHERS_MOST];
    int lengths[OTHERS_MOST][GRAM_MOST + 2];
    int count;
} Others;

static void add_evidence(Others *others, const Gram *gram, int slot)
{
    int i = 0;
    while (i < others->count && others->article[i] != gram->article[slot]) i++;
    if (i == OTHERS_MOST) return;
    if (i == others->count) others->article[others->count++] = gram->article[slot];
    bool anchored = slot == 0 ? gram->first_anchored : gram->second_anchored, topic = gram->times[slot] >= 2 || anchored;
    others->total[i]++;
    others->topic[i] += topic;
    others->lengths[i][gram->length] += topic;
    others->anchors[i] += anchored && gram->length > 2;
}

/* A word of n characters holds n - 1 pairs, n - 2 triples and n - 3 fours. Its pairs may stand in other articles, too, and tell nothing. */
static int count_words(const int *lengths)
{
    int words = lengths[GRAM_MOST] > 0;
    for (int n = GRAM_LEAST; n < GRAM_MOST; n++)
        if (lengths[n] - lengths[n + 1] > words) words = lengths[n] - lengths[n + 1];
    return words;
}

static Verdict verdict_of(const Others *others, int own)
{
    Verdict verdict = { .article = NO_ARTICLE, .own = own };
    int best = -1;
    for (int i = 0; i < others->count; i++)
        if (best < 0 || others->topic[i] > others->topic[best]) best = i;
    if (best < 0) return verdict;
    verdict.article = others->article[best];
    verdict.topic = others->topic[best];
    verdict.anchors = others->anchors[best];
    verdict.total = others->total[best];
    verdict.words = count_words(others->lengths[best]);
    for (int i = 0; i < others->count; i++) {
        if (i == best) continue;
        if (others->topic[i] > verdict.rival_topic) verdict.rival_topic = others->topic[i];
        if (others->total[i] > verdict.rival_total) verdict.rival_total = others->total[i];
    }
    return verdict;
}

/* The paragraph judged as if the whole window stood nowhere yet. */
static Verdict judge(const Moves *moves, const Paragraph *window, size_t length, const Paragraph *paragraph)
{
    Others others = { .count = 0 };
    int own = 0;
    for (size_t i = 0; i < paragraph->gram_count; i++) {
        uint32_t number = paragraph->grams[i];
        const Gram *gram = &moves->grams.rows[number];
        if (gram->more) continue;
        int here = gram->article[0] == paragraph->article ? 0 : 1;
        bool elsewhere = gram->times[1 - here] > 0, left = gram->times[here] > times_in(window, length, number);
        if (elsewhere && !left) add_evidence(&others, gram, 1 - here);
        own += left && !elsewhere;
    }
    return verdict_of(&others, own);
}

/* A neighbour of the article is likelier than one on the other side of the page. */
static bool is_near(const Verdict *verdict, uint32_t from)
{
    return verdict->article + 1 == from || verdict->article == from + 1;
}

static bool is_likely(const Verdict *verdict, uint32_t from)
{
    enum { TOPIC_LEAST = 3 };
    int times = is_near(verdict, from) ? 1 : 3;
    if (verdict->article == NO_ARTICLE || verdict->topic < TOPIC_LEAST * times || verdict->anchors < times) return false;
    return verdict->topic >= 2 * verdict->rival_topic && verdict->total > verdict->rival_total && verdict->topic > 2 * verdict->own * times + 1;
}

/* Nothing at all binds the paragraph to its place, and the article beside is the only one that has words of it again and again: then they need not stand in
 * its head. On pages put together at random, 99 of 100 paragraphs that are so, and not sure otherwise, went where they belong. */
static bool is_homeless(const Verdict *verdict, uint32_t from)
{
    enum { TOPIC_LEAST = 3, WORDS_LEAST = 2, AHEAD = 3 };
    if (verdict->article == NO_ARTICLE || !is_near(verdict, from) || verdict->own > 0 || verdict->rival_topic > 0) return false;
    return verdict->topic >= TOPIC_LEAST && verdict->words >= WORDS_LEAST && verdict->total >= verdict->rival_total + AHEAD;
}

/* Two words at least, in the head or right under it: a single word stands in two articles by chance, however many n-grams it holds. Where nothing at all
 * binds the paragraph to its place, one long name is enough, or many words. Of some 5,300 paragraphs on pages put together at random, one in 200 was
 * likely and wrong; none was sure and wrong. */
static bool is_sure(const Verdict *verdict, uint32_t from)
{
    enum { WORDS_LEAST = 2, ANCHORS_LEAST = 2, NAME_ANCHORS_LEAST = 3, MANY_LEAST = 10 };
    int more = is_near(verdict, from) ? 0 : 1;
    if (is_homeless(verdict, from)) return true;
    if (!is_likely(verdict, from)) return false;
    if (verdict->words >= WORDS_LEAST + more && verdict->anchors >= ANCHORS_LEAST + more) return true;
    bool name = verdict->anchors >= NAME_ANCHORS_LEAST && verdict->rival_topic == 0, many = verdict->words >= WORDS_LEAST && verdict->total >= MANY_LEAST;
    return verdict->own == 0 && (name || many);
}

/* Beside a paragraph that is sure, one word is enough. */
static bool may_follow(const Verdict *verdict, uint32_t from)
{
    enum { ANCHORS_LEAST = 2 };
    return is_likely(verdict, from) && verdict->anchors >= ANCHORS_LEAST;
}

static bool is_possible(const Verdict *verdict)
{
    return verdict->article != NO_ARTICLE && verdict->topic >= 4 && verdict->anchors >= 2 && verdict->topic > verdict->rival_topic && verdict->topic > verdict->own + 1;
}

/* ---- moving ---- */

static bool is_body(const PageBlock *block)
{
    return block->kind == KIND_TEXT && block->role == ROLE_BODY;
}

/* At the end of its text, but before a paragraph that is signed: after the author's name comes nothing. */
static PageBlock *place_in(const Moves *moves, uint32_t article)
{
    const PageBlock *limit = article_limit(moves->articles, moves->article_count, article);
    PageBlock *last = moves->articles[article].first;
    for (PageBlock *block = last; block != limit; block = block->next)
        if (is_body(block)) last = block;
    return is_body(last) && last->signature && last->previous ? last->previous : last;
}

static void move(Moves *moves, const Paragraph *window, size_t length, uint32_t to)
{
    PageBlocks *blocks = moves->blocks;
    uint32_t from = window->article;
    PageBlock *where = place_in(moves, to);
    for (size_t i = 0; i < length; i++) {
        PageBlock *block = window[i].block;
        blocks_move_after(blocks, where, block);
        block->note = arena_printf(blocks->arena, _("moved here from article %.*s"), STR_ARG(article_number(blocks, from, moves->width)));
        where = block;
    }
    article_note_move(blocks, moves->articles, moves->width, from, to, length, window->block->text);
    /* The last paragraph there may have been cut where this one goes on. */
    join_columns(blocks, moves->articles[to].first, article_limit(moves->articles, moves->article_count, to));
}

/* The article that all paragraphs of the window belong to; NO_ARTICLE without. One that is sure speaks for those that stand beside it. */
static uint32_t target_of(const Moves *moves, const Paragraph *window, size_t length, int *topic)
{
    uint32_t target = NO_ARTICLE;
    bool sure = false;
    *topic = 0;
    for (size_t i = 0; i < length; i++) {
        Verdict verdict = judge(moves, window, length, &window[i]);
        if (!(is_sure(&verdict, window->article) || may_follow(&verdict, window->article)) || (i > 0 && verdict.article != target)) return NO_ARTICLE;
        target = verdict.article;
        sure |= is_sure(&verdict, window->article);
        *topic += verdict.topic;
    }
    return sure ? target : NO_ARTICLE;
}

static bool is_window(const Moves *moves, size_t first, size_t length)
{
    if (first + length > moves->count) return false;
    for (size_t i = first; i < first + length; i++)
        if (!moves->paragraphs[i].movable || moves->paragraphs[i].article != moves->paragraphs[first].article) return false;
    return true;
}

static void note_possible(Moves *moves, const Paragraph *paragraph)
{
    Verdict verdict = judge(moves, paragraph, 1, paragraph);
    if (!is_possible(&verdict)) return;
    Str target = article_number(moves->blocks, verdict.article, moves->width);
    article_note(moves->blocks, &moves->articles[paragraph->article],
                 arena_printf(moves->blocks->arena, _("the paragraph in line %d may belong to article %.*s; it stays here"), paragraph->block->line, STR_ARG(target)));
}

/* A window that is to be moved. */
typedef struct Plan {
    size_t length; /* 0: none begins here */
    uint32_t to;
    int topic;     /* how much speaks for it */
} Plan;

/* A paragraph that stands in the wrong place draws others of its article after it: of two that would change places, only the one more speaks for goes. */
static void drop_exchanges(const Moves *moves, Plan *plans)
{
    for (size_t i = 0; i < moves->count; i++)
        for (size_t k = i + 1; plans[i].length > 0 && k < moves->count && moves->paragraphs[k].article <= moves->paragraphs[i].article + EXCHANGE_MOST; k++) {
            if (plans[k].length == 0 || plans[k].to != moves->paragraphs[i].article || plans[i].to != moves->paragraphs[k].article) continue;
            size_t weaker = plans[k].topic < plans[i].topic ? k : i;
            plans[weaker].length = 0;
        }
}

/* Longer windows first: paragraphs that were displaced together speak for each other. */
static void find(Moves *moves)
{
    Plan *plans = ARENA_NEW(moves->blocks->scratch, Plan, moves->count + 1);
    for (size_t length = WINDOW_MOST; length > 0; length--) {
        for (size_t i = 0; i < moves->count; i++) {
            if (!is_window(moves, i, length)) continue;
            Plan plan = { .length = length };
            plan.to = target_of(moves, &moves->paragraphs[i], length, &plan.topic);
            if (plan.to == NO_ARTICLE) continue;
            plans[i] = plan;
            for (size_t k = i; k < i + length; k++) moves->paragraphs[k].movable = false;
        }
    }
    drop_exchanges(moves, plans);
    for (size_t i = 0; i < moves->count; i++)
        if (moves->paragraphs[i].movable) note_possible(moves, &moves->paragraphs[i]);
    for (size_t i = 0; i < moves->count; i++)
        if (plans[i].length > 0) move(moves, &moves->paragraphs[i], plans[i].length, plans[i].to);
}

/* ---- the page ---- */

static bool takes_part(const PageBlock *block)
{
    return block->kind != KIND_SILENT && (is_body(block) || block->kind == KIND_HEADING || block->role == ROLE_KICKER || block->role == ROLE_SUBTITLE ||
                                          block->role == ROLE_CAPTION);
}

/* The first paragraph is the article's own: the head stands right over it. */
static void add_paragraph(Moves *moves, PageBlock *block, uint32_t article, bool *led)
{
    Paragraph *paragraph = &moves->paragraphs[moves->count++];
    *paragraph = (Paragraph){ .block = block, .article = article };
    paragraph->anchor = !is_body(block) || !*led;
    paragraph->movable = is_body(block) && *led && block->mark == MARKED_NOTHING && !block->item;
    *led |= is_body(block);
}

static size_t count_parts(const PageBlocks *blocks, size_t *bytes)
{
    size_t count = 0;
    *bytes = 0;
    for (const PageBlock *block = blocks->first; block; block = block->next) {
        if (!takes_part(block)) continue;
        count++;
        *bytes += block->text.n;
    }
    return count;
}

PageBlock *article_limit(const PageArticle *articles, size_t count, size_t i)
{
    return i + 1 < count ? articles[i + 1].first : NULL;
}

void article_note(PageBlocks *blocks, PageArticle *article, Str text)
{
    Note *note = ARENA_NEW(blocks->arena, Note, 1);
    note->text = text;
    if (!article->notes_tail) article->notes_tail = &article->notes;
    *article->notes_tail = note;
    article->notes_tail = &note->next;
}

static Str beginning(Str text)
{
    enum { CHARS = 12 };
    Str rest = text;
    for (int i = 0; i < CHARS && rest.n > 0; i++) utf8_next(&rest);
    return str_slice(text, 0, text.n - rest.n);
}

Str article_number(const PageBlocks *blocks, size_t i, int width)
{
    return arena_printf(blocks->arena, "%0*zu", width, i + 1);
}

void article_note_move(PageBlocks *blocks, PageArticle *articles, int width, size_t from, size_t to, size_t paragraphs, Str text)
{
    Str start = beginning(text), source = article_number(blocks, from, width), target = article_number(blocks, to, width);
    article_note(blocks, &articles[to],
                 arena_printf(blocks->arena, ngettext("%zu paragraph moved here from article %.*s: %.*s…", "%zu paragraphs moved here from article %.*s: %.*s…", paragraphs),
                              paragraphs, STR_ARG(source), STR_ARG(start)));
    article_note(blocks, &articles[from],
                 arena_printf(blocks->arena, ngettext("%zu paragraph moved to article %.*s: %.*s…", "%zu paragraphs moved to article %.*s: %.*s…", paragraphs), paragraphs,
                              STR_ARG(target), STR_ARG(start)));
}

void moves_make(PageBlocks *blocks, PageArticle *articles, size_t count, int width)
{
    Moves moves = { .blocks = blocks, .articles = articles, .article_count = count, .width = width };
    size_t bytes, parts = count_parts(blocks, &bytes);
    if (count < 2 || count > MOVES_ARTICLES_MOST || bytes > 3 * (size_t)MOVES_CHARACTERS_MOST) return;
    moves.paragraphs = ARENA_NEW(blocks->scratch, Paragraph, parts);
    for (uint32_t i = 0; i < count; i++) {
        bool led = false;
        for (PageBlock *block = articles[i].first; block != article_limit(articles, count, i); block = block->next)
            if (takes_part(block)) add_paragraph(&moves, block, i, &led);
    }
    count_grams(&moves, bytes);
    find(&moves);
    grams_finish(&moves.grams);
}
