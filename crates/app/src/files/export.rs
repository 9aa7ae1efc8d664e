//! Writing license files, and keeping them: previewed with the key masked, written by the vault's one door.

use crate::context::{AppError, Context, Event, Outcome, Verb};
use crate::files::{
    NextStep, Reader, file_ownership,
    formats::{self, refuse_gone, refuse_keeping},
    outdated,
    writing::{self, Rule},
};
use crate::instance::status;
use license::{
    LicenseId,
    file::{self, FileText, Format},
};
use std::path::{Path, PathBuf};
use vault::{
    TrackedFile, TrackedFileId, Vault,
    files::{self, Access, Backup, Digest, FileState, Others},
};

/// Which file is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is written.
    pub format: Format,
    /// Where.
    pub path: PathBuf,
    /// Into the existing file instead of replacing it, for files mounted into containers.
    pub in_place: bool,
    /// Kept up to date from now on.
    pub keep: bool,
}

/// What writing would do.
#[derive(Debug)]
pub struct Preview {
    /// The exact text with the key masked, or why it cannot be written.
    pub text: Result<String, AppError>,
    /// Whether there is a file already.
    pub exists: bool,
    /// Whether its present content will be left beside it.
    pub backup: bool,
    /// The name of another license whose file this is: written over, it would no longer be.
    pub replaces: Option<String>,
    /// Whether everybody on this computer can read or write the file, and will see the key.
    pub open_to_others: bool,
    /// Who else can read or write it.
    pub others: Others,
    /// The user of the container that will read the file, where it is known which, and whether it can read the file that is there.
    pub reader: Option<Reader>,
    /// Whether the instance has another token by now than the one that would be written.
    pub is_outdated: bool,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file as it is watched from now on.
    pub file: TrackedState,
    /// Where the earlier content is.
    pub backup: Option<PathBuf>,
    /// What to do with it.
    pub next: NextStep,
    /// Whether everybody on this computer can read or write it, and so sees the key.
    pub open_to_others: bool,
    /// Who else can read or write it, without those to whom access was asked for.
    pub others: Others,
    /// Whether the disk confirmed that it lasts. If not, it is written all the same.
    pub is_confirmed: bool,
    /// Whether the instance has another token by now than the one in it.
    pub is_outdated: bool,
}

/// A written file and how it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackedState {
    /// What is known of it.
    pub tracked: TrackedFile,
    /// By the bytes on disk.
    pub state: FileState,
    /// Whether the instance has another token by now than the one in it, although it is as it was written.
    pub is_outdated: bool,
}

/// What writing a file would do; nothing is written.
pub async fn preview(context: &Context, id: LicenseId, target: &Target) -> Result<Preview, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    formats::can_be_written(context, &stored, &account, target.format)?;
    let key = formats::content(context, &stored, &account, target.format).await?;
    let target = target.clone();
    context
        .off_thread(move |vault| {
            let path = files::absolute(&target.path)?;
            let others = files::others_of(&path);
            let reader = Reader::of(&stored.license.product, target.format, &path);
            let is_outdated = status::is_outdated(&stored, &key);
            let known = tracked_at(vault, &path)?;
            let existing = match writing::existing(known.as_ref(), &path) {
                Ok(existing) => existing,
                Err(error) => {
                    let text = Err(error.into());
                    let (exists, backup, replaces) = (true, false, None);
                    let of_text = (text, exists, backup, replaces);
                    return Ok(seen(of_text, others, reader, is_outdated));
                }
            };
            let before = existing.as_ref().map(|text| text.as_str());
            let replaces = file_ownership::replaced(vault, &stored, &path, target.format, before)?;
            let base = writing::base(known.as_ref(), target.format, before, &key);
            let after = file::render(target.format, base, &key);
            let is_another = after.is_ok_and(|after| Some(after.expose()) != before);
            let rule = writing::backup_over(known.as_ref());
            let is_ours =
                before.is_some_and(|text| rule == Backup::UnlessDigest(Digest::of(text.as_bytes())));
            let backup = before.is_some_and(|text| !text.is_empty()) && is_another && !is_ours;
            let text = file::preview(target.format, base, &key)
                .map_err(|source| AppError::Format { path: path.clone(), source })
                .and_then(|text| Ok(files::check(&path, target.in_place).map(|()| text)?));
            let exists = before.is_some();
            Ok(seen((text, exists, backup, replaces), others, reader, is_outdated))
        })
        .await
}

