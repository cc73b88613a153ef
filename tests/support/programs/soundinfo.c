/* What a sound file is like, measured afresh with libsndfile and libebur128:
 *   soundinfo frames|rate|channels|loudness|peak|silent FILE
 *   soundinfo markers FILE         named markers of a WAV or RF64 file, read byte by byte: a line "frame<TAB>name" each
 *   soundinfo broadcast FILE       what the bext chunk says: version, loudness, range, true peak, momentary, short-term (hundredths), date, description
 *   soundinfo seams FILE           each stretch of 40 ms and more of nothing but zeros: where it begins and ends in seconds, and by how much of full
 *                                  scale (in %) the sound steps down to it and up from it
 *   soundinfo pauses FILE          for lines "start end syllables after:ms after:ms ..." on standard input, sentences between these seconds with the silences
 *                                  planned in them: a line for each silence, as found: where it begins, how long it is and was planned in ms, steps as above
 *   soundinfo offset FILE OTHER    by how many milliseconds the sound of OTHER lies behind that of FILE: the least and the most of eight places, by correlation
 * "silent" is the share of frames that are exactly 0. */
#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Measured {
    double lufs, peak;
    long long frames, zeros;
} Measured;

static int measure(SNDFILE *file, const SF_INFO *info, Measured *measured)
{
    short block[4096];
    sf_count_t n;
    ebur128_state *state = ebur128_init((unsigned)info->channels, (unsigned long)info->samplerate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    if (!state) return -1;
    while ((n = sf_readf_short(file, block, 4096 / info->channels)) > 0) {
        ebur128_add_frames_short(state, block, (size_t)n);
        measured->frames += n;
        for (sf_count_t i = 0; i < n * info->channels; i++) measured->zeros += block[i] == 0;
    }
    ebur128_loudness_global(state, &measured->lufs);
    ebur128_true_peak(state, 0, &measured->peak);
    ebur128_destroy(&state);
    return 0;
}

static uint64_t number(const unsigned char *from, int bytes)
{
    uint64_t value = 0;
    for (int i = bytes - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

/* ---- planned silences ---- */

enum { PLANNED_MAX = 256, FOUND_MAX = 1024 };

typedef struct Silence {
    double at, ms, after; /* after: of a planned one, how many syllables lie before it */
    int down, up;         /* the samples on both sides */
} Silence;

static size_t find_silences(const short *samples, int rate_hz, double start, double end, Silence *found)
{
    enum { SHORTEST_MS = 10 };
    size_t count = 0;
    long from = lround(start * rate_hz), to = lround(end * rate_hz), zeros = 0;
    for (long i = from; i < to; i++) {
        if (samples[i] == 0) {
            zeros++;
            continue;
        }
        double ms = 1000.0 * (double)zeros / rate_hz;
        if (ms >= SHORTEST_MS && count < FOUND_MAX)
            found[count++] = (Silence){ (double)(i - zeros) / rate_hz, ms, 0, i > zeros ? samples[i - zeros - 1] : 0, samples[i] };
        zeros = 0;
    }
    return count;
}

/* What it costs to take silence `to` for the planned one `k` when `from` was the one before (NULL: the sentence's beginning): how far it is from it in length,
 * as long as that is near, and how far from where its syllables end, a hundredth of that. */
static double step_cost(const Silence *planned, size_t k, const Silence *from, const Silence *to, double start, double syllable_ms)
{
    static const double LENGTH_MOST_MS = 12;
    double since = from ? from->at + from->ms / 1000 : start, syllables = planned[k].after - (k > 0 ? planned[k - 1].after : 0);
    return fmin(fabs(to->ms - planned[k].ms), LENGTH_MOST_MS) + fabs(1000 * (to->at - since) - syllables * syllable_ms) / 100;
}

/* Which of the silences are the planned ones, in their order: the synthesiser is silent before a stop, too. */
static bool match_silences(const Silence *planned, size_t planned_count, const Silence *found, size_t count, double start, double syllable_ms, size_t *match)
{
    static double cost[PLANNED_MAX][FOUND_MAX];
    static size_t back[PLANNED_MAX][FOUND_MAX];
    if (planned_count > count) return false;
    for (size_t k = 0; k < planned_count; k++)
        for (size_t j = 0; j < count; j++) {
            cost[k][j] = k == 0 ? step_cost(planned, k, NULL, &found[j], start, syllable_ms) : INFINITY;
            for (size_t i = 0; k > 0 && i < j; i++) {
                double sum = cost[k - 1][i] + step_cost(planned, k, &found[i], &found[j], start, syllable_ms);
                if (sum < cost[k][j]) back[k][j] = i;
                if (sum < cost[k][j]) cost[k][j] = sum;
            }
        }
    size_t last = 0;
    for (size_t j = 0; planned_count > 0 && j < count; j++)
        if (cost[planned_count - 1][j] < cost[planned_count - 1][last]) last = j;
    for (size_t k = planned_count; k-- > 0; last = back[k][last]) match[k] = last;
    return true;
}

static size_t read_planned(char *words, Silence *planned, double *sum_ms)
{
    size_t count = 0;
    *sum_ms = 0;
    for (char *word = strtok(words, " \n"); word && count < PLANNED_MAX; word = strtok(NULL, " \n"))
        if (sscanf(word, "%lf:%lf", &planned[count].after, &planned[count].ms) == 2) *sum_ms += planned[count++].ms;
    return count;
}

static int print_pauses(const short *samples, int rate_hz)
{
    static char line[16384];
    static Silence planned[PLANNED_MAX], found[FOUND_MAX];
    size_t match[PLANNED_MAX];
    int status = 0;
    while (fgets(line, sizeof line, stdin)) {
        double start, end, syllables, silence_ms;
        int n = 0;
        if (sscanf(line, "%lf %lf %lf%n", &start, &end, &syllables, &n) != 3) return 65;
        size_t wanted = read_planned(line + n, planned, &silence_ms), count = find_silences(samples, rate_hz, start, end, found);
        double syllable_ms = (1000 * (end - start) - silence_ms) / syllables;
        if (!match_silences(planned, wanted, found, count, start, syllable_ms, match)) {
            fprintf(stderr, "soundinfo: %zu silences between %.3f s and %.3f s, where %zu were planned\n", count, start, end, wanted);
            status = 1;
            continue;
        }
        for (size_t k = 0; k < wanted; k++) {
            const Silence *silence = &found[match[k]];
            printf("%.4f %.2f %.2f %.3f %.3f\n", silence->at, silence->ms, planned[k].ms, abs(silence->down) / 327.68, abs(silence->up) / 327.68);
        }
    }
    return status;
}

static void print_seams(SNDFILE *file, const SF_INFO *info)
{
    enum { SHORTEST_MS = 40 };
    long long zeros = 0, at = 0;
    short sample, before = 0, last = 0;
    double rate_hz = info->samplerate;
    for (; sf_readf_short(file, &sample, 1) == 1; last = sample, at++) {
        if (sample == 0) {
            if (zeros++ == 0) before = last;
            continue;
        }
        if ((double)zeros >= SHORTEST_MS * rate_hz / 1000)
            printf("%.4f %.4f %.3f %.3f\n", (double)(at - zeros) / rate_hz, (double)at / rate_hz, abs(before) / 327.68, abs(sample) / 327.68);
        zeros = 0;
    }
}

/* The names in LIST/adtl, for the markers in "cue ". */
static void print_names(const unsigned char *cues, const unsigned char *list, uint64_t bytes)
{
    for (uint64_t at = 4; at + 12 <= bytes;) {
        uint64_t size = number(list + at + 4, 4), id = number(list + at + 8, 4), frame = UINT64_MAX;
        for (uint64_t i = 0; i < number(cues, 4); i++)
            if (number(cues + 4 + 24 * i, 4) == id) frame = number(cues + 4 + 24 * i + 20, 4);
        if (memcmp(list + at, "labl", 4) == 0) printf("%llu\t%s\n", (unsigned long long)frame, (const char *)list + at + 12);
        at += 8 + size + (size & 1);
    }
}

/* 0 when the chunks fill the file to its stated length exactly. */
static int print_markers(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) return 66;
    long length = ftell(file);
    unsigned char *bytes = malloc((size_t)length + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, (size_t)length, file) != (size_t)length) return 66;
    fclose(file);
    bytes[length] = 0;
    bool rf64 = memcmp(bytes, "RF64", 4) == 0;
    uint64_t end = rf64 ? number(bytes + 20, 8) + 8 : number(bytes + 4, 4) + 8, at = 12;
    const unsigned char *cues = NULL;
    while (at + 8 <= (uint64_t)length) {
        uint64_t size = number(bytes + at + 4, 4);
        if (size == UINT32_MAX && rf64) size = number(bytes + 28, 8); /* of the sound */
        if (memcmp(bytes + at, "cue ", 4) == 0) cues = bytes + at + 8;
        if (cues && memcmp(bytes + at, "LIST", 4) == 0 && memcmp(bytes + at + 8, "adtl", 4) == 0) print_names(cues, bytes + at + 8, size);
        at += 8 + size + (size & 1);
    }
    free(bytes);
    return at == (uint64_t)length && end == (uint64_t)length ? 0 : 65;
}

static int print_broadcast(SNDFILE *file)
{
    SF_BROADCAST_INFO info = { 0 };
    if (!sf_command(file, SFC_GET_BROADCAST_INFO, &info, sizeof info)) return 65;
    printf("%d %d %d %d %d %d %.10s %.256s\n", info.version, info.loudness_value, info.loudness_range, info.max_true_peak_level,
           info.max_momentary_loudness, info.max_shortterm_loudness, *info.origination_date ? info.origination_date : "-", info.description);
    return 0;
}

static short *load(const char *path, SF_INFO *info)
{
    SNDFILE *file = sf_open(path, SFM_READ, info);
    short *samples = file ? calloc((size_t)info->frames + 1, sizeof *samples) : NULL;
    if (!samples || info->channels != 1 || sf_readf_short(file, samples, info->frames) != info->frames) exit(66);
    sf_close(file);
    return samples;
}

static bool is_silent(const short *samples, int n)
{
    int loudest = 0;
    for (int i = 0; i < n; i++) loudest = abs(samples[i]) > loudest ? abs(samples[i]) : loudest;
    return loudest < 1000;
}

/* Where `n` samples fit best in `in`, up to `reach` before and behind its middle; in frames from there. */
static int best_lag(const short *from, const short *in, int n, int reach)
{
    double best = -INFINITY;
    int found = 0;
    for (int lag = -reach; lag <= reach; lag++) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += (double)from[i] * in[i + lag];
        if (sum > best) found = lag;
        if (sum > best) best = sum;
    }
    return found;
}

