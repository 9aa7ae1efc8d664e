//! Which license in the library a key is of: an imported one, or one of a connected account. What a license string claims is not
//! verified here, so a claimed id alone never replaces a kept key.

use crate::context::AppError;
use license::{KeyForm, License, LicenseId, LicenseKey, jwt};
use vault::{FILES_PROVIDER, SecretError, StoredLicense, Vault, imported_id};
use vendors::Registry;

/// The imported license that a key is of. While secrets are locked, that is decided by the id alone.
pub(crate) fn known(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
) -> Result<Option<StoredLicense>, AppError> {
    let library = vault.library();
    let Some(account) = library.account_by_name(FILES_PROVIDER)? else { return Ok(None) };
    let claimed = claimed(registry, key).map(|license| license.vendor_id);
    for (id, is_own) in [(Some(imported_id(key)), true), (claimed, false)] {
        let Some(id) = id else { continue };
        let Some(stored) = library.license_by_vendor_id(account.id, &id)? else { continue };
        let is_same = match library.license_key(stored.id) {
            Ok(kept) => kept.is_none_or(|kept| kept == *key),
            Err(SecretError::Locked) => true,
            // An id of its own says which key was there; a claimed one does not.
            Err(SecretError::Tampered { .. }) => is_own,
            Err(error @ SecretError::Library(_)) => return Err(error.into()),
        };
        if is_same {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

/// The license of a connected account that a key is of, where it was not imported: one that has this key, or one of the id that it
/// claims that has no other. While secrets are locked, that is decided by the id alone.
pub(crate) fn listed(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
) -> Result<Option<StoredLicense>, AppError> {
    if known(vault, registry, key)?.is_some() {
        return Ok(None);
    }
    if let Some(holder) = holder(vault, key)? {
        return Ok(Some(holder));
    }
    let Some(listed) = listed_by_id(vault, registry, key)? else { return Ok(None) };
    Ok((!has_another(vault, listed.id, key)?).then_some(listed))
}

/// The same, once the key is kept for it, with whether it was kept before.
pub(crate) fn import_for_listed(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
) -> Result<Option<(StoredLicense, bool)>, AppError> {
    if known(vault, registry, key)?.is_some() {
        return Ok(None);
    }
    let (listed, was_kept) = match holder(vault, key)? {
        Some(holder) => (holder, true),
        None => match listed_by_id(vault, registry, key)? {
            Some(listed) if vault.library().import_listed(listed.id, key)? => (listed, false),
            Some(_) | None => return Ok(None),
        },
    };
    vault.library().mark_imported(listed.id, key)?;
    Ok(Some((listed, was_kept)))
}

/// The id under which an imported key is kept: the vendor's own where the key claims one, else one that is derived from the key.
/// That is also so if the license of that id has another key, since neither may replace the other.
pub(crate) fn id_for(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
    form: KeyForm,
    known: Option<&StoredLicense>,
) -> Result<String, AppError> {
    if let Some(stored) = known {
        return Ok(stored.license.vendor_id.clone());
    }
    let claimed = claimed(registry, key).filter(|_| form == KeyForm::Jwt);
    let is_of_another = match listed_by_id(vault, registry, key)? {
        Some(listed) => has_another(vault, listed.id, key)?,
        None => false,
    };
    let id = claimed.filter(|_| !is_of_another).map(|license| license.vendor_id);
    Ok(id.unwrap_or_else(|| imported_id(key)))
}

/// What a license string claims of its license.
pub(crate) fn claimed(registry: Registry, key: &LicenseKey) -> Option<License> {
    registry.license_of_claims(&jwt::decode(key.expose()).ok()?.claims)
}

/// The license that has a key, as far as that can be seen.
fn holder(vault: &Vault, key: &LicenseKey) -> Result<Option<StoredLicense>, AppError> {
    match vault.library().licenses_by_key(key) {
        Ok(holders) => Ok(holders.into_iter().find(|holder| holder.gone_since.is_none())),
        Err(SecretError::Locked) => Ok(None),
        Err(error @ (SecretError::Tampered { .. } | SecretError::Library(_))) => Err(error.into()),
    }
}

/// The license of a connected account that has the id that a license string claims. Not one whose key leaked: the string may be
/// the leaked one.
fn listed_by_id(
    vault: &Vault,
    registry: Registry,
    key: &LicenseKey,
) -> Result<Option<StoredLicense>, AppError> {
    let Ok(decoded) = jwt::decode(key.expose()) else { return Ok(None) };
    let Some(claimed) = registry.license_of_claims(&decoded.claims) else { return Ok(None) };
    let is_same = |stored: &StoredLicense| {
        stored.gone_since.is_none()
            && stored.leaked_since.is_none()
            && stored.license.product == claimed.product
            && stored.license.is_outdated(&decoded.claims) != Some(true)
    };
    let imported = vault.library().account_by_name(FILES_PROVIDER)?.map(|account| account.id);
    let is_listed = |stored: &StoredLicense| Some(stored.account) != imported && is_same(stored);
    Ok(vault.library().licenses_by_vendor_id(&claimed.vendor_id)?.into_iter().find(is_listed))
}

/// Whether another key of a vendor's license is kept and can be read.
fn has_another(vault: &Vault, id: LicenseId, key: &LicenseKey) -> Result<bool, AppError> {
    match vault.library().license_key(id) {
        Ok(kept) => Ok(kept.is_some_and(|kept| kept != *key)),
        Err(SecretError::Locked | SecretError::Tampered { .. }) => Ok(false),
        Err(error @ SecretError::Library(_)) => Err(error.into()),
    }
}
