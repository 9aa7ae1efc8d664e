//! License files that are kept up to date: written again where their key is another now.

use crate::{Desk, DeskError, Event, Outcome, Verb, drift, export};
use license::AccountId;
use vault::{StoredLicense, TrackedFile, TrackedFileId, files::FileState};

impl Desk {
    /// Sets whether a watched file is kept up to date.
    pub async fn keep_file(&self, id: TrackedFileId, keep: bool) -> Result<crate::TrackedState, DeskError> {
        self.off_thread(move |vault| Ok(vault.library().keep_file(id, keep)?)).await?;
        let tracked = self.tracked(id).await?;
        self.host.emit(Event::FilesChanged(vec![tracked.file.license]));
        self.off_thread(move |_| Ok(drift::state_of(tracked))).await
    }

    /// After a refresh: files that are kept up to date are written again where their key is another now. A file that
    /// somebody else changed is left alone and shown as drifted. The first failure is answered, after all were tried.
    pub(crate) async fn update_kept_files(&self, account: AccountId) -> Result<(), DeskError> {
        let kept = self
            .off_thread(move |vault| {
                let mut kept = Vec::new();
                for tracked in vault.library().all_files()?.into_iter().filter(|one| one.file.keep) {
                    let stored = vault.library().license(tracked.file.license)?;
                    let stored = stored.filter(|one| one.account == account && is_newer(one, &tracked));
                    let is_ours = drift::state_of(tracked.clone()).state == FileState::UpToDate;
                    kept.extend(stored.filter(|_| is_ours).map(|stored| (tracked, stored)));
                }
                Ok(kept)
            })
            .await?;
        let mut first_failure = None;
        for (tracked, stored) in kept {
            first_failure = first_failure.or(self.update_kept(&tracked, &stored).await.err());
        }
        first_failure.map_or(Ok(()), Err)
    }

    async fn update_kept(&self, tracked: &TrackedFile, stored: &StoredLicense) -> Result<(), DeskError> {
        let account = self.account(stored.account).await?;
        let Some(key) = self.fetch_key(stored, &account).await? else { return Ok(()) };
        let before = tracked.file.digest;
        let written = self.write(stored.id, key, export::target_of(tracked)?).await?;
        let tracked = written.file.tracked;
        if tracked.file.digest != before {
            let path = Outcome::With(tracked.file.path.display().to_string());
            let label = stored.license.label();
            self.note(Verb::Exported, Some(&account.name), Some(stored.id), label, path).await?;
            self.host.emit(Event::FilesChanged(vec![stored.id]));
        }
        Ok(())
    }
}

/// Whether a license that is not gone changed since a file was written from it.
fn is_newer(stored: &StoredLicense, tracked: &TrackedFile) -> bool {
    stored.gone_since.is_none() && stored.last_changed > tracked.file.written
}
