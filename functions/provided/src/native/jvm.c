/*
 * What the JDK's own libraries ask of a JVM, for a native image that uses these libraries and has none. The rest of what
 * they name are stubs in absent.h, which scripts/native.sh writes: an image never calls them, and ends where it should.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <jni.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ABSENT(name)                                      \
    void name(void) {                                     \
        fputs(#name " is not in a native image\n", stderr); \
        abort();                                          \
    }
#include "absent.h"

void initialize(void) {}

int JVM_ActiveProcessorCount(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static jlong nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

jlong JVM_CurrentTimeMillis(JNIEnv *env, jclass owner) {
    return nanoseconds(CLOCK_REALTIME) / 1000000;
}

jlong JVM_NanoTime(JNIEnv *env, jclass owner) {
    return nanoseconds(CLOCK_MONOTONIC);
}

/* Nanoseconds since a second that is no further away than 2^32 of them; otherwise -1. */
jlong JVM_GetNanoTimeAdjustment(JNIEnv *env, jclass owner, jlong second) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    jlong seconds = now.tv_sec - second;
    return llabs(seconds) > 4294967296LL ? -1 : seconds * 1000000000LL + now.tv_nsec;
}

void *JVM_LoadLibrary(const char *name, jboolean throws) {
    return dlopen(name, RTLD_LAZY);
}

void JVM_UnloadLibrary(void *library) {
    dlclose(library);
}

void *JVM_FindLibraryEntry(void *library, const char *name) {
    return dlsym(library, name);
}

char *JVM_NativePath(char *path) {
    return path;
}

void *JVM_RawMonitorCreate(void) {
    pthread_mutex_t *monitor = malloc(sizeof *monitor);
    if (monitor != NULL) {
        pthread_mutex_init(monitor, NULL);
    }
    return monitor;
}

void JVM_RawMonitorDestroy(void *monitor) {
    pthread_mutex_destroy(monitor);
    free(monitor);
}

jint JVM_RawMonitorEnter(void *monitor) {
    return pthread_mutex_lock(monitor);
}

void JVM_RawMonitorExit(void *monitor) {
    pthread_mutex_unlock(monitor);
}

jboolean JVM_IsSupportedJNIVersion(jint version) {
    return JNI_TRUE;
}

jboolean JVM_IsUseContainerSupport(void) {
    return JNI_FALSE;
}

jboolean JVM_IsContainerized(void) {
    return JNI_FALSE;
}

jint JVM_FindSignal(const char *name) {
    return -1;
}

void JVM_BeforeHalt(void) {}

void JVM_Halt(jint status) {
    _exit(status);
}

int jio_vsnprintf(char *text, size_t size, const char *format, va_list arguments) {
    return vsnprintf(text, size, format, arguments);
}

int jio_snprintf(char *text, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return length;
}

int jio_vfprintf(FILE *out, const char *format, va_list arguments) {
    return vfprintf(out, format, arguments);
}

int jio_fprintf(FILE *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(out, format, arguments);
    va_end(arguments);
    return length;
}

/* An image knows the libraries as linked in, each with its own name of JNI_OnLoad; here each is a file. */
static jint loaded(const char *name, JavaVM *vm) {
    void *library = dlopen(name, RTLD_NOLOAD | RTLD_LAZY);
    jint (*onLoad)(JavaVM *, void *) = library == NULL ? NULL : (jint(*)(JavaVM *, void *)) dlsym(library, "JNI_OnLoad");
    if (onLoad != NULL) {
        onLoad(vm, NULL);
    }
    return JNI_VERSION_10;
}

#define LIBRARY(name)                                     \
    jint JNI_OnLoad_##name(JavaVM *vm, void *reserved) {  \
        return loaded("lib" #name ".so", vm);             \
    }

LIBRARY(java)
LIBRARY(net)
LIBRARY(nio)
LIBRARY(zip)
LIBRARY(extnet)
