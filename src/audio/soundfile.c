#include "audio/soundfile.h"

#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"

typedef struct FormatRow {
    SoundFormat format;
    int code;
    int code_long; /* for more than 4 GiB; 0: the format has no such limit */
} FormatRow;

static const FormatRow FORMATS[] = {
    { { "wav", "wav", N_("16-bit PCM, for every player and editor") }, SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_RF64 | SF_FORMAT_PCM_16 },
    { { "flac", "flac", N_("the same sound in half the space") }, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0 },
    { { "ogg", "ogg", N_("Ogg Vorbis, a tenth of the space") }, SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0 },
    { { "mp3", "mp3", N_("MPEG layer III, for podcasts and old players") }, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0 },
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
    AtomicFile *file;
    int write_errno;
};

static sf_count_t file_length(void *user)
{
    SoundFile *sound = user;
    off_t here = lseek(sound->file->fd, 0, SEEK_CUR), end = lseek(sound->file->fd, 0, SEEK_END);
    lseek(sound->file->fd, here, SEEK_SET);
    return end;
}

static sf_count_t file_seek(sf_count_t offset, int whence, void *user)
{
    return lseek(((SoundFile *)user)->file->fd, offset, whence);
}

static sf_count_t file_tell(void *user)
{
    return lseek(((SoundFile *)user)->file->fd, 0, SEEK_CUR);
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

static int write_fault(const SoundFile *sound, Error *error)
{
    errno = sound->write_errno ? sound->write_errno : EIO;
    return error_set_errno(error, STATUS_IO, _("cannot write %s/%s"), sound->file->folder->path, sound->file->name);
}

int sound_create(SoundFile **created, const SoundFormat *format, AtomicFile *file, unsigned rate_hz, uint64_t frames, Error *error)
{
    SF_VIRTUAL_IO io = { file_length, file_seek, file_read_back, file_write, file_tell };
    const FormatRow *row = (const FormatRow *)(const void *)format;
    SoundFile *sound = calloc(1, sizeof *sound);
    if (!sound) abort();
    sound->file = file;
    bool is_long = row->code_long && frames * sizeof(int16_t) > UINT32_MAX - 4096;
    SF_INFO info = { .samplerate = (int)rate_hz, .channels = 1, .format = is_long ? row->code_long : row->code };
    sound->handle = sf_open_virtual(&io, SFM_WRITE, &info, sound);
    if (!sound->handle) {
        if (sound->write_errno) write_fault(sound, error);
        else error_set(error, STATUS_CANNOT_CREATE, _("cannot write the format %s: %s"), format->name, sf_strerror(NULL));
        free(sound);
        return -1;
    }
    *created = sound;
    return 0;
}

int sound_write(SoundFile *sound, const int16_t *samples, size_t frames, Error *error)
{
    sf_count_t done = sf_writef_short(sound->handle, samples, (sf_count_t)frames);
    return sound->write_errno || done != (sf_count_t)frames ? write_fault(sound, error) : 0;
}

int sound_close(SoundFile *sound, Error *error)
{
    int closed = sf_close(sound->handle);
    int result = closed || sound->write_errno ? write_fault(sound, error) : 0;
    free(sound);
    return result;
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
