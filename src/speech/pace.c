#include "speech/pace.h"

#include <math.h>

#include "base/message.h"
#include "base/table.h"

static const double REFERENCE_SPEEDS[PACE_REFERENCES] = { 120, 212, 400 };

/* Between two rows lengths go with the speed's inverse. */
static PaceRow row_at(const Pace *pace, double speed)
{
    const PaceRow *row = pace->rows, *last = row + pace->count - 1;
    if (speed <= row->speed) return *row;
    while (row + 1 < last && speed > row[1].speed) row++;
    if (speed >= last->speed) return *last;
    double part = (1 / speed - 1 / row->speed) / (1 / row[1].speed - 1 / row->speed);
    return (PaceRow){ speed, row->ms + (row[1].ms - row->ms) * part, row->running + (row[1].running - row->running) * part };
}

static int read_row(Pace *pace, const Table *table, Error *error)
{
    PaceRow row;
    if (pace->count == PACE_ROWS_MAX) return table_fault(table, error, _("more than %d rows"), PACE_ROWS_MAX);
    bool numbers = str_to_double(table->field[0], &row.speed) && str_to_double(table->field[1], &row.ms) && str_to_double(table->field[2], &row.running);
    const PaceRow *before = pace->count ? &pace->rows[pace->count - 1] : NULL;
    if (!numbers || row.speed <= 0 || row.ms <= 0 || row.running <= 0 || (before && (row.speed <= before->speed || row.ms >= before->ms)))
        return table_fault(table, error, _("speeds rise and lengths fall from row to row"));
    row.running /= 1000;
    pace->rows[pace->count++] = row;
    return 0;
}

/* letter	76	50	30 */
static int read_english(Lengths *lengths, const Table *table, Error *error)
{
    for (int i = 0; i < PACE_REFERENCES; i++)
        if (!str_to_double(table->field[1 + i], &lengths->ms[i]) || lengths->ms[i] <= 0)
            return table_fault(table, error, _("'%.*s' is no length in milliseconds"), STR_ARG(table->field[1 + i]));
    return 0;
}

/* even	50	214	127 */
static int read_even(Pace *pace, const Table *table, Error *error)
{
    double *const fields[] = { &pace->even, &pace->full_ms, &pace->neutral_ms };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!str_to_double(table->field[1 + i], fields[i]) || *fields[i] < (i ? 1 : 0) || *fields[i] > (i ? 1000 : 100))
            return table_fault(table, error, _("'%.*s' is no share in percent, or no length in milliseconds"), STR_ARG(table->field[1 + i]));
    return 0;
}

/* alone	2	212 */
static int read_alone(Pace *pace, const Table *table, Error *error)
{
    bool numbers = str_to_double(table->field[1], &pace->alone_syllables) && str_to_double(table->field[2], &pace->alone_speed);
    return numbers && pace->alone_speed > 0 ? 0 : table_fault(table, error, _("'%.*s' is no speed"), STR_ARG(table->field[2]));
}

static int read_any(Pace *pace, const Table *table, Error *error)
{
    Str name = table->field[0];
    if (str_equal(name, STR("letter"))) return read_english(&pace->letter, table, error);
    if (str_equal(name, STR("vowel"))) return read_english(&pace->vowel, table, error);
    if (str_equal(name, STR("even"))) return read_even(pace, table, error);
    if (str_equal(name, STR("alone"))) return read_alone(pace, table, error);
    return read_row(pace, table, error);
}

int pace_read(Pace *pace, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    pace->count = 0;
    if (table_open(&table, arena, arena_printf(arena, "%s/pace.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 3, error)) > 0)
        if (read_any(pace, &table, error) < 0) return -1;
    if (more == 0 && pace->count < 2) return table_fault(&table, error, _("fewer than %d rows"), 2);
    for (size_t i = 0; more == 0 && i < PACE_REFERENCES; i++) pace->reference_ms[i] = row_at(pace, REFERENCE_SPEEDS[i]).ms;
    return more;
}

char pace_of_word(const Pace *pace, double ms, double usual_ms)
{
    static const double MOST = 1.2; /* times as fast or as slow: more is heard as haste */
    if (ms <= 0 || usual_ms <= 0) return 100;
    double times = pow(ms / usual_ms, pace->even / 100);
    return (char)lround(100 * (times > MOST ? MOST : times < 1 / MOST ? 1 / MOST : times));
}

double pace_ms(const Pace *pace, const Lengths *lengths, double speed)
{
    PaceRow row = row_at(pace, speed);
    const double *mean = pace->reference_ms;
    size_t i = row.ms > mean[1] ? 0 : 1;
    double part = (row.ms - mean[i]) / (mean[i + 1] - mean[i]);
    return row.running * (lengths->ms[i] + (lengths->ms[i + 1] - lengths->ms[i]) * part);
}

double pace_speed(const Pace *pace, const Lengths *lengths, double ms)
{
    enum { HALVINGS = 30 };
    double low = pace->rows[0].speed, high = pace->rows[pace->count - 1].speed;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (low + high) / 2;
        if (pace_ms(pace, lengths, middle) > ms) low = middle;
        else high = middle;
    }
    return (low + high) / 2;
}

double pace_scaled(const Pace *pace, double speed, double times)
{
    Lengths mean;
    for (size_t i = 0; i < PACE_REFERENCES; i++) mean.ms[i] = pace->reference_ms[i];
    return pace_speed(pace, &mean, pace_ms(pace, &mean, speed) / times);
}
