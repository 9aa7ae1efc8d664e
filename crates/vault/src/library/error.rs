//! What can go wrong with the library, by what its caller can do about it.

use crate::library::{ReadOnlyCause, SecretKind, SecretOwner};
use rusqlite::ErrorCode;
use std::io;
use std::path::PathBuf;

/// Why a home could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A newer version of this program wrote the library; it is left untouched.
    #[error("the library was written by a newer version (its layout is {found}, this version knows {known})")]
    NewerLibrary {
        /// The layout that the library has.
        found: u32,
        /// The newest layout that this version knows.
        known: u32,
    },
    /// A folder of the home cannot be made or used.
    #[error("the folder {} cannot be used", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// A file of the home cannot be made or used.
    #[error("the file {} cannot be used", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The home, or a folder on the way to it, is a file.
    #[error("{} is a file, not a folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// There is a folder, a pipe or a device of the name of a file of the home.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The latest changes of a library cannot be read, so that Licet would show old data.
    #[error("{} cannot be read; it has the latest changes of the library", path.display())]
    LogUnreadable {
        /// The log.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The library's file is empty, or missing although its log is there: it was restored in part, or the disk was full.
    #[error("the library {} is incomplete: the file is empty or missing", path.display())]
    Incomplete {
        /// The library's file.
        path: PathBuf,
    },
    /// The library's file is damaged or is not a library.
    #[error("the library {} is damaged", path.display())]
    Damaged {
        /// The library's file.
        path: PathBuf,
    },
    /// The library cannot be read or brought up to date.
    #[error("the library cannot be opened")]
    Library(#[from] LibraryError),
}

/// Why the library could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Another account has this name; names are compared without regard to case.
    #[error("an account is called {name:?} already")]
    NameTaken {
        /// The name that is taken.
        name: String,
    },
    /// There is no such account, or no longer.
    #[error("there is no such account")]
    NoSuchAccount,
    /// There is no such license, or no longer.
    #[error("there is no such license")]
    NoSuchLicense,
    /// There is no such tracked file, or no longer.
    #[error("there is no such tracked file")]
    NoSuchFile,
    /// There is no such intent, or no longer.
    #[error("there is no such intent")]
    NoSuchIntent,
    /// There is no such replacement, or no longer.
    #[error("there is no such replacement")]
    NoSuchReplacement,
    /// Another process kept the library to itself for longer than the five seconds that are waited.
    #[error("the library is busy: another process is writing to it")]
    Busy,
    /// The disk is full.
    #[error("the disk that holds the library is full")]
    DiskFull,
    /// The library's file cannot be written.
    #[error("the library cannot be written: its file or folder is read-only")]
    ReadOnly,
    /// The library was opened to be read only.
    #[error("the library in {} cannot be changed: {}", path.display(), reason(*cause))]
    CannotBeChanged {
        /// Its folder.
        path: PathBuf,
        /// Why it cannot be changed.
        cause: ReadOnlyCause,
    },
    /// A license file was written, and the library could not note it. The record of the write stays, so the next start notes it.
    #[error("{} was written, but the library could not note it", path.display())]
    WrittenNotNoted {
        /// The file.
        path: PathBuf,
        /// Why it could not.
        #[source]
        source: Box<LibraryError>,
    },
    /// The library's file is damaged.
    #[error("the library is damaged")]
    Damaged,
    /// What is stored cannot be understood.
    #[error("the library holds a {what} that cannot be read")]
    Unreadable {
        /// Which column.
        what: &'static str,
    },
    /// Anything else that the database said.
    #[error("the library's database failed")]
    Database(#[source] rusqlite::Error),
}

const fn reason(cause: ReadOnlyCause) -> &'static str {
    match cause {
        ReadOnlyCause::FileSystem => "it is on a read-only file system",
        ReadOnlyCause::Permission => "this user may not write to it",
        ReadOnlyCause::DiskFull => "the disk is full",
    }
}

impl LibraryError {
    /// Turns the violation of a constraint into the error that the row is missing to which a written one belongs.
    pub(in crate::library) fn of_orphan(missing: Self) -> impl FnOnce(rusqlite::Error) -> Self {
        move |error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => missing,
            _ => error.into(),
        }
    }
}

impl From<rusqlite::Error> for LibraryError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            _ => Self::Database(error),
        }
    }
}

/// Why a secret could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The library's secrets are locked: unlock them first.
    #[error("the library's secrets are locked")]
    Locked,
    /// The sealed row was changed, swapped with another or sealed with another key.
    #[error("the kept {} of {owner} was damaged or tampered with", kind.word())]
    Tampered {
        /// Whose secret it is.
        owner: SecretOwner,
        /// Which secret it is.
        kind: SecretKind,
    },
    /// The library itself failed.
    #[error(transparent)]
    Library(#[from] LibraryError),
}

impl From<rusqlite::Error> for SecretError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Library(error.into())
    }
}
