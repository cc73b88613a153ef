#include "audio/soundfile.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/comments.h"
#include "audio/id3.h"
#include "audio/riff.h"
#include "base/memory.h"
#include "base/message.h"
#include "base/utf8.h"

#define SOFTWARE "dubao " DUBAO_VERSION

/* How a format keeps title and chapters. */
typedef enum Keeping {
    KEEPS_COMMENTS, /* libsndfile's tags, and chapters as comments among them */
    KEEPS_RIFF,     /* its tags, and chapters as named markers */
    KEEPS_BEXT,     /* the same with the header of broadcast files (EBU Tech 3285) and a marker a sentence */
    KEEPS_ID3       /* all in an ID3 tag of our own */
} Keeping;

typedef struct FormatRow {
    SoundFormat format;
    int code;
    int code_long; /* for more than 4 GiB; 0: the format has no such limit */
    Keeping keeping;
    int constant_kbps; /* of an encoder whose bitrate is set; 0: its own */
} FormatRow;

static const FormatRow FORMATS[] = {
    { { "wav", "wav", N_("16-bit PCM, for every player and editor"), 0, false, false },
      SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_RF64 | SF_FORMAT_PCM_16, KEEPS_RIFF, 0 },
    { { "bwf", "wav", N_("Broadcast Wave, 48 kHz, 24 bit, for radio"), 48000, true, false },
      SF_FORMAT_WAV | SF_FORMAT_PCM_24, SF_FORMAT_RF64 | SF_FORMAT_PCM_24, KEEPS_BEXT, 0 },
    { { "rf64", "wav", N_("the same for files of any length"), 48000, true, false }, SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 0, KEEPS_BEXT, 0 },
    { { "flac", "flac", N_("the same sound as WAV in half the space"), 0, false, false }, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0, KEEPS_COMMENTS, 0 },
    { { "ogg", "ogg", N_("Ogg Vorbis, a tenth of the space"), 0, false, true }, SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0, KEEPS_COMMENTS, 0 },
    { { "opus", "opus", N_("Ogg Opus, the smallest"), 48000, false, true }, SF_FORMAT_OGG | SF_FORMAT_OPUS, 0, KEEPS_COMMENTS, 0 },
    { { "mp3", "mp3", N_("MPEG layer III, for podcasts and old players"), 44100, false, true },
      SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0, KEEPS_ID3, 96 },
};
enum { FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS };

const SoundFormat *sound_format_at(size_t i)
{
    return i < FORMAT_COUNT ? &FORMATS[i].format : NULL;
}

const SoundFormat *sound_format_find(const char *name)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        if (strcmp(FORMATS[i].format.name, name) == 0) return &FORMATS[i].format;
    return NULL;
}

/* libsndfile buffers nothing and tells nothing reliable about a full disk: the first failed write is kept here. */
struct SoundFile {
    SNDFILE *handle;
    const FormatRow *row;
    const SoundPlan *plan;
    AtomicFile *file;
    off_t base; /* what the library takes for the file begins here, behind our own tag */
    int write_errno;
};

/* ---- the library's way to the file ---- */

static sf_count_t file_length(void *user)
{
    const SoundFile *sound = user;
    off_t here = lseek(sound->file->fd, 0, SEEK_CUR), end = lseek(sound->file->fd, 0, SEEK_END);
    lseek(sound->file->fd, here, SEEK_SET);
    return end - sound->base;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user)
{
    const SoundFile *sound = user;
    return lseek(sound->file->fd, whence == SEEK_SET ? offset + sound->base : offset, whence) - sound->base;
}

static sf_count_t file_tell(void *user)
{
    return file_seek(0, SEEK_CUR, user);
}

static sf_count_t file_read_back(void *buffer, sf_count_t count, void *user)
{
    ssize_t n = read(((SoundFile *)user)->file->fd, buffer, (size_t)count);
    return n < 0 ? 0 : n;
}

static sf_count_t file_write(const void *buffer, sf_count_t count, void *user)
{
    SoundFile *sound = user;
    sf_count_t done = 0;
    while (done < count && !sound->write_errno) {
        ssize_t n = write(sound->file->fd, (const char *)buffer + done, (size_t)(count - done));
        if (n >= 0) done += n;
        else if (errno != EINTR) sound->write_errno = errno;
    }
    return done;
}

static SF_VIRTUAL_IO virtual_io(void)
{
    return (SF_VIRTUAL_IO){ file_length, file_seek, file_read_back, file_write, file_tell };
}

static int write_fault(const SoundFile *sound, Error *error)
{
    errno = sound->write_errno ? sound->write_errno : EIO;
    return error_set_errno(error, STATUS_IO, _("cannot write %s/%s"), sound->file->folder->path, sound->file->name);
}

/* ---- what the file says of itself ---- */

static void set_string(SNDFILE *handle, int kind, Str text)
{
    char copy[1024];
    size_t n = text.n < sizeof copy ? text.n : utf8_whole(text.s, sizeof copy - 1);
    if (n > 0) memcpy(copy, text.s, n);
    copy[n] = '\0';
    if (n > 0) sf_set_string(handle, kind, copy);
}

