//! License files that are kept up to date: written again where their key is another now. The key of an imported license
//! is always the same, so what is kept of its files is an eye on them.

use crate::context::{AppError, Context, Outcome, Thing, Verb, state::SubjectState};
use crate::files::{Target, drift, formats, settling, tracked, writing};
use crate::keys::license_keys;
use crate::listing::license_key;
use license::{AccountId, LicenseId};
use std::{collections::HashMap, path::Path};
use tokio::sync::Mutex;
use vault::{
    NewTrackedFile, StoredLicense, TrackedFile, TrackedFileId,
    files::{self, FileState},
};

/// Sets whether a watched file is kept up to date.
pub async fn keep_file(
    context: &Context,
    id: TrackedFileId,
    keep: bool,
) -> Result<crate::files::TrackedState, AppError> {
    let target = tracked::target_of(context.registry, &tracked::tracked(context, id).await?)?;
    formats::refuse_keeping(&Target { keep, ..target })?;
    context.off_thread(move |vault| Ok(vault.library().keep_file(id, keep)?)).await?;
    let tracked = tracked::tracked(context, id).await?;
    context.off_thread(move |vault| drift::seen(vault, tracked)).await
}

/// Whether a license's file at a place is kept up to date.
pub async fn is_kept(context: &Context, id: LicenseId, path: &Path) -> Result<bool, AppError> {
    let path = path.to_owned();
    context
        .off_thread(move |vault| {
            let tracked = vault.library().file_at(&files::absolute(&path)?)?;
            Ok(tracked.is_some_and(|tracked| tracked.file.license == id && tracked.file.keep))
        })
        .await
}

/// Files that are no longer watched, for undoing that.
#[derive(Debug, Default)]
struct Released(Mutex<HashMap<TrackedFileId, NewTrackedFile>>);

impl SubjectState for Released {}

/// Stops watching a file; the file itself stays. [`watch_again`] takes it back while this runs.
pub async fn release_file(context: &Context, id: TrackedFileId) -> Result<(), AppError> {
    let tracked = tracked::tracked(context, id).await?;
    context.off_thread(move |vault| Ok(vault.library().untrack_file(id)?)).await?;
    context.state::<Released>().0.lock().await.insert(id, tracked.file);
    drift::watch_written(context).await
}

/// Watches a released file again as it was watched before. One that was written anew meanwhile is left at that.
pub async fn watch_again(context: &Context, id: TrackedFileId) -> Result<(), AppError> {
    let gone = || AppError::NotFound { what: Thing::File, named: id.0.to_string() };
    // Held until it is tracked: what fails leaves the release to be taken back once more.
    let released = context.state::<Released>();
    let mut released = released.0.lock().await;
    let file = released.get(&id).cloned().ok_or_else(gone)?;
    context
        .off_thread(move |vault| {
            if vault.library().file_at(&file.path)?.is_none() {
                vault.library().track_file(&file)?;
            }
            Ok(())
        })
        .await?;
    released.remove(&id);
    drop(released);
    drift::watch_written(context).await
}

/// After a refresh: files that are kept up to date are written again where the present key makes another text of
/// them. A file that somebody else changed or took away is left alone and shown as drifted. The first failure is answered, after all were tried.
pub(crate) async fn update_kept_files(context: &Context, account: AccountId) -> Result<(), AppError> {
    let kept = context
        .off_thread(move |vault| {
            let mut kept = Vec::new();
            for tracked in vault.library().kept_files_of(account)? {
                if tracked.state() == FileState::UpToDate {
                    let stored = vault.library().license(tracked.file.license)?;
                    kept.extend(stored.map(|stored| (tracked, stored)));
                }
            }
            Ok(kept)
        })
        .await?;
    let mut first_failure = None;
    // What an earlier write left of one of them comes first; what cannot be settled is tried again at the next start.
    if !kept.is_empty() {
        let _settled = settling::settle_writes(context).await;
    }
    for (tracked, stored) in kept {
        first_failure = first_failure.or(update_kept(context, &tracked, &stored).await.err());
    }
    first_failure.map_or(Ok(()), Err)
}

async fn update_kept(
    context: &Context,
    tracked: &TrackedFile,
    stored: &StoredLicense,
) -> Result<(), AppError> {
    let account = context.account(stored.account).await?;
    let kept = license_keys::kept_key(context, stored, &account).await?;
    let key = license_key::present_key(context, stored, &account, kept).await?;
    // What is kept here is older than what the instance has: the file may have the later one from elsewhere.
    if tracked::is_outdated(stored, &key) {
        return Ok(());
    }
    let target = tracked::target_of(context.registry, tracked)?;
    if !writing::update(context, stored.id, key, target).await? {
        return Ok(());
    }
    let path = Outcome::With(tracked.file.path.display().to_string());
    let label = stored.license.label();
    let _noted = context.note(Verb::Exported, Some(&account.name), Some(stored.id), label, path).await;
    Ok(())
}
