/* What this program costs beside the synthesiser's library and its own program, on the same pages, in one run.
 *
 *   bench [-n RUNS] DUBAO PAGE...
 *
 * Runs take turns (the library alone, espeak-ng, dubao -j 1, dubao -j 2, the library alone, ...), so that a machine that becomes slower meanwhile is slower for
 * all. Times are of the process and every child it waited for; the fastest run of each is printed, which was disturbed least. Sound is measured in the files
 * that were written, because the programs do not speak equally fast: only cost an audio second can be compared. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_DEFAULT = 7, RUNS_MAX = 99, ARGUMENTS_MAX = 256, CONTENDERS = 4, FOLDER_MAX = 200, PATH_BYTES = FOLDER_MAX + 260 };

typedef struct Cost {
    double wall_s, cpu_s, audio_s;
    long rss_kib; /* of the largest process */
} Cost;

typedef enum Kind { LIBRARY, ESPEAK, DUBAO } Kind;

typedef struct Contender {
    const char *name;
    Kind kind;
    const char *jobs; /* of dubao; the others take one page after the other */
    Cost runs[RUNS_MAX];
} Contender;

typedef struct Bench {
    const char *dubao;
    char **pages;
    int page_count, runs;
} Bench;

static void fail(const char *what)
{
    fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run_child(char *const arguments[])
{
    int null = open("/dev/null", O_WRONLY);
    if (null < 0 || dup2(null, STDOUT_FILENO) < 0) _exit(127);
    execvp(arguments[0], arguments);
    fprintf(stderr, "bench: %s: %s\n", arguments[0], strerror(errno));
    _exit(127);
}

/* Adds what the program cost. wait4 reports the child together with all children that it waited for. */
static void measure(Cost *cost, char *const arguments[])
{
    struct rusage used;
    int status;
    double start_s = now_s();
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) run_child(arguments);
    if (wait4(child, &status, 0, &used) < 0) fail("wait4");
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "bench: %s failed (status %d)\n", arguments[0], status);
        exit(1);
    }
    cost->wall_s += now_s() - start_s;
    cost->cpu_s += seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    if (used.ru_maxrss > cost->rss_kib) cost->rss_kib = used.ru_maxrss;
}

static double file_seconds(const char *path)
{
    SF_INFO info = { 0 };
    SNDFILE *sound = sf_open(path, SFM_READ, &info);
    if (!sound) return 0;
    sf_close(sound);
    return (double)info.frames / info.samplerate;
}

/* Sums the sound in a folder and empties and removes it. */
static double take_sound(const char *folder)
{
    double sum = 0;
    char path[PATH_BYTES];
    DIR *entries = opendir(folder);
    if (!entries) fail(folder);
    for (const struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        snprintf(path, sizeof path, "%.*s/%s", FOLDER_MAX, folder, entry->d_name);
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && strcmp(dot, ".wav") == 0) sum += file_seconds(path);
        if (unlink(path) != 0) fail(path);
    }
    closedir(entries);
    if (rmdir(folder) != 0) fail(folder);
    return sum;
}

static void run_dubao(const Bench *bench, const char *jobs, char *folder, Cost *cost)
{
    char *arguments[ARGUMENTS_MAX + 8];
    int n = 0;
    char *head[] = { (char *)bench->dubao, "export", "-q", "-j", (char *)jobs, "-o", folder };
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) arguments[n++] = head[i];
    for (int i = 0; i < bench->page_count; i++) arguments[n++] = bench->pages[i];
    arguments[n] = NULL;
    measure(cost, arguments);
}

static void run_espeak(const Bench *bench, const char *folder, Cost *cost)
{
    char path[PATH_BYTES];
    for (int i = 0; i < bench->page_count; i++) {
        snprintf(path, sizeof path, "%.*s/%d.wav", FOLDER_MAX, folder, i);
        char *arguments[] = { "espeak-ng", "-v", "cmn-latn-pinyin", "-f", bench->pages[i], "-w", path, NULL };
        measure(cost, arguments);
    }
}

/* bench_library lies beside this program; it says itself what the synthesis took, without the reading before it. */
static void run_library(const Bench *bench, Cost *cost)
{
    char command[PATH_BYTES];
    int ends[2], n = 1;
    char *arguments[ARGUMENTS_MAX + 2] = { command };
    ssize_t length = readlink("/proc/self/exe", command, FOLDER_MAX);
    if (length <= 0 || pipe(ends) < 0) fail("bench_library");
    snprintf(command + length, sizeof command - (size_t)length, "_library");
    for (int i = 0; i < bench->page_count; i++) arguments[n++] = bench->pages[i];
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(command, arguments);
        _exit(127);
    }
    close(ends[1]);
    FILE *answer = fdopen(ends[0], "r");
    struct rusage used;
    int status;
    bool read = answer && fscanf(answer, "%lf %lf %lf", &cost->wall_s, &cost->cpu_s, &cost->audio_s) == 3;
    if (answer) fclose(answer);
    if (wait4(child, &status, 0, &used) < 0) fail("wait4");
    if (!read || status != 0) {
        fputs("bench: bench_library failed\n", stderr);
        exit(1);
    }
    cost->rss_kib = used.ru_maxrss;
}