/// Writes a license file and watches it from then on.
pub async fn export(context: &Context, id: LicenseId, target: Target) -> Result<Written, AppError> {
    export_with(context, id, target, Access::default()).await
}

/// The same, with others who can read the file. One that is there keeps who can read it already.
pub async fn export_with(
    context: &Context,
    id: LicenseId,
    target: Target,
    access: Access,
) -> Result<Written, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    formats::can_be_written(context, &stored, &account, target.format)?;
    refuse_keeping(&target)?;
    outdated::look_at_its_instance(context, &stored, &account).await?;
    let key = formats::content(context, &stored, &account, target.format).await?;
    let label = stored.license.label().to_owned();
    let (path, format) = (target.path.display().to_string(), target.format);
    let written = writing::write_with(context, id, key, target, Rule { access, ..Rule::default() }).await;
    let outcome = match &written {
        Ok(_) => Outcome::With(path),
        Err(error) => Outcome::Failed(error.facts().code),
    };
    // A file that was written, and a reason why it was not, count for more than the note of it.
    let _noted = context.note(Verb::Exported, Some(&account.name), Some(id), &label, outcome).await;
    let written = written?;
    if format == Format::Certificate {
        // It is in its file now; another is checked out anew.
        context.checked_out.lock().await.remove(&id);
    }
    context.host.emit(Event::FilesChanged(vec![id]));
    context.host.emit(Event::LibraryChanged);
    Ok(written)
}

/// The text of a license file without writing it anywhere.
pub async fn export_text(context: &Context, id: LicenseId, format: Format) -> Result<FileText, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    formats::can_be_written(context, &stored, &account, format)?;
    let key = formats::content(context, &stored, &account, format).await?;
    file::render(format, None, &key)
        .map_err(|source| AppError::Format { path: format.file_name().into(), source })
}

/// Writes a watched file again with the key as it is now.
pub async fn repair(context: &Context, id: TrackedFileId) -> Result<Written, AppError> {
    let tracked = tracked(context, id).await?;
    let license = tracked.file.license;
    let (stored, account) = context.license_and_account(license).await?;
    refuse_gone(&stored)?;
    outdated::refuse_outdated(context, license).await?;
    let target = target_of(&tracked)?;
    let key = formats::content(context, &stored, &account, target.format).await?;
    let path = tracked.file.path.display().to_string();
    let written = writing::write(context, license, key, target).await?;
    let label = stored.license.label();
    let outcome = Outcome::With(path);
    let _noted = context.note(Verb::Repaired, Some(&account.name), Some(license), label, outcome).await;
    context.host.emit(Event::FilesChanged(vec![license]));
    Ok(written)
}

pub(crate) async fn tracked(context: &Context, id: TrackedFileId) -> Result<TrackedFile, AppError> {
    context
        .off_thread(move |vault| {
            let found = vault.library().all_files()?.into_iter().find(|one| one.id == id);
            found.ok_or_else(|| AppError::NotFound { what: "file", named: id.0.to_string() })
        })
        .await
}

/// A preview of its parts.
fn seen(
    (text, exists, backup, replaces): (Result<String, AppError>, bool, bool, Option<String>),
    others: Others,
    reader: Option<Reader>,
    is_outdated: bool,
) -> Preview {
    Preview { text, exists, backup, replaces, open_to_others: others.everybody, others, reader, is_outdated }
}

pub(crate) fn target_of(tracked: &TrackedFile) -> Result<Target, AppError> {
    let file = &tracked.file;
    let unreadable = || AppError::NotAChoice {
        param: "format".to_owned(),
        value: file.format.clone(),
        possible: Format::ALL.iter().map(|format| format.word()).collect::<Vec<_>>().join(", "),
    };
    let format = Format::from_word(&file.format).ok_or_else(unreadable)?;
    Ok(Target { format, path: file.path.clone(), in_place: file.in_place, keep: file.keep })
}

pub(crate) fn tracked_at(vault: &Vault, path: &Path) -> Result<Option<TrackedFile>, AppError> {
    Ok(vault.library().all_files()?.into_iter().find(|one| one.file.path == path))
}
