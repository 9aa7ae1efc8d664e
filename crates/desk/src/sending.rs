//! What this process is sending at this moment: nothing is sent twice, and no outcome is told before it is known.

use crate::{Desk, DeskError, Verb, intent::Payload};
use license::{AccountId, LicenseId};
use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};
use vault::{Intent, IntentId, IntentRecord, IntentVerb};

/// The creates and deletes under way in this process.
#[derive(Debug, Default)]
pub struct InFlight(Mutex<Vec<Claim>>);

#[derive(Debug, Clone)]
struct Claim {
    account: AccountId,
    verb: IntentVerb,
    payload: Payload,
    /// Once it is written down.
    intent: Option<IntentId>,
}

impl Claim {
    fn is_like(&self, account: AccountId, verb: IntentVerb, payload: &Payload) -> bool {
        self.account == account && self.verb == verb && self.payload.is_like(payload)
    }
}

/// A create or delete, from the look before it until its outcome is told or this is dropped.
#[derive(Debug)]
pub(crate) struct Sending<'a> {
    in_flight: &'a InFlight,
    claim: Claim,
}

impl Sending<'_> {
    pub fn verb(&self) -> Verb {
        Verb::of(self.claim.verb)
    }

    pub fn label(&self) -> &str {
        &self.claim.payload.label
    }
}

impl Drop for Sending<'_> {
    fn drop(&mut self) {
        let Claim { account, verb, payload, .. } = &self.claim;
        self.in_flight.locked().retain(|claim| !claim.is_like(*account, *verb, payload));
    }
}

impl InFlight {
    /// The intents that this process waits for an answer to.
    pub(crate) fn intents(&self) -> HashSet<IntentId> {
        self.locked().iter().filter_map(|claim| claim.intent).collect()
    }

    fn claim(&self, claim: Claim) -> Option<Sending<'_>> {
        let mut open = self.locked();
        if open.iter().any(|other| other.is_like(claim.account, claim.verb, &claim.payload)) {
            return None;
        }
        open.push(claim.clone());
        Some(Sending { in_flight: self, claim })
    }

    fn written_down(&self, sending: &Sending<'_>, id: IntentId) {
        let Claim { account, verb, payload, .. } = &sending.claim;
        for claim in self.locked().iter_mut().filter(|claim| claim.is_like(*account, *verb, payload)) {
            claim.intent = Some(id);
        }
    }

    /// A panic while it was held cannot have left a half-done change.
    fn locked(&self) -> MutexGuard<'_, Vec<Claim>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Desk {
    /// Begins to send something. Refused where the same is being sent, or was sent without an answer and one more look
    /// does not settle it.
    pub(crate) async fn claim(
        &self,
        account: AccountId,
        verb: IntentVerb,
        payload: Payload,
    ) -> Result<Sending<'_>, DeskError> {
        let refused = || DeskError::Unsettled { verb: verb.word(), label: payload.label.clone() };
        let claim = Claim { account, verb, payload: payload.clone(), intent: None };
        let sending = self.in_flight.claim(claim).ok_or_else(refused)?;
        if self.is_unsettled(&sending.claim).await? {
            self.fetch(account).await?;
            self.settle_account(account).await?;
            if self.is_unsettled(&sending.claim).await? {
                return Err(refused());
            }
        }
        Ok(sending)
    }

    async fn is_unsettled(&self, claim: &Claim) -> Result<bool, DeskError> {
        let claim = claim.clone();
        self.off_thread(move |vault| {
            let is_like = |intent: &Intent| {
                claim.is_like(intent.record.account, intent.record.verb, &crate::intent::payload(intent))
            };
            Ok(vault.library().open_intents()?.iter().any(is_like))
        })
        .await
    }

    /// Writes down what is about to be sent; it is on the disk when this returns.
    pub(crate) async fn begin_intent(
        &self,
        sending: &Sending<'_>,
        license: Option<LicenseId>,
        known_vendor_ids: Vec<String>,
    ) -> Result<IntentId, DeskError> {
        let Claim { account, verb, payload, .. } = sending.claim.clone();
        // Two texts by two text keys: there is nothing that JSON cannot hold.
        let payload = serde_json::to_value(payload).expect("plain texts become JSON");
        let record = IntentRecord { verb, account, license, payload, known_vendor_ids, at: self.clock.now() };
        let id = self.off_thread(move |vault| Ok(vault.library().begin(&record)?)).await?;
        self.in_flight.written_down(sending, id);
        Ok(id)
    }
}
