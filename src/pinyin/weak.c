#include "pinyin/weak.h"

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

static const char *const STYLES[] = { "broadcast", "colloquial" };
enum { STYLE_COUNT = sizeof STYLES / sizeof *STYLES };

bool weak_style_from(Str name, WeakStyle *style)
{
    for (int i = 0; i < STYLE_COUNT; i++)
        if (str_is(name, STYLES[i])) {
            *style = (WeakStyle)i;
            return true;
        }
    return false;
}

static WeakPair *pair_place(const WeakRules *rules, uint64_t key)
{
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 40) % WEAK_PAIRS;
    while (rules->pairs[at].key && rules->pairs[at].key != key) at = (at + 1) % WEAK_PAIRS;
    return &rules->pairs[at];
}

static uint64_t pair_key(uint32_t before, uint32_t code)
{
    return (uint64_t)before << 32 | code;
}

static int pair_add(WeakRules *rules, uint32_t before, uint32_t code, WeakStyle style, WeakReach reach, const Table *table, Error *error)
{
    if (code >= WEAK_CODES) return table_fault(table, error, _("U+%X is beyond U+FFFF"), (unsigned)code);
    if (++rules->pair_count > WEAK_PAIRS / 2) return table_fault(table, error, _("too many rows"));
    WeakPair *pair = pair_place(rules, pair_key(before, code));
    if (pair->key && (pair->least < style || (pair->least == style && pair->reach >= reach))) return 0;
    *pair = (WeakPair){ pair_key(before, code), style, reach };
    codeset_add(&rules->may, code);
    return 0;
}

/* word 关系 困难: the second character of each */
static int words_add(WeakRules *rules, Str words, WeakStyle style, const Table *table, Error *error)
{
    while (words.n > 0) {
        Str word = str_split(&words, ' ');
        uint32_t before, code;
        size_t first = utf8_decode(word, &before);
        if (utf8_count(word) != 2) return table_fault(table, error, _("\"%.*s\" has not two characters"), STR_ARG(word));
        utf8_decode(str_slice(word, first, word.n), &code);
        if (pair_add(rules, before, code, style, WEAK_INSIDE, table, error) < 0) return -1;
    }
    return 0;
}

/* after 个 一二三: each of the former behind each of the latter */
static int pairs_add(WeakRules *rules, Str codes, Str befores, WeakStyle style, WeakReach reach, const Table *table, Error *error)
{
    while (codes.n > 0) {
        uint32_t code, before;
        utf8_decode(utf8_next(&codes), &code);
        for (Str rest = befores; rest.n > 0;) {
            utf8_decode(utf8_next(&rest), &before);
            if (pair_add(rules, before, code, style, reach, table, error) < 0) return -1;
        }
    }
    return 0;
}

static int class_add(WeakRules *rules, Str character, Str tag, WeakStyle style, const Table *table, Error *error)
{
    uint32_t code = 0;
    if (rules->class_count == WEAK_CLASSES_MAX) return table_fault(table, error, _("too many rows"));
    if (character.n > 0 && (utf8_decode(character, &code) != character.n || code >= WEAK_CODES))
        return table_fault(table, error, _("\"%.*s\" is not one character"), STR_ARG(character));
    rules->classes[rules->class_count++] = (WeakClass){ code, style, tag };
    if (code) codeset_add(&rules->may, code);
    return 0;
}

static int characters_add(CodeSet *set, Str characters)
{
    while (characters.n > 0) {
        uint32_t code;
        utf8_decode(utf8_next(&characters), &code);
        codeset_add(set, code);
    }
    return 0;
}

static int row_read(WeakRules *rules, const Table *table, Error *error)
{
    Str kind = table->field[1];
    WeakStyle style;
    if (!weak_style_from(table->field[0], &style)) return table_fault(table, error, _("there is no style \"%.*s\""), STR_ARG(table->field[0]));
    if (str_equal(kind, STR("word"))) return words_add(rules, table->field[2], style, table, error);
    if (str_equal(kind, STR("after"))) return pairs_add(rules, table->field[2], table->field[3], style, WEAK_ACROSS, table, error);
    if (str_equal(kind, STR("inside"))) return pairs_add(rules, table->field[2], table->field[3], style, WEAK_INSIDE, table, error);
    if (str_equal(kind, STR("lone"))) return pairs_add(rules, table->field[2], table->field[3], style, WEAK_LONE, table, error);
    if (str_equal(kind, STR("class"))) return class_add(rules, table->field[2], table->field[3], style, table, error);
    if (str_equal(kind, STR("doubled"))) return class_add(rules, (Str){ 0 }, table->field[2], style, table, error);
    if (str_equal(kind, STR("full"))) return characters_add(&rules->full, table->field[2]);
    if (str_equal(kind, STR("object"))) return characters_add(&rules->objects, table->field[2]);
    return table_fault(table, error, _("\"%.*s\" is no rule, or lacks fields"), STR_ARG(kind));
}

