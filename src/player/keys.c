#include "player/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

/* What terminals send behind ESC [ or ESC O, and ends in this letter. The number pad has letters of its own where a program or a person
 * switched it to them. */
static const struct {
    char last;
    const char *name;
} FINALS[] = {
    { 'A', "up" }, { 'B', "down" }, { 'C', "right" }, { 'D', "left" }, { 'E', "kp5" }, { 'F', "end" }, { 'H', "home" }, { 'M', "kpenter" },
    { 'P', "f1" }, { 'Q', "f2" }, { 'R', "f3" }, { 'S', "f4" }, { 'Z', "shift-tab" }, { 'j', "kp*" }, { 'k', "kp+" }, { 'l', "kp," },
    { 'm', "kp-" }, { 'n', "kp." }, { 'o', "kp/" }, { 'p', "kp0" }, { 'q', "kp1" }, { 'r', "kp2" }, { 's', "kp3" }, { 't', "kp4" },
    { 'u', "kp5" }, { 'v', "kp6" }, { 'w', "kp7" }, { 'x', "kp8" }, { 'y', "kp9" },
};

/* ESC [ NUMBER ~ */
static const struct {
    long number;
    const char *name;
} NUMBERED[] = {
    { 1, "home" }, { 2, "insert" }, { 3, "delete" }, { 4, "end" }, { 5, "pageup" }, { 6, "pagedown" }, { 7, "home" }, { 8, "end" },
    { 11, "f1" }, { 12, "f2" }, { 13, "f3" }, { 14, "f4" }, { 15, "f5" }, { 17, "f6" }, { 18, "f7" }, { 19, "f8" }, { 20, "f9" },
    { 21, "f10" }, { 23, "f11" }, { 24, "f12" },
};

static const char *modifier_name(Str modifier)
{
    long number;
    if (!str_to_long(modifier, &number)) return "";
    return number == 2 ? "shift-" : number == 3 ? "alt-" : number == 5 ? "ctrl-" : "";
}

static const char *sequence_name(Str parameters, char last)
{
    long number = 0;
    if (last == '~' && str_to_long(parameters, &number))
        for (size_t i = 0; i < sizeof NUMBERED / sizeof *NUMBERED; i++)
            if (NUMBERED[i].number == number) return NUMBERED[i].name;
    for (size_t i = 0; i < sizeof FINALS / sizeof *FINALS; i++)
        if (FINALS[i].last == last) return FINALS[i].name;
    return NULL;
}

/* ESC [ or ESC O, parameters, one last character. */
static size_t decode_sequence(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    size_t at = 2;
    while (at < bytes.n && bytes.s[at] >= 0x20 && bytes.s[at] < 0x40) at++;
    if (at >= bytes.n) return whole ? bytes.n : 0;
    Str modifier = str_slice(bytes, 2, at), parameters = str_split(&modifier, ';');
    const char *base = sequence_name(parameters, bytes.s[at]);
    if (base) snprintf(name, KEY_NAME_MAX, "%s%s", modifier_name(modifier), base);
    return at + 1;
}

static size_t decode_escape(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    if (bytes.n >= 2 && (bytes.s[1] == '[' || bytes.s[1] == 'O') && (bytes.n > 2 || !whole)) return decode_sequence(bytes, whole, name);
    if (!whole && bytes.n == 1) return 0;
    if (bytes.n >= 2 && bytes.s[1] > 0x20 && bytes.s[1] < 0x7F) { /* Alt and a key */
        snprintf(name, KEY_NAME_MAX, "alt-%c", bytes.s[1]);
        return 2;
    }
    strcpy(name, "escape");
    return 1;
}

static size_t decode_character(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    uint32_t code;
    unsigned char first = (unsigned char)bytes.s[0];
    size_t wanted = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (bytes.n < wanted && !whole) return 0;
    size_t n = utf8_decode(bytes, &code);
    snprintf(name, KEY_NAME_MAX, "%.*s", code == 0xFFFD ? 0 : (int)n, bytes.s);
    return n;
}

size_t key_decode(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    name[0] = '\0';
    if (bytes.n == 0) return 0;
    unsigned char first = (unsigned char)bytes.s[0];
    if (first == 0x1B) return decode_escape(bytes, whole, name);
    if (first > 0x20 && first != 0x7F) return decode_character(bytes, whole, name);
    if (first == 0x7F || first == 0x08) strcpy(name, "backspace");
    else if (first == ' ') strcpy(name, "space");
    else if (first == '\r' || first == '\n') strcpy(name, "enter");
    else if (first == '\t') strcpy(name, "tab");
    else if (first > 0 && first < 27) snprintf(name, KEY_NAME_MAX, "ctrl-%c", 'a' + first - 1);
    return 1;
}

int keymap_read(KeyMap *map, Arena *arena, const char *path, Error *error)
{
    Table table;
    int more;
    *map = (KeyMap){ 0 };
    if (table_open(&table, arena, path, error) < 0) return -1;
    while ((more = table_next(&table, 2, error)) > 0) {
        Act act = act_by_name(table.field[0]);
        if (act == ACT_COUNT || !act_info(act)->about)
            return table_fault(&table, error, _("there is nothing a key could do that is called '%.*s'"), STR_ARG(table.field[0]));
        map->rows = arena_grow(arena, map->rows, map->count, map->count + 1, sizeof *map->rows);
        map->rows[map->count++] = (KeyRow){ act, table.field[1] };
    }
    return more;
}

Act keymap_find(const KeyMap *map, Str key)
{
    if (key.n == 0) return ACT_NONE;
    for (size_t i = 0; i < map->count; i++)
        for (Str keys = map->rows[i].keys; keys.n > 0;)
            if (str_equal(str_split(&keys, ' '), key)) return map->rows[i].act;
    return ACT_NONE;
}
