#include "audio/resample.h"

#include <soxr.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct Resampler {
    soxr_t soxr;
    unsigned from_hz, to_hz;
    uint64_t taken, given; /* frames */
};

enum { TAIL_FRAMES = 16 * 1024 }; /* more than the filter's delay at any rate of ours */

Resampler *resampler_create(unsigned from_hz, unsigned to_hz)
{
    Resampler *resampler = memory_new(1, sizeof *resampler);
    resampler->from_hz = from_hz;
    resampler->to_hz = to_hz;
    soxr_error_t error;
    soxr_io_spec_t io = soxr_io_spec(SOXR_INT16_I, SOXR_FLOAT32_I);
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0); /* 20 bits: more than its input has */
    resampler->soxr = soxr_create(from_hz, to_hz, 1, &error, &io, &quality, NULL);
    if (!resampler->soxr) memory_exhausted(); /* only without memory: the rates are ours */
    return resampler;
}

void resampler_destroy(Resampler *resampler)
{
    if (!resampler) return;
    soxr_delete(resampler->soxr);
    free(resampler);
}

uint64_t resampled_frames(uint64_t frames, unsigned from_hz, unsigned to_hz)
{
    return (frames * to_hz + from_hz / 2) / from_hz;
}

size_t resampler_room(const Resampler *resampler, size_t n)
{
    return (size_t)resampled_frames(n, resampler->from_hz, resampler->to_hz) + TAIL_FRAMES;
}

/* The end, to the frame: the library's own rounding may be one off. */
static size_t finish(const Resampler *resampler, float *out, size_t done)
{
    uint64_t wanted = resampled_frames(resampler->taken, resampler->from_hz, resampler->to_hz) - resampler->given;
    if (done < wanted) memset(out + done, 0, ((size_t)wanted - done) * sizeof *out);
    return (size_t)wanted;
}

size_t resampler_run(Resampler *resampler, const int16_t *in, size_t n, float *out)
{
    size_t room = resampler_room(resampler, n), used = 0, all = 0, done = 0;
    do {
        const int16_t *from = in ? in + used : NULL;
        size_t taken = 0;
        if (soxr_process(resampler->soxr, from, in ? n - used : 0, &taken, out + all, room - all, &done)) memory_exhausted();
        used += taken;
        all += done;
    } while (in ? used < n : done > 0 && all < room);
    resampler->taken += in ? n : 0;
    if (!in) all = finish(resampler, out, all);
    resampler->given += all;
    return all;
}
