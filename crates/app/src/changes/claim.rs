//! Beginning to send something: of all processes on a home one does, and nothing is sent while a like thing is open.

use crate::changes::{
    in_flight::{ClaimedRequest, is_in_flight},
    intent,
    payload::Payload,
};
use crate::context::{AppError, Context};
use crate::listing::fetch;
use license::{AccountId, LicenseId};
use vault::{Begun, Intent, IntentRecord, IntentVerb};

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
        Begun::Open(like) if !is_in_flight(context, like.clone()).await? => {
            look_again(context, account, verb, &label).await?;
            begin(context, account, verb, license, &payload).await?
        }
        begun @ (Begun::Claimed(_) | Begun::Open(_)) => begun,
    };
    match begun {
        Begun::Claimed(claim) => Ok(ClaimedRequest::new(verb, label, claim)),
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
                is_of_same_kind && Payload::of(open).is_like(&wanted)
            };
            Ok(vault.library().begin(&record, is_like)?)
        })
        .await
}
