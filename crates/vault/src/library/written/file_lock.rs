//! A lock between Licet's processes on one license file, held while it is read, rendered and written. It is a file in the home,
//! named after the place of the license file, so that nothing is left beside that.

use crate::files::{self, FileError};
use crate::library::{Library, private_file};
use crate::lock_file;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long the other process is waited for. Writing a file takes milliseconds.
const MOST_WAITING: Duration = Duration::from_secs(30);
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// The lock; released when this is dropped.
#[derive(Debug)]
#[must_use = "the lock is released when this is dropped"]
pub struct FileLock {
    path: PathBuf,
    /// Nothing where the home's file system has no locks.
    file: Option<File>,
}

impl Library {
    /// Waits until no other Licet process writes the file, and keeps others waiting. Fails as writing the file would, or with
    /// [`FileError::BeingWritten`].
    pub fn lock_file(&self, file: &Path) -> Result<FileLock, FileError> {
        let deadline = Instant::now() + MOST_WAITING;
        let lock = self.path_of_lock(file)?;
        loop {
            if let Some(taken) = try_take(&lock, file)? {
                return Ok(taken);
            }
            if Instant::now() > deadline {
                return Err(FileError::BeingWritten { path: file.to_owned() });
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
    }

    /// Takes the lock if no other process has it.
    pub(in crate::library) fn try_lock_file(&self, file: &Path) -> Result<Option<FileLock>, FileError> {
        try_take(&self.path_of_lock(file)?, file)
    }

    fn path_of_lock(&self, file: &Path) -> Result<PathBuf, FileError> {
        let key = files::lock_key(file)?;
        Ok(self.store.folder().join(format!("{PREFIX}{}{SUFFIX}", &key[..DIGITS])))
    }
}

fn try_take(lock: &Path, file: &Path) -> Result<Option<FileLock>, FileError> {
    let held = private_file(lock).map_err(|error| FileError::writing(lock, error))?;
    let taken = |file| Ok(Some(FileLock { path: lock.to_owned(), file }));
    match held.try_lock() {
        Ok(()) => match lock_file::has_a_name(&held) {
            Ok(true) => taken(Some(held)),
            // The process that had it has removed it since it was opened.
            Ok(false) => Ok(None),
            Err(error) => Err(FileError::writing(lock, error)),
        },
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, path = %file.display(), "the home's file system has no locks");
            taken(None)
        }
    }
}

impl Drop for FileLock {
    /// The file is removed while it is locked, so that a process that waits for it notices. Elsewhere than on Unix an open file
    /// cannot be removed; the next start does it.
    fn drop(&mut self) {
        if cfg!(unix) && self.file.is_some() {
            // A file of no bytes that stays does no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Removes the lock files of processes that have ended.
pub(in crate::library) fn sweep(folder: &Path) {
    lock_file::sweep(folder, is_one);
}

const PREFIX: &str = "file-";
const SUFFIX: &str = ".lock";
const DIGITS: usize = 32;

fn is_one(name: &str) -> bool {
    let key = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    key.is_some_and(|key| key.len() == DIGITS && key.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