int weak_read(WeakRules *rules, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    rules->pairs = ARENA_NEW(arena, WeakPair, WEAK_PAIRS);
    if (table_open(&table, arena, arena_printf(arena, "%s/weak.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 3, error)) > 0)
        if (row_read(rules, &table, error) < 0) return -1;
    return more;
}

/* Whether the words `at` and the next double a character: 拆|拆. */
static bool doubles_at(const Sentence *sentence, size_t at)
{
    if (at + 1 >= sentence->word_count) return false;
    const Word *word = &sentence->words[at];
    return word->syllable_count == 1 && word[1].syllable_count == 1 && str_equal(word->text, word[1].text);
}

/* Doubled to say how, not that one tries: 忙忙|地, 拆|拆|装|装. `at`: the word that the second half is in. */
static bool says_how(const Sentence *sentence, size_t at, size_t halves)
{
    const Word *next = at + 1 < sentence->word_count ? &sentence->words[at + 1] : NULL;
    if (next && str_equal(next->tag, STR("uv"))) return true;
    return halves == 2 && (doubles_at(sentence, at + 1) || (at >= 3 && doubles_at(sentence, at - 3)));
}

/* The second of two single verbs that are the same: 评|评. */
static bool is_doubled_alone(const Sentence *sentence, const Word *word, Str character, Str before)
{
    return word->syllable_count == 1 && word->syllables->tone != 3 && str_equal(character, before) && !says_how(sentence, (size_t)(word - sentence->words), 2);
}

/* The same with its object in one word with it: 说|说话. */
static bool is_doubled_before_object(const WeakRules *rules, const Sentence *sentence, const Word *word, uint32_t code, Str before)
{
    bool verb = codeset_has(&rules->objects, code) && word->syllable_count == 2 && word > sentence->words && word[-1].syllable_count == 1;
    return verb && word->syllables->tone != 3 && str_starts(word->text, before) && !str_ends(word->text, before);
}

/* A doubled third tone stays full, because it makes the first one rise: 想想 is 2 3. A doubled verb may have its object in one word: 摇摇头. */
static bool is_doubled(const Sentence *sentence, const Word *word, size_t syllable)
{
    if (word->syllable_count > 3 || syllable != 1 || word->syllables[1].tone == 3) return false;
    if (word->syllable_count == 2 && says_how(sentence, (size_t)(word - sentence->words), 1)) return false;
    uint32_t at = word->syllables[0].spoken_at, n = word->syllables[0].spoken_n;
    return word->syllables[1].spoken_n == n && str_equal(str_slice(sentence->spoken, at, at + n), str_slice(sentence->spoken, at + n, at + 2 * n));
}

static bool class_fits(const WeakRules *rules, const Sentence *sentence, const Word *word, size_t syllable, uint32_t code, bool doubled)
{
    bool last = syllable + 1 == word->syllable_count;
    for (size_t i = 0; (syllable > 0 || doubled) && i < rules->class_count; i++) {
        const WeakClass *one = &rules->classes[i];
        if (one->least > rules->style || !str_starts(word->tag, one->tag)) continue;
        if (one->code ? last && syllable > 0 && one->code == code : !codeset_has(&rules->full, code) && (doubled || is_doubled(sentence, word, syllable)))
            return true;
    }
    return false;
}

/* The first half of the last two in 稳稳当当, whose 当 is full though 稳当 has it weak. */
static bool is_echoed(const Sentence *sentence, const Word *word, size_t syllable, Str character)
{
    if (word->syllable_count != 4 || syllable != 2) return false;
    const Syllable *next = &word->syllables[3];
    return str_equal(character, str_slice(sentence->spoken, next->spoken_at, next->spoken_at + next->spoken_n));
}

bool weak_is(const WeakRules *rules, const Sentence *sentence, const Word *word, size_t syllable, Str before)
{
    const Syllable *own = &word->syllables[syllable];
    uint32_t code, code_before;
    if (own->tone == 5 || own->source >= SOURCE_USER) return false;
    Str character = str_slice(sentence->spoken, own->spoken_at, own->spoken_at + own->spoken_n);
    utf8_decode(character, &code);
    if (class_fits(rules, sentence, word, syllable, code, is_doubled_alone(sentence, word, character, before))) return true;
    if (syllable == 0 && before.n > 0 && is_doubled_before_object(rules, sentence, word, code, before)) return true;
    if (!codeset_has(&rules->may, code) || utf8_decode(before, &code_before) == 0 || is_echoed(sentence, word, syllable, character)) return false;
    const WeakPair *pair = pair_place(rules, pair_key(code_before, code));
    bool within = syllable > 0 || pair->reach == WEAK_ACROSS || (pair->reach == WEAK_LONE && word->syllable_count == 1);
    return pair->key && pair->least <= rules->style && within;
}
