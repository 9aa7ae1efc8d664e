//! Importing the key that takes the place of a leaked one.

use crate::context::{AppError, Context, Outcome, Verb};
use crate::files::drift;
use crate::import::{Imported, imported};
use crate::keys::license_keys;
use crate::leaked::succession::{forget_leaked, forget_unread};
use license::{
    LicenseId, LicenseKey,
    key::{self, Recognised},
};
use vault::{FILES_PROVIDER, StoredLicense};

/// Brings in the key that takes a leaked one's place: the files of the old one are written with it, and the old one is
/// forgotten. The new key of a license that its vendor still lists comes from there, by a refresh.
pub async fn succeed(context: &Context, old: LicenseId, text: &str) -> Result<Imported, AppError> {
    let (stored, account) = context.license_and_account(old).await?;
    let label = || stored.license.label().to_owned();
    if account.provider != FILES_PROVIDER && stored.gone_since.is_none() {
        return Err(AppError::SuccessorAtVendor { label: label(), account: account.name });
    }
    let new = recognised(text)?;
    let leaked = match stored.has_key {
        true => license_keys::kept_key(context, &stored, &account).await?,
        false => None,
    };
    if leaked.as_ref().is_some_and(|leaked| leaked.expose() == new.expose()) {
        return Err(AppError::SameKey { label: label() });
    }
    let successor = brought_in(context, text, &stored, &new).await?;
    match leaked {
        Some(leaked) => forget_leaked(context, leaked, successor.license, new).await?,
        None => forget_unread(context, &stored, successor.license, new).await?,
    }
    context
        .note(Verb::KeyRemoved, Some(&account.name), Some(old), stored.license.label(), Outcome::Done)
        .await?;
    drift::watch_written(context).await?;
    Ok(successor)
}

/// The license of the key that was brought in: one that a vendor lists with it, else a new one under the old one's name.
pub(crate) async fn brought_in(
    context: &Context,
    text: &str,
    old: &StoredLicense,
    new: &LicenseKey,
) -> Result<Imported, AppError> {
    let wanted = new.clone();
    let listed = context.off_thread(move |vault| Ok(vault.library().licenses_by_key(&wanted)?)).await?;
    if let Some(listed) = listed.into_iter().find(|listed| listed.gone_since.is_none()) {
        return Ok(Imported::listed(&listed));
    }
    let label = old.license.label();
    // A name that was made of the old key's end would mislead.
    let name = (!label.contains('\u{2026}')).then_some(label);
    imported::import_text(context, text, name).await
}

pub(crate) fn recognised(text: &str) -> Result<LicenseKey, AppError> {
    let not_a_key = |source| AppError::NotAKey { path: None, source };
    match key::recognise(text).map_err(not_a_key)? {
        Recognised::Key { key, .. } => Ok(key),
        Recognised::PortalToken(_) => Err(not_a_key(key::Mistake::IsToken)),
        Recognised::Address(_) => Err(not_a_key(key::Mistake::IsAddress)),
    }
}
