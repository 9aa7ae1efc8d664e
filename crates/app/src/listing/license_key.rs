//! The key of a license: the kept one, or the one that its vendor has now.

use crate::context::{AppError, Context};
use crate::keys::license_keys::kept_key;
use crate::listing::found;
use license::LicenseKey;
use vault::{Account, FILES_PROVIDER, StoredLicense};
use vendors::Reference;

/// The key of a license: the kept one, else the vendor is asked and its answer kept. Where a fact changed since the
/// key was kept, the vendor is asked for the present one; as long as it cannot be, the kept one is what there is
/// ([`StoredLicense::key_is_stale`] tells so).
pub(crate) async fn key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<LicenseKey, AppError> {
    let kept = kept_key(context, stored, account).await?;
    match (present_key(context, stored, account, kept.clone()).await, kept) {
        (Err(error), Some(kept)) if error.is_of_the_vendor() => Ok(kept),
        (present, _) => present,
    }
}

/// The key as its vendor has it now: the kept one is asked for anew where it is stale, and a failure is told.
pub(crate) async fn present_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    kept: Option<LicenseKey>,
) -> Result<LicenseKey, AppError> {
    let is_imported = account.provider == FILES_PROVIDER;
    let fetched = match &kept {
        Some(_) if is_imported || !stored.key_is_stale => None,
        None if is_imported => None,
        Some(_) | None => fetch_key(context, stored, account).await?,
    };
    // A vendor that has no key to give says nothing against the one that is kept.
    fetched.or(kept).ok_or_else(|| AppError::NoKey { label: stored.license.label().to_owned() })
}

/// Asks the vendor for a license's key and keeps it; facts that came with it are taken over too.
pub(crate) async fn fetch_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<Option<LicenseKey>, AppError> {
    let client = context.client(account).await?;
    let which = Reference::Id(stored.license.vendor_id.clone());
    let doing = format!("fetching the key of {:?}", stored.license.label());
    let found = client.get(&which).await.map_err(Context::at(account, doing))?;
    let key = found.key.clone();
    if !context.is_read_only() {
        found::take_found(context, account.id, found).await?;
    }
    Ok(key)
}
