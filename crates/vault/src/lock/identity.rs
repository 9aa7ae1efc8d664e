//! The identity of a library: the id that names its keyring entry, and its folder. A copy of a library has the id of the original,
//! and must not touch the original's entry.

use super::place::Place;
use crate::library::{self, Library, LibraryError};
use rusqlite::params;
use std::path::{Path, PathBuf};

/// Where a library comes from, by the folder that it was in last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// It is in the same folder, or was moved from there: that folder no longer has it.
    Own,
    /// The other folder still has a library of this id. If Licet can't read that folder, or its disk is not there, it assumes a
    /// copy: at worst an unused entry stays in the keyring.
    Copy,
}

/// The identity of one library.
#[derive(Debug)]
pub(super) struct Identity {
    library: Library,
    /// Where it is now.
    pub place: Place,
    file: PathBuf,
}

impl Identity {
    pub(super) fn of(library: &Library, folder: &Path, file: PathBuf) -> Self {
        Self { library: library.clone(), place: Place::of(folder), file }
    }

    /// The id that names its keyring entry.
    pub(super) fn id(&self) -> Result<String, LibraryError> {
        self.read("SELECT home_id FROM meta")
    }

    /// Whether this library made the keyring entry of its id.
    pub(super) fn owns_entry(&self) -> Result<bool, LibraryError> {
        self.read("SELECT owns_entry FROM meta")
    }

    /// Whether it was made by a version that recorded no place, and was not unlocked since. Copies of it cannot be recognised.
    pub(super) fn is_from_before_places(&self) -> Result<bool, LibraryError> {
        self.read("SELECT place IS NULL AND NOT owns_entry FROM meta")
    }

    /// Compares the folder of the library with the one that it was in last.
    pub(super) fn origin(&self) -> Result<Origin, LibraryError> {
        let Some(before) = self.recorded_place()? else { return Ok(Origin::Own) };
        if before.folder == self.place.folder {
            return Ok(Origin::Own);
        }
        self.compare_with(&before)
    }

    /// Records the place of the library. Nothing is written where it is recorded already.
    pub(super) fn settle(&self) -> Result<(), LibraryError> {
        if self.recorded_place()?.as_ref() == Some(&self.place) {
            return Ok(());
        }
        self.library.store().write(|transaction| Ok(self.place.record(transaction)?))
    }

    /// Gives this library another id; `owns_entry` where it has made a keyring entry of that id. It is written into the
    /// library's file at once, where a copy of this one looks for it.
    pub(super) fn set_id(&self, id: &str, owns_entry: bool) -> Result<(), LibraryError> {
        self.library.store().write::<_, LibraryError>(|transaction| {
            transaction.execute("UPDATE meta SET home_id = ?1, owns_entry = ?2", params![id, owns_entry])?;
            Ok(self.place.record(transaction)?)
        })?;
        self.library.store().truncate_log()
    }

    fn recorded_place(&self) -> Result<Option<Place>, LibraryError> {
        self.library.store().read(|view| Ok(Place::recorded(view)?))
    }

    fn compare_with(&self, before: &Place) -> Result<Origin, LibraryError> {
        let old = before.folder.join(self.file.file_name().unwrap_or_default());
        let id = self.id()?;
        let is_own = match old.try_exists() {
            Ok(false) => before.disk_is_there(),
            Ok(true) if is_same_file(&old, &self.file) => true,
            // What the log has is not seen here, and it may be another id.
            Ok(true) => !has_log(&old) && id_of(&old).is_ok_and(|other| other != id),
            Err(_) => false,
        };
        Ok(if is_own { Origin::Own } else { Origin::Copy })
    }

    fn read<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<T, LibraryError> {
        self.library.store().read(|view| Ok(view.query_row(sql, [], |row| row.get(0))?))
    }
}

/// A random id.
pub(super) fn new_id() -> String {
    crate::seal::random_hex(16)
}

/// The id of the library in another place, which is read without leaving a trace there. Its log is not read.
fn id_of(library: &Path) -> Result<String, rusqlite::Error> {
    library::open_unchanging(library)?.query_row("SELECT home_id FROM meta", [], |row| row.get(0))
}

/// Whether there may be changes that are not in the library's file yet.
fn has_log(library: &Path) -> bool {
    let mut log = library.as_os_str().to_owned();
    log.push("-wal");
    match Path::new(&log).metadata() {
        Ok(log) => log.len() > 0,
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

/// Whether two paths lead to one file, as where a folder is mounted twice.
fn is_same_file(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let id = |path: &Path| path.metadata().map(|file| (file.dev(), file.ino())).ok();
        id(one).is_some() && id(one) == id(other)
    }
    #[cfg(not(unix))]
    {
        matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
    }
}
