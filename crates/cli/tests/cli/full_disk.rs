//! A disk that fills up while a file is written, by functions that `licet` uses instead of the system's.

use crate::world::{World, write};
use std::path::PathBuf;
use std::process::Command;

/// The variable that names the file for which the disk is full once half of a text is written.
pub(crate) const FULL_DISK_FILE: &str = "LICET_TEST_FULL_DISK_FILE";

const SOURCE: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int is_file(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strcmp(path, getenv("LICET_TEST_FULL_DISK_FILE"));
}
ssize_t write(int fd, const void *bytes, size_t count) {
    static int calls;
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (!is_file(fd)) return real(fd, bytes, count);
    if (calls++ == 0) return real(fd, bytes, count / 2);
    errno = ENOSPC;
    return -1;
}
"#;

impl World {
    /// The library to preload.
    pub(crate) fn full_disk(&self) -> PathBuf {
        let (source, library) = (self.path("full-disk.c"), self.path("full-disk.so"));
        write(&source, SOURCE);
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        assert!(compiled.unwrap().success());
        library
    }
}
