//! Beginning to send something: of all processes on a home one does, and nothing is sent while a like thing is open.

use crate::changes::intent::{self, Payload};
use crate::context::{AppError, Context, Verb, host::is_recent};
use crate::listing::fetch;
use jiff::Timestamp;
use license::{AccountId, LicenseId};
use vault::{Begun, Claim, Intent, IntentId, IntentRecord, IntentVerb, Vault};

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

/// Claims what is about to be sent. Refused where the same is being sent, by this process or another, or was sent
/// without an answer and one more look does not settle it.
pub(crate) async fn claim(
    context: &Context,
    account: AccountId,
    verb: IntentVerb,
    license: Option<LicenseId>,
    payload: Payload,
) -> Result<ClaimedRequest, AppError> {
    let label = payload.label.clone();
    let begun = match begin(context, account, verb, license, &payload).await? {
        Begun::Open(like) if !is_on_its_way(context, like.clone()).await? => {
            look_again(context, account, verb, &label).await?;
            begin(context, account, verb, license, &payload).await?
        }
        begun @ (Begun::Claimed(_) | Begun::Open(_)) => begun,
    };
    match begun {
        Begun::Claimed(claim) => Ok(ClaimedRequest { verb, label, claim }),
        Begun::Open(_) => Err(AppError::Unsettled { verb: verb.word(), label }),
    }
}

/// Looks at what is open. A vendor out of reach leaves it as unknown as it was, and that is what is told.
async fn look_again(
    context: &Context,
    account: AccountId,
    verb: IntentVerb,
    label: &str,
) -> Result<(), AppError> {
    match fetch::fetch(context, account).await {
        Ok(_) => intent::settle_account(context, account).await,
        Err(AppError::Vendor { .. } | AppError::Portal(_)) => {
            Err(AppError::Unsettled { verb: verb.word(), label: label.to_owned() })
        }
        Err(error) => Err(error),
    }
}

#[expect(clippy::expect_used, reason = "plain data always has a JSON form")]
async fn begin(
    context: &Context,
    account: AccountId,
    verb: IntentVerb,
    license: Option<LicenseId>,
    payload: &Payload,
) -> Result<Begun, AppError> {
    let wanted = payload.clone();
    // Two texts by two text keys: there is nothing that JSON cannot hold.
    let payload = serde_json::to_value(payload).expect("plain texts become JSON");
    let at = context.clock.now();
    let record = IntentRecord { verb, account, license, payload, known_vendor_ids: Vec::new(), at };
    context
        .off_thread(move |vault| {
            let is_like = |open: &Intent| {
                let is_of_same_kind = open.record.account == account && open.record.verb == verb;
                is_of_same_kind && crate::changes::intent::payload(open).is_like(&wanted)
            };
            Ok(vault.library().begin(&record, is_like)?)
        })
        .await
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
