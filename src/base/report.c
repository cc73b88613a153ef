#include "base/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void report_warn(const Report *report, const char *format, ...)
{
    if (!report || !report->warn) return;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text[utf8_whole(text, strlen(text))] = '\0'; /* where it was cut */
    report->warn(report->context, text);
}
