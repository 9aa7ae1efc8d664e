//! Deleting a license at its vendor: confirmed by its name, written down before it is sent, settled by looking.

use crate::{
    Desk, DeskError, Event, Outcome, Sent, Verb, intent::Payload, listing::Fetched, sending::Sending,
};
use license::{AccountId, LicenseId, LicenseKey, pasted};
use vault::{Account, IntentVerb, LibraryError};
use vendors::{Reference, VendorError};

impl Desk {
    /// Deletes a license at its vendor; `typed` must be its label.
    pub async fn delete(&self, id: LicenseId, typed: &str) -> Result<Sent, DeskError> {
        let (stored, account) = self.license_and_account(id).await?;
        let label = stored.license.label().to_owned();
        crate::confirmed(typed, &label)?;
        let which = Reference::Id(stored.license.vendor_id.clone());
        self.send_delete(&account, &label, Some(id), &stored.license.vendor_id, which).await
    }

    /// Deletes the license that a key belongs to, by the key itself.
    pub async fn delete_by_key(
        &self,
        account: &Account,
        key: LicenseKey,
        typed: &str,
    ) -> Result<Sent, DeskError> {
        let key = LicenseKey::new(pasted::key(key.expose()).into_owned());
        let found = self.look_up(account, key.clone()).await?;
        let label = found.license.label().to_owned();
        crate::confirmed(typed, &label)?;
        let vendor_id = found.license.vendor_id.clone();
        self.send_delete(account, &label, found.id, &vendor_id, Reference::Key(key)).await
    }

    async fn send_delete(
        &self,
        account: &Account,
        label: &str,
        id: Option<LicenseId>,
        vendor_id: &str,
        which: Reference,
    ) -> Result<Sent, DeskError> {
        let client = self.client(account).await?;
        if !self.registry.description(&account.provider)?.deletes {
            let unsupported = VendorError::Unsupported { what: "deleting a license" };
            return Err(Self::at(account, format!("deleting {label:?}"))(unsupported));
        }
        let payload = Payload { label: label.to_owned(), vendor_id: Some(vendor_id.to_owned()) };
        let sending = self.claim(account.id, IntentVerb::Delete, id, payload).await?;
        self.send_now(&sending, vec![vendor_id.to_owned()]).await?;
        let failed = Self::at(account, format!("deleting {label:?}"));
        match client.delete(&which).await {
            Ok(()) => Ok(self.deleted(account, label, id, sending).await),
            // A license that is not there is what was wanted; it was deleted elsewhere.
            Err(VendorError::NotFound { .. })
                if matches!(self.is_listed(account.id, vendor_id).await, Ok(Some(false))) =>
            {
                Ok(self.deleted(account, label, id, sending).await)
            }
            Err(error) if error.outcome_is_unknown() => {
                self.look_after(account, sending, failed(error)).await
            }
            Err(error) => {
                self.end_intent(sending.intent()).await?;
                let error = failed(error);
                let outcome = Outcome::Failed(error.facts().code);
                self.note(Verb::Deleted, Some(&account.name), id, label, outcome).await?;
                Err(error)
            }
        }
    }

    async fn deleted(&self, account: &Account, label: &str, id: Option<LicenseId>, sending: Sending) -> Sent {
        match self.note_deleted(account, label, id, &sending).await {
            Ok(()) => Sent::Done(id),
            Err(why) => Sent::Unknown(DeskError::not_recorded(account, format!("deleting {label:?}"))(why)),
        }
    }

    /// Marks a license as deleted. The intent goes last: until then, the next look finds it gone.
    async fn note_deleted(
        &self,
        account: &Account,
        label: &str,
        id: Option<LicenseId>,
        sending: &Sending,
    ) -> Result<(), DeskError> {
        self.mark_deleted(account.id, id).await?;
        self.note(Verb::Deleted, Some(&account.name), id, label, Outcome::Done).await?;
        self.end_intent(sending.intent()).await?;
        self.host.emit(Event::LibraryChanged);
        Ok(())
    }

    /// Whether a complete listing has a license; nothing where there is no such listing. The portal has the same words for
    /// a license that is not there and for one that is not this login's to see (`protocols.md`, "Aidbox portal", [S]), so
    /// that word alone proves nothing.
    pub(crate) async fn is_listed(
        &self,
        account: AccountId,
        vendor_id: &str,
    ) -> Result<Option<bool>, DeskError> {
        let Fetched { unreadable: 0, missing: 0, .. } = self.fetch(account).await? else { return Ok(None) };
        let vendor_id = vendor_id.to_owned();
        self.off_thread(move |vault| {
            let known = vault.library().license_by_vendor_id(account, &vendor_id)?;
            Ok(Some(known.is_some_and(|stored| stored.gone_since.is_none())))
        })
        .await
    }

    /// Marks a license as gone on its vendor's word; its files, notes and history stay.
    pub(crate) async fn mark_deleted(
        &self,
        account: AccountId,
        id: Option<LicenseId>,
    ) -> Result<(), DeskError> {
        let at = self.clock.now();
        self.off_thread(move |vault| match id.map(|id| vault.library().mark_gone(id, at)) {
            // It may have been taken out of the library meanwhile.
            None | Some(Ok(()) | Err(LibraryError::NoSuchLicense)) => Ok(()),
            Some(Err(error)) => Err(error.into()),
        })
        .await?;
        self.changed_at_vendor(account).await
    }
}
