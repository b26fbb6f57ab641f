/*
 * Makes the time of day run LATCHKEY_CLOCK_SPEED times as fast as it does from LATCHKEY_CLOCK_FROM (seconds since the epoch)
 * on, for a program that is started with this in LD_PRELOAD. What measures how long something takes goes on as it was.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL

static long long now(void) {
    static long long from, speed;
    struct timespec real;
    if (speed == 0) {
        const char *start = getenv("LATCHKEY_CLOCK_FROM"), *factor = getenv("LATCHKEY_CLOCK_SPEED");
        from = start ? atoll(start) * SECOND : 0;
        speed = factor ? atoll(factor) : 1;
    }
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &real);
    long long time = real.tv_sec * SECOND + real.tv_nsec;
    return from + (time - from) * speed;
}

int clock_gettime(clockid_t clock, struct timespec *result) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) {
        return (int) syscall(SYS_clock_gettime, clock, result);
    }
    long long time = now();
    result->tv_sec = time / SECOND;
    result->tv_nsec = time % SECOND;
    return 0;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone) {
    long long time = now();
    result->tv_sec = time / SECOND;
    result->tv_usec = time % SECOND / 1000;
    return 0;
}

time_t time(time_t *result) {
    time_t seconds = now() / SECOND;
    if (result) {
        *result = seconds;
    }
    return seconds;
}
