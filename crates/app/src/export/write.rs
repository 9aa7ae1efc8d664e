//! Previews license files with the key masked, and writes them.

use crate::certificates::check_out::{self, CheckedOut};
use crate::context::{AppError, Context, Outcome, Verb};
use crate::export::outdated;
use crate::files::{
    Reader, file_ownership,
    formats::{self, refuse_gone, refuse_keeping},
    target::Target,
    tracked::{self, target_of, tracked},
    writing::{self, Rule, Written},
};
use crate::listing::license_key;
use license::{
    KeyForm, LicenseId, LicenseKey,
    file::{self, FileText, Format},
};
use std::path::Path;
use vault::{
    Account, StoredLicense, TrackedFileId, Vault,
    files::{self, Access, FileError, Others, Present},
};
use vendors::Registry;

/// What writing would do.
#[derive(Debug)]
pub struct Preview {
    /// The exact text with the key masked, or why it cannot be written.
    pub text: Result<String, AppError>,
    /// Whether there is a regular file already.
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

/// What writing a file would do; nothing is written.
pub async fn preview(context: &Context, id: LicenseId, target: &Target) -> Result<Preview, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    formats::can_be_written(context, &stored, &account, target.format)?;
    let key = content(context, &stored, &account, target.format).await?;
    let target = target.clone();
    let registry = context.registry;
    context.off_thread(move |vault| preview_of(vault, registry, &stored, &key, &target)).await
}

/// What writing a file with this key would do, also of a license that is not in the library yet.
pub(crate) fn preview_of(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    key: &LicenseKey,
    target: &Target,
) -> Result<Preview, AppError> {
    let path = files::absolute(&target.path)?;
    let others = files::others_of(&path);
    let reader = Reader::of(registry, &stored.license.product, target.format, &path);
    let is_outdated = tracked::is_outdated(stored, key);
    let file = look(vault, registry, stored, &path, target, key)?;
    Ok(seen(file, others, reader, is_outdated))
}

/// What a preview tells of the file itself.
struct Looked {
    text: Result<String, AppError>,
    exists: bool,
    backup: bool,
    replaces: Option<String>,
}

/// Looks what is in a file, and what writing it would make of that.
fn look(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    path: &Path,
    target: &Target,
    key: &LicenseKey,
) -> Result<Looked, AppError> {
    let unreadable = |error: FileError| {
        Ok(Looked { text: Err(error.into()), exists: path.is_file(), backup: false, replaces: None })
    };
    let known = vault.library().file_at(path)?;
    let present = match Present::read(path) {
        Ok(present) => present,
        Err(error) => return unreadable(error),
    };
    let before = match writing::text_in(known.as_ref(), &present) {
        Ok(before) => before,
        Err(error) => return unreadable(error),
    };
    let base = writing::base(known.as_ref(), target.format, before, key);
    let rule = writing::backup_over(known.as_ref());
    let keeps_backup = |new: FileText| present.keeps_backup(new.expose().as_bytes(), rule);
    Ok(Looked {
        text: file::preview(target.format, base, key)
            .map_err(|source| AppError::Format { path: path.to_owned(), source })
            .and_then(|text| Ok(files::check(path, target.in_place).map(|()| text)?)),
        exists: present.exists(),
        backup: file::render(target.format, base, key).is_ok_and(keeps_backup),
        replaces: file_ownership::replaced(vault, registry, stored, path, target.format, before)?,
    })
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
    let key = content(context, &stored, &account, target.format).await?;
    let label = stored.license.label().to_owned();
    let (path, format) = (target.path.display().to_string(), target.format);
    let written = writing::write_with(context, id, key, target, Rule { access, ..Rule::default() }).await;
    let outcome = match &written {
        Ok(_) => Outcome::With(path),
        Err(error) => Outcome::Failed(error.report().code),
    };
    // A file that was written, and a reason why it was not, count for more than the note of it.
    let _noted = context.note(Verb::Exported, Some(&account.name), Some(id), &label, outcome).await;
    let written = written?;
    if format == Format::Certificate {
        // It is in its file now; another is checked out anew.
        context.state::<CheckedOut>().remove(id).await;
    }
    Ok(written)
}

/// The text of a license file without writing it anywhere.
pub async fn export_text(context: &Context, id: LicenseId, format: Format) -> Result<FileText, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    formats::can_be_written(context, &stored, &account, format)?;
    let key = content(context, &stored, &account, format).await?;
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
    let target = target_of(context.registry, &tracked)?;
    let key = content(context, &stored, &account, target.format).await?;
    let path = tracked.file.path.display().to_string();
    let written = writing::write(context, license, key, target).await?;
    let label = stored.license.label();
    let outcome = Outcome::With(path);
    let _noted = context.note(Verb::Repaired, Some(&account.name), Some(license), label, outcome).await;
    Ok(written)
}

/// A preview of its parts.
fn seen(
    Looked { text, exists, backup, replaces }: Looked,
    others: Others,
    reader: Option<Reader>,
    is_outdated: bool,
) -> Preview {
    Preview { text, exists, backup, replaces, open_to_others: others.everybody, others, reader, is_outdated }
}

/// What a file of a format holds: the license's key, or the certificate that was checked out for it.
pub(crate) async fn content(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    format: Format,
) -> Result<LicenseKey, AppError> {
    if format == Format::Certificate && stored.key_form != Some(KeyForm::Certificate) {
        return check_out::checked_out(context, stored).await;
    }
    license_key::key(context, stored, account).await
}
