#include "speech/melody.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/table.h"

enum { PITCH_MOST = 12, PACE_LEAST = 50, PACE_MOST = 200 };

static int neutral_from(const Table *table, Contour *contour, Error *error)
{
    static const char *const LEVELS[] = { "", "11", "22", "33", "44", "55" };
    Str letters = str_equal(table->field[6], STR("-")) ? (Str){ 0 } : table->field[6];
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++) {
        if (!str_equal(letters, str_from(LEVELS[i]))) continue;
        memcpy(contour->neutral, LEVELS[i], strlen(LEVELS[i]) + 1);
        return 0;
    }
    return table_fault(table, error, _("'%.*s' is no level from 11 to 55, nor '-'"), STR_ARG(letters));
}

static int contour_from(const Table *table, Contour *contour, Error *error)
{
    double *const fields[] = { &contour->start, &contour->end, &contour->last, &contour->reset };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!str_to_double(table->field[1 + i], fields[i]) || fabs(*fields[i]) > PITCH_MOST)
            return table_fault(table, error, _("'%.*s' is no number of semitones from -%d to %d"), STR_ARG(table->field[1 + i]), PITCH_MOST, PITCH_MOST);
    if (!str_to_long(table->field[5], &contour->pace) || contour->pace < PACE_LEAST || contour->pace > PACE_MOST)
        return table_fault(table, error, _("a pace is %d to %d percent"), PACE_LEAST, PACE_MOST);
    return neutral_from(table, contour, error);
}

/* A role's own contour wins over that of statements, whatever their order. */
static int read_row(Melody *melody, const Table *table, bool *own, Error *error)
{
    Contour contour;
    Str name = table->field[0];
    bool statement = str_equal(name, STR("statement")), known = true;
    if (contour_from(table, &contour, error) < 0) return -1;
    if (str_equal(name, STR("question"))) melody->question = contour;
    else if (str_equal(name, STR("paragraph"))) melody->paragraph = contour;
    else if (str_equal(name, STR("article"))) melody->article = contour;
    else known = statement;
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool named = str_equal(name, str_from(role_name((Role)role)));
        known |= named;
        if (named || (statement && !own[role])) melody->roles[role] = contour;
        own[role] |= named;
    }
    return known ? 0 : table_fault(table, error, _("there is no contour '%.*s'"), STR_ARG(name));
}

int melody_read(Melody *melody, const char *folder, Error *error)
{
    static const Contour LEVEL = { .pace = 100 };
    Arena arena = { 0 };
    Table table;
    bool own[ROLE_COUNT] = { false };
    int more = -1;
    *melody = (Melody){ .question = LEVEL, .paragraph = LEVEL, .article = LEVEL };
    for (int role = 0; role < ROLE_COUNT; role++) melody->roles[role] = LEVEL;
    if (table_open(&table, &arena, arena_printf(&arena, "%s/melody.tsv", folder).s, error) == 0)
        while ((more = table_next(&table, 7, error)) > 0)
            if ((more = read_row(melody, &table, own, error)) < 0) break;
    arena_finish(&arena);
    return more;
}

/* How much of its paragraph is before it: 0 for the first sentence, almost 1 for a short last one. */
static double place_in_paragraph(const Sentence *sentence)
{
    if (sentence->text_at == 0) return 0;
    return sentence->block && sentence->block->text.n > sentence->text_at ? (double)sentence->text_at / (double)sentence->block->text.n : 1;
}

static bool ends_article(const Sentence *sentence)
{
    if (sentence->after < BREAK_PARAGRAPH || !sentence->block) return false;
    const Block *next = sentence->block->next;
    while (next && next->silent) next = next->next;
    return !next;
}

Contour melody_contour(const Melody *melody, const Sentence *sentence)
{
    const Contour *paragraph = &melody->paragraph, *article = &melody->article;
    Contour contour = sentence->question ? melody->question : melody->roles[sentence->role];
    if (sentence->role == ROLE_BODY) contour.start += paragraph->start + (paragraph->end - paragraph->start) * place_in_paragraph(sentence);
    if (sentence->question || role_is_heading(sentence->role)) return contour;
    if (sentence->role == ROLE_BODY && sentence->after >= BREAK_PARAGRAPH) contour.last += paragraph->last;
    if (ends_article(sentence)) {
        contour.end += article->end;
        contour.last += article->last;
        contour.pace = contour.pace * article->pace / 100;
    }
    return contour;
}

static int16_t tenths(double semitones)
{
    return (int16_t)lround(10 * semitones);
}

void melody_apply(const Contour *contour, Script *script, uint32_t syllables)
{
    if (script->count == 0) return;
    uint32_t way = script->utterances[script->count - 1].at; /* the last phrase lies at the end of the fall */
    size_t first = 0;                                        /* of the clause */
    for (size_t i = 0; i < script->count; i++) {
        Utterance *utterance = &script->utterances[i];
        size_t end = i + 1; /* of the clause */
        while (end < script->count && script->utterances[end - 1].after < BREAK_CLAUSE) end++;
        uint32_t from = script->utterances[first].at, to = end < script->count ? script->utterances[end].at : syllables;
        double fallen = way ? (double)utterance->at / way : 1, in_clause = (double)(utterance->at - from) / (double)(to > from ? to - from : 1);
        bool clauses = from > 0 || end < script->count;
        double pitch = contour->start + (contour->end - contour->start) * fallen + (clauses ? contour->reset * (0.5 - in_clause) : 0);
        if (i + 1 == script->count && way == 0) pitch = (contour->start + contour->end) / 2; /* all of it is one phrase */
        utterance->pitch = tenths(pitch);
        utterance->last_pitch = tenths(pitch + (i + 1 == script->count ? contour->last : 0));
        if (utterance->after >= BREAK_CLAUSE) first = i + 1;
    }
}
