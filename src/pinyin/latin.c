#include "pinyin/latin.h"

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"
#include "pinyin/syllable.h"

/* A syllable says in a byte how much of the text it reads; the shortest form has room for so many. */
enum { FORM_BYTES_MAX = 48, SYLLABLES_MAX = 16 };

size_t latin_letters(Str word)
{
    size_t letters = 0, n;
    bool letter = false;
    for (size_t i = 0; i < word.n; i += n) {
        uint32_t code;
        n = utf8_decode(str_slice(word, i, word.n), &code);
        bool before = letter;
        letter = (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
        if (!letter && !(before && latin_joins(code))) return 0;
        letters += letter;
    }
    return letter ? letters : 0;
}

static int form_add(LatinWords *words, Arena *arena, const Table *table, Str form, Error *error)
{
    if (form.n > FORM_BYTES_MAX || latin_letters(form) < 2) return table_fault(table, error, _("\"%.*s\" is no Latin word"), STR_ARG(form));
    LatinWord **bucket = &words->first[(unsigned char)form.s[0]], *word = ARENA_NEW(arena, LatinWord, 1);
    *word = (LatinWord){ *bucket, form, table->field[1] };
    *bucket = word;
    return 0;
}

int latin_read(LatinWords *words, Arena *arena, const char *folder, Error *error)
{
    Table table;
    int more;
    if (table_open(&table, arena, arena_printf(arena, "%s/latin.tsv", folder).s, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        size_t syllables = syllable_count(table.field[1]);
        if (syllables == 0 || syllables > SYLLABLES_MAX) return table_fault(&table, error, _("\"%.*s\" is no reading"), STR_ARG(table.field[1]));
        for (Str forms = table.field[0]; forms.n > 0;) {
            Str form = str_split(&forms, ' ');
            if (form_add(words, arena, &table, form, error) < 0) return -1;
        }
    }
    return more;
}

Str latin_reading(const LatinWords *words, Str word)
{
    if (word.n == 0 || (unsigned char)word.s[0] >= 128) return (Str){ 0 };
    const LatinWord *entry = words->first[(unsigned char)word.s[0]];
    while (entry && !str_equal(entry->form, word)) entry = entry->next;
    return entry ? entry->reading : (Str){ 0 };
}
