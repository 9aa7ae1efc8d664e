//! Requests that are on their way: each is its sender's to tell of, as long as the sender is there.

use crate::changes::payload::payload;
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
    pub(super) verb: IntentVerb,
    pub(super) label: String,
    pub(super) claim: Claim,
}

impl ClaimedRequest {
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

/// Writes down that what was claimed is sent now, and what is there before; it is on the disk when this returns.
pub(crate) async fn send_now(
    context: &Context,
    sending: &ClaimedRequest,
    known_vendor_ids: Vec<String>,
) -> Result<(), AppError> {
    let (id, at) = (sending.intent(), context.clock.now());
    context.off_thread(move |vault| Ok(vault.library().note_sent(id, &known_vendor_ids, at)?)).await
}

/// Whether the sender of an intent waits for its answer.
pub(crate) async fn is_on_its_way(context: &Context, intent: Intent) -> Result<bool, AppError> {
    let now = context.clock.now();
    context.off_thread(move |vault| is_sender_waiting(vault, &intent, now)).await
}

/// Whether the sender of an intent waits for its answer, so that its outcome is the sender's to tell.
fn is_sender_waiting(vault: &Vault, intent: &Intent, now: Timestamp) -> Result<bool, AppError> {
    Ok(is_recent(intent.record.at, now, LONGEST_SECONDS) && vault.library().is_on_its_way(intent)?)
}

/// The intents that were sent and whose outcome nobody tells.
pub(crate) fn unanswered(vault: &Vault, now: Timestamp) -> Result<Vec<Intent>, AppError> {
    let mut unanswered = Vec::new();
    for intent in vault.library().open_intents()? {
        if intent.is_sent && !is_sender_waiting(vault, &intent, now)? {
            unanswered.push(intent);
        }
    }
    Ok(unanswered)
}

/// Strikes out what was written down, now that its outcome is known. Whether it was still there.
pub(crate) async fn end_intent(context: &Context, id: IntentId) -> Result<bool, AppError> {
    context.off_thread(move |vault| Ok(vault.library().settle(id)?)).await
}

/// A create or delete whose outcome is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// Which of the two.
    pub verb: IntentVerb,
    /// The license's name.
    pub label: String,
    /// When it was sent.
    pub at: jiff::Timestamp,
}

/// What is told of an intent whose outcome is not known.
pub(crate) fn unsettled(intent: &Intent) -> Unsettled {
    Unsettled { verb: intent.record.verb, label: payload(intent).label, at: intent.record.at }
}
