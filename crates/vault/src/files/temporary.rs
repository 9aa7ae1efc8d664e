//! The new file that is to take an old one's place, and what a killed process left of such.
//!
//! Whoever writes one holds its lock, which the system lets go of however the process ends: a file that is not locked is
//! a leftover, and holds a license key.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".licet-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 12;

/// Makes a new file for this user alone, locked against [`sweep`].
pub(super) fn make(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let made = Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM).tempfile_in(folder)?;
        // On a file system without locks nothing can be taken for a leftover either.
        let is_unlockable = made.as_file().lock().is_err();
        // Who swept just before it was locked took it for one.
        if is_unlockable || has_a_name(made.as_file())? {
            return Ok(made);
        }
    }
}

/// Takes away what killed processes left in a folder. What cannot be looked at or taken away stays for the next time: it
/// is no reason not to write.
pub(super) fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_one)) {
        if let Err(error) = take_leftover(&entry.path())
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %entry.path().display(), "a leftover of a write could not be taken away");
        }
    }
}

fn is_one(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn take_leftover(path: &Path) -> io::Result<()> {
    let file = open(path)?;
    match file.try_lock() {
        // Taken away while it is locked: nobody begins to write it now.
        Ok(()) if file.metadata()?.is_file() => std::fs::remove_file(path),
        Ok(()) | Err(std::fs::TryLockError::WouldBlock) => Ok(()),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Opens what is there itself: not what a link leads to, and without waiting for a pipe's other end.
fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options.open(path)
}

#[cfg(unix)]
fn has_a_name(file: &File) -> io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 0)
}

#[cfg(not(unix))]
fn has_a_name(_: &File) -> io::Result<bool> {
    Ok(true)
}
