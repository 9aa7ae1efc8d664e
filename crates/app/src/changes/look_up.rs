//! Asking a vendor which license a key belongs to.

use crate::context::{AppError, Context};
use license::{License, LicenseId, LicenseKey, key};
use vault::Account;
use vendors::Reference;

/// The license that a key belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct LookedUp {
    /// What the vendor tells of it.
    pub license: License,
    /// Licet's id of it, where the library has it.
    pub id: Option<LicenseId>,
}

/// Asks an account's vendor which license a key belongs to. Sends the key there, and nowhere else; of a license file, its
/// key alone.
pub async fn look_up(context: &Context, account: &Account, key: LicenseKey) -> Result<LookedUp, AppError> {
    let key = given(&key)?;
    let client = context.client(account).await?;
    let found = client.get(&Reference::Key(key)).await.map_err(Context::at(account, "looking up a key"))?;
    let (id, vendor_id) = (account.id, found.license.vendor_id.clone());
    let known =
        context.off_thread(move |vault| Ok(vault.library().license_by_vendor_id(id, &vendor_id)?)).await?;
    Ok(LookedUp { license: found.license, id: known.map(|stored| stored.id) })
}

/// The key in what was given as one.
pub(crate) fn given(text: &LicenseKey) -> Result<LicenseKey, AppError> {
    key::key_alone(text.expose()).map_err(|source| AppError::NotAKey { path: None, source })
}
