#include "player/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/message.h"
#include "base/table.h"
#include "base/utf8.h"

typedef struct Final {
    char last;
    const char *name;
} Final;

/* What ends in this letter, behind ESC [ and behind ESC O. Names are translated where a person is told of a key. */
static const Final FINALS[] = {
    { 'A', N_("up") }, { 'B', N_("down") }, { 'C', N_("right") }, { 'D', N_("left") }, { 'E', "kp5" }, { 'F', N_("end") }, { 'H', N_("home") },
    { 'P', "f1" }, { 'Q', "f2" }, { 'R', "f3" }, { 'S', "f4" }, { 'Z', "shift-tab" },
};

/* ESC O alone: the number pad where a program or a person switched it to codes of its own (DECKPAM). */
static const Final KEYPAD[] = {
    { 'M', "kpenter" }, { 'X', "kp=" }, { 'j', "kp*" }, { 'k', "kp+" }, { 'l', "kp," }, { 'm', "kp-" }, { 'n', "kp." }, { 'o', "kp/" },
    { 'p', "kp0" }, { 'q', "kp1" }, { 'r', "kp2" }, { 's', "kp3" }, { 't', "kp4" }, { 'u', "kp5" }, { 'v', "kp6" }, { 'w', "kp7" },
    { 'x', "kp8" }, { 'y', "kp9" },
};

/* ESC [ alone: the middle of the number pad on the console of Linux. */
static const Final CONSOLE[] = { { 'G', "kp5" } };

/* ESC [ NUMBER ~ */
static const struct {
    long number;
    const char *name;
} NUMBERED[] = {
    { 1, "home" }, { 2, N_("insert") }, { 3, N_("delete") }, { 4, "end" }, { 5, N_("pageup") }, { 6, N_("pagedown") }, { 7, "home" }, { 8, "end" },
    { 11, "f1" }, { 12, "f2" }, { 13, "f3" }, { 14, "f4" }, { 15, "f5" }, { 17, "f6" }, { 18, "f7" }, { 19, "f8" }, { 20, "f9" },
    { 21, "f10" }, { 23, "f11" }, { 24, "f12" },
};

static const char *modifier_name(Str modifier)
{
    long number;
    if (!str_to_long(modifier, &number)) return "";
    return number == 2 ? "shift-" : number == 3 ? "alt-" : number == 5 ? "ctrl-" : "";
}

static const char *final_name(const Final *finals, size_t count, char last)
{
    for (size_t i = 0; i < count; i++)
        if (finals[i].last == last) return finals[i].name;
    return NULL;
}

#define FINAL_NAME(finals, last) final_name(finals, sizeof finals / sizeof *finals, last)

static const char *sequence_name(char kind, Str parameters, char last)
{
    long number = 0;
    if (parameters.n > 0 && !str_to_long(parameters, &number)) return NULL; /* a report, of a mouse or of what the terminal is */
    for (size_t i = 0; last == '~' && i < sizeof NUMBERED / sizeof *NUMBERED; i++)
        if (NUMBERED[i].number == number) return NUMBERED[i].name;
    const char *name = kind == 'O' ? FINAL_NAME(KEYPAD, last) : FINAL_NAME(CONSOLE, last);
    return name ? name : FINAL_NAME(FINALS, last);
}

/* The function keys of the console of Linux: ESC [ [ and a letter. */
static size_t decode_console(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    if (bytes.n < 4) return whole ? bytes.n : 0;
    if (bytes.s[3] >= 'A' && bytes.s[3] <= 'E') snprintf(name, KEY_NAME_MAX, "f%d", bytes.s[3] - 'A' + 1);
    return 4;
}

/* ESC [ or ESC O, parameters, one last character. */
static size_t decode_sequence(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    size_t at = 2;
    while (at < bytes.n && bytes.s[at] >= 0x20 && bytes.s[at] < 0x40) at++;
    if (at >= bytes.n) return whole ? bytes.n : 0;
    if (at == 2 && bytes.s[1] == '[' && bytes.s[at] == '[') return decode_console(bytes, whole, name);
    Str modifier = str_slice(bytes, 2, at), parameters = str_split(&modifier, ';');
    const char *base = sequence_name(bytes.s[1], parameters, bytes.s[at]);
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
    strcpy(name, N_("escape"));
    return 1;
}

static size_t decode_character(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    uint32_t code;
    unsigned char first = (unsigned char)bytes.s[0];
    size_t wanted = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (bytes.n < wanted && !whole) return 0;
    size_t n = utf8_decode(bytes, &code);
    /* An input method in its full-width state: ？ is the key ?, and U+3000 the space. */
    if (code > 0xFF00 && code < 0xFF5F) snprintf(name, KEY_NAME_MAX, "%c", (int)code - 0xFEE0);
    else if (code == 0x3000) strcpy(name, "space");
    else snprintf(name, KEY_NAME_MAX, "%.*s", code == 0xFFFD ? 0 : (int)n, bytes.s);
    return n;
}

size_t key_decode(Str bytes, bool whole, char name[KEY_NAME_MAX])
{
    name[0] = '\0';
    if (bytes.n == 0) return 0;
    unsigned char first = (unsigned char)bytes.s[0];
    if (first == 0x1B) return decode_escape(bytes, whole, name);
    if (first > 0x20 && first != 0x7F) return decode_character(bytes, whole, name);
    if (first == 0x7F || first == 0x08) strcpy(name, N_("backspace"));
    else if (first == ' ') strcpy(name, N_("space"));
    else if (first == '\r' || first == '\n') strcpy(name, N_("enter"));
    else if (first == '\t') strcpy(name, N_("tab"));
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

Str keymap_key(const KeyMap *map, Act act)
{
    for (size_t i = 0; i < map->count; i++) {
        Str keys = map->rows[i].keys;
        if (map->rows[i].act == act) return str_split(&keys, ' ');
    }
    return (Str){ 0 };
}

Act keymap_find(const KeyMap *map, Str key)
{
    for (size_t i = 0; key.n > 0 && i < map->count; i++)
        for (Str keys = map->rows[i].keys; keys.n > 0;)
            if (str_equal(str_split(&keys, ' '), key)) return map->rows[i].act;
    char small = key.n == 1 && *key.s >= 'A' && *key.s <= 'Z' ? (char)(*key.s - 'A' + 'a') : '\0';
    return small ? keymap_find(map, (Str){ &small, 1 }) : ACT_NONE; /* Caps Lock */
}
