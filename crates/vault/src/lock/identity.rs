//! Which library this is: its id, which its keyring entry goes by, and the folder that it lives in. A copy of a library has the
//! id of the original, and must not touch the original's entry.

use crate::library::{Library, LibraryError};
use rusqlite::{Connection, OpenFlags, params};
use std::path::{Path, PathBuf};

/// Where a library was found, compared with where it was last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whereabouts {
    /// Where it was last, or it was moved here: the old place no longer has it.
    Own,
    /// The old place still has a library of this id, or cannot be read. What cannot be told counts as a copy, since nothing is
    /// lost then: at worst an entry stays in the keyring that nobody needs.
    Copy,
}

/// The identity of one library.
#[derive(Debug)]
pub(super) struct Identity {
    library: Library,
    folder: Option<PathBuf>,
    file: PathBuf,
}

impl Identity {
    pub(super) fn of(library: &Library, folder: &Path, file: PathBuf) -> Self {
        Self { library: library.clone(), folder: folder.canonicalize().ok(), file }
    }

    /// The id, which the keyring's entry goes by.
    pub(super) fn id(&self) -> Result<String, LibraryError> {
        self.library
            .store()
            .read(|view| Ok(view.query_row("SELECT home_id FROM meta", [], |row| row.get(0))?))
    }

    /// Whether this library made the entry that goes by its id.
    pub(super) fn owns_entry(&self) -> Result<bool, LibraryError> {
        self.library
            .store()
            .read(|view| Ok(view.query_row("SELECT owns_entry FROM meta", [], |row| row.get(0))?))
    }

    /// Compares where the library is with where it was last.
    pub(super) fn whereabouts(&self) -> Result<Whereabouts, LibraryError> {
        let before: Option<String> = self.library.store().read::<_, LibraryError>(|view| {
            Ok(view.query_row("SELECT place FROM meta", [], |row| row.get(0))?)
        })?;
        let Some(before) = before.map(PathBuf::from) else { return Ok(Whereabouts::Own) };
        if self.folder.as_deref() == Some(&before) {
            return Ok(Whereabouts::Own);
        }
        let name = self.file.file_name().unwrap_or_default();
        Ok(self.seen_at(&before.join(name), &self.id()?))
    }

    /// Notes that the library lives here. A place whose name is not text is not noted, and then nothing is taken for a copy.
    pub(super) fn settle(&self) -> Result<(), LibraryError> {
        let Some(folder) = self.folder.as_deref().and_then(Path::to_str) else { return Ok(()) };
        self.library.store().write(|transaction| {
            transaction.execute("UPDATE meta SET place = ?1 WHERE place IS NOT ?1", [folder])?;
            Ok(())
        })
    }

    /// Notes another id for this library, whose entry it has made under that id where `owns_entry`.
    pub(super) fn become_another(&self, id: &str, owns_entry: bool) -> Result<(), LibraryError> {
        self.library.store().write::<_, LibraryError>(|transaction| {
            transaction.execute("UPDATE meta SET home_id = ?1, owns_entry = ?2", params![id, owns_entry])?;
            Ok(())
        })?;
        self.settle()
    }

    fn seen_at(&self, old: &Path, id: &str) -> Whereabouts {
        match old.try_exists() {
            Ok(false) => return Whereabouts::Own,
            Ok(true) if is_same_file(old, &self.file) => return Whereabouts::Own,
            Ok(true) => {}
            Err(_) => return Whereabouts::Copy,
        }
        match id_of(old) {
            Ok(other) if other != id => Whereabouts::Own,
            Ok(_) | Err(_) => Whereabouts::Copy,
        }
    }
}

/// A random id.
pub(super) fn new_id() -> String {
    let mut bytes = [0; 16];
    super::seal::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The id of the library in another place, which is read without leaving a trace there.
fn id_of(library: &Path) -> Result<String, rusqlite::Error> {
    let path = library.to_str().ok_or_else(|| rusqlite::Error::InvalidPath(library.to_owned()))?;
    let uri = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let other = Connection::open_with_flags(format!("file:{uri}?immutable=1"), flags)?;
    other.query_row("SELECT home_id FROM meta", [], |row| row.get(0))
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
