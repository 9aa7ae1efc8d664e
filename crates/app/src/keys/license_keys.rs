//! License keys at hand: from the library, else from the vendor; shown, copied and verified.

use crate::changes::intent;
use crate::context::{AppError, Context, Event, Outcome, Verb, host::is_recent};
use jiff::{Timestamp, ToSpan};
use license::{AccountId, KeyForm, LicenseId, LicenseKey, jwt, key};
use std::{collections::HashMap, time::Duration};
use vault::{Account, FILES_PROVIDER, LockState, SecretError, SecretKind, SecretOwner, StoredLicense, Vault};
use vendors::Reference;

/// How long a copied key stays on the clipboard.
pub const CLIPBOARD_SECONDS: u32 = 10;

/// How long a revealed key stays on the screen.
pub const REVEAL_SECONDS: u32 = 30;

/// How long a license's facts wait for the word whether its issuer signed it.
const ISSUER_PATIENCE: Duration = Duration::from_secs(1);

/// A key on the clipboard.
#[derive(Debug)]
pub(crate) struct Copied {
    key: LicenseKey,
    until: Timestamp,
}

/// For how long an issuer that gave no answer is not asked again.
const ASK_AGAIN_AFTER_SECONDS: i64 = 60;

/// The keys that issuers publish, by account.
pub(crate) type Issuers = HashMap<AccountId, Issuer>;

/// What is known of an issuer.
#[derive(Debug, Default, Clone)]
pub(crate) struct Issuer {
    /// Its keys, once it answered; nothing in them where an account's vendor publishes none.
    keys: Option<Option<jwt::IssuerKeys>>,
    /// When it gave no answer, since when it is left alone.
    silent_since: Option<Timestamp>,
}

/// The key of a license: the kept one, else the vendor is asked and its answer kept. Where a fact changed since the
/// key was kept, the vendor is asked for the present one; as long as it cannot be, the kept one is what there is
/// ([`StoredLicense::key_is_stale`] tells so).
pub(crate) async fn key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<LicenseKey, AppError> {
    let kept = kept_key(context, stored, account).await?;
    match (present_key(context, stored, account, kept.clone()).await, kept) {
        (Err(error), Some(kept)) if error.is_of_the_vendor() => Ok(kept),
        (present, _) => present,
    }
}

/// The key as its vendor has it now: the kept one is asked for anew where it is stale, and a failure is told.
pub(crate) async fn present_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    kept: Option<LicenseKey>,
) -> Result<LicenseKey, AppError> {
    let is_imported = account.provider == FILES_PROVIDER;
    let fetched = match &kept {
        Some(_) if is_imported || !stored.key_is_stale => None,
        None if is_imported => None,
        Some(_) | None => fetch_key(context, stored, account).await?,
    };
    // A vendor that has no key to give says nothing against the one that is kept.
    fetched.or(kept).ok_or_else(|| AppError::NoKey { label: stored.license.label().to_owned() })
}

/// The key that is kept. One that was damaged counts as none where there is a vendor to ask.
pub(crate) async fn kept_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<Option<LicenseKey>, AppError> {
    if is_lost(stored, account) {
        return Err(AppError::KeyNotKept { label: stored.license.label().to_owned() });
    }
    context.unlock_without_prompt().await?;
    let (id, is_imported) = (stored.id, account.provider == FILES_PROVIDER);
    context.off_thread(move |vault| read_kept(vault, id, is_imported)).await
}

/// Asks the vendor for a license's key and keeps it; facts that came with it are taken over too.
pub(crate) async fn fetch_key(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
) -> Result<Option<LicenseKey>, AppError> {
    let client = context.client(account).await?;
    let which = Reference::Id(stored.license.vendor_id.clone());
    let doing = format!("fetching the key of {:?}", stored.license.label());
    let found = client.get(&which).await.map_err(Context::at(account, doing))?;
    let key = found.key.clone();
    if !context.is_read_only() {
        intent::take_found(context, account.id, found).await?;
    }
    Ok(key)
}

/// Shows a key. Written down as an activity.
pub async fn reveal(context: &Context, id: LicenseId) -> Result<LicenseKey, AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let key = key(context, &stored, &account).await?;
    context
        .note(Verb::Revealed, Some(&account.name), Some(id), stored.license.label(), Outcome::Done)
        .await?;
    Ok(key)
}

