//! License files that Licet wrote: where they are, and the digest of what it wrote.

use super::codec::{instant, to_instant};
use super::store::next_rev;
use super::{Library, LibraryError};
use crate::files::Digest;
use jiff::Timestamp;
use license::LicenseId;
use rusqlite::{Row, Transaction, params};
use std::path::PathBuf;

/// Licet's own id of a tracked file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TrackedFileId(pub i64);

/// A license file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTrackedFile {
    /// The license that it was written from.
    pub license: LicenseId,
    /// Where it is; one path has one license.
    pub path: PathBuf,
    /// The format's word, such as `launcher-toml`.
    pub format: String,
    /// Whether it is written into its inode instead of being replaced.
    pub in_place: bool,
    /// Whether it is kept up to date from now on.
    pub keep: bool,
    /// The digest of the bytes that were written.
    pub digest: Digest,
    /// When they were written.
    pub written: Timestamp,
}

/// A license file that Licet keeps an eye on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedFile {
    /// Licet's own id.
    pub id: TrackedFileId,
    /// What is known of it.
    pub file: NewTrackedFile,
}

const SELECT: &str = "SELECT id, license, path, format, in_place, keep, digest, written FROM tracked_files";

impl Library {
    /// Notes a file that was written. What was known of the same path is replaced, whichever license it came from.
    pub fn track_file(&self, file: &NewTrackedFile) -> Result<TrackedFileId, LibraryError> {
        let path = file.path.to_str().ok_or(LibraryError::Unreadable { what: "path that is not Unicode" })?;
        self.store.write(|transaction| {
            touch(transaction, "SELECT license FROM tracked_files WHERE path = ?1", path)?;
            let id = transaction
                .query_row(
                    "INSERT INTO tracked_files (license, path, format, in_place, keep, digest, written) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (path) DO UPDATE SET \
                     license = excluded.license, format = excluded.format, in_place = excluded.in_place, \
                     keep = excluded.keep, digest = excluded.digest, written = excluded.written RETURNING id",
                    params![
                        file.license.0,
                        path,
                        file.format,
                        file.in_place,
                        file.keep,
                        file.digest.to_string(),
                        instant(file.written)
                    ],
                    |row| row.get(0),
                )
                .map_err(orphan)?;
            touch(transaction, "SELECT ?1", file.license.0)?;
            Ok(TrackedFileId(id))
        })
    }

    /// Sets whether a file is kept up to date from now on.
    pub fn keep_file(&self, id: TrackedFileId, keep: bool) -> Result<(), LibraryError> {
        self.change_file("UPDATE tracked_files SET keep = ?2 WHERE id = ?1", id, keep)
    }

    /// Stops keeping an eye on a file; the file itself stays as it is.
    pub fn untrack_file(&self, id: TrackedFileId) -> Result<(), LibraryError> {
        self.change_file("DELETE FROM tracked_files WHERE id = ?1 AND ?2", id, true)
    }

    /// The files that were written from a license, by path.
    pub fn files_of(&self, license: LicenseId) -> Result<Vec<TrackedFile>, LibraryError> {
        self.files(&format!("{SELECT} WHERE license = ?1 ORDER BY path"), params![license.0])
    }

    /// Every file that was written, by path.
    pub fn all_files(&self) -> Result<Vec<TrackedFile>, LibraryError> {
        self.files(&format!("{SELECT} ORDER BY path"), [])
    }

    fn files(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<TrackedFile>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            let mut files = Vec::new();
            while let Some(row) = rows.next()? {
                files.push(tracked_file(row)?);
            }
            Ok(files)
        })
    }

    fn change_file(&self, sql: &str, id: TrackedFileId, value: bool) -> Result<(), LibraryError> {
        self.store.write(|transaction| {
            touch(transaction, "SELECT license FROM tracked_files WHERE id = ?1", id.0)?;
            match transaction.execute(sql, params![id.0, value])? {
                0 => Err(LibraryError::NoSuchFile),
                _ => Ok(()),
            }
        })
    }
}

/// Gives the license that a query names a new `rev`, since what its row shows of its files changed.
fn touch(
    transaction: &Transaction<'_>,
    license: &str,
    param: impl rusqlite::ToSql,
) -> Result<(), LibraryError> {
    let rev = next_rev(transaction)?;
    transaction
        .execute(&format!("UPDATE licenses SET rev = ?2 WHERE id = ({license})"), params![param, rev])?;
    Ok(())
}

fn tracked_file(row: &Row<'_>) -> Result<TrackedFile, LibraryError> {
    let path: String = row.get(2)?;
    let digest: String = row.get(6)?;
    Ok(TrackedFile {
        id: TrackedFileId(row.get(0)?),
        file: NewTrackedFile {
            license: LicenseId(row.get(1)?),
            path: PathBuf::from(path),
            format: row.get(3)?,
            in_place: row.get(4)?,
            keep: row.get(5)?,
            digest: digest.parse().map_err(|_| LibraryError::Unreadable { what: "digest" })?,
            written: to_instant(row.get(7)?)?,
        },
    })
}

fn orphan(error: rusqlite::Error) -> LibraryError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => LibraryError::NoSuchLicense,
        _ => error.into(),
    }
}
