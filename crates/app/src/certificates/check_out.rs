//! Certificates for use offline: checked out at the license's own vendor, and what an imported one certifies.

use crate::certificates::{
    read,
    status::{CertificateStatus, ENCRYPTED, EXPIRES, ISSUED, LICENSE_EXPIRES, certified_by},
};
use crate::context::{AppError, Context, Outcome, Verb, state::SubjectState};
use crate::listing::license_key;
use async_trait::async_trait;
use std::collections::{BTreeMap, HashMap};
use tokio::sync::Mutex;

use jiff::Timestamp;
use license::{Algorithm, Certificate, Expiry, KeyForm, LicenseId, LicenseKey, jwt::Verification};
use serde_json::Value;
use vault::{Account, LockState, StoredLicense};
use vendors::{Certificates, CheckOut, Facet};

/// The least for which a certificate is checked out, in seconds (`docs/protocols.md`, "Check out a certificate").
const SHORTEST_TTL: u64 = 3600;

/// The certificates that were checked out since the program started, for the files that are written from them.
#[derive(Debug, Default)]
pub(crate) struct CheckedOut(Mutex<HashMap<LicenseId, LicenseKey>>);

#[async_trait]
impl SubjectState for CheckedOut {
    async fn end_session(&self) {
        self.0.lock().await.clear();
    }
}

impl CheckedOut {
    /// The licenses that have one.
    pub(crate) async fn licenses(&self) -> Vec<LicenseId> {
        self.0.lock().await.keys().copied().collect()
    }

    /// Drops the certificate of a license, which is in its file now.
    pub(crate) async fn remove(&self, id: LicenseId) {
        self.0.lock().await.remove(&id);
    }
}

/// Checks a certificate out, which is kept in memory for the file that is written from it.
pub async fn check_out(
    context: &Context,
    id: LicenseId,
    terms: CheckOut,
) -> Result<CertificateStatus, AppError> {
    if terms.ttl.is_some_and(|ttl| ttl < SHORTEST_TTL) {
        return Err(AppError::CertificateTooShort);
    }
    let (stored, account) = context.license_and_account(id).await?;
    crate::files::formats::refuse_gone(&stored)?;
    let label = stored.license.label().to_owned();
    let client = context.client(&account).await?;
    let no_facet = || AppError::NoFacet { label: label.clone(), facet: Facet::Certificates.word() };
    let certificates = client.certificates().ok_or_else(no_facet)?;
    let doing = format!("checking out a certificate of {label:?}");
    let answer = certificates.check_out(&stored.license.vendor_id, &terms).await;
    let answer = context.answered(&account, doing, answer).await;
    let seen = match answer {
        Ok(checked) => {
            seen(context, &stored, &account, certificates, &checked.text).await.map(|seen| (checked, seen))
        }
        Err(error) => Err(error),
    };
    let outcome = match &seen {
        Ok((_, seen)) => {
            seen.expires.map_or(Outcome::Done, |end| Outcome::With(format!("until {}", end.strftime("%F"))))
        }
        Err(error) => Outcome::Failed(error.report().code),
    };
    // It is at hand before the note of it makes the window ask.
    if let Ok((checked, _)) = &seen {
        context.state::<CheckedOut>().0.lock().await.insert(id, checked.text.clone());
    }
    context.note(Verb::CheckedOut, Some(&account.name), Some(id), &label, outcome).await?;
    Ok(seen?.1)
}

/// What a certificate that was just checked out certifies.
async fn seen(
    context: &Context,
    stored: &StoredLicense,
    account: &Account,
    certificates: &dyn Certificates,
    text: &LicenseKey,
) -> Result<CertificateStatus, AppError> {
    let unusable = |source| AppError::Certificate { path: None, source };
    let certificate = Certificate::parse(text.expose()).map_err(unusable)?;
    let verified = match certificates.issuer() {
        Some(issuer) => certificate.verify(issuer).map(|()| Verification::Verified).map_err(unusable)?,
        None => Verification::NotVerified,
    };
    let key = match certificate.algorithm() {
        Algorithm::AesGcm => Some(license_key::key(context, stored, account).await?),
        Algorithm::Base64 => None,
    };
    let certified = certificate.open(key.as_ref()).map_err(unusable)?;
    Ok(certified_by(&certificate, &certified, verified, context.clock.now()))
}

/// The certificate that was checked out for a license since this program started.
pub(crate) async fn checked_out(context: &Context, stored: &StoredLicense) -> Result<LicenseKey, AppError> {
    let held = context.state::<CheckedOut>().0.lock().await.get(&stored.id).cloned();
    held.ok_or_else(|| AppError::NotCheckedOut { label: stored.license.label().to_owned() })
}

/// What an imported certificate certifies; nothing for any other license.
pub async fn certificate(context: &Context, id: LicenseId) -> Result<Option<CertificateStatus>, AppError> {
    let (stored, _) = context.license_and_account(id).await?;
    if stored.key_form != Some(KeyForm::Certificate) {
        return Ok(None);
    }
    let now = context.clock.now();
    context
        .off_thread(move |vault| {
            let verified = match vault.lock().state()? {
                LockState::Unlocked(_) => read::verified_again(vault, id)?,
                LockState::New | LockState::Locked(_) | LockState::SlotsLost => Verification::NotVerified,
            };
            Ok(Some(told(&stored, verified, now)))
        })
        .await
}

/// What the library tells of an imported certificate.
fn told(stored: &StoredLicense, verified: Verification, now: Timestamp) -> CertificateStatus {
    let limits = &stored.license.limits;
    let expires = instant(limits, EXPIRES);
    let never = limits.get(LICENSE_EXPIRES).is_some_and(|told| told == "never").then_some(Expiry::Never);
    CertificateStatus {
        verified,
        encrypted: limits.get(ENCRYPTED).and_then(Value::as_bool).unwrap_or(false),
        issued: instant(limits, ISSUED),
        expires,
        is_expired: expires.is_some_and(|end| end <= now),
        license_expires: instant(limits, LICENSE_EXPIRES).map(Expiry::On).or(never),
        entitlements: stored.license.entitlements.clone(),
    }
}

fn instant(limits: &BTreeMap<String, Value>, name: &str) -> Option<Timestamp> {
    limits.get(name)?.as_str()?.parse().ok()
}
