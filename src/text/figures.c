#include "text/figures.h"

#include "base/message.h"

enum { SPECIAL_TWO, SPECIAL_POINT };

static int list_wanted(const WordList **list, const WordLists *lists, const char *name, size_t count, Error *error)
{
    *list = words_find(lists, str_from(name));
    if (*list && (*list)->count >= count) return 0;
    return error_set(error, STATUS_DATA, _("words.tsv: the list \"%s\" must have %zu words"), name, count);
}

int figures_init(Figures *figures, const WordLists *lists, Error *error)
{
    if (list_wanted(&figures->digits, lists, "digits", 10, error) < 0) return -1;
    if (list_wanted(&figures->serial, lists, "serial", 10, error) < 0) return -1;
    if (list_wanted(&figures->places, lists, "places", 3, error) < 0) return -1;
    if (list_wanted(&figures->groups, lists, "groups", 3, error) < 0) return -1;
    return list_wanted(&figures->special, lists, "figure-words", 2, error);
}

static void say_word(const WordList *list, Writer *writer, size_t index)
{
    writer_text(writer, list->words[index].text);
}

/* Digit by digit; whatever else stands between them (separators) is not said. */
static void say_digits(const WordList *digits, Writer *writer, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (code_is_digit(writer->chars->code[i])) say_word(digits, writer, writer->chars->code[i] - '0');
}

/* Four places, most significant first. `zero`: a 零 is owed from higher up. */
static void say_group(const Figures *figures, Writer *writer, const unsigned digit[4], bool zero, bool first, bool two)
{
    bool said = false;
    for (size_t i = 0; i < 4; i++) {
        size_t place = 3 - i;
        if (digit[i] == 0) {
            zero |= said;
            continue;
        }
        if (zero) say_word(figures->digits, writer, 0);
        zero = false;
        bool leads = first && !said;
        /* 十五, but 一百一十五; 两千, 两万, but 二百, 二十. */
        if (digit[i] == 2 && leads && two && place != 1 && place != 2) say_word(figures->special, writer, SPECIAL_TWO);
        else if (!(digit[i] == 1 && place == 1 && leads)) say_word(figures->digits, writer, digit[i]);
        if (place > 0) say_word(figures->places, writer, place - 1);
        said = true;
    }
}

static void say_quantity(const Figures *figures, Writer *writer, const unsigned digit[QUANTITY_DIGITS_MAX], size_t n, bool count)
{
    unsigned padded[QUANTITY_DIGITS_MAX] = { 0 };
    bool any = false, zero = false;
    for (size_t i = 0; i < n; i++) padded[QUANTITY_DIGITS_MAX - n + i] = digit[i];
    for (size_t group = 0; group < 4; group++) {
        const unsigned *four = padded + group * 4;
        unsigned value = four[0] * 1000 + four[1] * 100 + four[2] * 10 + four[3];
        if (value == 0) {
            zero |= any;
            continue;
        }
        bool alone = group == 3 && value == 2 && !any;
        say_group(figures, writer, four, any && (zero || value < 1000), !any, !alone || count);
        /* 一万亿 is written in two groups of which the lower says 亿 again only where it has figures. */
        bool below = padded[4] || padded[5] || padded[6] || padded[7];
        if (group == 0) say_word(figures->groups, writer, below ? 0 : 2);
        else if (group < 3) say_word(figures->groups, writer, 2 - group);
        any = true;
        zero = false;
    }
    if (!any) say_word(figures->digits, writer, 0);
}

/* The figures of the whole part; -1 when there are too many of them. */
static int whole_part(const Chars *chars, size_t from, size_t to, unsigned digit[QUANTITY_DIGITS_MAX])
{
    int n = 0;
    for (size_t i = from; i < to; i++) {
        if (!code_is_digit(chars->code[i])) continue;
        if (n == 0 && chars->code[i] == '0') continue;
        if (n == QUANTITY_DIGITS_MAX) return -1;
        digit[n++] = chars->code[i] - '0';
    }
    return n;
}

static void say_clock(const Figures *figures, Writer *writer, size_t from, size_t to)
{
    bool zero = to - from == 2 && writer->chars->code[from] == '0' && writer->chars->code[from + 1] != '0';
    if (zero) say_digits(figures->digits, writer, from, to);
    else figures_say(figures, writer, from, to, FIGURE_QUANTITY);
}

/* The end of a number whose fraction is nothing but noughts, without it. */
static size_t without_noughts(const Chars *chars, size_t point, size_t to)
{
    for (size_t i = point + 1; i < to; i++)
        if (chars->code[i] != '0') return to;
    return point;
}

/* 百万, 十亿, 万亿: so many places. */
static void say_scale(const Figures *figures, Writer *writer, unsigned places)
{
    if (places % 4 > 0) say_word(figures->places, writer, places % 4 - 1);
    if (places / 4 > 0) say_word(figures->groups, writer, places / 4 - 1);
}

void figures_say_scaled(const Figures *figures, Writer *writer, size_t from, size_t to, unsigned places)
{
    unsigned digit[QUANTITY_DIGITS_MAX] = { 0 };
    size_t point = from, n = 0;
    while (point < to && writer->chars->code[point] != '.') point++;
    int whole = whole_part(writer->chars, from, point, digit);
    size_t fraction = to > point ? to - point - 1 : 0;
    if (whole < 0 || fraction > places || (size_t)whole + places > QUANTITY_DIGITS_MAX) {
        figures_say(figures, writer, from, to, FIGURE_QUANTITY);
        say_scale(figures, writer, places);
        return;
    }
    for (n = (size_t)whole; point + 1 < to; point++) digit[n++] = writer->chars->code[point + 1] - '0';
    say_quantity(figures, writer, digit, (size_t)whole + places, true);
}

void figures_say(const Figures *figures, Writer *writer, size_t from, size_t to, FigureStyle style)
{
    unsigned digit[QUANTITY_DIGITS_MAX];
    size_t point = from;
    if (style == FIGURE_DIGITS || style == FIGURE_SERIAL) {
        say_digits(style == FIGURE_SERIAL ? figures->serial : figures->digits, writer, from, to);
        return;
    }
    if (style == FIGURE_CLOCK) {
        say_clock(figures, writer, from, to);
        return;
    }
    while (point < to && writer->chars->code[point] != '.') point++;
    if (style == FIGURE_MONEY) to = without_noughts(writer->chars, point, to);
    int n = whole_part(writer->chars, from, point, digit);
    if (n < 0) say_digits(figures->serial, writer, from, point);
    else say_quantity(figures, writer, digit, (size_t)n, (style == FIGURE_COUNT || style == FIGURE_MONEY) && point == to);
    if (point == to) return;
    say_word(figures->special, writer, SPECIAL_POINT);
    say_digits(figures->digits, writer, point + 1, to);
}
