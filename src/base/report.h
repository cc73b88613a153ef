/* Where a stage says what is worth knowing but is no failure: a character without a reading, a byte that is no
 * text. Stages never print; the program decides where a warning goes. */
#ifndef DUBAO_BASE_REPORT_H
#define DUBAO_BASE_REPORT_H

typedef struct Report {
    void (*warn)(void *context, const char *text); /* one sentence, no newline; NULL: not wanted */
    void *context;
} Report;

void report_warn(const Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
