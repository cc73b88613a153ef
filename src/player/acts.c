#include "player/acts.h"

#include <strings.h>

#include "base/message.h"

static const ActInfo ACTS[ACT_COUNT] = {
    [ACT_NONE] = { "none", "", WANTS_NOTHING, NULL, NULL },
    [ACT_PLAY_PAUSE] = { "pause", "PlayPause", WANTS_NOTHING, NULL, N_("pause and go on") },
    [ACT_PLAY] = { "play", "Play", WANTS_NOTHING, NULL, N_("go on") },
    [ACT_PAUSE] = { "hold", "Pause", WANTS_NOTHING, NULL, N_("pause") },
    [ACT_STOP] = { "stop", "Stop", WANTS_NOTHING, NULL, N_("pause at the beginning of the article") },
    [ACT_NEXT_SENTENCE] = { "next-sentence", "NextSentence", WANTS_NOTHING, NULL, N_("next sentence") },
    [ACT_PREVIOUS_SENTENCE] = { "previous-sentence", "PreviousSentence", WANTS_NOTHING, NULL, N_("previous sentence") },
    [ACT_NEXT_PARAGRAPH] = { "next-paragraph", "NextParagraph", WANTS_NOTHING, NULL, N_("next paragraph") },
    [ACT_PREVIOUS_PARAGRAPH] = { "previous-paragraph", "PreviousParagraph", WANTS_NOTHING, NULL, N_("previous paragraph") },
    [ACT_NEXT_ARTICLE] = { "next-article", "Next", WANTS_NOTHING, NULL, N_("next article") },
    [ACT_PREVIOUS_ARTICLE] = { "previous-article", "Previous", WANTS_NOTHING, NULL, N_("previous article") },
    [ACT_SLOWER] = { "slower", "Slower", WANTS_NOTHING, NULL, N_("slower") },
    [ACT_FASTER] = { "faster", "Faster", WANTS_NOTHING, NULL, N_("faster") },
    [ACT_NORMAL] = { "normal", "Normal", WANTS_NOTHING, NULL, N_("normal rate") },
    [ACT_RATE] = { "rate", "Rate", WANTS_DECIMAL, N_("a number, 1 for the usual rate"), NULL },
    [ACT_NEXT_VOICE] = { "next-voice", "NextVoice", WANTS_NOTHING, NULL, N_("next voice") },
    [ACT_VOICE] = { "voice", "Voice", WANTS_TEXT, N_("the name of a voice"), NULL },
    [ACT_REPEAT] = { "repeat", "Repeat", WANTS_NOTHING, NULL, N_("this sentence again") },
    [ACT_SPELL] = { "spell", "Spell", WANTS_NOTHING, NULL, N_("spell the sentence, a word for each character") },
    [ACT_TELL] = { "tell", "Tell", WANTS_NOTHING, NULL, N_("say article, title and time left") },
    [ACT_LIST] = { "list", "List", WANTS_NOTHING, NULL, N_("list the articles and choose one") },
    [ACT_SEARCH] = { "search", "Search", WANTS_TEXT, N_("words"), N_("search for words") },
    [ACT_ARTICLE] = { "article", "Article", WANTS_WHOLE, N_("the number of an article"), N_("go to an article by its number") },
    [ACT_SENTENCE] = { "sentence", "Sentence", WANTS_WHOLE, N_("the number of a sentence"), NULL },
    [ACT_SEEK] = { "seek", "Seek", WANTS_DECIMAL, N_("a number of seconds"), NULL },
    [ACT_POSITION] = { "position", "SetPosition", WANTS_DECIMAL, N_("a number of seconds"), NULL },
    [ACT_VOLUME] = { "volume", "Volume", WANTS_DECIMAL, N_("a number from 0 to 1"), NULL },
    [ACT_BOOKMARK] = { "bookmark", "Bookmark", WANTS_NOTHING, NULL, N_("set a bookmark here") },
    [ACT_BOOKMARKS] = { "bookmarks", "Bookmarks", WANTS_NOTHING, NULL, N_("list the bookmarks and choose one") },
    [ACT_GO_BOOKMARK] = { "go-bookmark", "GoToBookmark", WANTS_WHOLE, N_("the number of a bookmark"), NULL },
    [ACT_STATUS] = { "status", "Status", WANTS_NOTHING, NULL, NULL },
    [ACT_HELP] = { "help", "Help", WANTS_NOTHING, NULL, N_("list the keys") },
    [ACT_QUIT] = { "quit", "Quit", WANTS_NOTHING, NULL, N_("end; the next run goes on here") },
};

const ActInfo *act_info(Act act)
{
    return &ACTS[act];
}

Act act_by_name(Str name)
{
    int act = 0;
    while (act < (int)ACT_COUNT && !str_is(name, ACTS[act].name)) act++;
    return (Act)act;
}

Act act_by_remote(Str name)
{
    int act = ACT_NONE + 1;
    while (act < (int)ACT_COUNT && (str_from(ACTS[act].remote).n != name.n || strncasecmp(ACTS[act].remote, name.s, name.n) != 0)) act++;
    return (Act)act;
}

RequestFault request_parse(Request *request, Str line)
{
    Str rest = str_trim(line), name = str_split(&rest, ' ');
    long whole;
    *request = (Request){ .act = act_by_remote(name), .text = str_trim(rest) };
    if (request->act == ACT_COUNT) return REQUEST_UNKNOWN;
    switch (act_info(request->act)->wants) {
    case WANTS_NOTHING: return REQUEST_GOOD;
    case WANTS_TEXT: return request->text.n > 0 ? REQUEST_GOOD : REQUEST_VALUE;
    case WANTS_DECIMAL: return str_to_double(request->text, &request->number) ? REQUEST_GOOD : REQUEST_VALUE;
    case WANTS_WHOLE: break;
    }
    if (!str_to_long(request->text, &whole) || whole < 1) return REQUEST_VALUE;
    request->number = (double)whole;
    return REQUEST_GOOD;
}
