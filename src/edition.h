/* The vocabulary of dubao: the types that stages hand on, in the order in which they come to be.
 *
 *   bytes -> Edition (page, articles, blocks) -> Sentence (text, spoken form, words, syllables, breaks)
 *         -> Script (phonemes) -> Clip (sound) -> Cue (where the sentence lies in the finished sound)
 *
 * A stage fills its own fields and touches no other. Text is a view into the arena named in the comment. */
#ifndef DUBAO_EDITION_H
#define DUBAO_EDITION_H

#include "base/arena.h"
#include "base/str.h"

/* ---- page: what stands on the paper. Everything lives in the edition's arena. ---- */

typedef enum Role {
    ROLE_SECTION,    /* 栏题: the label over several articles */
    ROLE_KICKER,     /* 引题: above the headline */
    ROLE_TITLE,      /* 主题: the headline */
    ROLE_SUBTITLE,   /* 副题: below the headline */
    ROLE_BYLINE,     /* who wrote it, where it stands by itself */
    ROLE_CONTINUED,  /* (上接第1版), (下转第3版) */
    ROLE_SUBHEADING, /* a heading inside the article */
    ROLE_BODY,
    ROLE_CAPTION,    /* the text of a picture story */
    ROLE_CREDIT      /* (…摄): who took the picture */
} Role;
enum { ROLE_COUNT = ROLE_CREDIT + 1 };

/* The name of a role as it stands in the JSON: "section", "kicker", ... */
const char *role_name(Role role);
/* Read with a heading's pause after it, punctuation or none: section, kicker, title, subtitle, subheading. */
bool role_is_heading(Role role);

typedef struct Note { /* what a person should know of how the page was taken apart */
    struct Note *next;
    Str text;
} Note;

typedef struct Persons Persons; /* pinyin/: persons whose surname is read in its own way, as somewhere in an article a title shows */

typedef struct Block {
    struct Block *next;
    Role role;
    int line;      /* where it begins on the page, from 1 */
    bool silent;   /* stands on the page and is left out of the reading; `note` says why */
    bool furniture; /* silent by a rule that the listener can turn off: a date, a page's number, an editor's name */
    Str text;      /* as one person would read it: column breaks joined, no markup, no newline */
    Str note;      /* empty, or what was done to this block */
    Str source;    /* its lines as they stand on the page, from `line` on; empty where no page is behind it */
    const Persons *persons; /* of the whole article; NULL: none */
} Block;

typedef struct Article {
    struct Article *next;
    Str id;             /* "01", "02", ... within its page; wider where a page has more than 99 */
    Str continued_from; /* "第1版", or empty */
    Block *blocks;
    Note *notes;
} Article;

typedef struct Edition {
    Arena arena;
    Str page;           /* the name of the file it came from; "-" for standard input */
    Article *articles;
    size_t article_count;
    Str window;         /* of an HTML page: the name of its window, or empty */
    Str nameplate;      /* of an HTML page: the line around its articles that names the paper or its date, or empty */
    Block *left_out;    /* of a page without articles: what stands on it all the same, every block silent */
} Edition;

void edition_finish(Edition *edition);
/* How much of it is read aloud, in bytes: silent blocks left out. */
size_t edition_spoken_bytes(const Edition *edition);
/* Lines of page furniture that the reading leaves out. */
size_t edition_left_out_lines(const Edition *edition);
/* The text of the article's first block with this role; empty when it has none. */
Str article_part(const Article *article, Role role);
/* What a person would call the article: its title, else its first section, kicker or words. */
Str article_name(const Article *article);

/* ---- text: one sentence at a time, in an arena that is reset for the next one. ---- */

/* How far apart two words stand, weakest first. The pause of each is a row in voices/mandarin/pauses.tsv;
 * 0 to 4 are the numbers in the JSON of `dubao pinyin`. */
typedef enum Break {
    BREAK_NONE,     /* inside a word */
    BREAK_WORD,
    BREAK_PHRASE,   /* a breath without a mark, or 、 */
    BREAK_CLAUSE,   /* ， ； ： */
    BREAK_SENTENCE, /* 。 ？ ！ */
    BREAK_PARAGRAPH,
    BREAK_HEADING,
    BREAK_ARTICLE
} Break;
enum { BREAK_COUNT = BREAK_ARTICLE + 1 };

/* Who decided about a syllable. */
typedef enum ReadingSource {
    SOURCE_CHARACTER, /* the likeliest reading of its character */
    SOURCE_WORD,      /* the lexicon's reading of its word */
    SOURCE_LETTER,    /* the name of a letter */
    SOURCE_LATIN,     /* a Latin word that is said as one */
    SOURCE_ENGLISH,   /* the name of a letter, in a word that is said in English */
    SOURCE_CONTEXT,   /* a row of contexts.tsv */
    SOURCE_MODEL,     /* the model of characters with several readings, by `score` */
    SOURCE_HAND,      /* a row of corrections.tsv for its word */
    SOURCE_NAME,      /* a surname, by names.tsv */
    SOURCE_USER,      /* the user's lexicon */
    SOURCE_TEXT       /* a reading in the text itself */
} ReadingSource;
enum { SOURCE_COUNT = SOURCE_TEXT + 1 };

/* "default", "lexicon", ...: as it stands in the JSON. */
const char *source_name(ReadingSource source);

typedef struct Syllable {
    Str base;           /* pinyin without tone, v for ü, erhua merged: "hang", "lv", "huar"; in the sentence's arena */
    uint8_t tone;       /* lexical, 1-5 with 5 the neutral tone */
    uint8_t surface;    /* after tone sandhi, 1-5 */
    uint8_t spoken_n;   /* bytes of `spoken` it reads: one character, two for a merged erhua */
    uint32_t spoken_at; /* byte offset of its character in Sentence.spoken */
    uint8_t source;     /* ReadingSource */
    int16_t score;      /* of the model: by how much it is ahead of the next, in 16ths of a natural logarithm */
} Syllable;

