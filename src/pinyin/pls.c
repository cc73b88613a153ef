#include "pinyin/pls.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <string.h>

#include "base/message.h"
#include "pinyin/user_words.h"

enum { GRAPHEMES_MAX = 16, TEXT_BYTES_MAX = 1024 };

typedef struct Pls {
    Readings *readings;
    const char *path;
    const Report *report;
    xmlTextReaderPtr reader;
    Arena arena;        /* of the lexeme */
    ArenaMark mark;
    bool is_lexicon;    /* its root was met */
    bool foreign;       /* the lexicon's alphabet is none of ours */
    Str grapheme[GRAPHEMES_MAX], phoneme;
    int grapheme_count, line; /* of the lexeme */
    bool preferred, phoneme_foreign, alias;
} Pls;

static bool is_foreign(xmlTextReaderPtr reader, bool otherwise)
{
    xmlChar *alphabet = xmlTextReaderGetAttribute(reader, BAD_CAST "alphabet");
    bool foreign = alphabet ? xmlStrcasecmp(alphabet, BAD_CAST "ipa") == 0 || xmlStrcasecmp(alphabet, BAD_CAST "x-sampa") == 0 : otherwise;
    xmlFree(alphabet);
    return foreign;
}

static Str content(Pls *pls)
{
    xmlChar *text = xmlTextReaderReadString(pls->reader);
    Str trimmed = str_trim(str_from((const char *)text));
    Str kept = arena_str(&pls->arena, str_slice(trimmed, 0, trimmed.n < TEXT_BYTES_MAX ? trimmed.n : TEXT_BYTES_MAX));
    xmlFree(text);
    return kept;
}

static void lexeme_start(Pls *pls)
{
    arena_reset(&pls->arena, pls->mark);
    pls->grapheme_count = 0;
    pls->phoneme = (Str){ 0 };
    pls->preferred = pls->phoneme_foreign = pls->alias = false;
    pls->line = (int)xmlGetLineNo(xmlTextReaderCurrentNode(pls->reader));
}

static void phoneme_take(Pls *pls)
{
    xmlChar *prefer = xmlTextReaderGetAttribute(pls->reader, BAD_CAST "prefer");
    bool preferred = prefer && strcmp((const char *)prefer, "true") == 0;
    xmlFree(prefer);
    if (pls->phoneme.n > 0 && (!preferred || pls->preferred)) return;
    pls->phoneme = content(pls);
    pls->preferred = preferred;
    pls->phoneme_foreign = is_foreign(pls->reader, pls->foreign);
}

static const char *lexeme_fault(const Pls *pls)
{
    if (pls->grapheme_count == 0) return _("there is no word");
    if (pls->alias && pls->phoneme.n == 0) return _("an alias is not read; write a phoneme in pinyin");
    if (pls->phoneme_foreign) return _("the phonemes are not in pinyin; alphabet=\"x-pinyin\" is what can be used");
    return NULL;
}

static void lexeme_end(Pls *pls)
{
    const char *why = lexeme_fault(pls);
    int other = 0;
    for (int i = 0; i < pls->grapheme_count && !why; i++) {
        why = user_words_add(pls->readings, pls->grapheme[i], pls->phoneme, pls->line, &other);
        if (other)
            report_warn(pls->report, _("%s:%d: line %d has another reading of %.*s; this one counts"), pls->path, pls->line, other, STR_ARG(pls->grapheme[i]));
    }
    if (why) report_warn(pls->report, _("%s:%d: %s; the lexeme is left out"), pls->path, pls->line, why);
}

static void node(Pls *pls)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(pls->reader);
    int type = xmlTextReaderNodeType(pls->reader);
    if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "lexeme") == 0) lexeme_end(pls);
    if (type != XML_READER_TYPE_ELEMENT) return;
    if (xmlTextReaderDepth(pls->reader) == 0) {
        pls->is_lexicon = strcmp(name, "lexicon") == 0;
        pls->foreign = is_foreign(pls->reader, false);
    }
    if (strcmp(name, "lexeme") == 0) lexeme_start(pls);
    else if (strcmp(name, "grapheme") == 0 && pls->grapheme_count < GRAPHEMES_MAX) pls->grapheme[pls->grapheme_count++] = content(pls);
    else if (strcmp(name, "phoneme") == 0) phoneme_take(pls);
    else if (strcmp(name, "alias") == 0) pls->alias = true;
}

static int fault(const Pls *pls, Error *error)
{
    const xmlError *last = xmlGetLastError();
    return error_set(error, STATUS_DATA, _("%s:%d: the lexicon is no W3C PLS file"), pls->path, last && last->line > 0 ? last->line : 1);
}

int pls_read(Readings *readings, Str text, const char *path, const Report *report, Error *error)
{
    Pls pls = { .readings = readings, .path = path, .report = report };
    if (text.n > INT_MAX) return fault(&pls, error);
    /* No entity is replaced, nothing is fetched. */
    pls.reader = xmlReaderForMemory(text.s, (int)text.n, NULL, "UTF-8", XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (!pls.reader) return fault(&pls, error);
    arena_alloc(&pls.arena, 1);
    pls.mark = arena_mark(&pls.arena);
    int more;
    while ((more = xmlTextReaderRead(pls.reader)) == 1 && (pls.is_lexicon || xmlTextReaderDepth(pls.reader) == 0)) node(&pls);
    int result = more == 0 && pls.is_lexicon ? 0 : fault(&pls, error);
    xmlFreeTextReader(pls.reader);
    arena_finish(&pls.arena);
    return result;
}
