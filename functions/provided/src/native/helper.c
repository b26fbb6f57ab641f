/*
 * The C half of a native image, which GraalVM ships as liblibchelper.a and Maven Central does not have: what svm.jar
 * declares with @CFunction and the C library lacks. Written from those declarations.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amd64cpufeatures.h"
#include "svm_locale.h"

extern char **environ;

/* The processor: what a program compiled for x86-64-v3 may use, and what the JDK's intrinsics ask for besides. */

void determineCPUFeatures(CPUFeatures *features) {
    __builtin_cpu_init();
    memset(features, 0, sizeof *features);
    features->fCX8 = 1;
    features->fFXSR = 1;
    features->fTSC = 1;
    features->fCMOV = __builtin_cpu_supports("cmov") != 0;
    features->fMMX = __builtin_cpu_supports("mmx") != 0;
    features->fSSE = __builtin_cpu_supports("sse") != 0;
    features->fSSE2 = __builtin_cpu_supports("sse2") != 0;
    features->fSSE3 = __builtin_cpu_supports("sse3") != 0;
    features->fSSSE3 = __builtin_cpu_supports("ssse3") != 0;
    features->fSSE4_1 = __builtin_cpu_supports("sse4.1") != 0;
    features->fSSE4_2 = __builtin_cpu_supports("sse4.2") != 0;
    features->fPOPCNT = __builtin_cpu_supports("popcnt") != 0;
    features->fLZCNT = __builtin_cpu_supports("lzcnt") != 0;
    features->fAVX = __builtin_cpu_supports("avx") != 0;
    features->fAVX2 = __builtin_cpu_supports("avx2") != 0;
    features->fAES = __builtin_cpu_supports("aes") != 0;
    features->fCLMUL = __builtin_cpu_supports("pclmul") != 0;
    features->fBMI1 = __builtin_cpu_supports("bmi") != 0;
    features->fBMI2 = __builtin_cpu_supports("bmi2") != 0;
    features->fFMA = __builtin_cpu_supports("fma") != 0;
    features->fADX = __builtin_cpu_supports("adx") != 0;
    features->fSHA = __builtin_cpu_supports("sha") != 0;
    features->fF16C = __builtin_cpu_supports("f16c") != 0;
}

/* 0 where the processor has what the image was compiled for. Of each feature there is a byte, ~1 where it is needed and ~0
 * where it is not. */
int checkCPUFeatures(unsigned char *needed) {
    CPUFeatures host;
    determineCPUFeatures(&host);
    const unsigned char *has = (const unsigned char *) &host;
    for (size_t i = 0; i < sizeof host; i++) {
        if ((unsigned char) (needed[i] | has[i]) != 0xff) {
            return 1;
        }
    }
    return 0;
}

void checkCPUFeaturesOrExit(unsigned char *needed, const char *message) {
    if (checkCPUFeatures(needed) != 0) {
        fputs(message, stderr);
        fputc('\n', stderr);
        exit(1);
    }
}

/* The locale is always English: what the authorizer writes does not depend on it. */

int svm_initialize_locale(void) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
}

svm_locale_props_t *svm_get_locale(void) {
    static svm_locale_props_t english = {"en", "", "", "", "en", "", "", ""};
    return &english;
}

/* No time zone of the machine's: java.util.TimeZone takes UTC then. */
char *SVM_FindJavaTZmd(char *mappings, int length) {
    return NULL;
}

char **getEnviron(void) {
    return environ;
}

int getThreadId(void) {
    return (int) syscall(SYS_gettid);
}

long getThreadUserTimeSlow(int thread) {
    return -1;
}

void *mremapP(void *old, unsigned long oldSize, unsigned long newSize, int flags, void *target) {
    return mremap(old, oldSize, newSize, flags, target);
}

int openSII(const char *path, int flags, int mode) {
    return open(path, flags, mode);
}

int fprintfSD(FILE *out, const char *format, char *text, int number) {
    return fprintf(out, format, text, number);
}

void codeSynchronization_clearCache(long start, long length) {
    __builtin___clear_cache((char *) start, (char *) start + length);
}

/* Signals are counted by their handler, and taken by a thread of the image that waits for the semaphore. */

#define SIGNALS 64

static sem_t arrived;
static volatile int opened;
static volatile unsigned long pending[SIGNALS];

static void count(int number) {
    __sync_fetch_and_add(&pending[number], 1);
    sem_post(&arrived);
}

int cSunMiscSignal_open(void) {
    return __sync_lock_test_and_set(&opened, 1) ? 1 : sem_init(&arrived, 0, 0);
}

int cSunMiscSignal_close(void) {
    opened = 0;
    return sem_destroy(&arrived);
}

int cSunMiscSignal_awaitSemaphore(void) {
    return sem_wait(&arrived);
}

int cSunMiscSignal_signalSemaphore(void) {
    return sem_post(&arrived);
}

int cSunMiscSignal_signalRangeCheck(int number) {
    return number >= 0 && number < SIGNALS;
}

int cSunMiscSignal_checkPendingSignal(void) {
    for (int i = 0; i < SIGNALS; i++) {
        unsigned long count = pending[i];
        while (count > 0) {
            if (__sync_bool_compare_and_swap(&pending[i], count, count - 1)) {
                return i;
            }
            count = pending[i];
        }
    }
    return -1;
}

void *cSunMiscSignal_signalHandlerFunctionPointer(void) {
    return count;
}

/* Nobody attaches to the image. */

void svm_attach_startup(const char *path) {}

void svm_attach_listener_cleanup(int socket, const char *path) {}

int svm_attach_check_socket_file(const char *path) {
    return 0;
}

int svm_attach_is_init_trigger(const char *path) {
    return 0;
}

int svm_attach_create_listener(const char *path) {
    return -1;
}

int svm_attach_wait_for_request(int socket) {
    return -1;
}

void svm_attach_shutdown_socket(int socket) {}
