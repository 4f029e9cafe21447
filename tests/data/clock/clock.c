/* Shows a program another time than the machine's: as many seconds later as the file says that POSTFORDELER_TEST_CLOCK names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t id, struct timespec *time)
{
    static int (*original)(clockid_t, struct timespec *);
    if (!original)
        original = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = original(id, time);
    const char *name = getenv("POSTFORDELER_TEST_CLOCK");
    FILE *file = id == CLOCK_REALTIME && name ? fopen(name, "r") : NULL;
    if (file) {
        long long seconds = 0;
        if (fscanf(file, "%lld", &seconds) == 1)
            time->tv_sec += seconds;
        fclose(file);
    }
    return result;
}
