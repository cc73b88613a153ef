/* --articles 2,5-7: which articles of a page are wanted. */
#ifndef DUBAO_COMMANDS_SELECTION_H
#define DUBAO_COMMANDS_SELECTION_H

#include "base/error.h"
#include "edition.h"

/* Leaves in the edition only the articles that `ranges` names, in the page's order and with the numbers they have there. STATUS_USAGE for what is no list
 * of numbers, and for a number that the page does not have. */
int selection_apply(Edition *edition, const char *ranges, const char *source, Error *error);

#endif
