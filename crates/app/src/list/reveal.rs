//! Showing and copying the key of a license.

use crate::context::{AppError, Context, Outcome, Verb};
use crate::keys::clipboard;
use crate::listing::license_key::key;
use license::{LicenseId, LicenseKey};

/// Shows a key. Written down as an activity.
pub async fn reveal(context: &Context, id: LicenseId) -> Result<LicenseKey, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let key = key(context, &stored, &account).await?;
    context
        .note(Verb::Revealed, Some(&account.name), Some(id), stored.license.label(), Outcome::Done)
        .await?;
    Ok(key)
}

/// Copies a key to the clipboard for a few seconds. Written down as an activity.
pub async fn copy_key(context: &Context, id: LicenseId) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let key = key(context, &stored, &account).await?;
    clipboard::copy(context, key).await?;
    context.note(Verb::Copied, Some(&account.name), Some(id), stored.license.label(), Outcome::Done).await
}
