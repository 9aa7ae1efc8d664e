//! What can go wrong with a file, by what a person can do about it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("{} is not there", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The folder that the file should be in is not there, or is no folder.
    #[error("the folder {} is not there", path.display())]
    ParentMissing {
        /// The folder.
        path: PathBuf,
    },
    /// This user may not read the file.
    #[error("{} may not be read by this user", path.display())]
    NotReadable {
        /// The file.
        path: PathBuf,
    },
    /// This user may not write the file, or not into its folder.
    #[error("{} may not be written by this user", path.display())]
    NotWritable {
        /// The file or the folder.
        path: PathBuf,
    },
    /// The file system can only be read.
    #[error("{} is on a read-only file system", path.display())]
    ReadOnlyFileSystem {
        /// The file.
        path: PathBuf,
    },
    /// The disk, or this user's share of it, is full.
    #[error("the disk that holds {} is full", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// There is a folder of this name.
    #[error("{} is a folder", path.display())]
    IsDirectory {
        /// The folder.
        path: PathBuf,
    },
    /// There is a pipe, a socket or a device of this name.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// To replace the file would take it from its owner or group: it can be written in place, on consent, where this
    /// user may write it.
    #[error("{} belongs to {owner}, who would lose it if it were replaced", path.display())]
    OwnedByAnother {
        /// The file.
        path: PathBuf,
        /// The owner's name, or number where it has no name.
        owner: String,
    },
    /// The file is larger than any license file.
    #[error("{} is larger than {max_bytes} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that is read.
        max_bytes: u64,
    },
    /// The file is not text in UTF-8.
    #[error("{} is not text in UTF-8", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The system failed in another way.
    #[error("{} could not be used", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl FileError {
    /// The path that it is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Missing { path }
            | Self::ParentMissing { path }
            | Self::NotReadable { path }
            | Self::NotWritable { path }
            | Self::ReadOnlyFileSystem { path }
            | Self::DiskFull { path }
            | Self::IsDirectory { path }
            | Self::NotAFile { path }
            | Self::OwnedByAnother { path, .. }
            | Self::TooLarge { path, .. }
            | Self::NotText { path }
            | Self::Io { path, .. } => path,
        }
    }

    /// A failed reading of `path`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    pub(super) fn reading(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::NotReadable { path },
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            _ => Self::Io { path, source: error },
        }
    }

    /// A failed writing of `path`.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    pub(super) fn writing(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                Self::ParentMissing { path: path.parent().unwrap_or(&path).to_owned() }
            }
            ErrorKind::PermissionDenied => Self::NotWritable { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyFileSystem { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { path },
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            _ => Self::Io { path, source: error },
        }
    }
}
