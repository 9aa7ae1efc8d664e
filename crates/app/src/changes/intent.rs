//! Intents: a create or delete is written down before it is sent, and one without an answer is settled by looking,
//! at the next start too. So nothing is done twice, and nothing is forgotten.

use crate::changes::{
    deleted,
    in_flight::{self, ClaimedRequest, Sent},
    open_intents::end_intent,
    payload::Payload,
};
use crate::context::{AppError, Context, Message, Outcome, Verb, host::is_recent, state::SubjectState};
use crate::listing::fetch;
use errors::Kind;
use license::{AccountId, LicenseId};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use vault::{Account, Intent, IntentId, IntentVerb};
use vendors::{Reference, VendorError};

/// For how long after it was sent a create may still arrive at its vendor, so that not seeing it proves nothing.
const MAY_STILL_ARRIVE_SECONDS: i64 = 120;

/// What looking has shown.
enum Observed {
    Done(Option<LicenseId>),
    NotDone,
    /// Nothing has changed so far, and what was sent may still arrive.
    NotYet,
    /// It cannot be seen, such as where a listing was not complete.
    Undecided,
}

/// What is held while open intents of an account are settled, so that each is settled once and no account waits for another
/// one's vendor.
#[derive(Debug, Default)]
struct Settling(Mutex<HashMap<AccountId, Arc<tokio::sync::Mutex<()>>>>);

impl SubjectState for Settling {}

impl Settling {
    /// Only entries are added, so a panic in another thread does not matter.
    fn of(&self, account: AccountId) -> Arc<tokio::sync::Mutex<()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_default().clone()
    }
}

/// Settles the intents of an account by what its library shows, right after a listing; the first failure is
/// answered, after all were looked for. What is merely on its way is left to whoever sent it.
pub(crate) async fn settle_account(context: &Context, id: AccountId) -> Result<(), AppError> {
    let settling = context.state::<Settling>().of(id);
    let _one_at_a_time = settling.lock().await;
    let account = context.account(id).await?;
    let intents = context.off_thread(|vault| Ok(vault.library().open_intents()?)).await?;
    let mut first_failure = None;
    for intent in intents.iter().filter(|intent| intent.record.account == id) {
        if in_flight::is_in_flight(context, intent.clone()).await? {
            continue;
        }
        let settled = match intent.is_sent {
            true => settle(context, &account, intent).await.map(drop),
            // It was claimed by a process that ended before it sent anything.
            false => end_intent(context, intent.id).await.map(drop),
        };
        first_failure = first_failure.or(settled.err());
    }
    first_failure.map_or(Ok(()), Err)
}

/// Looks for one intent. What is decided is written down and told.
async fn settle(context: &Context, account: &Account, intent: &Intent) -> Result<Observed, AppError> {
    let label = Payload::of(intent).label;
    let verb = Verb::of(intent.record.verb);
    let seen = match intent.record.verb {
        IntentVerb::Create => seen_created(context, account, intent, &label).await?,
        IntentVerb::Delete => seen_deleted(context, account, intent).await?,
    };
    let (license, outcome) = match &seen {
        Observed::NotYet | Observed::Undecided => return Ok(seen),
        Observed::Done(license) => (*license, Outcome::With("found by looking".to_owned())),
        Observed::NotDone => (intent.record.license, Outcome::Failed("not found by looking".to_owned())),
    };
    if !end_intent(context, intent.id).await? {
        // Another process was quicker, and told it.
        return Ok(seen);
    }
    let done = matches!(seen, Observed::Done(_));
    context.note(verb, Some(&account.name), license, &label, outcome).await?;
    context.tell_user(Message::Settled { verb: intent.record.verb, label, license, done });
    Ok(seen)
}

