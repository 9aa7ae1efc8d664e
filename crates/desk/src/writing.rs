//! Writes license files, and settles writes that were interrupted.

use crate::{
    Desk, DeskError, Event, NextStep, Outcome, TrackedState, Verb, certificate,
    export::{Target, Written, tracked_at},
    instance,
};
use license::{
    LicenseId, LicenseKey,
    file::{self, Format},
};
use std::path::Path;
use vault::{
    NewTrackedFile, TrackedFile,
    files::{self, Backup, Digest, FileError, FileState, WriteOptions},
};
use zeroize::Zeroizing;

impl Desk {
    /// Writes a file and watches it.
    pub(crate) async fn write(
        &self,
        license: LicenseId,
        key: LicenseKey,
        target: Target,
    ) -> Result<Written, DeskError> {
        self.write_with(license, key, target, None, None).await
    }

    /// The same in place of another key, and with a rule of its own for what was there; by itself, what Licet did not write
    /// is kept beside it.
    pub(crate) async fn write_with(
        &self,
        license: LicenseId,
        key: LicenseKey,
        target: Target,
        over: Option<LicenseKey>,
        backup: Option<Backup>,
    ) -> Result<Written, DeskError> {
        // An earlier write of the same file comes first: what it left is about to be overwritten. What cannot be settled, such as
        // in another folder, is tried again at the next start.
        let _settled = self.settle_writes().await;
        let written = self.clock.now();
        let done = self.off_thread(move |vault| {
            let path = files::absolute(&target.path)?;
            refuse_unwritable_name(&path)?;
            let known = tracked_at(vault, &path)?;
            let existing = existing(known.as_ref(), &path)?;
            let before = existing.as_ref().map(|text| text.as_str());
            let base = base(known.as_ref(), target.format, before, &key);
            let text = file::render_over(target.format, base, over.as_ref(), &key)
                .map_err(|source| DeskError::Format { path: path.clone(), source })?;
            let backup = backup.unwrap_or_else(|| backup_over(known.as_ref()));
            let options = WriteOptions { in_place: target.in_place, backup };
            let write = files::prepare(&path, text.expose().as_bytes(), &options)?;
            let file = NewTrackedFile {
                license,
                path,
                format: target.format.word().to_owned(),
                in_place: target.in_place,
                keep: target.keep,
                digest: write.digest(),
                written,
            };
            let (id, done) = vault.library().write_file::<DeskError>(&file, write)?;
            let tracked = TrackedFile { id, file, interrupted: None };
            let stored = vault.library().license(license)?;
            let product = stored.as_ref().map(|stored| &stored.license.product);
            let (file, was_there) = (&tracked.file, existing.is_some());
            let issuer = match &stored {
                Some(stored) => certificate::issuer_of(vault, stored)?,
                None => None,
            };
            let next = NextStep::after(file, product, text.expose(), was_there, issuer.as_ref());
            let is_outdated = stored.is_some_and(|stored| instance::is_outdated(&stored, &key));
            Ok(Written {
                open_to_others: files::is_open_to_others(&tracked.file.path),
                file: TrackedState { tracked, state: FileState::UpToDate, is_outdated },
                backup: done.backup,
                next,
                is_outdated,
            })
        });
        let done = done.await?;
        self.watch_written().await?;
        Ok(done)
    }

    /// Settles the writes of license files that were interrupted: a file that was written is tracked, and what was left beside
    /// one is removed. To be called when a program starts. The first failure is returned, after all were tried.
    pub async fn settle_writes(&self) -> Result<(), DeskError> {
        let settled = self.off_thread(|vault| Ok(vault.library().settle_writes())).await?;
        let mut first_failure = settled.failed.map(DeskError::from);
        for tracked in settled.tracked {
            first_failure = first_failure.or(self.note_settled(tracked).await.err());
        }
        first_failure.map_or(Ok(()), Err)
    }

    async fn note_settled(&self, tracked: TrackedFile) -> Result<(), DeskError> {
        let id = tracked.file.license;
        self.host.emit(Event::FilesChanged(vec![id]));
        if tracked.interrupted.is_some() {
            return Ok(());
        }
        let (stored, account) = match self.license_and_account(id).await {
            // It was removed since, and its history with it.
            Err(DeskError::NotFound { .. }) => return Ok(()),
            found => found?,
        };
        let path = Outcome::With(tracked.file.path.display().to_string());
        self.note(Verb::Exported, Some(&account.name), Some(id), stored.license.label(), path).await
    }
}

/// The text that is in a file. What an interrupted write left may not be text.
pub(crate) fn existing(
    known: Option<&TrackedFile>,
    path: &Path,
) -> Result<Option<Zeroizing<String>>, FileError> {
    match files::read_if_there(path) {
        Err(FileError::NotText { .. })
            if known.is_some_and(|known| known.state() == FileState::Interrupted) =>
        {
            Ok(None)
        }
        read => read,
    }
}

/// The text that a file is made from: what is in it, so that its other contents stay. What an interrupted write left may
/// not be of the format any more; then the file is made anew.
pub(crate) fn base<'a>(
    known: Option<&TrackedFile>,
    format: Format,
    before: Option<&'a str>,
    key: &LicenseKey,
) -> Option<&'a str> {
    let torn = known.and_then(|known| known.interrupted);
    let is_usable = |text: &&str| {
        torn != Some(Digest::of(text.as_bytes())) || file::render(format, Some(text), key).is_ok()
    };
    before.filter(is_usable)
}

/// What to do with what is in a file: what Licet wrote is not kept. What an interrupted write left is kept beside the backup
/// from before it.
pub(crate) fn backup_over(known: Option<&TrackedFile>) -> Backup {
    let Some(known) = known else { return Backup::Always };
    match known.interrupted {
        Some(_) if known.state() != FileState::UpToDate => Backup::UnderFreeName,
        Some(_) | None => Backup::UnlessDigest(known.file.digest),
    }
}

/// The library keeps a file's name as text: one that is not text is refused before anything is written.
fn refuse_unwritable_name(path: &Path) -> Result<(), DeskError> {
    if path.to_str().is_some() {
        return Ok(());
    }
    Err(DeskError::NotAChoice {
        param: "path".to_owned(),
        value: path.display().to_string(),
        possible: "a path that is text in UTF-8".to_owned(),
    })
}