typedef enum WordKind {
    WORD_SPOKEN,
    WORD_MARK,          /* punctuation, space, or a sign that is silent by rule */
    WORD_UNREAD         /* one character that should be spoken and has no reading: the caller must say so */
} WordKind;

typedef struct Word {
    WordKind kind;
    Str text;           /* a view into Sentence.spoken */
    Str tag;            /* class in the lexicon's notation ("n", "v", "nr"), empty when unknown */
    uint32_t entry;     /* pinyin/: its number in the lexicon; 0: look it up */
    Syllable *syllables;
    size_t syllable_count; /* 0 unless WORD_SPOKEN */
    uint8_t english;    /* about how many syllables it has as an English word, of A-Z and a-z, and ' ’ - between them; `syllables` spell it. 0: it is none */
    Break after;        /* speech/: the break between this word and the next */
    uint8_t pause;      /* speech/: the row of pauses.tsv that is heard there */
} Word;

/* How many syllables are heard. */
static inline size_t word_syllables(const Word *word)
{
    return word->english ? word->english : word->syllable_count;
}

/* Which bytes of the text a stretch of the spoken form stands for. Pieces follow each other without a gap in both. */
typedef struct Piece {
    uint32_t spoken_at, spoken_n;
    uint32_t text_at, text_n;
    const char *rule;   /* the row that wrote it; NULL: copied, byte for byte */
} Piece;

/* A reading behind its characters in the text, 行<hang2>, or what looks like one. */
typedef struct Ruby {
    uint32_t text_at, text_n; /* with its brackets, in bytes of the text */
    Str reading;              /* "hang2", in the data's form */
    const char *fault;        /* NULL, or for a person why it is none: then it is spoken as it stands */
} Ruby;

/* Direct speech within a sentence: what somebody on the page says, with its quotation marks; in bytes of Sentence.text. */
enum { SPEECH_MAX = 4 };
typedef struct Speech {
    uint32_t from[SPEECH_MAX], to[SPEECH_MAX];
    uint32_t count;
} Speech;

typedef struct Sentence {
    Role role;
    const Block *block; /* that it is of */
    int line;           /* of its block */
    Str text;           /* a view into the block */
    size_t text_at;     /* where it begins in the block, in bytes */
    Break after;        /* BREAK_SENTENCE or stronger; BREAK_CLAUSE where a too long sentence was cut */
    Speech speech;

    Ruby *rubies;       /* pinyin/: in their order, none over another */
    size_t ruby_count;

    Str spoken;         /* text/: figures, signs and units written out */
    Piece *pieces;
    size_t piece_count;

    Word *words;        /* pinyin/: every character of `spoken` is in one word */
    size_t word_count;

    bool question;      /* speech/: ends in a question mark */
    int pause_ms;       /* speech/: silence after it at the voice's own rate */
} Sentence;

/* The bytes of Sentence.text that a syllable reads: [*from, *to). A figure's syllables share the figure's bytes. */
void sentence_source(const Sentence *sentence, const Syllable *syllable, uint32_t *from, uint32_t *to);
/* Whether somebody on the page says this syllable. */
bool sentence_quotes(const Sentence *sentence, const Syllable *syllable);

/* ---- sound ---- */

/* What the synthesiser is asked to say for a sentence: utterances with silence between them, a phrase each. Speeds are the synthesiser's
 * own; pitches are tenths of a semitone from the voice's own. */
enum { ENGLISH_BYTES_MAX = 64 };
enum { UTTERANCE_BYTES_MAX = 512 }; /* of phonemes: above 600 bytes the synthesiser loses sound */
typedef struct Utterance {
    const char *phonemes; /* NUL-terminated mnemonics, "[[...]] [[...]]", never anything else */
    const char *english;  /* NULL, or words of A-Z and a-z with a space, ' or - between them, said in English; `phonemes` spell them, where that fails */
    int pause_ms;         /* silence after it */
    int decay_ms;         /* over so long it dies away before that */
    Break after;
    bool quoted;          /* said by the voice that reads direct speech, where there is one */
    uint32_t at;          /* syllables of the sentence before it */
    int16_t speed, pitch;
    uint16_t last;        /* where its last word begins in `phonemes`, which has a speed and a pitch of its own */
    int16_t last_speed, last_pitch;
    const char *paces;    /* a byte for each [[...]], NUL-terminated: its share of that speed in percent (never over 127); NULL: 100 each */
    const char *ranges;   /* the same of the range in which its tones move */
} Utterance;

typedef struct Script {
    Utterance *utterances;
    size_t count;
    bool heading; /* said by the voice that reads headlines, where there are two */
} Script;

/* Mono 16-bit sound. clip_finish frees it. */
typedef struct Clip {
    int16_t *samples;
    size_t frames, capacity;
    bool borrowed; /* the memory is somebody else's: it is not freed here and cannot grow beyond its capacity */
} Clip;

void clip_finish(Clip *clip); /* empty afterwards, ready for use */
/* Makes room for `frames` more; false when there is none. */
bool clip_reserve(Clip *clip, size_t frames);
bool clip_append(Clip *clip, const int16_t *samples, size_t frames);
bool clip_append_silence(Clip *clip, size_t frames);

/* A sentence in the finished sound of its article: frames [first, end), silence after it not included. */
typedef struct Cue {
    Role role;
    Str text;           /* in the edition's arena */
    uint64_t first, end;
} Cue;

#endif