/// A license of the name that was not there before is the one that was created. That there is none is believed only of a
/// listing that was complete.
async fn seen_created(
    context: &Context,
    account: &Account,
    intent: &Intent,
    label: &str,
) -> Result<Observed, AppError> {
    let named = fetch::licenses_named(context, intent.record.account, label).await?;
    let new = named.into_iter().find(|(_, vendor_id)| !intent.record.known_vendor_ids.contains(vendor_id));
    Ok(match new {
        Some((license, _)) => Observed::Done(Some(license)),
        None if !crate::context::last_refresh::last(account).is_complete() => Observed::Undecided,
        None if may_still_arrive(context, intent).await? => Observed::NotYet,
        None => Observed::NotDone,
    })
}

/// A license that its vendor neither finds nor lists any more was deleted.
async fn seen_deleted(context: &Context, account: &Account, intent: &Intent) -> Result<Observed, AppError> {
    let Some(vendor_id) = Payload::of(intent).vendor_id else { return Ok(Observed::NotDone) };
    let client = context.client(account).await?;
    let is_there = match client.get(&Reference::Id(vendor_id.clone())).await {
        Ok(_) => Some(true),
        Err(VendorError::NotFound { .. }) => deleted::is_listed(context, account.id, &vendor_id).await?,
        Err(error) => return Err(Context::at(account, "looking for a license")(error)),
    };
    match is_there {
        Some(false) => {
            deleted::mark_deleted(context, account.id, intent.record.license).await?;
            Ok(Observed::Done(intent.record.license))
        }
        Some(true) if may_still_arrive(context, intent).await? => Ok(Observed::NotYet),
        Some(true) => Ok(Observed::NotDone),
        None => Ok(Observed::Undecided),
    }
}

/// Whether what was sent may still arrive. Of what a wrong clock dated in the future it is not known when it was sent: it
/// counts as sent now.
async fn may_still_arrive(context: &Context, intent: &Intent) -> Result<bool, AppError> {
    let (id, now) = (intent.id, context.clock.now());
    if now < intent.record.at {
        context.off_thread(move |vault| Ok(vault.library().redate_intent(id, now)?)).await?;
        return Ok(true);
    }
    Ok(is_recent(intent.record.at, now, MAY_STILL_ARRIVE_SECONDS))
}

/// Looks at once after no answer came, so that most often the user learns the outcome in the same breath.
pub(crate) async fn look_after(
    context: &Context,
    account: &Account,
    sending: ClaimedRequest,
    error: AppError,
) -> Result<Sent, AppError> {
    let unknown = Outcome::Unknown(error.report().code);
    // Where this cannot be written, neither can what a look shows: then the outcome stays unknown.
    let _noted = context.note(sending.verb(), Some(&account.name), None, sending.label(), unknown).await;
    let seen = look(context, account, sending.intent()).await;
    let looked = match seen {
        Ok(Some(Observed::Done(license))) => Ok(Sent::Done(license)),
        Ok(Some(Observed::NotDone | Observed::NotYet)) => {
            after_no_change(context, account, &sending, error).await
        }
        Ok(Some(Observed::Undecided) | None) | Err(_) => Ok(Sent::Unknown(error)),
    };
    drop(sending);
    looked
}

/// What a change came to that a look did not find: it failed where its vendor is done with it, and may still arrive
/// otherwise.
async fn after_no_change(
    context: &Context,
    account: &Account,
    sending: &ClaimedRequest,
    error: AppError,
) -> Result<Sent, AppError> {
    let error = error.after_seeing_no_change();
    if error.kind() == Kind::OutcomeUnknown {
        return Ok(Sent::Unknown(error));
    }
    end_intent(context, sending.intent()).await?;
    let failed = Outcome::Failed(error.report().code);
    context.note(sending.verb(), Some(&account.name), None, sending.label(), failed).await?;
    Err(error)
}

async fn look(context: &Context, account: &Account, id: IntentId) -> Result<Option<Observed>, AppError> {
    fetch::fetch(context, account.id).await?;
    let account = &context.account(account.id).await?;
    let settling = context.state::<Settling>().of(account.id);
    let _one_at_a_time = settling.lock().await;
    let intents = context.off_thread(|vault| Ok(vault.library().open_intents()?)).await?;
    match intents.iter().find(|intent| intent.id == id) {
        Some(intent) => Ok(Some(settle(context, account, intent).await?)),
        None => Ok(None),
    }
}
