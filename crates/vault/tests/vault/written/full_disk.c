/* A disk that is full at some of the calls that write to a file or cut it off; see failing_disk.rs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int number(const char *name) { return atoi(getenv(name)); }
static int call_on_file(int fd) {
    static int calls;
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strcmp(path, getenv("LICET_STORY_FILE")) ? 0 : ++calls;
}
static int fails(int call) {
    return call >= number("LICET_STORY_FIRST") && call <= number("LICET_STORY_LAST");
}
static int full(void) { errno = ENOSPC; return -1; }
ssize_t write(int fd, const void *bytes, size_t count) {
    int call = call_on_file(fd);
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (!fails(call)) return real(fd, bytes, count);
    return call == number("LICET_STORY_FIRST") ? real(fd, bytes, count / 2) : full();
}
int ftruncate(int fd, off_t length) {
    if (fails(call_on_file(fd))) return full();
    return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    if (fails(call_on_file(fd))) return full();
    return ((int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64"))(fd, length);
}
