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

static int run(const Settings *settings, Console *console, Error *error)
{
    return lines_print(settings, console, &(LinePrinter){ NULL, end_line }, error);
}

const Command COMMAND_TEXT = { "text", N_("[FILE...]"), N_("write lines as they are spoken: figures, signs and units in words"), FOR_TEXT, false, run };
