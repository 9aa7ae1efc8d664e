//! The one door to the disk: every file that a person may look into is read and written here.

mod digest;
mod error;
mod target;
mod watch;
mod write;

pub use digest::{Digest, NotADigest};
pub use error::FileError;
pub use watch::Watch;
pub use write::{Backup, WriteOptions, Written, write};

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The most bytes that are read: far more than any license file has.
pub const MAX_BYTES: u64 = 1024 * 1024;

/// Whether a file is still what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// It is, byte for byte.
    UpToDate,
    /// Something else is there now.
    Drifted,
    /// Nothing is there.
    Missing,
}

/// Reads a text of at most [`MAX_BYTES`] bytes.
///
/// Fails with [`FileError::Missing`], [`FileError::IsDirectory`], [`FileError::NotAFile`], [`FileError::TooLarge`],
/// [`FileError::NotText`], [`FileError::NotReadable`] or [`FileError::Io`].
pub fn read(path: &Path) -> Result<String, FileError> {
    String::from_utf8(read_bytes(path)?).map_err(|_| FileError::NotText { path: path.to_owned() })
}

/// Compares the bytes on the disk with those that were written.
pub fn state(path: &Path, written: Digest) -> Result<FileState, FileError> {
    match read_bytes(path) {
        Ok(bytes) if Digest::of(&bytes) == written => Ok(FileState::UpToDate),
        Ok(_)
        | Err(FileError::TooLarge { .. } | FileError::NotAFile { .. } | FileError::IsDirectory { .. }) => {
            Ok(FileState::Drifted)
        }
        Err(FileError::Missing { .. }) => Ok(FileState::Missing),
        Err(error) => Err(error),
    }
}

/// Reads a file's bytes, of at most [`MAX_BYTES`].
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let failed = |error| FileError::reading(path, error);
    // Looked at before it is opened: to open a pipe waits for its other end.
    let kind = std::fs::metadata(path).map_err(failed)?.file_type();
    if kind.is_dir() {
        return Err(FileError::IsDirectory { path: path.to_owned() });
    }
    if !kind.is_file() {
        return Err(FileError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge { path: path.to_owned(), max_bytes: MAX_BYTES });
    }
    Ok(bytes)
}
