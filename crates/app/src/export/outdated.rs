//! A token that its instance has another for by now: it renews its token by itself, and gives the text to nobody.

use crate::context::{AppError, Context};
use crate::files::tracked;
use crate::keys::license_keys;
use crate::listing::license_key;
use license::LicenseId;
use vault::{Account, StoredLicense};
use vendors::Facet;

/// Refuses to write a token that its instance has another for, for whoever was shown no preview of it.
pub async fn refuse_outdated(context: &Context, id: LicenseId) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    if !is_of_an_instance(context, &account) {
        return Ok(());
    }
    look_at_its_instance(context, &stored, &account).await?;
    let (stored, account) = context.license_and_account(id).await?;
    match license_keys::kept_key(context, &stored, &account).await? {
        Some(kept) if tracked::is_outdated(&stored, &kept) => {
            Err(AppError::Outdated { label: stored.license.label().to_owned() })
        }
        Some(_) | None => Ok(()),
    }
}

/// Asks an instance which token it has now. As long as it cannot be asked, what was listed last counts.
pub(crate) async fn look_at_its_instance(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<(), AppError> {
    if !is_of_an_instance(context, account) {
        return Ok(());
    }
    match license_key::fetch_key(context, stored, account).await {
        Err(error) if !error.is_of_the_vendor() => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

fn is_of_an_instance(context: &Context, account: &Account) -> bool {
    context.registry.facets(&account.provider).contains(&Facet::InstanceToken)
}