static int print_offset(const char *path, const char *other_path)
{
    enum { PLACES = 8, REACH_MS = 60, LENGTH_MS = 300 };
    SF_INFO info = { 0 }, other_info = { 0 };
    short *sound = load(path, &info), *other = load(other_path, &other_info);
    int reach = info.samplerate * REACH_MS / 1000, n = info.samplerate * LENGTH_MS / 1000, least = reach, most = -reach;
    sf_count_t frames = info.frames < other_info.frames ? info.frames : other_info.frames, room = frames - n - 2 * reach;
    if (room < 0 || info.samplerate != other_info.samplerate) return 65;
    for (int i = 0; i < PLACES; i++) {
        sf_count_t at = reach + room * i / PLACES;
        if (is_silent(sound + at, n)) continue;
        int lag = best_lag(sound + at, other + at, n, reach);
        least = lag < least ? lag : least;
        most = lag > most ? lag : most;
    }
    printf("%.3f %.3f\n", 1000.0 * least / info.samplerate, 1000.0 * most / info.samplerate);
    free(sound);
    free(other);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "offset") == 0) return print_offset(argv[2], argv[3]);
    if (argc != 3) return 64;
    SF_INFO info = { 0 };
    SNDFILE *file = sf_open(argv[2], SFM_READ, &info);
    if (!file) {
        fprintf(stderr, "soundinfo: %s: %s\n", argv[2], sf_strerror(NULL));
        return 66;
    }
    if (strcmp(argv[1], "seams") == 0) {
        print_seams(file, &info);
        sf_close(file);
        return 0;
    }
    if (strcmp(argv[1], "pauses") == 0) {
        sf_close(file);
        short *samples = load(argv[2], &info);
        int status = print_pauses(samples, info.samplerate);
        free(samples);
        return status;
    }
    if (strcmp(argv[1], "broadcast") == 0 || strcmp(argv[1], "markers") == 0) {
        int status = strcmp(argv[1], "markers") == 0 ? print_markers(argv[2]) : print_broadcast(file);
        sf_close(file);
        return status;
    }
    Measured measured = { 0 };
    int result = measure(file, &info, &measured);
    sf_close(file);
    if (result < 0) return 70;
    if (strcmp(argv[1], "frames") == 0) printf("%lld\n", measured.frames);
    else if (strcmp(argv[1], "rate") == 0) printf("%d\n", info.samplerate);
    else if (strcmp(argv[1], "channels") == 0) printf("%d\n", info.channels);
    else if (strcmp(argv[1], "loudness") == 0) printf("%.2f\n", measured.lufs);
    else if (strcmp(argv[1], "peak") == 0) printf("%.2f\n", 20 * log10(measured.peak));
    else if (strcmp(argv[1], "silent") == 0) printf("%.3f\n", measured.frames ? (double)measured.zeros / (double)measured.frames : 1);
    else return 64;
    return 0;
}
