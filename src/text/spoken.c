#include "text/spoken.h"

#include "base/utf8.h"
#include "text/rulebook.h"
#include "text/thousands.h"
#include "text/writer.h"

/* Whether what stands after the figure counts with 两: two days, but the second of a month. */
static bool counts_two(const SpokenRules *rules, const Chars *chars, size_t at)
{
    if (chars_at(chars, at) == ' ') at++;
    const Word32 *measure = words_after(rules->measures, chars, at), *unit = words_after(rules->units, chars, at);
    if (unit && (!measure || unit->n > measure->n)) return unit->row->two;
    return measure && measure->row->two;
}

/* Letter by letter; a digit among them is said, whatever the rule. */
static void say_as_it_stands(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    for (; from < to; from++) {
        char bytes[4];
        uint32_t code = writer->chars->code[from];
        if (code_is_digit(code)) figures_say(&rules->figures, writer, from, from + 1, FIGURE_DIGITS);
        else writer_text(writer, chars_copy(writer->chars, from, bytes));
    }
}

static void say_spelled(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    for (; from < to; from++) {
        const Word32 *word = words_after(rules->spell, writer->chars, from);
        if (code_is_digit(writer->chars->code[from])) figures_say(&rules->figures, writer, from, from + 1, FIGURE_SERIAL);
        else if (word) writer_text(writer, word->row->say);
        else say_as_it_stands(rules, writer, from, from + 1);
    }
}

static void say_default(const SpokenRules *rules, Writer *writer, const Match *match, int element)
{
    const Capture *capture = &match->capture[element];
    const Chars *chars = writer->chars;
    uint32_t first = chars_at(chars, capture->from);
    if (capture->word && word_is_mapped(capture->word)) {
        writer_text(writer, capture->word->row->say);
        return;
    }
    if (!code_is_digit(first)) {
        say_as_it_stands(rules, writer, capture->from, capture->to);
        return;
    }
    /* 007: what begins with a nought is a name. */
    if (first == '0' && code_is_digit(chars_at(chars, capture->from + 1)) && capture->to - capture->from > 1) {
        say_spelled(rules, writer, capture->from, capture->to);
        return;
    }
    bool single = capture->to - capture->from == 1;
    bool two = single && first == '2' && counts_two(rules, chars, match->figures_to);
    figures_say(&rules->figures, writer, capture->from, capture->to, two ? FIGURE_COUNT : FIGURE_QUANTITY);
}

/* 3.2.1: each number by itself, what "spell" says for the point between them. */
static void say_version(const SpokenRules *rules, Writer *writer, size_t from, size_t to)
{
    while (from < to) {
        size_t end = from;
        while (end < to && code_is_digit(writer->chars->code[end])) end++;
        if (end > from) figures_say(&rules->figures, writer, from, end, FIGURE_QUANTITY);
        const Word32 *point = end < to ? words_after(rules->spell, writer->chars, end) : NULL;
        if (point) writer_text(writer, point->row->say);
        from = end + 1;
    }
}

static void say_one(const SpokenRules *rules, Writer *writer, const Match *match, const Saying *saying)
{
    const Capture *capture = &match->capture[saying->element];
    switch (saying->style) {
    case SAY_TEXT: writer_text(writer, saying->text); return;
    case SAY_DEFAULT: say_default(rules, writer, match, saying->element); return;
    case SAY_PLAIN: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_QUANTITY); return;
    case SAY_COUNT: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_COUNT); return;
    case SAY_DIGITS: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_DIGITS); return;
    case SAY_SERIAL: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_SERIAL); return;
    case SAY_CLOCK: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_CLOCK); return;
    case SAY_MONEY: figures_say(&rules->figures, writer, capture->from, capture->to, FIGURE_MONEY); return;
    case SAY_SCALED: figures_say_scaled(&rules->figures, writer, capture->from, capture->to, saying->places); return;
    case SAY_VERSION: say_version(rules, writer, capture->from, capture->to); return;
    case SAY_SPELL: say_spelled(rules, writer, capture->from, capture->to); return;
    case SAY_COPY: say_as_it_stands(rules, writer, capture->from, capture->to); return;
    }
}

