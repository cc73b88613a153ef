/* The one format of dubao's own data: text files of rows, a row a line.
 *
 *     # a comment, from a '#' at the start of a line
 *     field<TAB>field<TAB>field
 *
 * Fields are trimmed; empty lines are skipped. A file that is wrong is named with its line (STATUS_DATA). */
#ifndef DUBAO_BASE_TABLE_H
#define DUBAO_BASE_TABLE_H

#include "base/file.h"

enum { TABLE_FIELDS_MAX = 8 };

typedef struct Table {
    const char *path;
    Str rest;
    int line;       /* of the row in `field`, from 1 */
    int count;      /* fields in the row */
    int wanted;     /* columns that are cut; table_open wants all, and who needs only the first of many may want fewer */
    Str field[TABLE_FIELDS_MAX]; /* views; fields beyond `count` are empty */
} Table;

/* Reads the file into the arena, where all fields stay. */
int table_open(Table *table, Arena *arena, const char *path, Error *error);
/* 1 and the next row, 0 at the end, negative for a row with fewer than `least` fields or too many. */
int table_next(Table *table, int least, Error *error);
/* As many rows as may still come: for an array that holds them all. */
size_t table_rows_most(const Table *table);
/* Fills *error with "path:line: " and the words given; returns -1. */
int table_fault(const Table *table, Error *error, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
