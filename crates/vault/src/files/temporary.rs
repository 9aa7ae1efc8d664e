//! The new file that is to replace an old one, and what killed processes left of such files.
//!
//! A process that writes one holds its lock, which the system releases however the process ends: a file that is not locked
//! is a leftover, and contains a license key.

use super::error::FileError;
use super::inode;
use crate::{lock_file, seal::random_hex};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".licet-";
const SUFFIX: &str = ".tmp";
const SWAP: &str = ".swap";
const RANDOM: usize = 12;

/// The name of a new file, chosen before the file is made so that it can be recorded first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TemporaryName(String);

impl TemporaryName {
    /// A name that no other file has.
    pub(super) fn random() -> Self {
        Self(format!("{PREFIX}{}{SUFFIX}", random_hex(RANDOM / 2)))
    }

    /// Reads a name that was recorded. Nothing but such a name is accepted, since the file of this name is removed.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        is_one(text).then(|| Self(text.to_owned()))
    }

    /// Where the finished file is while it is exchanged with the old one. What has this name is complete: it is the new text, or
    /// what came out of the exchange, which only the record of its write may remove.
    pub(super) fn swap_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{SWAP}", self.0.strip_suffix(SUFFIX).unwrap_or(&self.0)))
    }

    /// The file's name.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes a new file for this user alone, locked against [`sweep`]. On a file system without locks it has none, but nothing can
/// be recognised as a leftover there either.
pub(super) fn make(folder: &Path, name: &TemporaryName) -> io::Result<NamedTempFile> {
    let create = || Builder::new().prefix(&name.0).rand_bytes(0).tempfile_in(folder);
    let (made, _locked) = lock_file::create(create, NamedTempFile::as_file)?;
    inode::make_private(made.as_file())?;
    Ok(made)
}

/// Removes the file of a recorded name, whose writer has ended. Fails while its folder is not there: the disk
/// may not be mounted.
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

/// Removes what killed processes left in a folder. What cannot be removed is tried again next time.
pub(crate) fn sweep(folder: &Path) {
    lock_file::sweep(folder, is_one);
}

fn is_one(name: &str) -> bool {
    let random = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Disarms a temporary file once it was renamed, so that it is not removed.
pub(super) fn disarm(new: NamedTempFile, renamed: io::Result<()>) -> io::Result<()> {
    disarm_open(new, renamed).map(drop)
}

/// The same, and keeps the file open.
pub(super) fn disarm_open(new: NamedTempFile, renamed: io::Result<()>) -> io::Result<std::fs::File> {
    renamed?;
    let (file, mut old_name) = new.into_parts();
    old_name.disable_cleanup(true);
    Ok(file)
}
