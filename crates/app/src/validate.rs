//! Asking a vendor whether a key is good.

use crate::{Desk, DeskError};
use license::{LicenseId, Validated};
use vendors::Facet;

impl Desk {
    /// Asks a license's own vendor whether its key is good; that it is not is an answer, too. A key that was imported has no
    /// vendor, and is sent nowhere.
    pub async fn validate(&self, id: LicenseId) -> Result<Validated, DeskError> {
        let (stored, account) = self.license_and_account(id).await?;
        let client = self.client(&account).await?;
        let label = stored.license.label();
        let no_facet = || DeskError::NoFacet { label: label.to_owned(), facet: Facet::Validation.word() };
        let validation = client.validation().ok_or_else(no_facet)?;
        let key = self.key(&stored, &account).await?;
        let answer = validation.validate(&key).await;
        self.answered(&account, format!("validating {label:?}"), answer).await
    }
}
