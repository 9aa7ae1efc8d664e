//! A token that its instance has another for by now: it renews its token by itself, and gives the text to nobody.

use crate::{Desk, DeskError, instance};
use license::LicenseId;
use vault::{Account, StoredLicense};
use vendors::Facet;

impl Desk {
    /// Refuses to write a token that its instance has another for, for whoever was shown no preview of it.
    pub async fn refuse_outdated(&self, id: LicenseId) -> Result<(), DeskError> {
        let (stored, account) = self.license_and_account(id).await?;
        if !self.is_of_an_instance(&account) {
            return Ok(());
        }
        self.look_at_its_instance(&stored, &account).await?;
        let (stored, account) = self.license_and_account(id).await?;
        match self.kept_key(&stored, &account).await? {
            Some(kept) if instance::is_outdated(&stored, &kept) => {
                Err(DeskError::Outdated { label: stored.license.label().to_owned() })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Asks an instance which token it has now. As long as it cannot be asked, what was listed last counts.
    pub(crate) async fn look_at_its_instance(
        &self,
        stored: &StoredLicense,
        account: &Account,
    ) -> Result<(), DeskError> {
        if !self.is_of_an_instance(account) {
            return Ok(());
        }
        match self.fetch_key(stored, account).await {
            Err(error) if !error.is_of_the_vendor() => Err(error),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    fn is_of_an_instance(&self, account: &Account) -> bool {
        self.registry.facets(&account.provider).contains(&Facet::InstanceToken)
    }
}
