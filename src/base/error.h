/* How a failure travels: the function that finds it fills an Error once, in words for the person at the keyboard
 * (what, where, what to do; one sentence, no newline), and returns a negative code. Callers pass both up
 * unchanged. Only main prints it and ends with its exit status. */
#ifndef DUBAO_BASE_ERROR_H
#define DUBAO_BASE_ERROR_H

/* Exit statuses, the values of sysexits(3h). */
typedef enum Status {
    STATUS_OK = 0,
    STATUS_PARTIAL = 1,        /* some articles failed, each was named */
    STATUS_USAGE = 64,         /* wrong option, unknown voice, bad value in a configuration file */
    STATUS_DATA = 65,          /* input cannot be read as text; our own data files are damaged */
    STATUS_NO_INPUT = 66,      /* no such file, folder without pages */
    STATUS_UNAVAILABLE = 69,   /* synthesiser or sound device */
    STATUS_SYSTEM = 71,        /* no memory */
    STATUS_CANNOT_CREATE = 73, /* output cannot be created */
    STATUS_IO = 74,            /* write failed, disk full */
    STATUS_INTERRUPTED = 130   /* Ctrl-C, SIGTERM, SIGHUP */
} Status;

typedef struct Error {
    Status status;
    char text[512];
} Error;

/* Fills *error (cut at its size) and returns -1. */
int error_set(Error *error, Status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for a failed system call: ": " and the words for errno follow the text. ENOSPC, EDQUOT and EFBIG
 * turn any status into STATUS_IO: a full disk is a full disk wherever it is met; ENOMEM into STATUS_SYSTEM. */
int error_set_errno(Error *error, Status status, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The file that could not be read is one of ours, not one of the user's: STATUS_NO_INPUT becomes STATUS_DATA. Returns -1. */
int error_own_data(Error *error);

#endif
