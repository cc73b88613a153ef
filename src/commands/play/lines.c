#include "commands/play/lines.h"

#include <fcntl.h>
#include <stdio_ext.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

/* Without control characters, which a page may hold and a terminal would obey. Where the lines cannot go any more, none is said, and the sound goes on. */
static void print_plain(Lines *lines, Str text)
{
    FILE *out = lines->out;
    if (!out) return;
    for (Str rest = text; rest.n > 0;) {
        uint32_t code;
        Str character = utf8_next(&rest);
        utf8_decode(character, &code);
        bool control = code < 0x20 || (code >= 0x7F && code < 0xA0);
        fwrite(control ? " " : character.s, 1, control ? 1 : character.n, out);
    }
    fputc('\n', out);
    if (fflush(out) == 0) return;
    __fpurge(out);
    clearerr(out);
    lines->out = NULL;
}

static void sentence(void *context, Session *session, const Ticket *ticket)
{
    Lines *lines = context;
    (void)session;
    if (lines->sentences || ticket->aside) print_plain(lines, ticket->text);
}

static void say(void *context, const char *text)
{
    print_plain(context, str_from(text));
}

static void changed(void *context, Session *session)
{
    (void)context;
    (void)session;
}

/* Standard output, unless the sound goes there. */
static bool takes_words(const char *sound_file)
{
    struct stat words, sound;
    int flags = fcntl(STDOUT_FILENO, F_GETFL);
    if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY || fstat(STDOUT_FILENO, &words) < 0) return false;
    if (!sound_file) return true;
    if (strcmp(sound_file, "-") == 0) return false;
    return stat(sound_file, &sound) < 0 || S_ISCHR(sound.st_mode) || sound.st_dev != words.st_dev || sound.st_ino != words.st_ino;
}

Show lines_show(Lines *lines, const char *sound_file, bool quiet)
{
    FILE *out = isatty(STDOUT_FILENO) ? stdout : isatty(STDERR_FILENO) ? stderr : !quiet && takes_words(sound_file) ? stdout : NULL;
    *lines = (Lines){ out, !quiet };
    return (Show){ .sentence = sentence, .say = say, .changed = changed, .tick = changed, .context = lines };
}
