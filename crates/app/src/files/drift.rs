//! License files on disk: whether they are as written, and word as soon as one changes.

use crate::context::{AppError, Context, Event, Host, state::SubjectState};
use crate::files::{
    certificate_files,
    known_states::KnownStates,
    settling,
    tracked::{self, TrackedState},
};
use license::{
    AccountId, LicenseId,
    file::{self, Format},
};
use std::{path::Path, sync::Arc};
use tokio::sync::Mutex;
use vault::{
    TrackedFile, Vault,
    files::{self, FileState, Watch},
};

/// The files that were written from a license, and how they are now by their bytes on disk.
pub async fn files_of(context: &Context, id: LicenseId) -> Result<Vec<TrackedState>, AppError> {
    context
        .off_thread(move |vault| {
            let files = vault.library().files_of(id)?;
            files.into_iter().map(|file| seen(vault, file)).collect()
        })
        .await
}

/// Every file that was written, and how it is now by its bytes on disk.
pub async fn written_files(context: &Context) -> Result<Vec<TrackedState>, AppError> {
    context
        .off_thread(|vault| vault.library().all_files()?.into_iter().map(|file| seen(vault, file)).collect())
        .await
}

/// The files that are kept up to date for an account's licenses and are not as they were written: a refresh leaves
/// them alone.
pub async fn drifted_kept_files(
    context: &Context,
    account: AccountId,
) -> Result<Vec<TrackedState>, AppError> {
    context
        .off_thread(move |vault| {
            let kept = vault.library().kept_files_of(account)?;
            Ok(kept.into_iter().map(state_of).filter(|one| one.state != FileState::UpToDate).collect())
        })
        .await
}

/// The watch of the folders of written files.
#[derive(Debug, Default)]
struct FileWatch(Mutex<Option<Arc<Watch>>>);

impl SubjectState for FileWatch {}

/// Watches every file that was written, until the context is dropped; each change by another program is sent as
/// [`Event::FilesChanged`].
pub async fn watch_files(context: &Context) -> Result<(), AppError> {
    let (host, vault) = (context.host.clone(), context.vault.clone());
    let known = context.state::<KnownStates>();
    let watch = context
        .off_thread(move |_| Ok(Watch::start(&[], move |path| report(&*host, &vault, &known, path))?))
        .await?;
    *context.state::<FileWatch>().0.lock().await = Some(Arc::new(watch));
    let swept = sweep_leftovers(context).await;
    watch_written(context).await?;
    swept
}

/// Reports a file that was touched, where that is news.
pub(crate) fn report(host: &dyn Host, vault: &Vault, known: &KnownStates, path: &Path) {
    host.emit(match known.news(vault, path) {
        Ok(licenses) if licenses.is_empty() => return,
        Ok(licenses) => Event::FilesChanged(licenses),
        // It is not known whose file it is: what is shown is asked for again, and shows why.
        Err(_) => Event::LibraryChanged(None),
    });
}

/// Takes away what processes left that ended while they wrote a license file: it contains a key. A write that was not
/// recorded, as by an older version, is found by the folders of the files that are known.
async fn sweep_leftovers(context: &Context) -> Result<(), AppError> {
    let settled = settling::settle_writes(context).await;
    context
        .off_thread(|vault| {
            let files = vault.library().all_files()?;
            files::sweep_beside(files.iter().map(|one| one.file.path.as_path()));
            Ok(())
        })
        .await?;
    settled
}

/// Watches what is written by now: after a file was written or released.
pub(crate) async fn watch_written(context: &Context) -> Result<(), AppError> {
    let Some(watch) = context.state::<FileWatch>().0.lock().await.clone() else { return Ok(()) };
    let known = context.state::<KnownStates>();
    context.off_thread(move |vault| watch_all(vault, &watch, &known)).await
}

/// The same from a thread that may block.
pub(crate) fn watch_changed(context: &Context) -> Result<(), AppError> {
    match context.state::<FileWatch>().0.blocking_lock().clone() {
        Some(watch) => watch_all(&context.vault, &watch, &context.state::<KnownStates>()),
        None => Ok(()),
    }
}

/// The worst state among files, by the bytes on disk.
pub(crate) fn worst_states(files: Vec<TrackedFile>) -> Option<FileState> {
    let states: Vec<FileState> = files.into_iter().map(|one| state_of(one).state).collect();
    [FileState::Missing, FileState::Interrupted, FileState::Drifted, FileState::UpToDate]
        .into_iter()
        .find(|state| states.contains(state))
}

/// Watches every file that the library knows of.
fn watch_all(vault: &Vault, watch: &Watch, known: &KnownStates) -> Result<(), AppError> {
    let files = vault.library().all_files()?;
    let paths: Vec<_> = files.iter().map(|one| one.file.path.clone()).collect();
    watch.set_paths(&paths);
    known.watch(&files);
    Ok(())
}

/// How a file is now. One that cannot be read is not as it was written.
pub(crate) fn state_of(tracked: TrackedFile) -> TrackedState {
    TrackedState { state: tracked.state(), tracked, is_outdated: false, expires: None }
}

/// The same with whether what it contains is still of use: an instance's present token, or a certificate of the present key.
pub(crate) fn seen(vault: &Vault, tracked: TrackedFile) -> Result<TrackedState, AppError> {
    let seen = state_of(tracked);
    if seen.state != FileState::UpToDate {
        return Ok(seen);
    }
    let format = Format::from_word(&seen.tracked.file.format);
    if format == Some(Format::Jwt) {
        token_seen(vault, seen)
    } else if format == Some(Format::Certificate) {
        certificate_files::seen(vault, seen)
    } else {
        Ok(seen)
    }
}

fn token_seen(vault: &Vault, seen: TrackedState) -> Result<TrackedState, AppError> {
    let file = &seen.tracked.file;
    let stored = vault.library().license(file.license)?;
    // One that was changed or taken away just now is told as such with the next look.
    let token = files::read_text(&file.path).ok().and_then(|text| file::parse(Format::Jwt, &text).ok());
    let is_outdated = stored.zip(token).is_some_and(|(stored, token)| tracked::is_outdated(&stored, &token));
    Ok(TrackedState { is_outdated, ..seen })
}
