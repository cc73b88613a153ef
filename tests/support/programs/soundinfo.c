/* What a sound file is like, measured afresh with libsndfile and libebur128:
 *   soundinfo frames|rate|channels|loudness|peak|silent FILE
 * "silent" is the share of frames that are exactly 0. */
#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
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

int main(int argc, char **argv)
{
    if (argc != 3) return 64;
    SF_INFO info = { 0 };
    SNDFILE *file = sf_open(argv[2], SFM_READ, &info);
    if (!file) {
        fprintf(stderr, "soundinfo: %s: %s\n", argv[2], sf_strerror(NULL));
        return 66;
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
