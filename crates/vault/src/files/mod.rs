//! Every file that a user may look into is read and written here.

mod backup;
mod check;
mod digest;
mod durable;
mod error;
mod exchange;
mod in_place;
mod inode;
mod permissions;
mod present;
mod rename;
mod report;
mod seen;
mod target;
mod temporary;
mod trace;
mod watch;
mod write;
mod write_options;

pub use backup::{Backup, backup_number, backups_of, drop_backup};
pub use check::{check, sweep_beside};
pub use digest::{Digest, NotADigest};
pub use error::FileError;
pub use permissions::access::{Access, Mode, group_number};
pub use permissions::others::{Others, can_be_read_by, others_of};
pub use present::Present;
pub use report::write_report;
pub use watch::Watch;
pub use write::{Prepared, Written, prepare, write};
pub use write_options::WriteOptions;

pub(crate) use backup::{BackupPlace, drop_unchanged, free_name};
pub(crate) use target::lock_key;
pub(crate) use temporary::{TemporaryName, sweep};
pub(crate) use trace::{Fate, Trace};

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The most bytes that are read: far more than any license file has.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// Whether a file is still what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It is, byte for byte.
    UpToDate,
    /// Something else is there now.
    Drifted,
    /// Licet was interrupted while it wrote into the file: it contains a part of the text.
    Interrupted,
    /// Nothing is there.
    Missing,
}

/// A file at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether it is still what was written.
    pub state: FileState,
    /// The digest of its bytes, where they can be read.
    pub digest: Option<Digest>,
}

/// Reads a text of at most [`MAX_BYTES`] bytes. License files hold keys, so it is wiped on drop.
///
/// Fails with [`FileError::Missing`], [`FileError::IsDirectory`], [`FileError::NotAFile`], [`FileError::TooLarge`],
/// [`FileError::NotText`], [`FileError::NotReadable`] or [`FileError::Io`].
pub fn read_text(path: &Path) -> Result<Zeroizing<String>, FileError> {
    let bytes = read_bytes(path)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(FileError::NotText { path: path.to_owned() }),
    }
}

/// Reads a text as [`read_text`] does, where there is a file.
pub fn read_if_there(path: &Path) -> Result<Option<Zeroizing<String>>, FileError> {
    match read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(FileError::Missing { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The path from the root, without looking at the disk. Links stay as they are; a leading `~` is the user's home, as
/// people type it and as no shell is there to know.
pub fn absolute(path: &Path) -> Result<PathBuf, FileError> {
    let from_home = path.strip_prefix("~").ok().zip(directories::BaseDirs::new());
    let meant = from_home.map_or_else(|| path.to_owned(), |(rest, dirs)| dirs.home_dir().join(rest));
    std::path::absolute(&meant).map_err(|source| FileError::Io { path: path.to_owned(), source })
}

/// The path as people type it: with `~` for the user's home. [`absolute`] understands it.
#[cfg(unix)]
pub fn from_home(path: &Path) -> PathBuf {
    let Some(dirs) = directories::BaseDirs::new() else { return path.to_owned() };
    match path.strip_prefix(dirs.home_dir()) {
        Ok(rest) if !rest.as_os_str().is_empty() => Path::new("~").join(rest),
        Ok(_) | Err(_) => path.to_owned(),
    }
}

/// Elsewhere than on Unix, nobody types a home as `~`.
#[cfg(not(unix))]
pub fn from_home(path: &Path) -> PathBuf {
    path.to_owned()
}

/// Whether a file that is there can be read or written by everybody on this computer.
#[cfg(unix)]
pub fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|metadata| metadata.permissions().mode() & 0o006 != 0)
}

/// Whether a file that is there can be read or written by everybody on this computer: elsewhere than on Unix its folder
/// decides.
#[cfg(not(unix))]
pub fn is_open_to_others(_path: &Path) -> bool {
    false
}

/// Compares the bytes on the disk with those that were written, and with those of the digest `torn` that an interrupted write
/// left. What cannot be read is not known to be as it was written, so it counts as drifted.
pub(crate) fn look(path: &Path, written: &Digest, torn: Option<&Digest>) -> Look {
    let found = read_bytes(path).map(|bytes| Digest::of(&bytes));
    let state = match &found {
        Ok(found) if found == written => FileState::UpToDate,
        Ok(found) if torn == Some(found) => FileState::Interrupted,
        Err(FileError::Missing { .. }) => FileState::Missing,
        Ok(_) | Err(_) => FileState::Drifted,
    };
    Look { state, digest: found.ok() }
}

/// Reads a file's bytes, of at most [`MAX_BYTES`].
pub fn read_bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let failed = |error| FileError::reading(path, error);
    // Looked at before it is opened: to open a pipe waits for its other end.
    let kind = std::fs::metadata(path).map_err(failed)?.file_type();
    if kind.is_dir() {
        return Err(FileError::IsDirectory { path: path.to_owned() });
    }
    if !kind.is_file() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Zeroizing::new(Vec::new());
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge { path: path.to_owned(), max_bytes: MAX_BYTES });
    }
    Ok(bytes)
}

/// The first part of a path that is there and is not a folder.
pub(crate) fn not_a_folder(dir: &Path) -> Option<PathBuf> {
    let there = dir.ancestors().find(|part| part.metadata().is_ok())?;
    (!there.is_dir()).then(|| there.to_owned())
}
