/* JSON on a stream: values are built with jansson, a piece at a time, so that a long answer needs little memory. */
#ifndef DUBAO_PUBLISH_JSON_H
#define DUBAO_PUBLISH_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "base/str.h"

/* A string; text that is empty and `null_if_empty` gives null. */
json_t *json_text(Str text, bool null_if_empty);
/* A number with at most `decimals` digits after the point. */
json_t *json_rounded(double value, int decimals);
/* Prints the value on one line and frees it. */
void json_put(FILE *out, json_t *value);
/* Prints a string: what json_put(out, json_text(text, false)) does, without building anything where nothing must be escaped. */
void json_put_text(FILE *out, Str text);
/* Prints an object's members without its braces and frees it: what stands before and after is written by hand. */
void json_put_members(FILE *out, json_t *object);

#endif
