//! The new file that is to replace an old one, and what killed processes left of such files.
//!
//! A process that writes one holds its lock, which the system releases however the process ends: a file that is not locked
//! is a leftover, and contains a license key.

use super::error::FileError;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".licet-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 12;

/// The name of a new file, chosen before the file is made so that it can be recorded first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemporaryName(String);

impl TemporaryName {
    /// A name that no other file has.
    pub(super) fn random() -> Self {
        let mut bytes = [0; RANDOM / 2];
        crate::lock::fill(&mut bytes);
        let random: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("{PREFIX}{random}{SUFFIX}"))
    }

    /// Reads a name that was recorded. Nothing but such a name is accepted, since the file of this name is removed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        is_one(text).then(|| Self(text.to_owned()))
    }

    /// The file's name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes a new file for this user alone, locked against [`sweep`].
pub(super) fn make(folder: &Path, name: &TemporaryName) -> io::Result<NamedTempFile> {
    loop {
        let made = Builder::new().prefix(&name.0).rand_bytes(0).tempfile_in(folder)?;
        // On a file system without locks nothing can be recognised as a leftover either.
        let is_unlockable = made.as_file().lock().is_err();
        // A process that swept just before the file was locked took it for a leftover.
        if is_unlockable || has_a_name(made.as_file())? {
            return Ok(made);
        }
    }
}

/// Removes the file of a recorded name, whose writer has ended. Fails while its folder is not there: the disk may be away.
pub(super) fn remove(folder: &Path, name: &TemporaryName) -> Result<(), FileError> {
    let path = folder.join(&name.0);
    let failed = |error| FileError::writing(&path, error);
    match path.symlink_metadata() {
        Ok(found) if found.is_file() => std::fs::remove_file(&path).map_err(failed),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => Ok(()),
        Err(error) => Err(failed(error)),
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
