//! Asking a vendor whether a key is good.

use crate::context::{AppError, Context};
use crate::listing::license_key;
use license::{LicenseId, Validated};
use vendors::Facet;

/// Asks a license's own vendor whether its key is good; that it is not is an answer, too. A key that was imported has no
/// vendor, and is sent nowhere.
pub async fn validate(context: &Context, id: LicenseId) -> Result<Validated, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let client = context.client(&account).await?;
    let label = stored.license.label();
    let no_facet = || AppError::NoFacet { label: label.to_owned(), facet: Facet::Validation.word() };
    let validation = client.validation().ok_or_else(no_facet)?;
    let key = license_key::key(context, &stored, &account).await?;
    let answer = validation.validate(&key).await;
    context.answered(&account, format!("validating {label:?}"), answer).await
}
