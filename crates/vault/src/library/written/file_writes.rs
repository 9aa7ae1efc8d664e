//! License files that are being written. A write is recorded first, so that the next process recognises what an interrupted one
//! left, and completes or removes it.

mod record;

use crate::files::{self, BackupPlace, Digest, Fate, FileError, Prepared, Trace, WriteOptions, Written};
use crate::library::{
    Library, LibraryError,
    database::process_lock::{self, ProcessLock},
    written::{
        backups,
        tracked_files::{NewTrackedFile, TrackedFile, TrackedFileId, track},
    },
};
use jiff::Timestamp;
use license::LicenseId;
use record::{Recorded, all, forget, insert};
use rusqlite::Connection;
use std::path::Path;

/// A backup that is made before the file is changed.
struct Planned {
    place: BackupPlace,
    digest: Digest,
    /// Whether it is removed once the file is written.
    is_interim: bool,
}

/// A write that was recorded and is about to be carried out.
struct Begun {
    recorded: Recorded,
    /// Where what is overwritten stays.
    kept: Option<BackupPlace>,
    /// Shows other processes that it is on its way.
    _process_lock: ProcessLock,
}

/// What settling one write found.
#[derive(Default)]
struct Settled {
    /// Nothing where the disk does not answer.
    fate: Option<Fate>,
    tracked: Option<TrackedFile>,
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
        mut write: Prepared<'_>,
    ) -> Result<(TrackedFileId, Written), E> {
        let Some(begun) = self.begin_write::<E>(Some(file), &mut write)? else {
            let written = write.carry_out()?;
            return Ok((self.track_file(file)?, written));
        };
        let written = self.carry_out(&begun, write, None)?;
        // The file is written, so a library that fails for a moment is no reason to say otherwise.
        // A record that leads to what was left beside the file stays until that is removed.
        let done = written.is_tidy.then_some(begun.recorded.id);
        let noted = self.finish_write(done, file).or_else(|_| self.finish_write(done, file));
        let id = noted.map_err(|source| not_noted(&written, source))?;
        self.tidy_backups(&written.path, None);
        Ok((id, written))
    }

    /// Writes a file with the bytes of the backup `from`, which stays, with the same care. A tracked file is drifted afterwards.
    pub fn write_untracked<E: From<FileError> + From<LibraryError>>(
        &self,
        path: &Path,
        bytes: &[u8],
        from: &Path,
        options: &WriteOptions,
    ) -> Result<Written, E> {
        let mut write = files::prepare(path, bytes, options)?;
        let Some(begun) = self.begin_write::<E>(None, &mut write)? else { return Ok(write.carry_out()?) };
        let written = self.carry_out(&begun, write, Some(from))?;
        if written.is_tidy {
            let forgotten = self.store.write(|transaction| forget(transaction, begun.recorded.id));
            forgotten.map_err(|source| not_noted(&written, source))?;
        }
        self.tidy_backups(&written.path, Some(from));
        Ok(written)
    }

    /// Records a write and the backup that it makes. Returns nothing where it changes nothing.
    fn begin_write<E: From<FileError> + From<LibraryError>>(
        &self,
        file: Option<&NewTrackedFile>,
        write: &mut Prepared<'_>,
    ) -> Result<Option<Begun>, E> {
        let Some(trace) = write.trace() else { return Ok(None) };
        let backup = match write.to_be_kept() {
            Some(digest) => {
                let place = self.place_for_backup(&trace.target, digest)??;
                Some(Planned { place, digest, is_interim: write.is_backup_interim() })
            }
            None => None,
        };
        if let Some(planned) = &backup {
            write.keep_in(planned.place.clone());
        }
        let process_lock = ProcessLock::take(self.store.folder())?;
        let recorded = self.record_write(file, trace, backup.as_ref(), &process_lock)?;
        let kept = backup.filter(|planned| !planned.is_interim).map(|planned| planned.place);
        Ok(Some(Begun { recorded, kept, _process_lock: process_lock }))
    }

    /// Carries a recorded write out; `restored` is the backup that it writes back. If it fails, what it left is removed; only if the
    /// file has the new text all the same, it is written.
    fn carry_out(
        &self,
        begun: &Begun,
        write: Prepared<'_>,
        restored: Option<&Path>,
    ) -> Result<Written, FileError> {
        let (path, digest) = (write.target().to_owned(), write.digest());
        let error = match write.carry_out() {
            Ok(written) => return Ok(written),
            Err(error) => error,
        };
        // The file may look whole, but the disk did not confirm it.
        let is_interim_needed = matches!(error, FileError::Incomplete { .. });
        let settled = self.settle_write(&begun.recorded, is_interim_needed).unwrap_or_else(|error| {
            tracing::warn!(%error, "a failed write could not be settled");
            Settled::default()
        });
        self.tidy_backups(&path, restored);
        if settled.fate == Some(Fate::Done) {
            tracing::warn!(%error, path = %path.display(), "the file has its new text although writing it failed");
            let backup =
                begun.kept.as_ref().map(|place| place.path().to_owned()).filter(|path| path.exists());
            return Ok(Written { path, digest, backup, is_confirmed: false, is_tidy: true });
        }
        Err(error)
    }

    /// Settles the writes that other processes did not finish: what is left beside a file is removed, and a file that has
    /// its new text is tracked, unless its license was removed. What cannot be settled, such as on a disk that is not mounted,
    /// is tried again next time, and all of them where the library can only be read.
    pub fn settle_writes(&self) -> SettledWrites {
        let mut settled = SettledWrites::default();
        if self.store.is_read_only() {
            return settled;
        }
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
        if process_lock::is_held(self.store.folder(), &recorded.process_lock)? {
            return Ok(None);
        }
        // While another process writes the file, what was left beside it is not to be touched.
        let _lock = match self.try_lock_file(&recorded.trace.target) {
            Ok(Some(lock)) => Some(lock),
            Ok(None) => return Ok(None),
            // Its folder is gone, or the path is no file's any more.
            Err(_) => None,
        };
        let settled = self.settle_write(recorded, false)?;
        // A backup that was recorded and not made leaves its number to the next one.
        self.tidy_backups(&recorded.trace.target, None);
        process_lock::clear(self.store.folder(), &recorded.process_lock);
        Ok(settled.tracked)
    }

    fn record_write(
        &self,
        file: Option<&NewTrackedFile>,
        trace: Trace,
        backup: Option<&Planned>,
        process_lock: &ProcessLock,
    ) -> Result<Recorded, LibraryError> {
        let process_lock = process_lock.token().to_owned();
        let made = file.map_or_else(Timestamp::now, |file| file.written);
        let interim =
            backup.filter(|planned| planned.is_interim).and_then(|planned| planned.place.new_path());
        let id = self.store.write(|transaction| {
            if let Some(Planned { place, digest, .. }) = backup {
                let tracked_as = file.map(|file| file.path.as_path());
                backups::record(transaction, &trace.target, place, *digest, made, tracked_as)?;
            }
            insert(transaction, file, &trace, interim, &process_lock)
        })?;
        Ok(Recorded { id, file: file.cloned(), trace, interim: interim.map(Path::to_owned), process_lock })
    }

    fn finish_write(&self, done: Option<i64>, file: &NewTrackedFile) -> Result<TrackedFileId, LibraryError> {
        self.store.write(|transaction| {
            if let Some(id) = done {
                forget(transaction, id)?;
            }
            Ok(track(transaction, file, None)?.id)
        })
    }

    fn settle_write(&self, recorded: &Recorded, is_interim_needed: bool) -> Result<Settled, LibraryError> {
        let fate = match recorded.trace.settle() {
            Ok(fate) => fate,
            Err(error) => {
                tracing::warn!(%error, "what an interrupted write left cannot be read or removed");
                return Ok(Settled::default());
            }
        };
        // Before the record is removed, which leads to it.
        if !is_interim_needed {
            recorded.drop_interim();
        }
        let tracked = self.store.write(|transaction| {
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
        });
        Ok(Settled { fate: Some(fate), tracked: tracked? })
    }
}

fn not_noted(written: &Written, source: LibraryError) -> LibraryError {
    LibraryError::WrittenNotNoted { path: written.path.clone(), source: Box::new(source) }
}

fn is_there(view: &Connection, license: LicenseId) -> Result<bool, LibraryError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM licenses WHERE id = ?1)";
    Ok(view.prepare_cached(sql)?.query_row([license.0], |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
