//! License files that Licet wrote: where they are, and the digest of what it wrote.

use crate::files::{self, Access, Digest, FileState, Look};
use crate::library::{
    Library, LibraryError,
    database::{
        codec::{instant, json, to_instant},
        rev::next_rev,
    },
};
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use rusqlite::{Row, Transaction, params};
use std::path::{Path, PathBuf};

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
    /// Who can read it beside its owner, as it was asked for.
    pub access: Access,
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
    /// Where a write of it was interrupted, the digest of the part that was found afterwards.
    pub interrupted: Option<Digest>,
}

impl TrackedFile {
    /// How the file is now, by its bytes on disk.
    pub fn state(&self) -> FileState {
        self.look().state
    }

    /// The file on the disk, read once.
    pub fn look(&self) -> Look {
        files::look(&self.file.path, &self.file.digest, self.interrupted.as_ref())
    }
}

const SELECT: &str = "SELECT id, license, path, format, in_place, keep, digest, written, interrupted, access FROM tracked_files";

impl Library {
    /// Notes a file that was written. What was known of the same path is replaced, whichever license it came from.
    pub fn track_file(&self, file: &NewTrackedFile) -> Result<TrackedFileId, LibraryError> {
        self.store.write(|transaction| Ok(track(transaction, file, None)?.id))
    }

    /// Sets whether a file is kept up to date from now on.
    pub fn keep_file(&self, id: TrackedFileId, keep: bool) -> Result<(), LibraryError> {
        self.change_file("UPDATE tracked_files SET keep = ?2 WHERE id = ?1", id, keep)
    }

    /// Stops keeping an eye on a file; the file itself stays as it is.
    pub fn untrack_file(&self, id: TrackedFileId) -> Result<(), LibraryError> {
        self.change_file("DELETE FROM tracked_files WHERE id = ?1 AND ?2", id, true)
    }

    /// One file that was written, while it is tracked.
    pub fn file(&self, id: TrackedFileId) -> Result<Option<TrackedFile>, LibraryError> {
        Ok(self.files(&format!("{SELECT} WHERE id = ?1"), params![id.0])?.pop())
    }

    /// The file that was written at a path, while it is tracked. Links are not followed.
    pub fn file_at(&self, path: &Path) -> Result<Option<TrackedFile>, LibraryError> {
        // Without a slash too many, as paths are kept.
        let path: PathBuf = path.components().collect();
        // A path that is not text is never tracked.
        let Some(path) = path.to_str() else { return Ok(None) };
        Ok(self.files(&format!("{SELECT} WHERE path = ?1"), [path])?.pop())
    }

    /// The files that were written from any of these licenses, by path.
    pub fn files_of_each(
        &self,
        licenses: impl IntoIterator<Item = LicenseId>,
    ) -> Result<Vec<TrackedFile>, LibraryError> {
        let ids: Vec<i64> = licenses.into_iter().map(|id| id.0).collect();
        let sql = format!("{SELECT} WHERE license IN (SELECT value FROM json_each(?1)) ORDER BY path");
        self.files(&sql, [json(&ids)])
    }

    /// The files that are kept up to date for an account's licenses, by path; not those of a license that is gone.
    pub fn kept_files_of(&self, account: AccountId) -> Result<Vec<TrackedFile>, LibraryError> {
        let sql = format!(
            "{SELECT} WHERE keep AND EXISTS (SELECT 1 FROM licenses l WHERE l.id = license AND l.account = ?1 \
             AND l.gone_since IS NULL) ORDER BY path"
        );
        self.files(&sql, params![account.0])
    }

    /// The files that were written from a license, by path.
    pub fn files_of(&self, license: LicenseId) -> Result<Vec<TrackedFile>, LibraryError> {
        self.files(&format!("{SELECT} WHERE license = ?1 ORDER BY path"), params![license.0])
    }

    /// The file of a format that was written last for an account's licenses; not those of one that is gone.
    pub fn newest_file_of(
        &self,
        account: AccountId,
        format: &str,
    ) -> Result<Option<TrackedFile>, LibraryError> {
        let sql = format!(
            "{SELECT} WHERE format = ?2 AND EXISTS (SELECT 1 FROM licenses l WHERE l.id = license AND l.account = ?1 \
             AND l.gone_since IS NULL) ORDER BY written DESC, id DESC LIMIT 1"
        );
        Ok(self.files(&sql, params![account.0, format])?.pop())
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

/// Notes a file that was written, or of which an interrupted write has left bytes of another digest.
pub(in crate::library) fn track(
    transaction: &Transaction<'_>,
    file: &NewTrackedFile,
    interrupted: Option<Digest>,
) -> Result<TrackedFile, LibraryError> {
    let path = text_of(&file.path)?;
    touch(transaction, "SELECT license FROM tracked_files WHERE path = ?1", path)?;
    let id = transaction
        .query_row(
            "INSERT INTO tracked_files (license, path, format, in_place, keep, digest, written, interrupted, access) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (path) DO UPDATE SET \
             license = excluded.license, format = excluded.format, in_place = excluded.in_place, \
             keep = excluded.keep, digest = excluded.digest, written = excluded.written, \
             interrupted = excluded.interrupted, access = excluded.access RETURNING id",
            params![
                file.license.0,
                path,
                file.format,
                file.in_place,
                file.keep,
                file.digest.to_string(),
                instant(file.written),
                interrupted.map(|digest| digest.to_string()),
                file.access.words()
            ],
            |row| row.get(0),
        )
        .map_err(LibraryError::of_orphan(LibraryError::NoSuchLicense))?;
    touch(transaction, "SELECT ?1", file.license.0)?;
    Ok(TrackedFile { id: TrackedFileId(id), file: file.clone(), interrupted })
}

/// A path as it is kept: as text.
pub(in crate::library) fn text_of(path: &Path) -> Result<&str, LibraryError> {
    path.to_str().ok_or(LibraryError::Unreadable { what: "path that is not Unicode" })
}

/// Reads a digest as it is kept.
pub(in crate::library) fn digest_of(text: &str) -> Result<Digest, LibraryError> {
    text.parse().map_err(|_| LibraryError::Unreadable { what: "digest" })
}

/// Reads who can read a file, as it is kept.
pub(in crate::library) fn access_of(words: &str) -> Result<Access, LibraryError> {
    Access::of_words(words).ok_or(LibraryError::Unreadable { what: "file's access" })
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
    let interrupted: Option<String> = row.get(8)?;
    Ok(TrackedFile {
        interrupted: interrupted.as_deref().map(digest_of).transpose()?,
        id: TrackedFileId(row.get(0)?),
        file: NewTrackedFile {
            license: LicenseId(row.get(1)?),
            path: PathBuf::from(path),
            format: row.get(3)?,
            in_place: row.get(4)?,
            keep: row.get(5)?,
            access: access_of(&row.get::<_, String>(9)?)?,
            digest: digest_of(&digest)?,
            written: to_instant(row.get(7)?)?,
        },
    })
}
