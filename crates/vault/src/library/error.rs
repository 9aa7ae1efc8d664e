//! What can go wrong with the library, by what its caller can do about it.

use crate::library::{SecretKind, SecretOwner};
use errors_derive::Declared;
use rusqlite::ErrorCode;
use std::io;
use std::path::PathBuf;

/// Why a home could not be opened.
#[derive(Debug, thiserror::Error, Declared)]
pub enum OpenError {
    /// A newer version of Licet wrote the library. It is left untouched.
    #[error("the library was written by a newer version (its layout is {found}, this version knows {known})")]
    #[declared(
        "library-newer",
        args(found, known),
        help = "update Licet on this computer; the library was left as it is"
    )]
    NewerLibrary {
        /// The layout that the library has.
        found: u32,
        /// The newest layout that this version knows.
        known: u32,
    },
    /// Licet's folder, or a file in it, cannot be used.
    #[error("the folder {} cannot be used", path.display())]
    #[declared("home-unusable", args(path, problem = "folder"), detail = source.to_string(), help = "choose another folder, or change its permissions")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Licet's folder, or a file in it, cannot be used.
    #[error("the file {} cannot be used", path.display())]
    #[declared("home-unusable", args(path, problem = "file"), detail = source.to_string(), help = "choose another folder, or change its permissions")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Licet's folder, or a file in it, cannot be used.
    #[error("{} is a file, not a folder", path.display())]
    #[declared("home-unusable", args(path, problem = "not-a-folder"), help = "choose another folder")]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// Licet's folder, or a file in it, cannot be used.
    #[error("{} is not a regular file", path.display())]
    #[declared("home-unusable", args(path, problem = "not-a-file"), help = "choose another folder")]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A part of the library cannot be read.
    #[error("{} cannot be read; it has the latest changes of the library", path.display())]
    #[declared("library-unreadable", args(path, problem = "log"), detail = source.to_string(), help = "without it Licet would show old data: make it readable")]
    LogUnreadable {
        /// The log.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The library's file is empty or missing: it was restored in part, or the disk was full.
    #[error("the library {} is incomplete: the file is empty or missing", path.display())]
    #[declared(
        "library-incomplete",
        args(path),
        help = "restore it from a backup; to start with an empty library, move the rest of the folder away; Licet changed nothing"
    )]
    Incomplete {
        /// The library's file.
        path: PathBuf,
    },
    /// The file of the library is damaged or is not a library.
    #[error("the library {} is damaged", path.display())]
    #[declared(
        "library-damaged",
        args(path),
        help = "move the file away or restore it from a backup; nothing was changed"
    )]
    Damaged {
        /// The library's file.
        path: PathBuf,
    },
    /// The database of the library failed.
    #[error("the library cannot be opened")]
    #[declared("library-failed", detail = _0.to_string())]
    Library(#[from] LibraryError),
}

/// Why the library could not do what it was asked.
#[derive(Debug, thiserror::Error, Declared)]
pub enum LibraryError {
    /// Another account has this name. Upper and lower case do not make a difference.
    #[error("an account is called {name:?} already")]
    #[declared("account-name-taken", args(name), help = "choose another name")]
    NameTaken {
        /// The name that is taken.
        name: String,
    },
    /// There is no such account.
    #[error("there is no such account")]
    #[declared("account-not-found", kind = NotFound)]
    NoSuchAccount,
    /// There is no such license.
    #[error("there is no such license")]
    #[declared("license-not-found", kind = NotFound)]
    NoSuchLicense,
    /// There is no such file.
    #[error("there is no such tracked file")]
    #[declared("file-missing", kind = NotFound)]
    NoSuchFile,
    /// There is no such request: its outcome is known already.
    #[error("there is no such intent")]
    #[declared("intent-not-found")]
    NoSuchIntent,
    /// There is no such replacement: it was finished or given up.
    #[error("there is no such replacement")]
    #[declared("replacement-not-found", kind = NotFound)]
    NoSuchReplacement,
    /// Another process has been writing to the library for more than five seconds.
    #[error("the library is busy: another process is writing to it")]
    #[declared("library-busy", help = "try again in a moment")]
    Busy,
    /// The disk that holds the library is full.
    #[error("the disk that holds the library is full")]
    #[declared("library-disk-full", help = "free some space on the disk that contains it")]
    DiskFull,
    /// The library's file cannot be written.
    #[error("the library cannot be written: its file or folder is read-only")]
    #[declared("library-read-only", help = "check the permissions of the home")]
    ReadOnly,
    /// Licet's folder cannot be written, so the library can be read but not changed.
    #[error("the library in {} cannot be changed: {}", path.display(), reason(*cause))]
    #[declared("library-cannot-be-changed", args(path, cause = cause.word()), help = "free some space if the disk is full; otherwise make the folder writable, or use another home")]
    CannotBeChanged {
        /// Its folder.
        path: PathBuf,
        /// Why it cannot be changed.
        cause: ReadOnlyCause,
    },
    /// A license file was written, but the library could not note it.
    #[error("{} was written, but the library could not note it", path.display())]
    #[declared("file-written-not-noted", kind = OutcomeUnknown, args(path), detail = source.to_string(), help = "the file is complete; the next command notes it in the library")]
    WrittenNotNoted {
        /// The file.
        path: PathBuf,
        /// Why it could not.
        #[source]
        source: Box<LibraryError>,
    },
    /// The file of the library is damaged or is not a library.
    #[error("the library is damaged")]
    #[declared("library-damaged")]
    Damaged,
    /// A part of the library cannot be read.
    #[error("the library holds a {what} that cannot be read")]
    #[declared("library-unreadable", args(what))]
    Unreadable {
        /// Which column.
        what: &'static str,
    },
    /// The database of the library failed.
    #[error("the library's database failed")]
    #[declared("library-failed", detail = _0.to_string())]
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

/// Why a library cannot be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadOnlyCause {
    /// It is on a read-only file system.
    FileSystem,
    /// This user may not write to it.
    Permission,
    /// The disk is full.
    DiskFull,
}

impl ReadOnlyCause {
    /// The one spelling.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FileSystem => "file-system",
            Self::Permission => "permission",
            Self::DiskFull => "disk-full",
        }
    }
}
