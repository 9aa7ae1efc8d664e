//! Creates and deletes whose outcome is not known.

use crate::changes::payload::Payload;
use crate::context::{AppError, Context};
use vault::{Intent, IntentId, IntentVerb};

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

/// Describes an intent whose outcome is not known.
pub(crate) fn unsettled(intent: &Intent) -> Unsettled {
    Unsettled { verb: intent.record.verb, label: Payload::of(intent).label, at: intent.record.at }
}

/// Removes an intent whose outcome is known now. Returns whether it was still there.
pub(crate) async fn end_intent(context: &Context, id: IntentId) -> Result<bool, AppError> {
    context.off_thread(move |vault| Ok(vault.library().settle(id)?)).await
}
