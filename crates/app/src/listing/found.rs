//! A license that its vendor returned, taken over into the library.

use crate::context::{AppError, Context};
use crate::leaked::succession;
use license::{AccountId, LicenseId};
use vendors::Found;

/// Takes over a license that its vendor answered with, and seals its key while secrets are unlocked. What comes of
/// the new key of a leaked one does not end this: what fails there, the next look or refresh tries again, and tells.
pub(crate) async fn take_found(
    context: &Context,
    account: AccountId,
    found: Found,
) -> Result<LicenseId, AppError> {
    take_found_and_succeed(context, account, found).await.map(|(id, _)| id)
}

/// The same with what became of a leaked key whose successor came along, such as a file that cannot be written.
pub(crate) async fn take_found_and_succeed(
    context: &Context,
    account: AccountId,
    found: Found,
) -> Result<(LicenseId, Result<(), AppError>), AppError> {
    let at = context.clock.now();
    let taken = context.off_thread(move |vault| {
        let id = vault.library().upsert_one(account, &found.license, at)?;
        let told = found.key.map(|key| (id, key)).into_iter().collect();
        let (keys, successors) = crate::leaked::succession::withheld(vault, account, told)?;
        for (id, key) in &keys {
            crate::keys::license_keys::keep(vault, *id, key)?;
        }
        Ok((id, successors))
    });
    let (id, successors) = taken.await?;
    Ok((id, succession::succeed_all(context, successors).await))
}
