/* Any bytes as a page: never a crash, text stays text, and no Chinese character is lost on the way into the blocks. */
#include "base/file.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "page/encoding.h"
#include "page/page.h"

static PageRules *rules;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Arena arena = { 0 };
    Error error;
    (void)argc;
    (void)argv;
    rules = page_rules_create(arena_printf(&arena, "%s/voices/mandarin", data_folder(&arena).s).s, &error);
    need(rules ? 0 : -1, &error);
    arena_finish(&arena);
    return 0;
}

static size_t count_han(Str text)
{
    size_t count = 0;
    uint32_t code;
    for (size_t n; (n = utf8_decode(text, &code)) > 0; text = str_slice(text, n, text.n)) count += utf8_is_han(code);
    return count;
}

static size_t check_block(const Block *block)
{
    PROMISE(block->role >= 0 && block->role < (Role)ROLE_COUNT);
    PROMISE(block->line >= 1);
    PROMISE(utf8_valid_prefix(block->text) == block->text.n);
    PROMISE(block->silent || str_find(block->text, STR("\n")) == block->text.n);
    PROMISE(!block->silent || block->note.n > 0);
    return count_han(block->text);
}

/* A comment or a tag inside a line, the address of a link: no words of the page. */
static bool may_hide(Str text)
{
    return str_find(text, STR("<")) < text.n || str_find(text, STR("](")) < text.n || str_find(text, STR("]:")) < text.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const Report nobody;
    Edition edition = { 0 };
    Error error;
    Str text;
    if (encoding_decode(&edition.arena, (Str){ (const char *)bytes, n }, "fuzz", &text, &nobody, &error) == 0) {
        size_t found = 0, articles = 0;
        PROMISE(utf8_valid_prefix(text) == text.n);
        page_split(&edition, rules, text);
        for (const Article *article = edition.articles; article; article = article->next, articles++)
            for (const Block *block = article->blocks; block; block = block->next) found += check_block(block);
        for (const Block *block = edition.left_out; block; block = block->next) found += check_block(block);
        PROMISE(articles == edition.article_count);
        PROMISE(may_hide(text) || found >= count_han(text));
    }
    edition_finish(&edition);
    return 0;
}
