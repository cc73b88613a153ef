#include "commands/play_lines.h"

#include <unistd.h>

#include "base/utf8.h"

/* Without control characters, which a page may hold and a terminal would obey. */
static void print_plain(FILE *out, Str text)
{
    for (Str rest = text; rest.n > 0;) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        fwrite(control ? " " : character.s, 1, control ? 1 : character.n, out);
    }
    fputc('\n', out);
    fflush(out);
}

static void sentence(void *context, Session *session, const Ticket *ticket)
{
    const Lines *lines = context;
    (void)session;
    if (lines->out && (lines->sentences || ticket->aside)) print_plain(lines->out, ticket->text);
}

static void say(void *context, const char *text)
{
    const Lines *lines = context;
    if (lines->out) print_plain(lines->out, str_from(text));
}

static void changed(void *context, Session *session)
{
    (void)context;
    (void)session;
}

Show lines_show(Lines *lines, bool quiet)
{
    *lines = (Lines){ isatty(STDOUT_FILENO) ? stdout : isatty(STDERR_FILENO) ? stderr : NULL, !quiet };
    return (Show){ .sentence = sentence, .say = say, .changed = changed, .tick = changed, .context = lines };
}
