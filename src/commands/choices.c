#include "commands/choices.h"

#include <stdio.h>

const char *choices_join(ChoiceName *name, char *text, size_t room)
{
    char one[64];
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; n < room && name(i, one, sizeof one); i++) n += (size_t)snprintf(text + n, room - n, "%s%s", i > 0 ? ", " : "", one);
    return text;
}
