/* Where the first 60 ms of one raw sound stand in another, sample by sample, at or behind a frame.
 *
 *   soundfind HEARD WANTED [FROM]      prints the frame, or -1 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 22050 * 60 / 1000 };

static int16_t *load(const char *path, size_t *frames)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) exit(66);
    long bytes = ftell(file);
    rewind(file);
    int16_t *samples = malloc((size_t)bytes + 2);
    *frames = fread(samples, 2, (size_t)bytes / 2, file);
    fclose(file);
    return samples;
}

int main(int argc, char **argv)
{
    if (argc < 3) return 64;
    size_t heard_frames, wanted_frames;
    int16_t *heard = load(argv[1], &heard_frames), *wanted = load(argv[2], &wanted_frames);
    size_t n = wanted_frames < FRAMES ? wanted_frames : FRAMES, at = argc > 3 ? (size_t)atol(argv[3]) : 0;
    while (at + n <= heard_frames && memcmp(heard + at, wanted, n * sizeof *wanted) != 0) at++;
    printf("%ld\n", at + n <= heard_frames ? (long)at : -1L);
    free(heard);
    free(wanted);
    return 0;
}
