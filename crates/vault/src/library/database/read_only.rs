//! A library that can be read but not changed: on a read-only file system, on a full disk, or without permission to write.
//!
//! SQLite writes a `-shm` file even to read a library in WAL mode. Where it cannot, the file is read as one that nothing
//! changes, if its log is empty. Otherwise the library is copied with its log to a place that can be written: to ignore the
//! log would show old data.

use crate::library::{
    LibraryError, OpenError, ReadOnlyCause,
    database::{
        open::{beside, configure, prepare, private_file},
        schema::{self, KNOWN},
    },
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use tempfile::TempDir;

impl ReadOnlyCause {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "more kinds of I/O errors may be added to the standard library"
    )]
    fn of_io(error: &io::Error) -> Option<Self> {
        match error.kind() {
            ErrorKind::ReadOnlyFilesystem => Some(Self::FileSystem),
            ErrorKind::PermissionDenied => Some(Self::Permission),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some(Self::DiskFull),
            _ => None,
        }
    }

    /// Why a library that could not be opened cannot be written, where that is what failed.
    pub(in crate::library) fn of(error: &OpenError, folder: &Path) -> Option<Self> {
        match error {
            OpenError::Folder { source, .. } | OpenError::File { source, .. } => Self::of_io(source),
            OpenError::Library(LibraryError::DiskFull) => Some(Self::DiskFull),
            // SQLite has other words for a disk that is full or read-only, such as "disk I/O error".
            OpenError::Library(LibraryError::ReadOnly | LibraryError::Database(_)) => Self::probe(folder),
            OpenError::Library(_)
            | OpenError::NotAFolder { .. }
            | OpenError::NotAFile { .. }
            | OpenError::NewerLibrary { .. }
            | OpenError::Incomplete { .. }
            | OpenError::LogUnreadable { .. }
            | OpenError::Damaged { .. } => None,
        }
    }

    /// Tries to write a file without a name, as large as what SQLite makes beside a library that it opens.
    fn probe(folder: &Path) -> Option<Self> {
        let mut file = match tempfile::tempfile_in(folder) {
            Ok(file) => file,
            Err(error) => return Self::of_io(&error),
        };
        let written = file.write_all(&[0; 64 * 1024]).and_then(|()| file.sync_all());
        written.err().and_then(|error| Self::of_io(&error))
    }
}

/// The way to the content of a library that is not written.
#[derive(Debug)]
pub(in crate::library) struct Source {
    path: PathBuf,
    way: Way,
    seen: Seen,
}

#[derive(Debug)]
enum Way {
    /// SQLite reads it in place, with the log that it shares with other processes.
    InPlace,
    /// Its log is empty: SQLite reads the file alone, as one that nothing changes.
    Unchanging,
    /// A copy of the file and its log.
    Copy(TempDir),
}

impl Source {
    /// Finds a way to read a library.
    pub(in crate::library) fn of(path: &Path) -> Result<Self, OpenError> {
        let seen = Seen::at(path)?;
        let in_place = Self { path: path.to_owned(), way: Way::InPlace, seen };
        if in_place.is_readable()? {
            return Ok(in_place);
        }
        let unchanging = Self { way: Way::Unchanging, ..in_place };
        if unchanging.seen.log.is_none() && unchanging.is_readable()? {
            return Ok(unchanging);
        }
        let (copy, seen) = copied(path)?;
        let copy = Self { path: path.to_owned(), way: Way::Copy(copy), seen };
        copy.update()?;
        match copy.is_readable()? {
            true => Ok(copy),
            false => Err(LibraryError::Damaged.into()),
        }
    }

    /// Whether the library may have been changed since: only SQLite's own log says it at once.
    pub(in crate::library) fn is_outdated(&self) -> bool {
        match self.way {
            Way::InPlace => false,
            Way::Unchanging | Way::Copy(_) => !Seen::at(&self.path).is_ok_and(|now| now == self.seen),
        }
    }

