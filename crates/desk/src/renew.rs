//! Another login for a kept account, after the vendor refused the old one: licenses, files and history stay.

use crate::{Desk, DeskError, Event, Outcome, Verb, client::keep_login};
use license::{AccountId, Token};
use std::collections::{BTreeMap, BTreeSet};
use vault::{Account, FILES_PROVIDER, Filter, Query};
use vendors::{Connection, Listing, Turn, Vendor};

impl Desk {
    /// Keeps another login for an account, once it was tested. One that opens something else than what the account
    /// holds is refused: its next listing would take every license for gone.
    pub async fn renew_login(
        &self,
        id: AccountId,
        secrets: BTreeMap<String, Token>,
    ) -> Result<(), DeskError> {
        self.unlock_without_prompt().await?;
        let account = self.account(id).await?;
        if account.provider == FILES_PROVIDER {
            return Err(DeskError::NoVendor { account: account.name });
        }
        let address = self.resolve(&account.address).await?;
        let connection = Connection { address, fields: account.fields.clone(), secrets: secrets.clone() };
        let client = self.registry.connect(&self.http, &account.provider, &connection)?;
        let opened = Self::opened_by(&account, client.as_ref()).await?;
        let known = self.known_vendor_ids(id).await?;
        if !known.is_empty() && known.is_disjoint(&opened) {
            return Err(DeskError::OtherLogin { account: account.name });
        }
        let keeps = self.registry.description(&account.provider)?.keeps;
        self.off_thread(move |vault| keep_login(vault, id, keeps, &secrets)).await?;
        self.note(Verb::Renewed, Some(&account.name), None, &account.name, Outcome::Done).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }

    /// The vendor's ids of everything that a login opens.
    async fn opened_by(account: &Account, client: &dyn Vendor) -> Result<BTreeSet<String>, DeskError> {
        let failed = || Self::at(account, "logging in");
        let mut opened = BTreeSet::new();
        let Listing::Pages(mut pages) = client.list(None).await.map_err(failed())? else { return Ok(opened) };
        while let Turn::Page { licenses, .. } = pages.next().await.map_err(failed())? {
            opened.extend(licenses.into_iter().map(|listed| listed.license.vendor_id));
        }
        Ok(opened)
    }

    async fn known_vendor_ids(&self, account: AccountId) -> Result<BTreeSet<String>, DeskError> {
        let now = self.clock.now();
        self.off_thread(move |vault| {
            let query = Query { filter: Filter::Account(account), ..Query::default() };
            let known = vault.library().window(&query, now, crate::query::threshold(vault)?)?;
            Ok(known.rows.into_iter().map(|stored| stored.license.vendor_id).collect())
        })
        .await
    }
}
