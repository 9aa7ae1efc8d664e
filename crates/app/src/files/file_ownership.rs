//! Whose license file it is that would be written over: a file holds one key, and belongs to one license.

use crate::context::{AppError, Context};
use crate::files::{Target, formats};
use crate::keys::same_license;
use license::{
    LicenseId, LicenseKey,
    file::{self, Format},
    jwt,
};
use std::path::{Path, PathBuf};
use vault::{StoredLicense, Vault, files};
use vendors::{FileRule, Registry};

/// Refuses a target that is another license's file, for whoever was shown no preview of it.
pub async fn refuse_replacing(context: &Context, id: LicenseId, target: &Target) -> Result<(), AppError> {
    let (stored, _) = context.license_and_account(id).await?;
    let target = target.clone();
    let registry = context.registry;
    context
        .off_thread(move |vault| {
            let path = files::absolute(&target.path)?;
            let existing = files::read_if_there(&path)?;
            let before = existing.as_ref().map(|text| text.as_str());
            match replaced(vault, registry, &stored, &path, target.format, before)? {
                Some(other) => Err(AppError::FileOfAnother { path, other }),
                None => Ok(()),
            }
        })
        .await
}

/// Refuses a target that cannot be written, for whoever gets what is written only on purpose, as by checking it out.
pub async fn refuse_unwritable(context: &Context, target: &Target) -> Result<(), AppError> {
    formats::refuse_keeping(target)?;
    let (path, in_place) = (target.path.clone(), target.in_place);
    context.off_thread(move |_| Ok(files::check(&files::absolute(&path)?, in_place)?)).await
}

/// Where a license's file was written last; else where the last file of its format and account was, while that folder exists;
/// else where its kind usually is. A place that is another license's has this one's name in it instead; a file that is named
/// after its license always has.
pub async fn suggested_path(context: &Context, id: LicenseId, format: Format) -> Result<PathBuf, AppError> {
    let (stored, _) = context.license_and_account(id).await?;
    let registry = context.registry;
    context.off_thread(move |vault| suggested(vault, registry, &stored, format)).await
}

/// The same for a license that is not in the library yet.
pub(crate) fn suggested(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    format: Format,
) -> Result<PathBuf, AppError> {
    let files = vault.library().files_of(stored.id)?;
    let of_this_format = files.iter().filter(|one| one.file.format == format.word());
    if let Some(last) = of_this_format.max_by_key(|one| one.file.written) {
        return Ok(last.file.path.clone());
    }
    let rule = registry.file_rule(Some(&stored.license.product), format);
    let usual = usual_path(vault, rule, format)?;
    let usual = match last_folder(vault, rule, stored, format)? {
        Some(folder) => folder.join(usual.file_name().unwrap_or_default()),
        None => usual,
    };
    let named = names_for(registry, stored, format).into_iter().map(|name| usual.with_file_name(name));
    let is_named_first = rule.is_some_and(|rule| rule.is_named_after_license);
    let (first, last) =
        if is_named_first { (None, Some(usual.clone())) } else { (Some(usual.clone()), None) };
    for path in first.into_iter().chain(named).chain(last) {
        if owner(vault, registry, stored, &path, format)?.is_none() {
            return Ok(path);
        }
    }
    Ok(usual)
}

/// The folder of the file that was written last for the license's account. A file that its program looks for in one place is
/// not moved to another.
fn last_folder(
    vault: &Vault,
    rule: Option<&FileRule>,
    stored: &StoredLicense,
    format: Format,
) -> Result<Option<PathBuf>, AppError> {
    if rule.is_some_and(|rule| rule.is_looked_for || rule.has_path_setting) {
        return Ok(None);
    }
    let last = vault.library().newest_file_of(stored.account, format.word())?;
    let folder = last.and_then(|last| last.file.path.parent().map(Path::to_owned));
    Ok(folder.filter(|folder| folder.is_dir()))
}

