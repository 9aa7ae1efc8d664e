//! What shows that a license was deleted at its vendor, and marking it so.

use crate::context::{AppError, Context};
use crate::listing::fetch::{self, Fetched};
use license::{AccountId, LicenseId};
use vault::LibraryError;

/// Whether a complete listing has a license; nothing where there is no such listing. A vendor may have the same words for a license
/// that is not there and for one that is not this login's to see, so that word alone proves nothing.
pub(crate) async fn is_listed(
    context: &Context,
    account: AccountId,
    vendor_id: &str,
) -> Result<Option<bool>, AppError> {
    let Fetched { unreadable: 0, missing: 0, .. } = fetch::fetch(context, account).await? else {
        return Ok(None);
    };
    let vendor_id = vendor_id.to_owned();
    context
        .off_thread(move |vault| {
            let known = vault.library().license_by_vendor_id(account, &vendor_id)?;
            Ok(Some(known.is_some_and(|stored| stored.gone_since.is_none())))
        })
        .await
}

/// Marks a license as gone on its vendor's word; its files, notes and history stay.
pub(crate) async fn mark_deleted(
    context: &Context,
    account: AccountId,
    id: Option<LicenseId>,
) -> Result<(), AppError> {
    let at = context.clock.now();
    context
        .off_thread(move |vault| match id.map(|id| vault.library().mark_gone(id, at)) {
            // It may have been taken out of the library meanwhile.
            None | Some(Ok(()) | Err(LibraryError::NoSuchLicense)) => Ok(()),
            Some(Err(error)) => Err(error.into()),
        })
        .await?;
    fetch::changed_at_vendor(context, account).await
}
