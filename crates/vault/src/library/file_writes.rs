//! License files that are being written. A write is recorded first, so that the next process recognises what an interrupted one
//! left, and completes or removes it.

use super::codec::{instant, to_instant};
use super::lease::{self, Lease};
use super::tracked_files::{NewTrackedFile, TrackedFile, TrackedFileId, digest_of, orphan, text_of, track};
use super::{Library, LibraryError};
use crate::files::{Fate, FileError, Prepared, TemporaryName, Trace, Written};
use license::LicenseId;
use rusqlite::{Connection, Row, Transaction, params};
use std::path::PathBuf;

/// A recorded write whose outcome is not known yet.
struct Recorded {
    id: i64,
    /// What is noted of the file once it is written; nothing if its license was removed since.
    file: Option<NewTrackedFile>,
    trace: Trace,
    /// The word by which the lock of its writer is found.
    lease: String,
}

/// What settling interrupted writes found.
#[derive(Debug, Default)]
pub struct SettledWrites {
    /// The files that are tracked now; those of which only a part was written have [`TrackedFile::interrupted`].
    pub tracked: Vec<TrackedFile>,
    /// Why a write could not be settled: the first error of the library. The other writes were settled.
    pub failed: Option<LibraryError>,
}

impl Library {
    /// Writes a license file and tracks it. The record is made before the disk changes and removed once the file is tracked.
    pub fn write_file<E: From<FileError> + From<LibraryError>>(
        &self,
        file: &NewTrackedFile,
        write: Prepared<'_>,
    ) -> Result<(TrackedFileId, Written), E> {
        let Some(trace) = write.trace() else {
            let written = write.carry_out()?;
            return Ok((self.track_file(file)?, written));
        };
        let lease = Lease::take(self.store.folder())?;
        let recorded = self.record_write(file, trace, &lease)?;
        match write.carry_out() {
            Ok(written) => {
                // The file is written, so a library that fails for a moment is no reason to say otherwise.
                let noted =
                    self.finish_write(recorded.id, file).or_else(|_| self.finish_write(recorded.id, file));
                Ok((noted?, written))
            }
            Err(error) => {
                if let Err(error) = self.settle_write(&recorded) {
                    tracing::warn!(%error, "a failed write could not be settled");
                }
                Err(error.into())
            }
        }
    }

    /// Settles the writes that other processes did not finish: what is left beside a file is removed, and a file that has
    /// its new text is tracked, unless its license was removed. What cannot be settled, such as on a disk that is not mounted,
    /// is tried again next time.
    pub fn settle_writes(&self) -> SettledWrites {
        let mut settled = SettledWrites::default();
        let all = self.store.read(|view| all(view)).unwrap_or_else(|error| vec![Err(error)]);
        for recorded in all {
            match recorded.and_then(|recorded| self.settle_if_ended(&recorded)) {
                Ok(tracked) => settled.tracked.extend(tracked),
                Err(error) => {
                    tracing::warn!(%error, "an interrupted write could not be settled");
                    settled.failed.get_or_insert(error);
                }
            }
        }
        settled
    }

    fn settle_if_ended(&self, recorded: &Recorded) -> Result<Option<TrackedFile>, LibraryError> {
        if lease::is_held(self.store.folder(), &recorded.lease)? {
            return Ok(None);
        }
        let tracked = self.settle_write(recorded)?;
        lease::clear(self.store.folder(), &recorded.lease);
        Ok(tracked)
    }

    fn record_write(
        &self,
        file: &NewTrackedFile,
        trace: Trace,
        lease: &Lease,
    ) -> Result<Recorded, LibraryError> {
        let lease = lease.token().to_owned();
        let id = self.store.write(|transaction| insert(transaction, file, &trace, &lease))?;
        Ok(Recorded { id, file: Some(file.clone()), trace, lease })
    }

    fn finish_write(&self, id: i64, file: &NewTrackedFile) -> Result<TrackedFileId, LibraryError> {
        self.store.write(|transaction| {
            forget(transaction, id)?;
            Ok(track(transaction, file, None)?.id)
        })
    }

    fn settle_write(&self, recorded: &Recorded) -> Result<Option<TrackedFile>, LibraryError> {
        let fate = match recorded.trace.settle() {
            Ok(fate) => fate,
            Err(error) => {
                tracing::warn!(%error, "what an interrupted write left cannot be read or removed");
                return Ok(None);
            }
        };
        self.store.write(|transaction| {
            let is_first = forget(transaction, recorded.id)?;
            let Some(file) = recorded.file.as_ref().filter(|_| is_first) else { return Ok(None) };
            // The license may have been removed since the record was read.
            if !is_there(transaction, file.license)? {
                return Ok(None);
            }
            match fate {
                Fate::Done => track(transaction, file, None).map(Some),
                Fate::Torn(found) => track(transaction, file, Some(found)).map(Some),
                Fate::Undone => Ok(None),
            }
        })
    }
}

fn is_there(view: &Connection, license: LicenseId) -> Result<bool, LibraryError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM licenses WHERE id = ?1)";
    Ok(view.prepare_cached(sql)?.query_row([license.0], |row| row.get(0))?)
}

fn insert(
    transaction: &Transaction<'_>,
    file: &NewTrackedFile,
    trace: &Trace,
    lease: &str,
) -> Result<i64, LibraryError> {
    // Links are followed once more when it is settled, so a place whose name is not text is recorded by the link.
    let target = trace.target.to_str().map_or_else(|| text_of(&file.path), Ok)?;
    transaction
        .execute(
            "INSERT INTO file_writes (license, path, format, in_place, keep, written, target, temporary, overwrites, \
             digest, size, before, before_size, rest, lease) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            params![
                file.license.0,
                text_of(&file.path)?,
                file.format,
                file.in_place,
                file.keep,
                instant(file.written),
                target,
                trace.temporary.as_str(),
                trace.overwrites,
                trace.digest.to_string(),
                trace.size.cast_signed(),
                trace.before.map(|digest| digest.to_string()),
                trace.before_size.cast_signed(),
                trace.rest.map(|digest| digest.to_string()),
                lease
            ],
        )
        .map_err(orphan)?;
    Ok(transaction.last_insert_rowid())
}

/// Removes a record. Returns whether it was there: of several processes that settle it, one finds it.
fn forget(transaction: &Transaction<'_>, id: i64) -> Result<bool, LibraryError> {
    Ok(transaction.execute("DELETE FROM file_writes WHERE id = ?1", [id])? > 0)
}

fn all(view: &Connection) -> Result<Vec<Result<Recorded, LibraryError>>, LibraryError> {
    let mut statement = view.prepare_cached(
        "SELECT id, license, path, format, in_place, keep, written, target, temporary, overwrites, digest, size, \
         before, before_size, rest, lease FROM file_writes ORDER BY id",
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
            digest: trace.digest,
            written: to_instant(row.get(6)?)?,
        }),
        None => None,
    };
    Ok(Recorded { id: row.get(0)?, file, trace, lease: text(15)? })
}

#[cfg(test)]
mod tests;