/* Each run begins with an empty folder: a second export of the same page would write nothing. */
static Cost run_once(const Bench *bench, const Contender *contender)
{
    Cost cost = { 0 };
    const char *parent = getenv("TMPDIR");
    if (contender->kind == LIBRARY) {
        run_library(bench, &cost);
        return cost;
    }
    char folder[FOLDER_MAX];
    int n = snprintf(folder, sizeof folder, "%s/dubao-bench-XXXXXX", parent ? parent : "/tmp");
    if (n >= (int)sizeof folder || !mkdtemp(folder)) fail(folder);
    if (contender->kind == DUBAO) run_dubao(bench, contender->jobs, folder, &cost);
    else run_espeak(bench, folder, &cost);
    cost.audio_s = take_sound(folder);
    if (cost.audio_s <= 0) {
        fprintf(stderr, "bench: %s wrote no sound\n", contender->name);
        exit(1);
    }
    return cost;
}

static double fastest(const double *values, int count)
{
    double least = values[0];
    for (int i = 1; i < count; i++) least = values[i] < least ? values[i] : least;
    return least;
}

/* Milliseconds an audio second, and what does not vary much. */
static Cost summary(const Contender *contender, int runs)
{
    double cpu[RUNS_MAX] = { 0 }, wall[RUNS_MAX] = { 0 };
    Cost all = { 0 };
    for (int i = 0; i < runs; i++) {
        const Cost *run = &contender->runs[i];
        cpu[i] = run->cpu_s / run->audio_s;
        wall[i] = run->wall_s / run->audio_s;
        all.audio_s = run->audio_s;
        if (run->rss_kib > all.rss_kib) all.rss_kib = run->rss_kib;
    }
    all.cpu_s = fastest(cpu, runs);
    all.wall_s = fastest(wall, runs);
    return all;
}

static void print_table(const Contender *contenders, int runs)
{
    Cost library = summary(&contenders[LIBRARY], runs), program = summary(&contenders[ESPEAK], runs);
    printf("%-16s %9s %14s %10s %11s %14s %11s %8s\n", "", "audio s", "CPU ms/audio s", "/ library", "/ espeak-ng", "wall ms/au. s", "/ espeak-ng", "RSS MiB");
    for (int i = 0; i < CONTENDERS; i++) {
        Cost cost = summary(&contenders[i], runs);
        printf("%-16s %9.1f %14.3f %10.2f %11.2f %14.3f %11.2f %8.1f\n", contenders[i].name, cost.audio_s, cost.cpu_s * 1000, cost.cpu_s / library.cpu_s,
               cost.cpu_s / program.cpu_s, cost.wall_s * 1000, cost.wall_s / program.wall_s, (double)cost.rss_kib / 1024);
    }
}

int main(int argc, char **argv)
{
    static Contender contenders[CONTENDERS] = { [LIBRARY] = { "library alone", LIBRARY, NULL, { { 0 } } },
        [ESPEAK] = { "espeak-ng -w", ESPEAK, NULL, { { 0 } } }, { "dubao -j 1", DUBAO, "1", { { 0 } } }, { "dubao -j 2", DUBAO, "2", { { 0 } } } };
    Bench bench = { .runs = RUNS_DEFAULT };
    int option;
    while ((option = getopt(argc, argv, "n:")) == 'n') bench.runs = atoi(optarg);
    if (option != -1 || argc - optind < 2 || argc - optind > ARGUMENTS_MAX || bench.runs < 1 || bench.runs > RUNS_MAX) {
        fputs("usage: bench [-n RUNS] DUBAO PAGE...\n", stderr);
        return 64;
    }
    bench.dubao = argv[optind];
    bench.pages = argv + optind + 1;
    bench.page_count = argc - optind - 1;
    for (int run = -1; run < bench.runs; run++) { /* run -1 warms the caches up and does not count */
        for (int i = 0; i < CONTENDERS; i++) {
            Cost cost = run_once(&bench, &contenders[i]);
            if (run >= 0) contenders[i].runs[run] = cost;
        }
    }
    printf("%d page(s), fastest of %d interleaved runs\n", bench.page_count, bench.runs);
    print_table(contenders, bench.runs);
    return 0;
}
