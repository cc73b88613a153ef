/* dubao export: every article of a page becomes a sound file. */
#include "base/message.h"
#include "commands/command.h"
#include "commands/exporter.h"
#include "commands/masthead.h"
#include "commands/pages.h"

/* A page that cannot be read does not keep the others from being read; its sentence and its status are the run's. */
static int export_pages(Exporter *exporter, const Pages *pages, Console *console, Error *error)
{
    int result = 0;
    for (size_t i = 0; i < pages->count; i++) {
        Error page_error;
        if (exporter_page(exporter, &pages->pages[i], i, pages->count, &page_error) == 0) continue;
        bool ends = page_error.status != STATUS_DATA && page_error.status != STATUS_NO_INPUT;
        if (result < 0 && !ends) console_say(console, "%s", page_error.text);
        else *error = page_error;
        result = -1;
        if (ends) return -2;
    }
    return result;
}

static void say_summary(Console *console, const ExportSummary *summary, const char *folder)
{
    int seconds = (int)summary->seconds;
    if (!summary->changed && summary->written == 0 && summary->failed == 0)
        console_say(console, ngettext("nothing has changed: %zu article lies in %s, %d:%02d of sound",
                                      "nothing has changed: %zu articles lie in %s, %d:%02d of sound", summary->kept),
                    summary->kept, folder, seconds / 60, seconds % 60);
    else
        console_say(console, ngettext("%zu article written to %s, %zu unchanged, %zu failed; %d:%02d of sound",
                                      "%zu articles written to %s, %zu unchanged, %zu failed; %d:%02d of sound", summary->written),
                    summary->written, folder, summary->kept, summary->failed, seconds / 60, seconds % 60);
    if (summary->left_out > 0)
        console_say(console, ngettext("%zu line of the pages was left out (date, page number, editors, advertisements); dubao inspect shows it",
                                      "%zu lines of the pages were left out (dates, page numbers, editors, advertisements); dubao inspect shows them", summary->left_out),
                    summary->left_out);
    if (summary->unread > 0)
        console_say(console, ngettext("%zu character without a reading was left out", "%zu characters without a reading were left out", summary->unread),
                    summary->unread);
}

static int export_into(const OutputFolder *folder, const Settings *settings, const Pages *pages, Reader *reader, Render *render, const Output *output,
                       Console *console, Error *error)
{
    Exporter *exporter;
    if (exporter_create(&exporter, folder, reader, render, output, settings, console, error) < 0) return -1;
    ExportSummary summary = { 0 };
    Error second;
    int result = exporter_keep_single(exporter, pages, error) < 0 ? -2 : export_pages(exporter, pages, console, error);
    /* After a page that could not be read, what the other pages gave is kept. */
    if (result != -2 && exporter_finish(exporter, &summary, result == 0 ? error : &second) < 0) {
        if (result < 0) console_say(console, "%s", second.text);
        result = -2;
    }
    if (result == -2 && error->status == STATUS_INTERRUPTED && exporter_suspend(exporter, &second) < 0) console_say(console, "%s", second.text);
    console_clear(console);
    bool nothing = result < 0 && summary.written + summary.kept + summary.failed == 0;
    if (result != -2 && !nothing && !settings->quiet) say_summary(console, &summary, folder->path);
    exporter_destroy(exporter);
    return result < 0 ? result : summary.failed > 0 ? STATUS_PARTIAL : STATUS_OK;
}

int export_run(const Settings *settings, const Pages *pages, Console *console, Error *error)
{
    Arena arena = { 0 };
    Reader reader = { 0 };
    Render render = { 0 };
    Output output;
    OutputFolder folder = { .fd = -1 };
    console_hold_signals();
    int result = presets_apply(settings, &output, error);
    if (result == 0) result = masthead_check(settings, error);
    if (result == 0) result = reader_open(&reader, settings, &console->report, error);
    if (result == 0) result = render_start(&render, &arena, &reader, settings, output.level.target_lufs, error);
    if (result == 0) result = folder_open(&folder, &arena, settings->output ? settings->output : "out", error);
    if (result == 0) result = export_into(&folder, settings, pages, &reader, &render, &output, console, error);
    render_close(&render);
    folder_close(&folder);
    reader_close(&reader);
    arena_finish(&arena);
    return result;
}

static int run(const Settings *settings, Console *console, Error *error)
{
    Arena arena = { 0 };
    Pages pages;
    int result = pages_find(&pages, &arena, settings->arguments, settings->argument_count, error);
    if (result == 0) result = export_run(settings, &pages, console, error);
    arena_finish(&arena);
    return result;
}

const Command COMMAND_EXPORT = { "export", N_("PAGE..."), N_("write every article of a page as a sound file, and edition.json"), FOR_EXPORT, true, run };