/// The names of a file after its license, the last of them with Licet's own id.
pub(crate) fn names_for(registry: Registry, stored: &StoredLicense, format: Format) -> Vec<String> {
    let rule = registry.file_rule(Some(&stored.license.product), format);
    let word = as_file_name(stored.license.label());
    let words = [Some(word.clone()).filter(|word| !word.is_empty()), Some(format!("{word}-{}", stored.id))];
    words.into_iter().flatten().map(|word| name_with(rule, format, &word)).collect()
}

/// The name of another license whose file is at a path.
pub(crate) fn owner(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    path: &Path,
    format: Format,
) -> Result<Option<String>, AppError> {
    // A file that cannot be read is nobody's; the preview says what is wrong with it.
    let existing = files::read_if_there(path).ok().flatten();
    replaced(vault, registry, stored, path, format, existing.as_ref().map(|text| text.as_str()))
}

/// The name of another license whose file this is: it was written from it, or its key stands in it. What is gone at its
/// vendor leaves its place to others.
pub(crate) fn replaced(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    path: &Path,
    format: Format,
    before: Option<&str>,
) -> Result<Option<String>, AppError> {
    let is_another = |one: &StoredLicense| one.id != stored.id && one.gone_since.is_none();
    if let Some(tracked) = vault.library().file_at(path)? {
        let owner = vault.library().license(tracked.file.license)?;
        if let Some(owner) = owner.filter(is_another) {
            return Ok(Some(owner.license.label().to_owned()));
        }
    }
    let Some(key) = before.and_then(|text| file::parse(format, text).ok()) else { return Ok(None) };
    let holder = holder(vault, registry, stored, &key)?.filter(is_another);
    Ok(holder.map(|holder| holder.license.label().to_owned()))
}

/// The license in the library that a key is of: an imported one by the key itself, another by what a license string says
/// it is issued for.
fn holder(
    vault: &Vault,
    registry: Registry,
    stored: &StoredLicense,
    key: &LicenseKey,
) -> Result<Option<StoredLicense>, AppError> {
    if let Some(imported) = same_license::known(vault, registry, key)? {
        return Ok(Some(imported));
    }
    let claims = jwt::decode(key.expose()).map(|decoded| decoded.claims).unwrap_or_default();
    let Some(subject) = claims.get("sub").and_then(|subject| subject.as_str()) else { return Ok(None) };
    if subject == stored.license.vendor_id {
        return Ok(None);
    }
    Ok(vault.library().licenses_by_vendor_id(subject)?.into_iter().next())
}

/// Where files of a format usually lie.
fn usual_path(vault: &Vault, rule: Option<&FileRule>, format: Format) -> Result<PathBuf, AppError> {
    let set =
        vault.settings().read().launcher_file.filter(|_| rule.is_some_and(|rule| rule.has_path_setting));
    // Who has no home is offered the file's name alone.
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned()).unwrap_or_default();
    Ok(set.unwrap_or_else(|| home.join(rule.map_or(format.file_name(), |rule| rule.usual))))
}

/// A file's name that tells licenses apart.
fn name_with(rule: Option<&FileRule>, format: Format, word: &str) -> String {
    rule.map_or_else(|| format!("{word}-{}", format.file_name()), |rule| rule.name_for(word))
}

/// A license's name as people write files: what a shell or a file system could mind is a dash.
fn as_file_name(label: &str) -> String {
    let dashed: String =
        label.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    // A file's name has at most 255 bytes, and a character up to four.
    dashed.trim_matches(['-', '.']).chars().take(48).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_one_that_every_shell_and_file_system_takes() {
        let table =
            [("clinic-dev", "clinic-dev"), ("../../etc", "etc"), ("it's ours", "it-s-ours"), ("🚀", "")];
        for (label, expected) in table {
            assert_eq!(as_file_name(label), expected);
        }
    }
}
