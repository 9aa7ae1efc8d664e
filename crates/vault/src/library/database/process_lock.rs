//! What shows other processes that an intent is on its way, that a replacement continues or that a file is being written: a
//! lock file that is locked for as long. The system releases the lock when the process ends, however it ends.

use crate::library::{
    LibraryError,
    database::{open::private_file, store::Store},
};
use crate::lock_file;
use crate::seal::random_hex;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The lock of a process that is sending something; released when this is dropped.
#[derive(Debug)]
pub(in crate::library) struct ProcessLock {
    token: String,
    path: PathBuf,
    file: Option<File>,
}

impl ProcessLock {
    /// Takes a lock in the folder of a library that can be changed.
    pub(in crate::library) fn of(store: &Store) -> Result<Self, LibraryError> {
        store.check_writable()?;
        Self::take(store.folder())
    }

    /// Takes a lock that no other process knows of yet.
    pub(in crate::library) fn take(folder: &Path) -> Result<Self, LibraryError> {
        let token = random_hex(TOKEN_BYTES);
        let path = path(folder, &token);
        let (file, locked) = lock_file::create(|| private_file(&path), |file| file).map_err(unusable)?;
        locked.map_err(unusable)?;
        Ok(Self { token, path, file: Some(file) })
    }

    /// The word by which others find the lock.
    pub(in crate::library) fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for ProcessLock {
    /// The file is closed first: not every system takes away one that is open.
    fn drop(&mut self) {
        drop(self.file.take());
        if let Err(error) = std::fs::remove_file(&self.path)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, path = %self.path.display(), "a lock file could not be taken away");
        }
    }
}

/// Whether whoever took this lock still holds it. Looking takes a shared lock for a moment, so that two who look at the
/// same time do not take each other for the holder.
pub(in crate::library) fn is_held(folder: &Path, token: &str) -> Result<bool, LibraryError> {
    let file = match File::open(path(folder, token)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(unusable(error)),
    };
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// Removes the lock files of processes that have ended. What cannot be removed stays for the next time.
pub(in crate::library) fn sweep(folder: &Path) {
    lock_file::sweep(folder, is_one);
}

/// Removes what a process that was killed has left.
pub(in crate::library) fn clear(folder: &Path, token: &str) {
    // Its holder may have taken it away already, and a file of no bytes that stays does no harm.
    let _ = std::fs::remove_file(path(folder, token));
}

const TOKEN_BYTES: usize = 8;
const PREFIX: &str = "sending-";
const SUFFIX: &str = ".lock";

fn path(folder: &Path, token: &str) -> PathBuf {
    folder.join(format!("{PREFIX}{token}{SUFFIX}"))
}

fn is_one(name: &str) -> bool {
    let token = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    token.is_some_and(|token| {
        token.len() == 2 * TOKEN_BYTES && token.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "more kinds of I/O errors may be added to the standard library"
)]
fn unusable(error: io::Error) -> LibraryError {
    tracing::warn!(%error, "a lock file of the library cannot be used");
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => LibraryError::DiskFull,
        _ => LibraryError::ReadOnly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sweeping_removes_the_locks_of_ended_processes_only() {
        let dir = tempfile::tempdir().unwrap();
        let held = ProcessLock::take(dir.path()).unwrap();
        private_file(&path(dir.path(), "0123456789abcdef")).unwrap();
        private_file(&dir.path().join("library.lock")).unwrap();
        sweep(dir.path());
        let mut names: Vec<_> = dir.path().read_dir().unwrap().map(|one| one.unwrap().file_name()).collect();
        names.sort();
        let held_name = held.path.file_name().unwrap().to_owned();
        assert_eq!(names, ["library.lock".into(), held_name]);
        assert!(is_held(dir.path(), held.token()).unwrap());
    }

    #[test]
    fn locks_are_taken_while_another_process_sweeps() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            let locks = scope.spawn(|| {
                let take = |_| ProcessLock::take(dir.path()).unwrap();
                (0..200).map(take).collect::<Vec<_>>()
            });
            while !locks.is_finished() {
                sweep(dir.path());
            }
            let locks = locks.join().unwrap();
            assert!(locks.iter().all(|process_lock| is_held(dir.path(), process_lock.token()).unwrap()));
        });
    }
}
