//! License files that are being written. What is about to be written is recorded first, so that what a process leaves that
//! ends in the middle is recognised, and completed or removed by the next one.

use super::codec::{instant, to_instant};
use super::lease::{self, Lease};
use super::tracked_files::{NewTrackedFile, TrackedFile, TrackedFileId, digest_of, orphan, text_of, track};
use super::{Library, LibraryError};
use crate::files::{Fate, FileError, Prepared, TemporaryName, Trace, Written};
use license::LicenseId;
use rusqlite::{Connection, Row, Transaction, params};
use std::path::PathBuf;

/// A write that is recorded and not known to be over.
struct Recorded {
    id: i64,
    /// What is noted of the file once it is written.
    file: NewTrackedFile,
    trace: Trace,
    /// The word by which the lock of its writer is found.
    lease: String,
}

impl Library {
    /// Writes a license file and tracks it. The write is recorded before anything on the disk changes, and no longer once
    /// the file is tracked.
    pub fn write_file<E: From<FileError> + From<LibraryError>>(
        &self,
        file: &NewTrackedFile,
        write: Prepared<'_>,
    ) -> Result<(TrackedFileId, Written), E> {
        let Some(trace) = write.trace() else {
            let written = write.carry_out()?;
            return Ok((self.track_file(file)?, written));
        };
        // An earlier write of the same file is settled first, since what it left is about to be overwritten.
        if let Err(error) = self.settle_writes() {
            tracing::warn!(%error, "an interrupted write could not be settled");
        }
        let lease = Lease::take(self.store.folder())?;
        let recorded = self.record_write(file, trace, &lease)?;
        match write.carry_out() {
            Ok(written) => {
                // The file is written, so a library that fails for a moment is no reason to say otherwise.
                let noted = self.finish_write(&recorded).or_else(|_| self.finish_write(&recorded));
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
    /// its new text is tracked. Returns the files that are tracked now; those of which only a part was written have
    /// [`TrackedFile::interrupted`]. What cannot be settled, such as on a disk that is not there, is tried again next time.
    pub fn settle_writes(&self) -> Result<Vec<TrackedFile>, LibraryError> {
        let mut tracked = Vec::new();
        for recorded in self.store.read(|view| all(view))? {
            if !lease::is_held(self.store.folder(), &recorded.lease)? {
                tracked.extend(self.settle_write(&recorded)?);
                lease::clear(self.store.folder(), &recorded.lease);
            }
        }
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
        Ok(Recorded { id, file: file.clone(), trace, lease })
    }

    fn finish_write(&self, recorded: &Recorded) -> Result<TrackedFileId, LibraryError> {
        self.store.write(|transaction| {
            forget(transaction, recorded)?;
            Ok(track(transaction, &recorded.file, None)?.id)
        })
    }

    fn settle_write(&self, recorded: &Recorded) -> Result<Option<TrackedFile>, LibraryError> {
        let fate = match recorded.trace.settle() {
            Ok(fate) => fate,
            Err(error) => {
                tracing::warn!(%error, "what an interrupted write left cannot be looked at");
                return Ok(None);
            }
        };
        self.store.write(|transaction| {
            let is_first = forget(transaction, recorded)?;
            match fate {
                Fate::Done if is_first => track(transaction, &recorded.file, None).map(Some),
                Fate::Torn(found) if is_first => track(transaction, &recorded.file, Some(found)).map(Some),
                Fate::Done | Fate::Torn(_) | Fate::Undone => Ok(None),
            }
        })
    }
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
             digest, size, before, rest, lease) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
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
                trace.rest.map(|digest| digest.to_string()),
                lease
            ],
        )
        .map_err(orphan)?;
    Ok(transaction.last_insert_rowid())
}

/// Removes a record. Returns whether it was there: of several processes that settle it, one finds it.
fn forget(transaction: &Transaction<'_>, recorded: &Recorded) -> Result<bool, LibraryError> {
    Ok(transaction.execute("DELETE FROM file_writes WHERE id = ?1", [recorded.id])? > 0)
}

fn all(view: &Connection) -> Result<Vec<Recorded>, LibraryError> {
    let mut statement = view.prepare_cached(
        "SELECT id, license, path, format, in_place, keep, written, target, temporary, overwrites, digest, size, \
         before, rest, lease FROM file_writes ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(recorded(row)?);
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
        rest: digest(13)?,
    };
    let file = NewTrackedFile {
        license: LicenseId(row.get(1)?),
        path: PathBuf::from(text(2)?),
        format: text(3)?,
        in_place: row.get(4)?,
        keep: row.get(5)?,
        digest: trace.digest,
        written: to_instant(row.get(6)?)?,
    };
    Ok(Recorded { id: row.get(0)?, file, trace, lease: text(14)? })
}

#[cfg(test)]
mod tests;