static void set_strings(SNDFILE *handle, const SoundAbout *about)
{
    char track[16];
    snprintf(track, sizeof track, "%u", about->track);
    set_string(handle, SF_STR_TITLE, about->title);
    set_string(handle, SF_STR_ALBUM, about->album);
    set_string(handle, SF_STR_ARTIST, about->artist);
    set_string(handle, SF_STR_DATE, about->date);
    if (about->track > 0) sf_set_string(handle, SF_STR_TRACKNUMBER, track);
    sf_set_string(handle, SF_STR_SOFTWARE, SOFTWARE);
}

static void copy_text(char *field, size_t room, Str text)
{
    memcpy(field, text.n ? text.s : "", text.n <= room ? text.n : utf8_whole(text.s, room));
}

/* Hundredths, as bext states levels. */
static int16_t hundredths(double level)
{
    return (int16_t)lrint(level * 100);
}

static void set_broadcast(SNDFILE *handle, const SoundAbout *about, const SoundLevels *levels)
{
    enum { VERSION = 2, UNKNOWN = 0x7FFF };
    SF_BROADCAST_INFO info = { .version = VERSION, .loudness_value = UNKNOWN, .loudness_range = UNKNOWN, .max_true_peak_level = UNKNOWN,
                               .max_momentary_loudness = UNKNOWN, .max_shortterm_loudness = UNKNOWN };
    copy_text(info.description, sizeof info.description, about->title);
    copy_text(info.originator, sizeof info.originator, about->artist.n ? about->artist : STR(SOFTWARE));
    if (about->date.n == sizeof info.origination_date) copy_text(info.origination_date, sizeof info.origination_date, about->date);
    if (levels) {
        info.loudness_value = hundredths(levels->integrated_lufs);
        info.loudness_range = hundredths(levels->range_lu);
        info.max_true_peak_level = hundredths(levels->true_peak_dbtp);
        info.max_momentary_loudness = hundredths(levels->momentary_max_lufs);
        info.max_shortterm_loudness = hundredths(levels->short_term_max_lufs);
    }
    sf_command(handle, SFC_SET_BROADCAST_INFO, &info, sizeof info);
}

/* Before the first sample. */
static void describe(SoundFile *sound)
{
    const SoundPlan *plan = sound->plan;
    if (sound->row->keeping == KEEPS_BEXT) set_broadcast(sound->handle, plan->about, plan->levels);
    if (sound->row->keeping == KEEPS_COMMENTS) {
        char *placeholder = comments_placeholder(plan->about, plan->rate_hz);
        set_strings(sound->handle, plan->about);
        if (placeholder) sf_set_string(sound->handle, SF_STR_COMMENT, placeholder);
        free(placeholder);
    }
    if (sound->row->constant_kbps) {
        double strongest = 320, weakest = 32; /* kbit/s of MPEG-1 layer III, between which the library counts from 0 to 1 */
        double level = (strongest - sound->row->constant_kbps) / (strongest - weakest);
        int mode = SF_BITRATE_MODE_CONSTANT;
        sf_command(sound->handle, SFC_SET_BITRATE_MODE, &mode, sizeof mode);
        sf_command(sound->handle, SFC_SET_COMPRESSION_LEVEL, &level, sizeof level);
    }
}

static int write_id3(SoundFile *sound, Error *error)
{
    char *tag;
    size_t n = id3_write(sound->plan->about, SOFTWARE, sound->plan->rate_hz, &tag);
    bool written = file_write(tag, (sf_count_t)n, sound) == (sf_count_t)n;
    free(tag);
    sound->base = (off_t)n;
    return written ? 0 : write_fault(sound, error);
}

/* Behind the sound, after the library has closed the file. */
static int add_markers(SoundFile *sound, Error *error)
{
    const SoundPlan *plan = sound->plan;
    const SoundAbout *about = plan->about;
    bool by_sentence = sound->row->keeping == KEEPS_BEXT && about->cue_count > 0;
    const SoundMark *marks = by_sentence ? about->cues : about->chapters;
    unsigned char head[RIFF_HEAD_BYTES] = { 0 };
    char *chunks;
    size_t n = riff_markers(marks, by_sentence ? about->cue_count : about->chapter_count, plan->rate_hz, plan->file_hz, &chunks);
    sf_count_t end = file_length(sound);
    int result = 0;
    bool room = n > 0 && pread(sound->file->fd, head, sizeof head, 0) == sizeof head && riff_grow(head, n + (size_t)(end & 1));
    if (room) {
        lseek(sound->file->fd, 0, SEEK_END);
        if (end & 1) file_write("", 1, sound); /* chunks begin at even offsets */
        file_write(chunks, (sf_count_t)n, sound);
        if (pwrite(sound->file->fd, head, sizeof head, 0) != sizeof head && !sound->write_errno) sound->write_errno = errno;
        result = sound->write_errno ? write_fault(sound, error) : 0;
    }
    free(chunks);
    return result;
}

