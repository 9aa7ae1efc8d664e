//! Writing a backup's content back.

use crate::backups::list::{BackupStatus, find, places_of, seen};
use crate::context::{AppError, Context, Outcome, Verb};
use crate::files::{drift, known_states::KnownStates, settling};
use std::path::{Path, PathBuf};
use vault::{
    TrackedFile, Vault,
    files::{self, Backup, FileError, FileState, Present, WriteOptions},
};
use vendors::Registry;

/// How often a file that other programs keep changing is read again.
const ATTEMPTS: usize = 5;

/// What becomes of the file's present content.
const PRESENT: Backup = Backup::Always;

/// What restoring a backup would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestorePlan {
    /// The license file.
    pub file: PathBuf,
    /// The backup that is written back.
    pub backup: BackupStatus,
    /// Whether the file has other content, which is kept as a further backup.
    pub keeps_present: bool,
    /// Whether Licet keeps the file up to date.
    pub keep: bool,
    /// How the file is afterwards; `None` if Licet does not track it.
    pub becomes: Option<FileState>,
}

/// A backup that was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The license file.
    pub file: PathBuf,
    /// The backup that was written back; it stays.
    pub from: BackupStatus,
    /// The backup of what the file contained before; `None` if it had this content already, was empty or missing, or if a backup
    /// has those bytes already.
    pub backup: Option<PathBuf>,
    /// Whether Licet keeps the file up to date.
    pub keep: bool,
    /// How the file is now; `None` if Licet does not track it.
    pub state: Option<FileState>,
    /// Whether every user of this computer can read or write the file.
    pub open_to_others: bool,
}

/// A backup that was chosen, and the file that it belongs to.
struct Chosen {
    file: PathBuf,
    tracked: Option<TrackedFile>,
    backup: BackupStatus,
}

/// Finds out what restoring a backup would do; without a number the newest one. Nothing is written.
pub async fn restore_plan(
    context: &Context,
    path: &Path,
    number: Option<u32>,
) -> Result<RestorePlan, AppError> {
    let path = files::absolute(path)?;
    let registry = context.registry;
    context
        .off_thread(move |vault| {
            let Chosen { file, tracked, backup } = choose(vault, registry, &path, number)?;
            let new = files::read_bytes(&backup.path)?;
            let keeps_present = Present::read(&file)?.keeps_backup(&new, PRESENT);
            let digest = files::Digest::of(&new);
            let is_as_written = |tracked: &TrackedFile| tracked.file.digest == digest;
            let becomes = tracked.as_ref().map(|tracked| match is_as_written(tracked) {
                true => FileState::UpToDate,
                false => FileState::Drifted,
            });
            Ok(RestorePlan { file, backup, keeps_present, keep: is_kept(tracked.as_ref()), becomes })
        })
        .await
}

/// Writes a backup's content back into its file; without a number that of the newest one. `typed` must be the file's name.
/// What the file contains now is kept as a further backup.
///
/// A tracked file stays tracked, and counts as changed unless the content is what Licet wrote last. A refresh therefore leaves a
/// file that is kept up to date as it was restored.
pub async fn restore(
    context: &Context,
    path: &Path,
    number: Option<u32>,
    in_place: bool,
    typed: &str,
) -> Result<Restored, AppError> {
    let path = files::absolute(path)?;
    let registry = context.registry;
    crate::backups::list::confirm(&path, typed)?;
    // An earlier write of the same file comes first; what cannot be settled is tried again at the next start.
    let _settled = settling::settle_writes(context).await;
    let (known, host) = (context.state::<KnownStates>(), context.host.clone());
    let (restored, tracked) = context
        .off_thread(move |vault| {
            let chosen = choose(vault, registry, &path, number)?;
            // What is noted below reports it.
            let writing = known.begin_write(&chosen.file);
            let written = write_back(vault, &chosen, in_place);
            match (&written, &chosen.tracked) {
                (Ok(_), Some(tracked)) => writing.end(tracked),
                (Ok(_) | Err(_), _) => {
                    drop(writing);
                    // Another program may have been why.
                    drift::report(&*host, vault, &known, &chosen.file);
                }
            }
            let backup = written?;
            let Chosen { file, tracked, backup: from } = chosen;
            let restored = Restored {
                open_to_others: files::is_open_to_others(&file),
                state: tracked.as_ref().map(TrackedFile::state),
                keep: is_kept(tracked.as_ref()),
                file,
                from,
                backup,
            };
            Ok((restored, tracked))
        })
        .await?;
    note_backup(context, Verb::BackupRestored, &restored.file, tracked.as_ref(), &restored.from.path).await?;
    Ok(restored)
}

/// Writes down what was done with a backup.
pub(super) async fn note_backup(
    context: &Context,
    verb: Verb,
    file: &Path,
    tracked: Option<&TrackedFile>,
    backup: &Path,
) -> Result<(), AppError> {
    let done = Outcome::With(backup.display().to_string());
    let Some(license) = tracked.map(|tracked| tracked.file.license) else {
        return context.note(verb, None, None, &crate::backups::list::name_of(file), done).await;
    };
    let (stored, account) = context.license_and_account(license).await?;
    context.note(verb, Some(&account.name), Some(license), stored.license.label(), done).await
}

fn is_kept(tracked: Option<&TrackedFile>) -> bool {
    tracked.is_some_and(|tracked| tracked.file.keep)
}

/// The backup of a number, or the newest.
fn choose(vault: &Vault, registry: Registry, path: &Path, number: Option<u32>) -> Result<Chosen, AppError> {
    let tracked = find(vault, path)?;
    let file = tracked.as_ref().map_or_else(|| path.to_owned(), |tracked| tracked.file.path.clone());
    let mut places = places_of(vault, path)?;
    places.retain(|place| number.is_none_or(|number| place.number == number));
    let newest = places.into_iter().max_by_key(|place| place.number);
    let backup = seen(vault, registry, newest.into_iter().collect())?.pop();
    let backup = backup.ok_or_else(|| AppError::NoBackup { file: file.clone(), number })?;
    Ok(Chosen { file, tracked, backup })
}

/// Writes the content of a backup over the file. Returns the backup of what was there.
fn write_back(vault: &Vault, chosen: &Chosen, in_place: bool) -> Result<Option<PathBuf>, AppError> {
    let is_written_in_place = chosen.tracked.as_ref().is_some_and(|tracked| tracked.file.in_place);
    let options = WriteOptions { in_place: in_place || is_written_in_place, backup: PRESENT };
    let _lock = vault.library().lock_file(&chosen.file)?;
    // Read under the lock, and before the write removes the oldest backups.
    let bytes = files::read_bytes(&chosen.backup.path)?;
    let write =
        || vault.library().write_untracked::<AppError>(&chosen.file, &bytes, &chosen.backup.path, &options);
    let mut written = write();
    for _ in 1..ATTEMPTS {
        if !matches!(written, Err(AppError::File(FileError::Changed { .. }))) {
            break;
        }
        written = write();
    }
    Ok(written?.backup)
}
