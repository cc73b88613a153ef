/* dubao text: lines in, spoken form out. */
#include <stdio.h>

#include "base/message.h"
#include "commands/command.h"
#include "commands/lines.h"
#include "publish/json.h"

static void end_line(Str line, Str spoken, bool json, bool any)
{
    (void)any;
    if (json) json_put(stdout, json_pack("{s:o,s:o}", "text", json_text(line, false), "spoken", json_text(spoken, false)));
    else fwrite(spoken.s, 1, spoken.n, stdout);
    putchar('\n');
}

/* ---- --explain: who decided about each piece ---- */

/* A piece may hold any character, U+0000 too, at which printf would stop. */
static void piece_plain(Str text, Str spoken, const char *rule)
{
    putchar('\t');
    fwrite(text.s, 1, text.n, stdout);
    putchar('\t');
    fwrite(spoken.s, 1, spoken.n, stdout);
    printf("\t%s\n", rule);
}

static void piece_as_json(Str text, Str spoken, const char *rule, bool first)
{
    fputs(first ? "{\"pieces\":[" : ",", stdout);
    json_put(stdout, json_pack("{s:o,s:o,s:s?}", "text", json_text(text, false), "spoken", json_text(spoken, false), "rule", rule));
}

/* Pieces come before their line: a long line is printed while it is read. In plain text only those that a row wrote; what stands
 * between them is spoken as it is written. */
static void explain_sentence(const Sentence *sentence, bool json, bool *any)
{
    for (size_t i = 0; i < sentence->piece_count; i++) {
        const Piece *piece = &sentence->pieces[i];
        Str text = str_slice(sentence->text, piece->text_at, piece->text_at + piece->text_n);
        Str spoken = str_slice(sentence->spoken, piece->spoken_at, piece->spoken_at + piece->spoken_n);
        if (json) piece_as_json(text, spoken, piece->rule, !*any);
        else if (piece->rule) piece_plain(text, spoken, piece->rule);
        *any = true;
    }
}

static void end_explained(Str line, Str spoken, bool json, bool any)
{
    if (!json) {
        end_line(line, spoken, json, any);
        return;
    }
    fputs(any ? "]," : "{\"pieces\":[],", stdout);
    json_put_members(stdout, json_pack("{s:o,s:o}", "text", json_text(line, false), "spoken", json_text(spoken, false)));
    fputs("}\n", stdout);
}

static int run(const Settings *settings, Console *console, Error *error)
{
    const LinePrinter plain = { DEPTH_SPOKEN, DEPTH_SPOKEN, NULL, end_line }, explaining = { DEPTH_SPOKEN, DEPTH_SPOKEN, explain_sentence, end_explained };
    return lines_print(settings, console, settings->explain ? &explaining : &plain, error);
}

const Command COMMAND_TEXT = { "text", N_("[FILE...]"), N_("write lines as they are spoken: figures, signs and units in words"), FOR_TEXT, false, run };
