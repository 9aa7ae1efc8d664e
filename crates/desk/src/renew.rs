//! Another login for a kept account, after the vendor refused the old one: licenses, files and history stay.

use crate::{
    Desk, DeskError, Event, Outcome, Verb,
    client::keep_login,
    sign_in::{SignedIn, entered_anew},
};
use license::{AccountId, Token};
use std::collections::{BTreeMap, BTreeSet};
use vault::{Account, FILES_PROVIDER, Filter, Query};
use vendors::{Listing, Turn, Vendor};

impl Desk {
    /// Keeps another login for an account, once it was tested; `fields` are those that are no secret and are not as they
    /// were, an empty one to be left out. One that opens something else than what the account holds is refused: its next
    /// listing would take every license for gone.
    pub async fn renew_login(
        &self,
        id: AccountId,
        fields: BTreeMap<String, String>,
        secrets: BTreeMap<String, Token>,
    ) -> Result<(), DeskError> {
        self.unlock_without_prompt().await?;
        let account = self.account(id).await?;
        if account.provider == FILES_PROVIDER {
            return Err(DeskError::NoVendor { account: account.name });
        }
        let known = self.registry.description(&account.provider)?;
        let address = self.resolve(&account.address).await?;
        let entered = entered_anew(known, &account, fields, secrets);
        let SignedIn { login, client, is_session } = self
            .sign_in(&address, entered)
            .await
            .map_err(|error| error.at(Self::at(&account, "logging in")))?;
        if let Err(error) = self.opens_the_same(&account, known.by_address, client.as_ref()).await {
            if is_session {
                self.discard(login).await;
            }
            return Err(error);
        }
        self.off_thread(move |vault| {
            keep_login(vault, id, known.keeps, &login.secrets)?;
            Ok(vault.library().set_account_fields(id, &login.fields)?)
        })
        .await?;
        self.note_login(id, None).await?;
        self.note(Verb::Renewed, Some(&account.name), None, &account.name, Outcome::Done).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }

    /// Whether a login opens what the account holds. What answers at an address of its own is the same whoever logs in.
    async fn opens_the_same(
        &self,
        account: &Account,
        by_address: bool,
        client: &dyn Vendor,
    ) -> Result<(), DeskError> {
        if by_address {
            return client.probe().await.map(drop).map_err(Self::at(account, "logging in"));
        }
        let opened = Self::opened_by(account, client).await?;
        let known = self.known_vendor_ids(account.id).await?;
        if !known.is_empty() && known.is_disjoint(&opened) {
            return Err(DeskError::OtherLogin { account: account.name.clone() });
        }
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
