//! The public keys that verify license strings and certificates.

use crate::context::{AppError, Context, host::is_recent, state::SubjectState};
use jiff::Timestamp;
use license::{AccountId, IssuerKey, LicenseKey, jwt};
use std::{collections::HashMap, time::Duration};
use tokio::sync::Mutex;
use vault::{Account, StoredLicense, Vault};

/// The keys that issuers publish, by account.
#[derive(Debug, Default)]
pub(crate) struct Issuers(Mutex<HashMap<AccountId, Issuer>>);

impl SubjectState for Issuers {}

impl Issuers {
    /// Forgets what is known of accounts that were removed; not to be called on an async thread.
    pub(crate) fn retain(&self, is_kept: impl Fn(AccountId) -> bool) {
        self.0.blocking_lock().retain(|id, _| is_kept(*id));
    }

    /// Forgets everything.
    pub(crate) async fn clear(&self) {
        self.0.lock().await.clear();
    }
}

/// What is known of an issuer.
#[derive(Debug, Default, Clone)]
pub(crate) struct Issuer {
    /// Its keys, once it answered; nothing in them where an account's vendor publishes none.
    keys: Option<Option<jwt::IssuerKeys>>,
    /// When it gave no answer, since when it is left alone.
    silent_since: Option<Timestamp>,
}

/// How long a license's facts wait for the word whether its issuer signed it.
pub(crate) const ISSUER_PATIENCE: Duration = Duration::from_secs(1);

/// For how long an issuer that gave no answer is not asked again.
pub(crate) const ASK_AGAIN_AFTER_SECONDS: i64 = 60;

/// Whether a license JWT was signed by its issuer, as far as its keys are known. The issuer is asked once, and again
/// for a key that it did not publish then; one that gave no answer is left alone for a minute.
pub(crate) async fn verify(context: &Context, account: &Account, key: &LicenseKey) -> jwt::Verification {
    let known = context.state::<Issuers>().0.lock().await.get(&account.id).cloned().unwrap_or_default();
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
    context.state::<Issuers>().0.lock().await.insert(account.id, issuer);
    verified
}

pub(crate) async fn issuer_keys(
    context: &Context,
    account: &Account,
) -> Result<Option<jwt::IssuerKeys>, AppError> {
    let client = context.client(account).await?;
    client.issuer_keys().await.map_err(Context::at(account, "asking for the issuer's keys"))
}

/// The public key of the account that a license is from, where it is known.
pub(crate) fn issuer_of(vault: &Vault, stored: &StoredLicense) -> Result<Option<IssuerKey>, AppError> {
    let account = vault.library().account(stored.account)?;
    let text = account.as_ref().and_then(|account| account.fields.get(PUBLIC_KEY));
    Ok(text.and_then(|text| IssuerKey::parse(text).ok()))
}

/// Where an account's public key stands among its fields.
pub(crate) const PUBLIC_KEY: &str = "public-key";
