/* How a figure is said: as a quantity (一千二百), digit by digit (一二〇〇), as a serial number (幺二〇〇).
 * The words for digits and places are lists in voices/mandarin/words.tsv. */
#ifndef DUBAO_TEXT_FIGURES_H
#define DUBAO_TEXT_FIGURES_H

#include "text/words.h"
#include "text/writer.h"

typedef struct Figures {
    const WordList *digits;  /* 零 to 九 */
    const WordList *serial;  /* the same with 幺 */
    const WordList *places;  /* 十 百 千 */
    const WordList *groups;  /* 万 亿 万亿: each four places higher */
    const WordList *special; /* 两 点: the 2 of quantities, the decimal point */
} Figures;

/* Longer ones have no name that a listener could follow and are read digit by digit. */
enum { QUANTITY_DIGITS_MAX = 16 };

typedef enum FigureStyle {
    FIGURE_QUANTITY,  /* 2 is 二: 第二, 二日 */
    FIGURE_COUNT,     /* 2 alone is 两: 两个 */
    FIGURE_MONEY,     /* a count without the noughts behind its point: 3,500.00 */
    FIGURE_DIGITS,
    FIGURE_SERIAL,
    FIGURE_CLOCK      /* 05 is 零五, 15 十五 */
} FigureStyle;

/* 0, or negative with *error when a list is missing or too short. */
int figures_init(Figures *figures, const WordLists *lists, Error *error);
/* Says characters [from, to): digits, with separators of thousands and a decimal point where they have them. */
void figures_say(const Figures *figures, Writer *writer, size_t from, size_t to, FigureStyle style);

/* Says a quantity so many places higher, as 1.5 with 6 places: 一百五十万. */
void figures_say_scaled(const Figures *figures, Writer *writer, size_t from, size_t to, unsigned places);

#endif