    /// A connection that can only read.
    pub(in crate::library) fn connect(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match &self.way {
            Way::InPlace => Connection::open_with_flags(&self.path, flags)?,
            Way::Unchanging => open_unchanging(&self.path)?,
            Way::Copy(folder) => Connection::open(folder.path().join(COPY))?,
        };
        configure(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    /// Whether it can be read this way: a library of the present layout that the system lets SQLite read.
    fn is_readable(&self) -> Result<bool, OpenError> {
        let read = self.connect().and_then(|connection| {
            let layout = schema::layout(&connection)?;
            Ok((layout, layout == KNOWN && schema::is_whole(&connection)?))
        });
        match read.map_err(LibraryError::from) {
            Ok((found, _)) if found > KNOWN => Err(OpenError::NewerLibrary { found, known: KNOWN }),
            Ok((0, _)) => Err(LibraryError::Damaged.into()),
            Ok((found, is_whole)) if found == KNOWN && !is_whole => Err(LibraryError::Damaged.into()),
            Ok((found, _)) => Ok(found == KNOWN),
            Err(LibraryError::Damaged) => Err(LibraryError::Damaged.into()),
            Err(_) => Ok(false),
        }
    }

    /// Brings the layout of a copy up to date.
    fn update(&self) -> Result<(), OpenError> {
        let Way::Copy(folder) = &self.way else { return Ok(()) };
        let update = || {
            let mut copy = Connection::open(folder.path().join(COPY))?;
            configure(&copy)?;
            match schema::layout(&copy)? {
                found @ 1..KNOWN => prepare(&mut copy, found),
                _ => Ok(()),
            }
        };
        update().map_err(|error| LibraryError::from(error).into())
    }
}

/// Opens a library that does not change while it is read. Its log is not read.
pub(crate) fn open_unchanging(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(format!("file:{}?immutable=1", uri_path(path)), flags)
}

/// What is escaped in a path of a URI: all but what no system and no part of a URI gives another meaning.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'\\').remove(b':').remove(b'.').remove(b'_').remove(b'-');

/// A path as part of a URI, which SQLite reads byte by byte.
fn uri_path(path: &Path) -> String {
    percent_encode(path.as_os_str().as_encoded_bytes(), ESCAPED).to_string()
}

/// What distinguishes one state of the library’s files from another, without reading them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    file: Stamp,
    /// That of a log with changes that are not in the file yet.
    log: Option<Stamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

impl Seen {
    fn at(path: &Path) -> Result<Self, OpenError> {
        let unusable = |source| OpenError::File { path: path.to_owned(), source };
        let file = Stamp::of(&path.metadata().map_err(unusable)?);
        let log = beside(path, "-wal");
        match log.metadata() {
            Ok(found) => Ok(Self { file, log: Some(Stamp::of(&found)).filter(|stamp| stamp.size > 0) }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self { file, log: None }),
            Err(source) => Err(OpenError::LogUnreadable { path: log, source }),
        }
    }
}

impl Stamp {
    fn of(file: &Metadata) -> Self {
        Self { size: file.len(), modified: file.modified().ok() }
    }
}

/// The name of the copy in its folder.
const COPY: &str = "library.sqlite3";

/// How often a library is copied again because another process changed it.
const ATTEMPTS: usize = 5;

/// Copies a library and its log to the first place that has room for them. Memory comes first; the secrets in them are sealed.
fn copied(path: &Path) -> Result<(TempDir, Seen), OpenError> {
    let mut failed = None;
    for place in places() {
        match copy_into(&place, path) {
            Ok(copied) => return Ok(copied),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Err(failed.unwrap_or_else(|| LibraryError::Busy.into()))
}

fn places() -> Vec<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").filter(|dir| !dir.is_empty()).map(PathBuf::from);
    let memory = cfg!(target_os = "linux").then(|| PathBuf::from("/dev/shm"));
    runtime.into_iter().chain(memory).chain([std::env::temp_dir()]).collect()
}

fn copy_into(place: &Path, path: &Path) -> Result<(TempDir, Seen), OpenError> {
    let log = beside(path, "-wal");
    for _ in 0..ATTEMPTS {
        let before = Seen::at(path)?;
        let folder = private_folder(place)?;
        copy(path, &folder.path().join(COPY))?;
        if before.log.is_some() {
            copy(&log, &beside(&folder.path().join(COPY), "-wal"))?;
        }
        if Seen::at(path)? == before {
            return Ok((folder, before));
        }
    }
    Err(LibraryError::Busy.into())
}

fn private_folder(place: &Path) -> Result<TempDir, OpenError> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("licet-read-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    folder.tempdir_in(place).map_err(|source| OpenError::Folder { path: place.to_owned(), source })
}

/// Copies the content alone: the copy is for this user whatever the mode of the original.
fn copy(from: &Path, to: &Path) -> Result<(), OpenError> {
    let mut source =
        File::open(from).map_err(|source| OpenError::LogUnreadable { path: from.to_owned(), source })?;
    let unusable = |source| OpenError::File { path: to.to_owned(), source };
    let mut copy = private_file(to).map_err(unusable)?;
    io::copy(&mut source, &mut copy).map_err(unusable)?;
    Ok(())
}
