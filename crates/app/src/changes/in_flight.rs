//! Requests that were sent and not answered yet.

use crate::context::{AppError, Context, Verb, host::is_recent};
use jiff::Timestamp;
use license::LicenseId;
use vault::{Claim, Intent, IntentId, IntentVerb, Vault};

/// Longer than any create or delete takes with the looks before and after it: a sender that is still there then, such as
/// a process that was stopped, is waited for no longer.
const LONGEST_SECONDS: i64 = 600;

/// A create or delete, from the look before it until its outcome is told or this is dropped.
#[derive(Debug)]
pub(crate) struct ClaimedRequest {
    verb: IntentVerb,
    label: String,
    claim: Claim,
}

impl ClaimedRequest {
    /// A request that was claimed in the library.
    pub(super) fn new(verb: IntentVerb, label: String, claim: Claim) -> Self {
        Self { verb, label, claim }
    }

    pub(crate) fn verb(&self) -> Verb {
        Verb::of(self.verb)
    }

    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// The intent, written down.
    pub(crate) fn intent(&self) -> IntentId {
        self.claim.id
    }
}

/// What came of something that was sent.
#[derive(Debug)]
pub enum Sent {
    /// It was done; the license, where the library has it.
    Done(Option<LicenseId>),
    /// No answer came. The intent stays, and is settled by looking.
    Unknown(AppError),
}

/// Records that a claimed request is sent now, and what the vendor has before. It is on the disk when this returns.
pub(crate) async fn note_sent(
    context: &Context,
    sending: &ClaimedRequest,
    known_vendor_ids: Vec<String>,
) -> Result<(), AppError> {
    let (id, at) = (sending.intent(), context.clock.now());
    context.off_thread(move |vault| Ok(vault.library().note_sent(id, &known_vendor_ids, at)?)).await
}

/// Whether the sender of an intent still waits for its answer, checked off the async threads.
pub(crate) async fn is_in_flight(context: &Context, intent: Intent) -> Result<bool, AppError> {
    let now = context.clock.now();
    context.off_thread(move |vault| is_sender_waiting(vault, &intent, now)).await
}

/// Whether the sender of an intent still waits for its answer and will report the outcome.
fn is_sender_waiting(vault: &Vault, intent: &Intent, now: Timestamp) -> Result<bool, AppError> {
    Ok(is_recent(intent.record.at, now, LONGEST_SECONDS) && vault.library().is_on_its_way(intent)?)
}

/// The intents that were sent and whose sender no longer waits for an answer.
pub(crate) fn unanswered(vault: &Vault, now: Timestamp) -> Result<Vec<Intent>, AppError> {
    let mut unanswered = Vec::new();
    for intent in vault.library().open_intents()? {
        if intent.is_sent && !is_sender_waiting(vault, &intent, now)? {
            unanswered.push(intent);
        }
    }
    Ok(unanswered)
}
