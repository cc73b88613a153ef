/* How long things take: known where a sentence was rendered, estimated from its text where not. */
#include "commands/play/session.h"

static double sentence_frames(const Session *session, const OutlineSentence *entry)
{
    return entry->frames ? entry->frames : (double)entry->text.n * session->frames_a_byte;
}

/* Frames of the article's sentences before `sentence`, as far as they are split; for the rest its text counts. */
static double frames_before(const Session *session, const OutlineArticle *article, size_t sentence)
{
    double frames = 0;
    size_t bytes = 0, most = sentence < article->count ? sentence : article->count;
    for (size_t i = 0; i < most; i++) {
        frames += sentence_frames(session, &article->sentences[i]);
        bytes += article->sentences[i].text.n;
    }
    if (sentence > article->count && article->bytes > bytes) frames += (double)(article->bytes - bytes) * session->frames_a_byte;
    return frames;
}

static double here_frames(const Session *session)
{
    bool within = session->clip.frames > 0 && session->clip_begun && !session->ticket.aside;
    return frames_before(session, &session->outline.articles[session->now.article], session->now.sentence) + (within ? (double)session->clip_at : 0);
}

double session_position_s(const Session *session)
{
    return here_frames(session) / SYNTH_RATE_HZ;
}

double session_article_s(const Session *session)
{
    return frames_before(session, &session->outline.articles[session->now.article], SIZE_MAX) / SYNTH_RATE_HZ;
}

double session_article_left_s(const Session *session)
{
    double left = session_article_s(session) - session_position_s(session);
    return left > 0 ? left : 0;
}

double session_page_left_s(const Session *session)
{
    const OutlineArticle *article = &session->outline.articles[session->now.article];
    size_t bytes = session->outline.bytes - article->before_bytes - article->bytes;
    return session_article_left_s(session) + (double)bytes * session->frames_a_byte / SYNTH_RATE_HZ;
}

Position session_at_s(Session *session, double seconds)
{
    Position at = { session->now.article, 0 };
    double left = seconds * SYNTH_RATE_HZ;
    for (Position next = at; outline_at(&session->outline, next); next.sentence++) {
        at = next;
        left -= sentence_frames(session, outline_at(&session->outline, at));
        if (left < 0) break;
    }
    return at;
}
