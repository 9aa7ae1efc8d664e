//! License keys at hand: from the library, else from the vendor; shown, copied and verified.

use crate::context::{AppError, Context};
use license::{KeyForm, LicenseId, LicenseKey, key};
use vault::{Account, FILES_PROVIDER, LockState, SecretError, StoredLicense, Vault};

/// The key that is kept. One that was damaged counts as none where there is a vendor to ask.
pub(crate) async fn kept_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<Option<LicenseKey>, AppError> {
    if is_lost(stored, account) {
        return Err(AppError::KeyNotKept { label: stored.license.label().to_owned() });
    }
    context.unlock_without_prompt().await?;
    let (id, is_imported) = (stored.id, account.provider == FILES_PROVIDER);
    context.off_thread(move |vault| read_kept(vault, id, is_imported)).await
}

/// Whether a license's key was brought in for a session that is over, and is nowhere to be fetched from.
pub(crate) fn is_lost(stored: &StoredLicense, account: &Account) -> bool {
    account.provider == FILES_PROVIDER && !stored.has_key
}

/// Reads a kept key. One that was damaged counts as none, unless nobody else has it.
pub(crate) fn read_kept(
    vault: &Vault,
    id: LicenseId,
    is_imported: bool,
) -> Result<Option<LicenseKey>, AppError> {
    match vault.library().license_key(id) {
        Err(SecretError::Tampered { .. }) if !is_imported => Ok(None),
        read => Ok(read?),
    }
}

/// Seals a key while secrets are unlocked; while they are not, the vendor is asked again when it is needed.
pub(crate) fn keep(vault: &Vault, id: LicenseId, key: &LicenseKey) -> Result<(), AppError> {
    if let LockState::Unlocked(_) = vault.lock().state()? {
        vault.library().put_listed_key(id, key, form_of(key))?;
    }
    Ok(())
}

pub(crate) fn form_of(key: &LicenseKey) -> KeyForm {
    match key::recognise(key.expose()) {
        Ok(key::Recognised::Key { form, .. }) => form,
        // What a vendor hands out as a license string is a JWT; its inside is not documented.
        Ok(key::Recognised::PortalToken(_) | key::Recognised::Address(_)) | Err(_) => KeyForm::Jwt,
    }
}
