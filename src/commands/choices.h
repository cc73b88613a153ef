/* Values of an option that are rows of a table: for the help and for the message that names them. */
#ifndef DUBAO_COMMANDS_CHOICES_H
#define DUBAO_COMMANDS_CHOICES_H

#include <stdbool.h>
#include <stddef.h>

/* What the i-th is called; false behind the last. */
typedef bool ChoiceName(size_t i, char *text, size_t room);

/* "wav, flac, ogg" into `text`, which it comes back with. */
const char *choices_join(ChoiceName *name, char *text, size_t room);

#endif
