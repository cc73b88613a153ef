/* Workers: order, retries, deaths of every kind, large sound, bounded places. The renders here stand in for the synthesiser. */
#include "support/support.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "speech/pool.h"
#include "support/scratch.h"

/* A byte in a file for each attempt at order `number`; how many there were so far. */
static off_t count_attempt(int number)
{
    char path[256];
    snprintf(path, sizeof path, "%s/order-%d", scratch_folder(), number);
    int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
    bool counted = write(fd, ".", 1) == 1;
    off_t count = lseek(fd, 0, SEEK_END);
    close(fd);
    return counted ? count : -1;
}

/* Of the orders "count", in this process: what a child said before. */
static int16_t said_here;

/* The utterance is an order to the worker; its pause is a number for the sound. */
static int obey(void *context, const Script *script, Clip *clip, Error *error)
{
    (void)context;
    const Utterance *utterance = &script->utterances[0];
    int16_t number = (int16_t)utterance->pause_ms;
    off_t attempt = count_attempt(number);
    if (strcmp(utterance->phonemes, "refuse") == 0) return error_set(error, STATUS_UNAVAILABLE, "refused %d", number);
    if (strcmp(utterance->phonemes, "abort") == 0) abort();
    if (strcmp(utterance->phonemes, "kill") == 0) raise(SIGKILL);
    if (strcmp(utterance->phonemes, "leave") == 0) _exit(0);
    if (strcmp(utterance->phonemes, "abort once") == 0 && attempt == 1) abort();
    if (strcmp(utterance->phonemes, "random") == 0) usleep((useconds_t)(number * 7919 % 13) * 1000);
    if (strcmp(utterance->phonemes, "count") == 0) number = ++said_here;
    size_t frames = strcmp(utterance->phonemes, "huge") == 0 ? 5000000 : 10;
    for (size_t i = 0; i < frames; i++)
        if (!clip_append(clip, &number, 1)) return error_set(error, STATUS_UNAVAILABLE, "no memory");
    return 0;
}

static void order(Pool *pool, const char *what, int number)
{
    Utterance utterance = { .phonemes = what, .pause_ms = number };
    Script script = { .utterances = &utterance, .count = 1 };
    assert_true(pool_has_room(pool));
    pool_submit(pool, &script);
}

static void gather(Pool *pool, const char *what, int number)
{
    Utterance utterance = { .phonemes = what, .pause_ms = number };
    assert_true(pool_has_room(pool));
    pool_gather(pool, &(Script){ .utterances = &utterance, .count = 1 });
}

static PoolResult take(Pool *pool, Clip *clip, Error *error)
{
    PoolResult result;
    while ((result = pool_take(pool, -1, clip, error)) == POOL_NOTHING) assert_false(pool_is_empty(pool));
    return result;
}

static void take_number(Pool *pool, int number, size_t frames)
{
    Clip clip = { 0 };
    Error error;
    assert_int_equal(take(pool, &clip, &error), POOL_CLIP);
    assert_int_equal(clip.frames, frames);
    for (size_t i = 0; i < frames; i += frames / 10) assert_int_equal(clip.samples[i], number);
    clip_finish(&clip);
}

static void sound_comes_back_in_order(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= 9; jobs += 4) {
        Pool *pool = pool_create(jobs, obey, NULL);
        int given = 0, taken = 0;
        while (taken < 60) {
            while (given < 60 && pool_has_room(pool)) order(pool, "random", given++);
            take_number(pool, taken++, 10);
        }
        assert_true(pool_is_empty(pool));
        pool_destroy(pool);
    }
}

static void places_are_bounded(void **state)
{
    (void)state;
    Pool *pool = pool_create(3, obey, NULL);
    int given = 0;
    while (pool_has_room(pool)) order(pool, "random", given++);
    assert_true(given >= 3 && given <= 24);
    take_number(pool, 0, 10);
    assert_true(pool_has_room(pool));
    pool_destroy(pool); /* with children still running */
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* none is left behind */
}

static void a_death_is_tried_again_once(void **state)
{
    (void)state;
    static const char *const DEATHS[] = { "abort", "kill", "leave" };
    Pool *pool = pool_create(2, obey, NULL);
    Clip clip = { 0 };
    Error error;
    order(pool, "abort once", 1000);
    order(pool, "random", 1001);
    take_number(pool, 1000, 10);
    take_number(pool, 1001, 10);
    assert_int_equal(count_attempt(1000), 3); /* two and this one */
    for (size_t i = 0; i < 3; i++) {
        order(pool, DEATHS[i], 1100 + (int)i);
        order(pool, "random", 3);
        assert_int_equal(take(pool, &clip, &error), POOL_FAILED);
        assert_int_equal(error.status, STATUS_UNAVAILABLE);
        assert_non_null(strstr(error.text, "twice"));
        assert_int_equal(clip.frames, 0);
        assert_int_equal(count_attempt(1100 + (int)i), 3);
        take_number(pool, 3, 10); /* the next one is not touched */
    }
    pool_destroy(pool);
}

