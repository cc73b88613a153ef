#include "commands/play/ahead.h"

enum { HAND_OUT_MAX = 2 }; /* sentences a call: reading one takes about a millisecond, and the loudspeaker waits */

void ahead_finish(Ahead *ahead)
{
    arena_finish(&ahead->arena);
    arena_finish(&ahead->aside_arena);
}

void ahead_go(Ahead *ahead, Position at)
{
    pool_flush(ahead->render->pool);
    ahead->first = ahead->count = 0;
    ahead->next = at;
    ahead->ended = ahead->aside_open = ahead->crossed = false;
}

/* `text` stays for as long as a ticket of it does. */
static void open_aside(Ahead *ahead, Str text, bool between)
{
    ahead->aside = (Block){ .role = ROLE_BODY, .text = text };
    ahead->aside_splitter = splitter_start(ahead->reader->marks, &ahead->aside);
    ahead->aside_open = true;
    ahead->aside_between = between;
}

void ahead_say(Ahead *ahead, Str text, Position at)
{
    ahead_go(ahead, at);
    arena_finish(&ahead->aside_arena);
    open_aside(ahead, arena_str(&ahead->aside_arena, text), false);
}

void ahead_signal(Ahead *ahead)
{
    ahead->crossed = true;
}

static void push(Ahead *ahead, const Ticket *ticket)
{
    ahead->tickets[(ahead->first + ahead->count++) % AHEAD_MAX] = *ticket;
}

/* Before the first sentence of an article behind another. */
static void begin_between(Ahead *ahead)
{
    if (!ahead->crossed || ahead->aside_open) return;
    ahead->crossed = false;
    if (ahead->between.words.n > 0) open_aside(ahead, ahead->between.words, true);
    if (ahead->between.chime) push(ahead, &(Ticket){ .at = ahead->next, .aside = true, .between = true, .chime = true, .pause_ms = CHIME_PAUSE_MS });
}

/* What is wrong with a sentence is said once, however often it is heard. */
static void read_sentence(Ahead *ahead, OutlineSentence *entry, Sentence *sentence)
{
    *sentence = outline_sentence(entry);
    reader_read(ahead->reader, sentence, &ahead->arena);
    bool first = ahead->unread.count == 0;
    if (!entry->reported) reader_report_unread(sentence, ahead->page, &ahead->unread, &ahead->console->report);
    if (first) reader_report_page(&ahead->unread, ahead->page, &ahead->console->report);
    entry->reported = true;
}

/* The next sentence that says something; false when there is none. Unspoken ones are passed a few at a time, so that a page of nothing
 * else does not keep a key waiting: then *later is set. */
static bool next_sentence(Ahead *ahead, Sentence *sentence, Ticket *ticket, bool *later)
{
    for (int passed = 0; ahead->aside_open || !ahead->ended; passed++) {
        if ((*later = passed == 8)) return false;
        begin_between(ahead);
        arena_reset(&ahead->arena, (ArenaMark){ 0 });
        *sentence = (Sentence){ 0 };
        *ticket = (Ticket){ .at = ahead->next, .aside = ahead->aside_open, .between = ahead->aside_open && ahead->aside_between };
        if (ahead->aside_open) {
            ahead->aside_open = splitter_next(&ahead->aside_splitter, sentence);
            if (!ahead->aside_open) continue;
            reader_read(ahead->reader, sentence, &ahead->arena);
        } else {
            OutlineSentence *entry = outline_at(ahead->outline, ahead->next);
            if (entry) read_sentence(ahead, entry, sentence);
            ahead->ended = !outline_forward(ahead->outline, &ahead->next);
            ahead->crossed |= !ahead->ended && ahead->next.article != ticket->at.article;
        }
        if (sentence_is_spoken(sentence)) return true;
    }
    return false;
}

/* Made anew where the article, the voice or the rate is another. */
static const Delivery *delivery_now(Ahead *ahead, const Ticket *ticket)
{
    const Article *article = ticket->at.article < ahead->outline->count ? ahead->outline->articles[ticket->at.article].article : NULL;
    const Render *render = ahead->render;
    if (ahead->paced == article && ahead->paced_rate == render->rate && ahead->paced_voice == render->voice.version) return &ahead->delivery;
    ahead->delivery = render_delivery(render, article);
    ahead->paced = article;
    ahead->paced_rate = render->rate;
    ahead->paced_voice = render->voice.version;
    return &ahead->delivery;
}

int ahead_fill(Ahead *ahead, Error *error)
{
    Sentence sentence;
    Ticket ticket;
    bool later = false;
    for (int i = 0; i < HAND_OUT_MAX && ahead->count + 8 < AHEAD_MAX && pool_has_room(ahead->render->pool); i++) {
        if (!next_sentence(ahead, &sentence, &ticket, &later)) break;
        Script script;
        if (script_write(&script, ahead->render->phonemes, delivery_now(ahead, &ticket), &sentence, &ahead->arena, error) < 0) return -1;
        pool_submit(ahead->render->pool, &script);
        ticket.text = sentence.text;
        ticket.line = sentence.line;
        ticket.role = sentence.role;
        ticket.pause_ms = sentence.pause_ms;
        push(ahead, &ticket);
    }
    pool_keep_busy(ahead->render->pool);
    return 0;
}

bool ahead_is_over(const Ahead *ahead)
{
    return ahead->count == 0 && ahead->ended && !ahead->aside_open;
}

PoolResult ahead_take(Ahead *ahead, int timeout_ms, Ticket *ticket, Clip *clip, Error *why)
{
    bool chime = ahead->count > 0 && ahead->tickets[ahead->first].chime;
    if (chime) *clip = (Clip){ .samples = ahead->chime->samples, .frames = ahead->chime->frames, .borrowed = true };
    PoolResult result = chime ? POOL_CLIP : ahead->count > 0 ? pool_take(ahead->render->pool, timeout_ms, clip, why) : POOL_NOTHING;
    if (result == POOL_NOTHING) return result;
    *ticket = ahead->tickets[ahead->first];
    ahead->first = (ahead->first + 1) % AHEAD_MAX;
    ahead->count--;
    return result;
}

bool ahead_is_spoken(Ahead *ahead, Position at)
{
    const OutlineSentence *entry = outline_at(ahead->outline, at);
    if (!entry) return false;
    arena_reset(&ahead->arena, (ArenaMark){ 0 });
    Sentence sentence = outline_sentence(entry);
    reader_read(ahead->reader, &sentence, &ahead->arena);
    return sentence_is_spoken(&sentence);
}
