//! Keys that got into other hands: marked, and forgotten here as soon as their successor is there. The files that they were
//! written to get the new key first, so that what fails can be done again.

use crate::context::{AppError, Context, Outcome, Verb};
use crate::files::{
    Target, tracked,
    writing::{self, Rule},
};
use crate::keys::{clipboard, license_keys};
use crate::leaked::places::Places;
use license::{LicenseId, LicenseKey};
use vault::{
    Account, FILES_PROVIDER, SecretKind, SecretOwner, StoredLicense, TrackedFile, Vault,
    files::{self, Backup},
};

/// Keys as a listing told them, by license.
pub(crate) type Keys = Vec<(LicenseId, LicenseKey)>;

/// Marks the key of a license as leaked, or takes that back; with it every license that bears the same key.
pub async fn mark_leaked(context: &Context, id: LicenseId, leaked: bool) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let since = leaked.then(|| context.clock.now());
    let marked = stored.clone();
    context
        .off_thread(move |vault| Ok(vault.library().set_leaked(&same_key(vault, &marked)?, since)?))
        .await?;
    let verb = if leaked { Verb::Leaked } else { Verb::LeakTakenBack };
    context.note(verb, Some(&account.name), Some(id), stored.license.label(), Outcome::Done).await
}

/// After a vendor told other keys for leaked ones: each takes the place of the old one. The first failure is answered,
/// after all were tried; what failed keeps its old key and its mark.
pub(crate) async fn succeed_all(context: &Context, successors: Keys) -> Result<(), AppError> {
    let mut first_failure = None;
    for (id, new) in successors {
        first_failure = first_failure.or(succeed_at_vendor(context, id, new).await.err());
    }
    first_failure.map_or(Ok(()), Err)
}

async fn succeed_at_vendor(context: &Context, id: LicenseId, new: LicenseKey) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    if let Some(leaked) = license_keys::kept_key(context, &stored, &account).await? {
        forget_leaked(context, leaked, id, new.clone()).await?;
    }
    context
        .off_thread(move |vault| {
            vault.library().put_secret(SecretOwner::License(id), SecretKind::Key, new.expose())?;
            Ok(vault.library().set_leaked(&[id], None)?)
        })
        .await?;
    let label = stored.license.label();
    context.note(Verb::KeyRemoved, Some(&account.name), Some(id), label, Outcome::Done).await
}

/// Writes the files in which a leaked key stands with the new one, and forgets the leaked one wherever else it is.
pub(crate) async fn forget_leaked(
    context: &Context,
    leaked: LicenseKey,
    successor: LicenseId,
    new: LicenseKey,
) -> Result<(), AppError> {
    let (sought, instead) = (leaked.clone(), new.clone());
    let registry = context.registry;
    let (holders, places) = context
        .off_thread(move |vault| {
            let holders = vault.library().licenses_by_key(&sought)?;
            let mut files = Vec::new();
            for holder in &holders {
                files.extend(vault.library().files_of(holder.id)?);
            }
            Ok((holders, Places::of(vault, registry, files, &sought, &instead)?))
        })
        .await?;
    clean(context, places, successor, new).await?;
    for holder in holders.iter().filter(|holder| holder.id != successor) {
        drop_bearer(context, holder).await?;
    }
    clipboard::clear_copied_if(context, &leaked).await;
    Ok(())
}

/// The same where the leaked key is not kept any more: what was written with it and is as it was, holds it. Of every
/// other file that does not hold the new one it cannot be told.
pub(crate) async fn forget_unread(
    context: &Context,
    holder: &StoredLicense,
    successor: LicenseId,
    new: LicenseKey,
) -> Result<(), AppError> {
    let (id, sought) = (holder.id, new.clone());
    let places = context
        .off_thread(move |vault| Places::as_written(vault, vault.library().files_of(id)?, &sought))
        .await?;
    clean(context, places, successor, new).await?;
    drop_bearer(context, holder).await
}

/// Writes the new key where the leaked one stands, and takes copies of that away.
async fn clean(
    context: &Context,
    places: Places,
    successor: LicenseId,
    new: LicenseKey,
) -> Result<(), AppError> {
    for file in &places.files {
        write_instead(context, file, successor, new.clone()).await?;
    }
    context.off_thread(move |_| places.copied.iter().try_for_each(|path| Ok(files::drop_backup(path)?))).await
}

/// What stood beside the key stays in the file; a copy of it beside the file would hold the leaked key.
async fn write_instead(
    context: &Context,
    file: &TrackedFile,
    license: LicenseId,
    key: LicenseKey,
) -> Result<(), AppError> {
    let target: Target = tracked::target_of(context.registry, file)?;
    let rule = Rule { backup: Some(Backup::Never), ..Rule::default() };
    writing::write_with(context, license, key, target, rule).await?;
    let (stored, account) = context.license_and_account(license).await?;
    let path = Outcome::With(file.file.path.display().to_string());
    let label = stored.license.label();
    context.note(Verb::Exported, Some(&account.name), Some(license), label, path).await
}

/// An imported license is its key; one from a vendor stays without it, until the vendor tells its present one.
async fn drop_bearer(context: &Context, holder: &StoredLicense) -> Result<(), AppError> {
    let (id, account) = (holder.id, context.account(holder.account).await?);
    context
        .off_thread(move |vault| match is_imported(&account) {
            true => Ok(vault.library().remove_license(id)?),
            false => {
                vault.library().remove_key(id)?;
                Ok(vault.library().set_leaked(&[id], None)?)
            }
        })
        .await
}

/// Takes out of the keys that a vendor told those that take a leaked one's place.
pub(crate) fn withheld(
    vault: &Vault,
    account: license::AccountId,
    keys: Keys,
) -> Result<(Keys, Keys), AppError> {
    let leaked = vault.library().leaked(account)?;
    if leaked.is_empty() {
        return Ok((keys, Vec::new()));
    }
    let (mut plain, mut successors) = (Vec::new(), Vec::new());
    for (id, key) in keys {
        let is_marked = leaked.iter().any(|one| one.id == id);
        let kept = if is_marked { present(vault, id)? } else { None };
        match kept {
            Some(kept) if kept.expose() != key.expose() => successors.push((id, key)),
            Some(_) | None => plain.push((id, key)),
        }
    }
    Ok((plain, successors))
}

/// The key that is kept, where it can be read: while secrets are locked, none that is told is kept either.
fn present(vault: &Vault, id: LicenseId) -> Result<Option<LicenseKey>, AppError> {
    match crate::keys::license_keys::read_kept(vault, id, false) {
        Err(AppError::Lock(_)) => Ok(None),
        read => read,
    }
}

fn is_imported(account: &Account) -> bool {
    account.provider == FILES_PROVIDER
}

/// Every license that bears the key of this one; it alone where its key is not at hand.
fn same_key(vault: &Vault, stored: &StoredLicense) -> Result<Vec<LicenseId>, AppError> {
    let key = match vault.library().license_key(stored.id) {
        Ok(key) => key,
        Err(vault::SecretError::Locked) => None,
        Err(error) => return Err(error.into()),
    };
    let Some(key) = key else { return Ok(vec![stored.id]) };
    Ok(vault.library().licenses_by_key(&key)?.into_iter().map(|holder| holder.id).collect())
}
