/* Any bytes as a user's lexicon: what is taken from it is words with readings that exist, and they can be looked up. */
#include "base/file.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "pinyin/readings.h"
#include "pinyin/syllable.h"
#include "pinyin/user_lexicon.h"

static Arena arena;
static const char *folder;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    folder = arena_printf(&arena, "%s/voices/mandarin", data_folder(&arena).s).s;
    return 0;
}

static void check_word(void *context, Str word, Str reading)
{
    Str base;
    uint8_t tone;
    PROMISE(word.n > 0 && syllable_count(reading) > 0 && utf8_valid_prefix(word) == word.n);
    while (syllable_next(&reading, &base, &tone)) PROMISE(readings_has_syllable(context, base, tone));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    Error error = { 0 };
    Readings *readings = readings_create(folder, &error);
    need(readings ? 0 : -1, &error);
    user_lexicon_read(readings, (Str){ (const char *)bytes, n }, "fuzz", NULL, &error);
    pinyin_each_user_word(readings, check_word, readings);
    readings_destroy(readings);
    return 0;
}
