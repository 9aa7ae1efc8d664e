//! The folder that a library is in, as the library records it.

use rusqlite::{Connection, Transaction, params};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A folder, and the disk that it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder.
    pub folder: PathBuf,
    /// The number of its disk; nothing where the system gives none.
    device: Option<i64>,
}

impl Place {
    /// The place of a folder.
    pub(super) fn of(folder: &Path) -> Self {
        let resolved = folder.canonicalize().or_else(|_| std::path::absolute(folder));
        let folder = resolved.unwrap_or_else(|_| folder.to_owned());
        Self { device: device(&folder), folder }
    }

    /// The place that a library records; nothing in one that was never unlocked by a version that records it.
    pub(super) fn recorded(view: &Connection) -> rusqlite::Result<Option<Self>> {
        view.query_row("SELECT place, place_device FROM meta", [], |row| {
            let folder: Option<Vec<u8>> = row.get(0)?;
            let device = row.get(1)?;
            Ok(folder.map(|bytes| Self { folder: PathBuf::from(from_bytes(bytes)), device }))
        })
    }

    /// Records the place.
    pub(super) fn record(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        let folder = to_bytes(&self.folder);
        transaction.execute("UPDATE meta SET place = ?1, place_device = ?2", params![folder, self.device])?;
        Ok(())
    }

    /// Whether the disk of this place is there, so that a folder that is not found was moved or removed. An empty mount point
    /// belongs to another disk.
    pub(super) fn disk_is_there(&self) -> bool {
        self.folder.parent().is_some_and(|parent| parent.is_dir() && device(parent) == self.device)
    }
}

#[cfg(unix)]
fn device(folder: &Path) -> Option<i64> {
    use std::os::unix::fs::MetadataExt;
    folder.metadata().ok().map(|folder| folder.dev().cast_signed())
}

/// Elsewhere a folder's parent is on another disk only where the folder is a drive, which has no parent.
#[cfg(not(unix))]
fn device(_: &Path) -> Option<i64> {
    None
}

#[cfg(unix)]
fn to_bytes(path: &Path) -> Vec<u8> {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec()
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(windows)]
fn to_bytes(path: &Path) -> Vec<u8> {
    std::os::windows::ffi::OsStrExt::encode_wide(path.as_os_str()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
fn from_bytes(bytes: Vec<u8>) -> OsString {
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    std::os::windows::ffi::OsStringExt::from_wide(&wide)
}
