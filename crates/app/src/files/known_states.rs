//! Watched files as they were reported last. What Licet itself writes is reported by the library, once it is
//! committed, so the watch of the files leaves it out.

use crate::context::{AppError, state::SubjectState};
use license::LicenseId;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use vault::{TrackedFile, Vault, files::Look};

/// What is known of each file; of one that was not looked at yet, nothing. Where no file is watched, nothing is kept.
#[derive(Debug, Default)]
pub(crate) struct KnownStates {
    files: Mutex<HashMap<PathBuf, Known>>,
    is_watching: AtomicBool,
}

#[derive(Debug, PartialEq, Eq)]
enum Known {
    /// This process writes it: what is on the disk says nothing yet.
    BeingWritten,
    Seen(Look),
}

impl SubjectState for KnownStates {}

impl KnownStates {
    /// Looks at files that were not looked at yet, and drops what is known of others.
    pub(crate) fn watch(&self, files: &[TrackedFile]) {
        self.is_watching.store(true, Ordering::Relaxed);
        let mut known = self.locked();
        known.retain(|path, one| *one == Known::BeingWritten || files.iter().any(|it| it.file.path == *path));
        for it in files {
            known.entry(it.file.path.clone()).or_insert_with(|| Known::Seen(it.look()));
        }
    }

    /// The licenses of a file that was touched, where that is news: its state or its bytes are others than those reported last.
    pub(crate) fn news(&self, vault: &Vault, path: &Path) -> Result<Vec<LicenseId>, AppError> {
        let mut known = self.locked();
        if known.get(path) == Some(&Known::BeingWritten) {
            return Ok(Vec::new());
        }
        // Read while no write of this process can begin: its record and the disk are of one moment.
        let Some(tracked) = vault.library().file_at(path)? else { return Ok(Vec::new()) };
        let seen = tracked.look();
        let is_news = known.insert(path.to_owned(), Known::Seen(seen)) != Some(Known::Seen(seen));
        Ok(is_news.then_some(tracked.file.license).into_iter().collect())
    }

    /// Notes that this process writes a file, until what is returned is dropped or given the outcome.
    pub(crate) fn begin_write(&self, path: &Path) -> Writing<'_> {
        let before = self.locked().insert(path.to_owned(), Known::BeingWritten);
        Writing { states: self, path: path.to_owned(), before }
    }

    /// A panic while it was held can only have left a state that is looked at again.
    fn locked(&self) -> MutexGuard<'_, HashMap<PathBuf, Known>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A write of this process. If it ends without an outcome, what was known of the file before is known of it again.
pub(crate) struct Writing<'a> {
    states: &'a KnownStates,
    path: PathBuf,
    before: Option<Known>,
}

impl Writing<'_> {
    /// Notes how the file is now that it was written. It is read once more where files are watched, since the watch has left out
    /// what another program did to it in between.
    pub(crate) fn end(self, written: &TrackedFile) {
        if !self.states.is_watching.load(Ordering::Relaxed) {
            return;
        }
        let seen = written.look();
        self.states.locked().insert(self.path.clone(), Known::Seen(seen));
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        let mut known = self.states.locked();
        if known.get(&self.path) == Some(&Known::BeingWritten) {
            match self.before.take() {
                Some(seen @ Known::Seen(_)) => known.insert(self.path.clone(), seen),
                Some(Known::BeingWritten) | None => known.remove(&self.path),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::files::FileState;

    #[test]
    fn file_that_was_not_written_is_known_as_before() {
        let states = KnownStates::default();
        let (seen, unseen) = (Path::new("/srv/seen.env"), Path::new("/srv/unseen.env"));
        let drifted = Look { state: FileState::Drifted, digest: None };
        states.locked().insert(seen.to_owned(), Known::Seen(drifted));
        drop(states.begin_write(seen));
        drop(states.begin_write(unseen));
        let known = states.locked();
        assert_eq!(known.get(seen), Some(&Known::Seen(drifted)));
        assert_eq!(known.get(unseen), None);
    }
}
