/* The remote: commands as lines on standard input, answers and events as JSON, one object a line, on standard output. */
#ifndef DUBAO_COMMANDS_PLAY_REMOTE_H
#define DUBAO_COMMANDS_PLAY_REMOTE_H

#include "commands/play/session.h"

/* What the remote is told without asking: each sentence as it begins, messages. */
Show remote_show(void);
/* Does what a line asks for and answers with one line. Negative when the run cannot go on. */
int  remote_line(Session *session, Str line, Error *error);
/* The same for the beginning of a line that is too long to be kept. */
void remote_long_line(Str line);
/* The last line: why it ended ("end", "quit", "sleep", "error"); before it a line with the error, unless that is NULL. */
void remote_end(const Session *session, const char *why, const Error *error);

#endif