static void a_refusal_is_not_tried_again(void **state)
{
    (void)state;
    Pool *pool = pool_create(2, obey, NULL);
    Clip clip = { 0 };
    Error error;
    order(pool, "refuse", 1007);
    assert_int_equal(take(pool, &clip, &error), POOL_FAILED);
    assert_string_equal(error.text, "refused 1007");
    assert_int_equal(count_attempt(1007), 2); /* one and this one */
    pool_destroy(pool);
}

static void a_large_sound_comes_whole(void **state)
{
    (void)state;
    Pool *pool = pool_create(2, obey, NULL);
    order(pool, "huge", 11);
    order(pool, "huge", 12);
    order(pool, "random", 13);
    take_number(pool, 11, 5000000);
    take_number(pool, 12, 5000000);
    take_number(pool, 13, 10);
    pool_destroy(pool);
}

static void without_waiting_nothing_is_ready(void **state)
{
    (void)state;
    Pool *pool = pool_create(1, obey, NULL);
    Clip clip = { 0 };
    Error error;
    assert_int_equal(pool_take(pool, -1, &clip, &error), POOL_NOTHING); /* empty */
    order(pool, "random", 12);
    order(pool, "huge", 5);
    assert_int_equal(pool_take(pool, 0, &clip, &error), POOL_NOTHING);
    take_number(pool, 12, 10);
    pool_destroy(pool);
    pool_destroy(NULL);
}

static void a_run_has_one_child_and_the_next_another(void **state)
{
    (void)state;
    for (int jobs = 1; jobs <= 3; jobs++) {
        Pool *pool = pool_create(jobs, obey, NULL);
        for (int run = 0; run < 3; run++) {
            for (int i = 0; i < 3; i++) gather(pool, "count", 4);
            pool_end_run(pool);
            pool_end_run(pool); /* there is none */
        }
        order(pool, "count", 4);
        for (int i = 0; i < 9; i++) take_number(pool, i % 3 + 1, 10);
        take_number(pool, 1, 10);
        pool_destroy(pool);
    }
}

/* Where it ends is decided by the scripts alone, so that their sound does not depend on how many workers there are. */
static void a_run_ends_when_it_is_full(void **state)
{
    (void)state;
    enum { ALL = 50 };
    int16_t said[2][ALL], longest = 0;
    for (int round = 0; round < 2; round++) {
        Pool *pool = pool_create(1 + 4 * round, obey, NULL);
        for (int given = 0, taken = 0; taken < ALL; taken++) {
            Clip clip;
            Error error;
            while (given < ALL && pool_has_room(pool)) gather(pool, "count", 1300 + given++);
            assert_int_equal(take(pool, &clip, &error), POOL_CLIP);
            said[round][taken] = clip.samples[0];
            longest = clip.samples[0] > longest ? clip.samples[0] : longest;
        }
        pool_destroy(pool);
    }
    assert_memory_equal(said[0], said[1], sizeof said[0]);
    assert_in_range(longest, 2, ALL / 2);
}

static void who_waits_for_a_run_ends_it(void **state)
{
    (void)state;
    Pool *pool = pool_create(1, obey, NULL);
    gather(pool, "count", 4);
    assert_false(pool_is_empty(pool));
    take_number(pool, 1, 10);
    assert_true(pool_is_empty(pool));
    gather(pool, "count", 4);
    order(pool, "count", 4);
    take_number(pool, 1, 10);
    take_number(pool, 1, 10);
    gather(pool, "count", 4);
    pool_flush(pool);
    assert_true(pool_is_empty(pool));
    pool_destroy(pool);
}

/* The child is tried again with all that it said, so that what it says sounds as if it had not died. */
static void a_death_within_a_run_costs_its_sentence_alone(void **state)
{
    (void)state;
    Pool *pool = pool_create(2, obey, NULL);
    Clip clip;
    Error error;
    gather(pool, "count", 4);
    gather(pool, "abort once", 1200);
    gather(pool, "count", 4);
    pool_end_run(pool);
    take_number(pool, 1, 10);
    take_number(pool, 1200, 10);
    take_number(pool, 2, 10);
    static const char *const FAULTS[] = { "abort", "leave", "refuse" };
    for (int i = 0; i < 3; i++) {
        gather(pool, "count", 4);
        gather(pool, FAULTS[i], 1201 + i);
        gather(pool, "random", 5);
        pool_end_run(pool);
        take_number(pool, 1, 10);
        assert_int_equal(take(pool, &clip, &error), POOL_FAILED);
        assert_int_equal(clip.frames, 0);
        take_number(pool, 5, 10);
    }
    pool_destroy(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_comes_back_in_order),
        cmocka_unit_test(places_are_bounded),
        cmocka_unit_test(a_death_is_tried_again_once),
        cmocka_unit_test(a_refusal_is_not_tried_again),
        cmocka_unit_test(a_large_sound_comes_whole),
        cmocka_unit_test(without_waiting_nothing_is_ready),
        cmocka_unit_test(a_run_has_one_child_and_the_next_another),
        cmocka_unit_test(a_run_ends_when_it_is_full),
        cmocka_unit_test(who_waits_for_a_run_ends_it),
        cmocka_unit_test(a_death_within_a_run_costs_its_sentence_alone),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
