#include "commands/selection.h"

#include "base/file.h"
#include "base/message.h"

typedef struct Range {
    long first, last;
} Range;

/* "5", "5-7", or "5-" up to the last; spaces may stand around the numbers. */
static bool range_read(Str text, long most, Range *range)
{
    bool open = str_ends(text, STR("-"));
    Str first = str_trim(str_split(&text, '-')), last = str_trim(text);
    if (!str_to_long(first, &range->first)) return false;
    if (last.n == 0) range->last = open && range->first <= most ? most : range->first;
    else if (!str_to_long(last, &range->last)) return false;
    return range->first >= 1 && range->last >= range->first;
}

static int mark(const Edition *edition, bool *wanted, Str part, const char *source, Error *error)
{
    Range range;
    Str page = file_title(edition->page);
    if (!range_read(part, (long)edition->article_count, &range))
        return error_set(error, STATUS_USAGE, _("%s wants numbers and ranges, such as 2,5-7, not '%.*s'"), source, STR_ARG(part));
    if (range.last > (long)edition->article_count)
        return error_set(error, STATUS_USAGE, ngettext("%s %.*s: %.*s has %zu article", "%s %.*s: %.*s has %zu articles", edition->article_count), source,
                         STR_ARG(part), STR_ARG(page), edition->article_count);
    for (long i = range.first; i <= range.last; i++) wanted[i - 1] = true;
    return 0;
}

int selection_apply(Edition *edition, const char *ranges, const char *source, Error *error)
{
    bool *wanted = ARENA_NEW(&edition->arena, bool, edition->article_count + 1);
    Str rest = str_from(ranges);
    while (rest.n > 0) {
        Str part = str_trim(str_split(&rest, ','));
        if (mark(edition, wanted, part.n > 0 ? part : str_from(ranges), source, error) < 0) return -1;
    }
    Article **link = &edition->articles;
    size_t kept = 0;
    for (size_t i = 0; *link; i++) {
        if (wanted[i]) {
            link = &(*link)->next;
            kept++;
        } else {
            *link = (*link)->next;
        }
    }
    edition->article_count = kept;
    return 0;
}
