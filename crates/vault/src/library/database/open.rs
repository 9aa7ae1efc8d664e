//! Making and opening the library's file.

use crate::library::{
    LibraryError, OpenError,
    database::schema::{self, KNOWN},
};
use rusqlite::Connection;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a call waits for another process's write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Says which library is damaged.
pub(in crate::library) fn named(error: OpenError, path: &Path) -> OpenError {
    if let OpenError::Library(LibraryError::Damaged) = error {
        OpenError::Damaged { path: path.to_owned() }
    } else {
        error
    }
}

pub(in crate::library) fn open_writer(path: &Path) -> Result<Connection, OpenError> {
    let mut writer = connect(path).map_err(LibraryError::from)?;
    let found = schema::layout(&writer).map_err(LibraryError::from)?;
    if found > KNOWN {
        return Err(OpenError::NewerLibrary { found, known: KNOWN });
    }
    if found == 0 {
        // A library is made whole, so this file is the database of another program, or what is left of a library.
        return Err(LibraryError::Damaged.into());
    }
    prepare(&mut writer, found).map_err(LibraryError::from)?;
    match schema::is_whole(&writer).map_err(LibraryError::from)? {
        true => Ok(writer),
        false => Err(LibraryError::Damaged.into()),
    }
}

/// Whether there is no library yet. A partial library is never overwritten.
pub(in crate::library) fn is_new(path: &Path) -> Result<bool, OpenError> {
    let size = |path: &Path| path.metadata().map(|file| file.len());
    match path.metadata().map(|file| (file.is_file(), file.len())) {
        Ok((false, _)) => Err(OpenError::NotAFile { path: path.to_owned() }),
        Ok((true, 0)) => Err(OpenError::Incomplete { path: path.to_owned() }),
        Ok(_) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotFound => match size(&beside(path, "-wal")) {
            Ok(1..) => Err(OpenError::Incomplete { path: path.to_owned() }),
            Ok(0) | Err(_) => Ok(true),
        },
        Err(source) => Err(OpenError::File { path: path.to_owned(), source }),
    }
}

/// Makes a new library whole before it gets its name, so that a process that is killed leaves no empty one.
pub(in crate::library) fn create(path: &Path) -> Result<(), OpenError> {
    let unfinished = beside(path, ".new");
    let unusable = |source| OpenError::File { path: path.to_owned(), source };
    for file in [&unfinished, &beside(&unfinished, "-journal")] {
        remove_if_there(file).map_err(unusable)?;
    }
    private_file(&unfinished).map_err(unusable)?;
    let mut new = connect(&unfinished).map_err(LibraryError::from)?;
    // Without a write-ahead log, a commit is in the file itself: SQLite does not report a log that could not be moved there.
    new.pragma_update(None, "secure_delete", true).map_err(LibraryError::from)?;
    schema::migrate(&mut new, 0).map_err(LibraryError::from)?;
    new.close().map_err(|(_, error)| LibraryError::from(error))?;
    std::fs::rename(&unfinished, path).map_err(unusable)?;
    Ok(())
}

/// A file whose name is that of another with an ending.
pub(in crate::library) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

pub(in crate::library) fn prepare(writer: &mut Connection, found: u32) -> rusqlite::Result<()> {
    writer.pragma_update(None, "journal_mode", "wal")?;
    writer.pragma_update(None, "secure_delete", true)?;
    if found < KNOWN {
        schema::migrate(writer, found)?;
    }
    Ok(())
}

pub(in crate::library) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    configure(&connection)?;
    Ok(connection)
}

pub(in crate::library) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(())
}

/// Opens or makes a file that only this user may read.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Hides the library's file from other users. SQLite gives its `-wal` and `-shm` files the same mode.
///
/// The file is not opened: to close it again would drop the locks that SQLite holds on it in this process (POSIX locks
/// belong to the process, not to the handle).
pub(in crate::library) fn make_private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}
