/* The terminal comes back even when the program cannot give it back itself: killed, crashed, out of memory. A small process waits for its end. */
#ifndef DUBAO_PLAYER_GUARD_H
#define DUBAO_PLAYER_GUARD_H

#include <termios.h>

typedef struct Guard Guard;

/* Starts the process, before anything was done to the terminal `fd`. NULL when that is none or no process can be started: then there is no
 * guard, and the others take NULL. */
Guard *guard_create(int fd);
/* The terminal was set like this: so it is to be found when the program dies, else somebody else has it by now and it is let alone. */
void guard_taken(Guard *guard, const struct termios *set);
/* The terminal was given back. */
void guard_given_back(Guard *guard);
/* What brings a screen back that was taken whole; "" when none is. */
void guard_screen(Guard *guard, const char *leave);
void guard_destroy(Guard *guard);

#endif