static void say_match(const SpokenRules *rules, Writer *writer, const Match *match, size_t at)
{
    size_t spoken_at = writer->n;
    const Rule *rule = match->rule;
    for (int i = 0; i < rule->say_count; i++) {
        /* An optional element that is not there says nothing. */
        const Saying *saying = &rule->say[i];
        if (saying->style != SAY_TEXT && match->capture[saying->element].to == match->capture[saying->element].from) continue;
        say_one(rules, writer, match, saying);
    }
    if (writer->chars->traditional) writer_traditional(writer, spoken_at);
    /* A sign is read by its own row, whatever rule asked for it. */
    const Word32 *word = rule->match_count == 1 ? match->capture[0].word : NULL;
    writer_piece(writer, spoken_at, at, match->to, word && word_is_mapped(word) ? word->row->name : rule->row);
}

/* The rule that takes most text, then the one that asked for most context, then the first in the table. */
static bool best_match(const SpokenRules *rules, Matcher *matcher, size_t at, Match *best)
{
    RuleSet chances;
    Match match;
    rule_index_chances(&rules->index, matcher, at, &chances);
    match_clear(best, at);
    for (size_t word = 0; word < rules->index.words; word++) {
        for (uint64_t bits = chances.bits[word]; bits != 0; bits &= bits - 1) {
            const Rule *rule = &rules->rules[word * RULES_A_WORD + rule_set_lowest(bits)];
            if (!match_rule(matcher, rule, at, &match)) continue;
            if (best->rule && (match.to < best->to || (match.to == best->to && match.context <= best->context))) continue;
            match_copy(best, &match);
        }
    }
    return best->rule != NULL;
}

/* One step at a character where rules begin; returns where to go on. A letter run that no rule takes is copied whole. */
static size_t step(const SpokenRules *rules, Matcher *matcher, Writer *writer, size_t at)
{
    Match match;
    const Chars *chars = matcher->chars;
    if (best_match(rules, matcher, at, &match)) {
        say_match(rules, writer, &match, at);
        matcher->said = match.rule;
        matcher->said_to = match.to;
        return match.to;
    }
    if (code_is_digit(chars->code[at])) {
        size_t spoken_at = writer->n;
        figures_say(&rules->figures, writer, at, at + 1, FIGURE_DIGITS);
        writer_piece(writer, spoken_at, at, at + 1, "digit");
        return at + 1;
    }
    size_t to = at + 1;
    while (code_is_latin(chars->code[at]) && code_is_latin(chars_at(chars, to))) to++;
    writer_copy(writer, at, to);
    return to;
}

static bool keeps(const void *context, uint32_t code)
{
    const SpokenRules *rules = context;
    return code < PLANE && (codeset_has(&rules->kept, code) || marks_class(rules->marks, code) != MARK_NONE);
}

/* The first character at or behind `at` that is the begin of what says how characters are read; chars.n: there is none. */
static size_t ruby_begin(const Chars *chars, const Sentence *sentence, size_t at, size_t *ruby)
{
    while (*ruby < sentence->ruby_count && (sentence->rubies[*ruby].fault || sentence->rubies[*ruby].text_at < chars->from[at])) ++*ruby;
    if (*ruby == sentence->ruby_count) return chars->n;
    while (at < chars->n && chars->from[at] < sentence->rubies[*ruby].text_at) at++;
    return at;
}

static size_t pass_ruby(Writer *writer, const Ruby *ruby, size_t at)
{
    size_t to = at;
    while (to < writer->chars->n && writer->chars->from[to] < ruby->text_at + ruby->text_n) to++;
    writer_piece(writer, writer->n, at, to, "reading");
    return to;
}

void spoken_form(const SpokenRules *rules, Sentence *sentence, Arena *arena)
{
    Chars chars = chars_fold(sentence->text, &rules->hanzi, keeps, rules, arena);
    if (chars.commas) thousands_fold(&chars, rules->comma_before, rules->comma_behind);
    Matcher matcher = { .chars = &chars, .marks = rules->marks, .domains = rules->domains, .run_from = SIZE_MAX, .number_from = SIZE_MAX };
    Writer writer = writer_start(&chars, arena);
    for (size_t at = 0, ruby = 0, stop = ruby_begin(&chars, sentence, 0, &ruby); at < chars.n;) {
        size_t copied = at;
        while (at < stop && !codeset_has(&rules->index.starts, chars.code[at])) at++;
        writer_copy(&writer, copied, at);
        if (at == stop && at < chars.n) at = pass_ruby(&writer, &sentence->rubies[ruby], at);
        else if (at < chars.n) at = step(rules, &matcher, &writer, at);
        if (at > stop) stop = ruby_begin(&chars, sentence, at, &ruby);
    }
    sentence->spoken = (Str){ writer.s, writer.n };
    sentence->pieces = writer.pieces;
    sentence->piece_count = writer.count;
}
