//! Deleting a license at its vendor: confirmed by its name, written down before it is sent, settled by looking.

use crate::changes::{
    Sent,
    claim::{self, ClaimedRequest},
    intent::{self, Payload},
    look_up,
};
use crate::context::{AppError, Context, Outcome, Verb};
use crate::listing::fetch::{self, Fetched};
use license::{AccountId, LicenseId, LicenseKey};
use vault::{Account, IntentVerb, LibraryError};
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
    claim::send_now(context, &sending, vec![vendor_id.to_owned()]).await?;
    let failed = Context::at(account, format!("deleting {label:?}"));
    match client.delete(&which).await {
        Ok(()) => Ok(deleted(context, account, label, id, sending).await),
        // A license that is not there is what was wanted; it was deleted elsewhere.
        Err(VendorError::NotFound { .. })
            if matches!(is_listed(context, account.id, vendor_id).await, Ok(Some(false))) =>
        {
            Ok(deleted(context, account, label, id, sending).await)
        }
        Err(error) if error.outcome_is_unknown() => {
            intent::look_after(context, account, sending, failed(error)).await
        }
        Err(error) => {
            intent::end_intent(context, sending.intent()).await?;
            let error = failed(error);
            let outcome = Outcome::Failed(error.report().code);
            context.note(Verb::Deleted, Some(&account.name), id, label, outcome).await?;
            Err(error)
        }
    }
}

async fn deleted(
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
    mark_deleted(context, account.id, id).await?;
    context.note(Verb::Deleted, Some(&account.name), id, label, Outcome::Done).await?;
    intent::end_intent(context, sending.intent()).await?;
    Ok(())
}

/// Whether a complete listing has a license; nothing where there is no such listing. A vendor may have the same words for a license
/// that is not there and for one that is not this login's to see, so that word alone proves nothing.
pub(crate) async fn is_listed(
    context: &Context,
    account: AccountId,
    vendor_id: &str,
) -> Result<Option<bool>, AppError> {
    let Fetched { unreadable: 0, missing: 0, .. } = fetch::fetch(context, account).await? else {
        return Ok(None);
    };
    let vendor_id = vendor_id.to_owned();
    context
        .off_thread(move |vault| {
            let known = vault.library().license_by_vendor_id(account, &vendor_id)?;
            Ok(Some(known.is_some_and(|stored| stored.gone_since.is_none())))
        })
        .await
}

/// Marks a license as gone on its vendor's word; its files, notes and history stay.
pub(crate) async fn mark_deleted(
    context: &Context,
    account: AccountId,
    id: Option<LicenseId>,
) -> Result<(), AppError> {
    let at = context.clock.now();
    context
        .off_thread(move |vault| match id.map(|id| vault.library().mark_gone(id, at)) {
            // It may have been taken out of the library meanwhile.
            None | Some(Ok(()) | Err(LibraryError::NoSuchLicense)) => Ok(()),
            Some(Err(error)) => Err(error.into()),
        })
        .await?;
    fetch::changed_at_vendor(context, account).await
}
