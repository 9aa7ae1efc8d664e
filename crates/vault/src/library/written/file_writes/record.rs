//! The records of license files that are being written, as the library keeps them.

use crate::files::{self, TemporaryName, Trace};
use crate::library::{
    LibraryError,
    database::codec::{instant, to_instant},
    written::tracked_files::{NewTrackedFile, access_of, digest_of, text_of},
};
use license::LicenseId;
use rusqlite::{Connection, Row, Transaction, params};
use std::path::{Path, PathBuf};

/// A recorded write whose outcome is not known yet.
pub(super) struct Recorded {
    pub id: i64,
    /// What is noted of the file once it is written; nothing if its license was removed since.
    pub file: Option<NewTrackedFile>,
    pub trace: Trace,
    /// The backup that is needed only until the file is written.
    pub interim: Option<PathBuf>,
    /// The word by which the lock of its writer is found.
    pub process_lock: String,
}

impl Recorded {
    /// Removes the backup that was needed only until the file is written, if the file has its old or its new text. If it has another
    /// one, a user may have edited an incomplete file, so the backup stays. It is listed then, and also where it cannot be removed.
    pub(super) fn drop_interim(&self) {
        let (Some(backup), Some(before)) = (&self.interim, self.trace.before) else { return };
        if self.trace.is_whole()
            && let Err(error) = files::drop_unchanged(backup, before)
        {
            tracing::warn!(%error, path = %backup.display(), "a backup that is not needed could not be removed");
        }
    }
}

/// Adds a record. Returns its id.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    file: Option<&NewTrackedFile>,
    trace: &Trace,
    interim: Option<&Path>,
    process_lock: &str,
) -> Result<i64, LibraryError> {
    // Links are followed once more when it is settled, so a place whose name is not text is recorded by the link.
    let by_link = || text_of(file.map_or(&trace.target, |file| &file.path));
    let target = trace.target.to_str().map_or_else(by_link, Ok)?;
    transaction
        .execute(
            "INSERT INTO file_writes (license, path, format, in_place, keep, written, target, temporary, overwrites, \
             digest, size, before, before_size, rest, lease, access, interim) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            params![
                file.map(|file| file.license.0),
                file.map_or(Ok(target), |file| text_of(&file.path))?,
                file.map_or("", |file| &file.format),
                file.is_some_and(|file| file.in_place),
                file.is_some_and(|file| file.keep),
                file.map_or(0, |file| instant(file.written)),
                target,
                trace.temporary.as_str(),
                trace.overwrites,
                trace.digest.to_string(),
                trace.size.cast_signed(),
                trace.before.map(|digest| digest.to_string()),
                trace.before_size.cast_signed(),
                trace.rest.map(|digest| digest.to_string()),
                process_lock,
                file.map_or_else(String::new, |file| file.access.words()),
                interim.and_then(Path::to_str)
            ],
        )
        .map_err(LibraryError::of_orphan(LibraryError::NoSuchLicense))?;
    Ok(transaction.last_insert_rowid())
}

/// Removes a record. Returns whether it was there: of several processes that settle it, one finds it.
pub(super) fn forget(transaction: &Transaction<'_>, id: i64) -> Result<bool, LibraryError> {
    Ok(transaction.execute("DELETE FROM file_writes WHERE id = ?1", [id])? > 0)
}

/// Every record, the oldest first. One that cannot be read does not hide the others.
pub(super) fn all(view: &Connection) -> Result<Vec<Result<Recorded, LibraryError>>, LibraryError> {
    let mut statement = view.prepare_cached(
        "SELECT id, license, path, format, in_place, keep, written, target, temporary, overwrites, digest, size, \
         before, before_size, rest, lease, access, interim FROM file_writes ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(recorded(row));
    }
    Ok(all)
}

fn recorded(row: &Row<'_>) -> Result<Recorded, LibraryError> {
    let text = |column: usize| row.get::<_, String>(column);
    let digest = |column: usize| {
        let kept: Option<String> = row.get(column)?;
        kept.as_deref().map(digest_of).transpose()
    };
    let unreadable = || LibraryError::Unreadable { what: "file write" };
    let trace = Trace {
        target: PathBuf::from(text(7)?),
        temporary: TemporaryName::parse(&text(8)?).ok_or_else(unreadable)?,
        overwrites: row.get(9)?,
        digest: digest(10)?.ok_or_else(unreadable)?,
        size: row.get::<_, i64>(11)?.cast_unsigned(),
        before: digest(12)?,
        before_size: row.get::<_, i64>(13)?.cast_unsigned(),
        rest: digest(14)?,
    };
    let license: Option<i64> = row.get(1)?;
    let file = match license.map(LicenseId) {
        Some(license) => Some(NewTrackedFile {
            license,
            path: PathBuf::from(text(2)?),
            format: text(3)?,
            in_place: row.get(4)?,
            keep: row.get(5)?,
            access: access_of(&text(16)?)?,
            digest: trace.digest,
            written: to_instant(row.get(6)?)?,
        }),
        None => None,
    };
    let interim = row.get::<_, Option<String>>(17)?.map(PathBuf::from);
    Ok(Recorded { id: row.get(0)?, file, trace, interim, process_lock: text(15)? })
}
