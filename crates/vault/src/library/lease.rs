//! What shows other processes that an intent is merely on its way, or that somebody goes on with a replacement: a file that
//! is locked for as long. The system lets go of it when the process ends, however it ends.

use super::LibraryError;
use super::store::private_file;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The lock of whoever is sending something; let go of when this is dropped.
#[derive(Debug)]
pub(super) struct Lease {
    token: String,
    path: PathBuf,
    file: Option<File>,
}

impl Lease {
    /// Takes a lock that nobody else knows of yet.
    pub(super) fn take(folder: &Path) -> Result<Self, LibraryError> {
        let token = random_token();
        let path = path(folder, &token);
        let file = private_file(&path).map_err(unusable)?;
        file.lock().map_err(unusable)?;
        Ok(Self { token, path, file: Some(file) })
    }

    /// The word by which others find the lock.
    pub(super) fn token(&self) -> &str {
        &self.token
    }
}

impl Drop for Lease {
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
pub(super) fn is_held(folder: &Path, token: &str) -> Result<bool, LibraryError> {
    let file = match OpenOptions::new().read(true).write(true).open(path(folder, token)) {
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

/// Takes away what a process that was killed has left.
pub(super) fn clear(folder: &Path, token: &str) {
    // Its holder may have taken it away already, and a file of no bytes that stays does no harm.
    let _ = std::fs::remove_file(path(folder, token));
}

fn path(folder: &Path, token: &str) -> PathBuf {
    folder.join(format!("sending-{token}.lock"))
}

fn unusable(error: io::Error) -> LibraryError {
    tracing::warn!(%error, "a lock file of the library cannot be used");
    LibraryError::ReadOnly
}

fn random_token() -> String {
    let mut bytes = [0; 8];
    crate::lock::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