static int add_chapters(SoundFile *sound, Error *error)
{
    const SoundPlan *plan = sound->plan;
    size_t room = comments_head_bytes(plan->about, plan->rate_hz);
    unsigned char *head = memory_new(room, 1);
    ssize_t n = pread(sound->file->fd, head, room, 0);
    bool put = n > 0 && comments_put_chapters(head, (size_t)n, plan->about, plan->rate_hz);
    if (put && pwrite(sound->file->fd, head, (size_t)n, 0) != n) sound->write_errno = errno;
    free(head);
    return sound->write_errno ? write_fault(sound, error) : 0;
}

/* ---- writing ---- */

static SNDFILE *open_handle(SoundFile *sound)
{
    SF_VIRTUAL_IO io = virtual_io();
    const FormatRow *row = sound->row;
    int sample_bytes = row->keeping == KEEPS_BEXT ? 3 : 2;
    bool is_long = row->code_long && sound->plan->frames * (uint64_t)sample_bytes > UINT32_MAX - (64 << 20);
    SF_INFO info = { .samplerate = (int)sound->plan->file_hz, .channels = 1, .format = is_long ? row->code_long : row->code };
    return sf_open_virtual(&io, SFM_WRITE, &info, sound);
}

int sound_create(SoundFile **created, const SoundPlan *plan, AtomicFile *file, Error *error)
{
    SoundFile *sound = memory_new(1, sizeof *sound);
    *sound = (SoundFile){ .file = file, .plan = plan, .row = (const FormatRow *)(const void *)plan->format };
    if (sound->row->keeping == KEEPS_ID3 && write_id3(sound, error) < 0) {
        free(sound);
        return -1;
    }
    sound->handle = open_handle(sound);
    if (!sound->handle) {
        if (sound->write_errno) write_fault(sound, error);
        else error_set(error, STATUS_CANNOT_CREATE, _("cannot write the format %s: %s"), plan->format->name, sf_strerror(NULL));
        free(sound);
        return -1;
    }
    describe(sound);
    sf_command(sound->handle, SFC_SET_CLIPPING, NULL, SF_TRUE); /* of the resampler's rounding; the limiter keeps below */
    *created = sound;
    return 0;
}

int sound_write(SoundFile *sound, const int16_t *samples, size_t frames, Error *error)
{
    sf_count_t done = sf_writef_short(sound->handle, samples, (sf_count_t)frames);
    return sound->write_errno || done != (sf_count_t)frames ? write_fault(sound, error) : 0;
}

int sound_write_float(SoundFile *sound, const float *samples, size_t frames, Error *error)
{
    sf_count_t done = sf_writef_float(sound->handle, samples, (sf_count_t)frames);
    return sound->write_errno || done != (sf_count_t)frames ? write_fault(sound, error) : 0;
}

int sound_close(SoundFile *sound, Error *error)
{
    bool riff = sound->row->keeping == KEEPS_RIFF || sound->row->keeping == KEEPS_BEXT;
    if (riff) set_strings(sound->handle, sound->plan->about); /* now: so they come behind the sound, where no old player stumbles over them */
    int closed = sf_close(sound->handle);
    int result = closed || sound->write_errno ? write_fault(sound, error) : 0;
    if (result == 0 && riff) result = add_markers(sound, error);
    if (result == 0 && sound->row->keeping == KEEPS_COMMENTS) result = add_chapters(sound, error);
    free(sound);
    return result;
}

/* ---- reading ---- */

int sound_measure(AtomicFile *file, Meter *meter, Error *error)
{
    enum { BLOCK = 4096 };
    SoundFile sound = { .file = file };
    SF_VIRTUAL_IO io = virtual_io();
    SF_INFO info = { 0 };
    float block[BLOCK];
    lseek(file->fd, 0, SEEK_SET);
    SNDFILE *handle = sf_open_virtual(&io, SFM_READ, &info, &sound);
    if (!handle) return error_set(error, STATUS_IO, _("cannot read back %s/%s: %s"), file->folder->path, file->name, sf_strerror(NULL));
    for (sf_count_t n; (n = sf_readf_float(handle, block, BLOCK)) > 0;) meter_add(meter, block, (size_t)n);
    sf_close(handle);
    return 0;
}

bool sound_check(const OutputFolder *folder, const char *name, uint64_t frames, uint64_t file_bytes)
{
    struct stat about;
    if (fstatat(folder->fd, name, &about, 0) < 0 || !S_ISREG(about.st_mode) || (uint64_t)about.st_size != file_bytes) return false;
    int fd = openat(folder->fd, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    SF_INFO info = { 0 };
    SNDFILE *handle = sf_open_fd(fd, SFM_READ, &info, 1);
    if (!handle) return false;
    sf_close(handle);
    return info.frames == (sf_count_t)frames;
}
