//! Disks that fail while a file is written, by functions that a program uses instead of the system's.

use crate::put;
use std::{ffi::OsString, ops::RangeInclusive, path::Path, process::Command};

/// Calls up to the last that is made.
pub const FOR_GOOD: u32 = i32::MAX as u32;

/// How a disk fails.
#[derive(Debug, Clone)]
pub enum Fault {
    /// It is full at these of the calls that write to the file or cut it off, counted from 1. The first of them, if it writes,
    /// writes half.
    Full(RangeInclusive<u32>),
    /// It is full once half of the file is written, has room again, and never confirms what is on it.
    Unconfirmed,
    /// A network file system that renames a new file over this one, and loses the answer.
    LostRename,
    /// It does not confirm folders.
    UnconfirmedFolders,
    /// No file can be removed from it.
    NothingRemoved,
}

/// The variables that make a program meet this fault with a file, whose path has no links. What they need is made in `folder`.
pub fn failing(folder: &Path, file: &Path, fault: Fault) -> Vec<(&'static str, OsString)> {
    let (full, mode) = match fault {
        Fault::Full(calls) => (calls, "full"),
        Fault::Unconfirmed => (1..=2, "unconfirmed"),
        Fault::LostRename => (0..=0, "lost-rename"),
        Fault::UnconfirmedFolders => (0..=0, "unconfirmed-folders"),
        Fault::NothingRemoved => (0..=0, "nothing-removed"),
    };
    vec![
        ("LD_PRELOAD", compiled(folder)),
        ("TESTKIT_FILE", file.into()),
        ("TESTKIT_FIRST", full.start().to_string().into()),
        ("TESTKIT_LAST", full.end().to_string().into()),
        ("TESTKIT_DISK", mode.into()),
    ]
}

fn compiled(folder: &Path) -> OsString {
    let (source, library) = (folder.join("failing-disk.c"), folder.join("failing-disk.so"));
    put(&source, SOURCE);
    let compiler =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl").status();
    assert!(compiler.unwrap().success());
    library.into()
}

const SOURCE: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
static int number(const char *name) { return atoi(getenv(name)); }
static int is_mode(const char *mode) { return !strcmp(getenv("TESTKIT_DISK"), mode); }
static int is_file(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strcmp(path, getenv("TESTKIT_FILE"));
}
static int call_on_file(int fd) {
    static int calls;
    return is_file(fd) ? ++calls : 0;
}
static int is_full(int call) {
    return call && call >= number("TESTKIT_FIRST") && call <= number("TESTKIT_LAST");
}
static int fails(int error) { errno = error; return -1; }
ssize_t write(int fd, const void *bytes, size_t count) {
    int call = call_on_file(fd);
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (!is_full(call)) return real(fd, bytes, count);
    return call == number("TESTKIT_FIRST") ? real(fd, bytes, count / 2) : fails(ENOSPC);
}
int ftruncate(int fd, off_t length) {
    if (is_full(call_on_file(fd))) return fails(ENOSPC);
    return ((int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate"))(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    if (is_full(call_on_file(fd))) return fails(ENOSPC);
    return ((int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64"))(fd, length);
}
int fsync(int fd) {
    struct stat found;
    if (is_mode("unconfirmed") && is_file(fd)) return fails(EIO);
    if (is_mode("unconfirmed-folders") && !fstat(fd, &found) && S_ISDIR(found.st_mode)) return fails(EINVAL);
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}
int unlink(const char *path) {
    if (is_mode("nothing-removed")) return fails(EIO);
    return ((int (*)(const char *))dlsym(RTLD_NEXT, "unlink"))(path);
}
int rename(const char *from, const char *to) {
    int done = ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(from, to);
    return is_mode("lost-rename") && !strcmp(to, getenv("TESTKIT_FILE")) ? fails(EIO) : done;
}
"#;
