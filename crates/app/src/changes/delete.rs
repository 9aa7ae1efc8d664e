//! Deleting a license at its vendor: confirmed by its name, written down before it is sent, settled by looking.

use crate::changes::{
    Sent, claim, deleted,
    in_flight::{ClaimedRequest, note_sent},
    intent, look_up,
    open_intents::end_intent,
    payload::Payload,
};
use crate::context::{AppError, Context, Outcome, Verb};
use license::{LicenseId, LicenseKey};
use vault::{Account, IntentVerb};
use vendors::{Reference, VendorError};

/// Deletes a license at its vendor; `typed` must be its label.
pub async fn delete(context: &Context, id: LicenseId, typed: &str) -> Result<Sent, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let label = stored.license.label().to_owned();
    crate::context::confirmed(typed, &label)?;
    let which = Reference::Id(stored.license.vendor_id.clone());
    send_delete(context, &account, &label, Some(id), &stored.license.vendor_id, which).await
}

/// Deletes the license that a key belongs to, by the key itself.
pub async fn delete_by_key(
    context: &Context,
    account: &Account,
    key: LicenseKey,
    typed: &str,
) -> Result<Sent, AppError> {
    let key = look_up::given(&key)?;
    let found = look_up::look_up(context, account, key.clone()).await?;
    let label = found.license.label().to_owned();
    crate::context::confirmed(typed, &label)?;
    let vendor_id = found.license.vendor_id.clone();
    send_delete(context, account, &label, found.id, &vendor_id, Reference::Key(key)).await
}

async fn send_delete(
    context: &Context,
    account: &Account,
    label: &str,
    id: Option<LicenseId>,
    vendor_id: &str,
    which: Reference,
) -> Result<Sent, AppError> {
    let client = context.client(account).await?;
    if !context.registry.description(&account.provider)?.deletes {
        let unsupported = VendorError::Unsupported { what: "deleting a license" };
        return Err(Context::at(account, format!("deleting {label:?}"))(unsupported));
    }
    let payload = Payload { label: label.to_owned(), vendor_id: Some(vendor_id.to_owned()) };
    let sending = claim::claim(context, account.id, IntentVerb::Delete, id, payload).await?;
    note_sent(context, &sending, vec![vendor_id.to_owned()]).await?;
    let failed = Context::at(account, format!("deleting {label:?}"));
    match client.delete(&which).await {
        Ok(()) => Ok(finish_delete(context, account, label, id, sending).await),
        // A license that is not there is what was wanted; it was deleted elsewhere.
        Err(VendorError::NotFound { .. })
            if matches!(deleted::is_listed(context, account.id, vendor_id).await, Ok(Some(false))) =>
        {
            Ok(finish_delete(context, account, label, id, sending).await)
        }
        Err(error) if error.outcome_is_unknown() => {
            intent::look_after(context, account, sending, failed(error)).await
        }
        Err(error) => {
            end_intent(context, sending.intent()).await?;
            let error = failed(error);
            let outcome = Outcome::Failed(error.report().code);
            context.note(Verb::Deleted, Some(&account.name), id, label, outcome).await?;
            Err(error)
        }
    }
}

async fn finish_delete(
    context: &Context,
    account: &Account,
    label: &str,
    id: Option<LicenseId>,
    sending: ClaimedRequest,
) -> Sent {
    match note_deleted(context, account, label, id, &sending).await {
        Ok(()) => Sent::Done(id),
        Err(why) => Sent::Unknown(AppError::not_recorded(account, format!("deleting {label:?}"))(why)),
    }
}

/// Marks a license as deleted. The intent goes last: until then, the next look finds it gone.
async fn note_deleted(
    context: &Context,
    account: &Account,
    label: &str,
    id: Option<LicenseId>,
    sending: &ClaimedRequest,
) -> Result<(), AppError> {
    deleted::mark_deleted(context, account.id, id).await?;
    context.note(Verb::Deleted, Some(&account.name), id, label, Outcome::Done).await?;
    end_intent(context, sending.intent()).await?;
    Ok(())
}
