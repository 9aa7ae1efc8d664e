//! The backups that Licet made of other programs' content: which they are, and how many are kept.
//!
//! A backup is recorded before it is made. It is Licet's own as long as it has the bytes that were recorded; what a user edited
//! since, or made, is never removed.

use crate::files::{self, BackupPlace, Digest, FileError, read_bytes};
use crate::library::{
    Library, LibraryError,
    database::codec::{instant, to_instant},
    written::tracked_files::{digest_of, text_of},
};
use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use std::path::{Path, PathBuf};

/// How many of Licet's own backups of a file are kept beside the oldest, which has the content from before Licet wrote.
pub const MOST_LATER_BACKUPS: usize = 9;

/// A backup that Licet made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptBackup {
    /// The backup.
    pub path: PathBuf,
    /// The file whose content it has, links followed.
    pub target: PathBuf,
    /// The digest of its bytes.
    pub digest: Digest,
    /// When it was made.
    pub made: Timestamp,
    /// Whether it is the file as it was before Licet first wrote it.
    pub original: bool,
}

impl KeptBackup {
    /// Whether its bytes are those that Licet kept.
    pub fn is_unchanged(&self) -> bool {
        read_bytes(&self.path).is_ok_and(|bytes| Digest::of(&bytes) == self.digest)
    }

    fn number(&self) -> Option<u32> {
        files::backup_number(&self.target, &self.path)
    }

    fn is_missing(&self) -> bool {
        let is_in_folder = self.path.parent().is_some_and(Path::is_dir);
        is_in_folder && matches!(read_bytes(&self.path), Err(FileError::Missing { .. }))
    }
}

const SELECT: &str = "SELECT path, target, digest, made, original FROM backups";

impl Library {
    /// Every backup that was made, by file and then by age. Some may have been removed or edited since.
    pub fn kept_backups(&self) -> Result<Vec<KeptBackup>, LibraryError> {
        let mut all = self.backup_rows(SELECT, [])?;
        all.sort_by_key(|one| (one.target.clone(), one.number()));
        Ok(all)
    }

    /// What is known of a backup that Licet made. It may have been edited since.
    pub fn kept_backup(&self, path: &Path) -> Result<Option<KeptBackup>, LibraryError> {
        let Some(path) = path.to_str() else { return Ok(None) };
        Ok(self.backup_rows(&format!("{SELECT} WHERE path = ?1"), [path])?.pop())
    }

    /// Whether a file is a backup that Licet made and that has its bytes still.
    pub fn is_own_backup(&self, path: &Path) -> Result<bool, LibraryError> {
        Ok(self.kept_backup(path)?.as_ref().is_some_and(KeptBackup::is_unchanged))
    }

    /// The backup that the next write of a file makes if it keeps what is there; `target` is the file, links followed. `None`
    /// if every name is in use.
    pub fn next_backup(&self, target: &Path) -> Result<Option<PathBuf>, LibraryError> {
        let taken: Vec<_> = self.backups_made_of(target)?.into_iter().map(|one| one.path).collect();
        Ok(files::free_name(target, &taken).ok())
    }

    /// Where content of a file is to be kept: in a backup of the same bytes, or under the next name.
    pub(in crate::library) fn place_for_backup(
        &self,
        target: &Path,
        digest: Digest,
    ) -> Result<Result<BackupPlace, FileError>, LibraryError> {
        let made = self.backups_made_of(target)?;
        if let Some(same) = made.iter().find(|one| one.digest == digest && one.is_unchanged()) {
            return Ok(Ok(BackupPlace::Made(same.path.clone())));
        }
        let taken: Vec<_> = made.into_iter().map(|one| one.path).collect();
        Ok(files::free_name(target, &taken).map(BackupPlace::New))
    }

    /// Removes Licet's own backups of a file beyond the bound, and the records of those that are Licet's no longer. What fails is
    /// done with the next write. One that was just restored stays.
    pub(in crate::library) fn tidy_backups(&self, target: &Path, restored: Option<&Path>) {
        if let Err(error) = self.tidy(target, restored) {
            tracing::warn!(%error, path = %target.display(), "older backups could not be removed");
        }
    }

    fn tidy(&self, target: &Path, restored: Option<&Path>) -> Result<(), LibraryError> {
        let mut made = self.backups_made_of(target)?;
        made.sort_by_key(KeptBackup::number);
        let (missing, there): (Vec<_>, Vec<_>) = made.into_iter().partition(KeptBackup::is_missing);
        let own: Vec<_> = there.into_iter().filter(KeptBackup::is_unchanged).collect();
        let later = own.get(1..).unwrap_or_default();
        let surplus = &later[..later.len().saturating_sub(MOST_LATER_BACKUPS)];
        let surplus = surplus.iter().filter(|one| Some(one.path.as_path()) != restored);
        let removed = surplus.filter(|one| match files::drop_backup(&one.path) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, path = %one.path.display(), "an older backup could not be removed");
                false
            }
        });
        let gone: Vec<_> = removed.chain(&missing).map(|one| one.path.clone()).collect();
        if gone.is_empty() {
            return Ok(());
        }
        self.store.write(|transaction| {
            for path in &gone {
                transaction.execute("DELETE FROM backups WHERE path = ?1", [text_of(path)?])?;
            }
            Ok(())
        })
    }

    fn backups_made_of(&self, target: &Path) -> Result<Vec<KeptBackup>, LibraryError> {
        // A file whose name is not text has no records.
        let Some(target) = target.to_str() else { return Ok(Vec::new()) };
        self.backup_rows(&format!("{SELECT} WHERE target = ?1"), [target])
    }

    fn backup_rows(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<KeptBackup>, LibraryError> {
        self.store.read(|view| {
            let mut statement = view.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(kept_backup(row)?);
            }
            Ok(found)
        })
    }
}

/// Records a backup that is about to be made. One whose name is not text is not recorded, and so counts as the user's.
pub(in crate::library) fn record(
    transaction: &Transaction<'_>,
    target: &Path,
    place: &BackupPlace,
    digest: Digest,
    made: Timestamp,
    tracked_as: Option<&Path>,
) -> Result<(), LibraryError> {
    let (BackupPlace::New(path), Some(target)) = (place, target.to_str()) else { return Ok(()) };
    let tracked_as = tracked_as.map(text_of).transpose()?;
    // A file that is tracked from this write on was not written by Licet before.
    transaction.execute(
        "INSERT OR REPLACE INTO backups (path, target, digest, made, original) VALUES (?1, ?2, ?3, ?4, \
         ?5 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tracked_files WHERE path = ?5) \
         AND NOT EXISTS (SELECT 1 FROM backups WHERE target = ?2 AND original))",
        params![text_of(path)?, target, digest.to_string(), instant(made), tracked_as],
    )?;
    Ok(())
}

fn kept_backup(row: &Row<'_>) -> Result<KeptBackup, LibraryError> {
    let text = |column: usize| row.get::<_, String>(column);
    Ok(KeptBackup {
        path: PathBuf::from(text(0)?),
        target: PathBuf::from(text(1)?),
        digest: digest_of(&text(2)?)?,
        made: to_instant(row.get(3)?)?,
        original: row.get(4)?,
    })
}