/// Puts a key on the clipboard, kept out of its histories, and takes it off again after [`CLIPBOARD_SECONDS`]
/// if it is still there.
pub async fn copy_key(context: &Context, id: LicenseId) -> Result<(), AppError> {
    let (stored, account) = context.license_and_account(id).await?;
    let key = key(context, &stored, &account).await?;
    context.host.copy(key.expose(), true)?;
    let until = context.clock.now() + i64::from(CLIPBOARD_SECONDS).seconds();
    *context.copied.lock().await = Some(Copied { key, until });
    let owned = context.clone();
    tokio::spawn(async move {
        owned.clock.sleep_until(until).await;
        // What was copied meanwhile has a time of its own.
        if owned.copied.lock().await.as_ref().is_some_and(|copied| copied.until <= until) {
            clear_copied(&owned).await;
        }
    });
    context.note(Verb::Copied, Some(&account.name), Some(id), stored.license.label(), Outcome::Done).await
}

/// Takes a copied key off the clipboard if it is still there; also what the program does when it ends.
pub async fn clear_copied(context: &Context) {
    let Some(Copied { key, .. }) = context.copied.lock().await.take() else { return };
    if let Ok(true) = context.host.clear_copied(key.expose()) {
        context.host.emit(Event::ClipboardCleared);
    }
}

/// Takes a key off the clipboard that must not be used any more.
pub(crate) async fn clear_copied_if(context: &Context, leaked: &LicenseKey) {
    let is_copied = |copied: &Copied| copied.key.expose() == leaked.expose();
    if context.copied.lock().await.as_ref().is_some_and(is_copied) {
        clear_copied(context).await;
    }
}

/// Whether a license JWT was signed by its issuer, as far as its keys are known. The issuer is asked once, and again
/// for a key that it did not publish then; one that gave no answer is left alone for a minute.
pub(crate) async fn verify(context: &Context, account: &Account, key: &LicenseKey) -> jwt::Verification {
    let known = context.issuers.lock().await.get(&account.id).cloned().unwrap_or_default();
    let verified = match &known.keys {
        Some(Some(keys)) => jwt::verify(key.expose(), keys),
        Some(None) => return jwt::Verification::NotVerified,
        None => jwt::Verification::NotVerified,
    };
    let now = context.clock.now();
    let is_left_alone =
        known.silent_since.is_some_and(|since| is_recent(since, now, ASK_AGAIN_AFTER_SECONDS));
    if verified != jwt::Verification::NotVerified || is_left_alone {
        return verified;
    }
    let asked = tokio::time::timeout(ISSUER_PATIENCE, issuer_keys(context, account)).await;
    let issuer = match asked {
        Ok(Ok(keys)) => Issuer { keys: Some(keys), silent_since: None },
        Ok(Err(_)) | Err(_) => {
            let silent_since = Some(context.clock.now());
            Issuer { silent_since, ..known }
        }
    };
    let keys = issuer.keys.as_ref().and_then(Option::as_ref);
    let verified = keys.map_or(jwt::Verification::NotVerified, |keys| jwt::verify(key.expose(), keys));
    context.issuers.lock().await.insert(account.id, issuer);
    verified
}

async fn issuer_keys(context: &Context, account: &Account) -> Result<Option<jwt::IssuerKeys>, AppError> {
    let client = context.client(account).await?;
    client.issuer_keys().await.map_err(Context::at(account, "asking for the issuer's keys"))
}

/// Whether a license's key was brought in for a session that is over, and is nowhere to be fetched from.
pub(crate) fn is_lost(stored: &StoredLicense, account: &Account) -> bool {
    account.provider == FILES_PROVIDER && !stored.has_key
}

/// Reads a kept key. One that was damaged counts as none, unless nobody else has it.
pub(crate) fn read_kept(
    vault: &Vault,
    id: LicenseId,
    is_imported: bool,
) -> Result<Option<LicenseKey>, AppError> {
    match vault.library().license_key(id) {
        Err(SecretError::Tampered { .. }) if !is_imported => Ok(None),
        read => Ok(read?),
    }
}

/// Seals a key while secrets are unlocked; while they are not, the vendor is asked again when it is needed.
pub(crate) fn keep(vault: &Vault, id: LicenseId, key: &LicenseKey) -> Result<(), AppError> {
    if let LockState::Unlocked(_) = vault.lock().state()? {
        vault.library().put_secret(SecretOwner::License(id), SecretKind::Key, key.expose())?;
        vault.library().set_key_form(id, form_of(key))?;
    }
    Ok(())
}

pub(crate) fn form_of(key: &LicenseKey) -> KeyForm {
    match key::recognise(key.expose()) {
        Ok(key::Recognised::Key { form, .. }) => form,
        // What a vendor hands out as a license string is a JWT; its inside is not documented.
        Ok(key::Recognised::PortalToken(_) | key::Recognised::Address(_)) | Err(_) => KeyForm::Jwt,
    }
}
