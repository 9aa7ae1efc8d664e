//! Certificates for use offline: checked out at the license's own vendor, and what an imported one certifies.

use crate::{Desk, DeskError, Event, Outcome, Verb};
use jiff::Timestamp;
use license::{
    Algorithm, Certificate, CertificateError, Certified, Entitlement, Expiry, IssuerKey, KeyForm, License,
    LicenseId, LicenseKey, Product,
    file::Format,
    jwt::Verification,
    key::{self, Recognised},
};
use serde_json::Value;
use std::{collections::BTreeMap, path::Path};
use vault::{Account, LockState, StoredLicense, Vault};
use vendors::{Certificates, CheckOut, ConnectError, Facet, products};

/// The least for which a certificate is checked out, in seconds (`protocols.md`, "AICA licensing", check-out).
const SHORTEST_TTL: u64 = 3600;
/// The format of a certificate's file.
const FORMAT: &str = Format::Certificate.word();
/// Where an account's public key stands among its fields.
const PUBLIC_KEY: &str = "public-key";
/// How an imported certificate's own facts are named among its license's.
const ISSUED: &str = "certificate-issued";
const EXPIRES: &str = "certificate-expires";
const LICENSE_EXPIRES: &str = "license-expires";
const ENCRYPTED: &str = "certificate-encrypted";

/// The facts of an imported certificate's license that are the certificate's own.
pub const CERTIFICATE_FACTS: [&str; 4] = [ISSUED, EXPIRES, LICENSE_EXPIRES, ENCRYPTED];

/// What a certificate certifies, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateSeen {
    /// Whether its issuer signed it; not verified where no public key is known.
    pub verified: Verification,
    /// Whether it is readable with the license key alone.
    pub encrypted: bool,
    /// When it was checked out.
    pub issued: Option<Timestamp>,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// Whether its own time is over.
    pub is_expired: bool,
    /// When its license ends; nothing where that is not told.
    pub license_expires: Option<Expiry>,
    /// What it entitles to; nothing where that was not included.
    pub entitlements: Option<Vec<Entitlement>>,
}

/// What helps to read a certificate that is brought in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportWith {
    /// What to call it.
    pub name: Option<String>,
    /// The license key that an encrypted certificate was checked out with.
    pub license_key: Option<LicenseKey>,
    /// The issuer's public key.
    pub issuer_key: Option<String>,
}

/// A certificate that was read for the library.
pub(crate) struct Read {
    /// The license as the certificate tells it, its end being the earlier of the two.
    pub license: License,
    /// What it certifies.
    pub seen: CertificateSeen,
}

impl Desk {
    /// Checks a certificate out, which is kept in memory for the file that is written from it: [`Format::Certificate`].
    pub async fn check_out(&self, id: LicenseId, terms: CheckOut) -> Result<CertificateSeen, DeskError> {
        if let Some(ttl) = terms.ttl.filter(|ttl| *ttl < SHORTEST_TTL) {
            return Err(DeskError::NotAChoice {
                param: "ttl".to_owned(),
                value: format!("{ttl} s"),
                possible: "one hour or more".to_owned(),
            });
        }
        let (stored, account) = self.license_and_account(id).await?;
        crate::export::refuse_gone(&stored)?;
        let label = stored.license.label().to_owned();
        let client = self.client(&account).await?;
        let no_facet = || DeskError::NoFacet { label: label.clone(), facet: Facet::Certificates.word() };
        let certificates = client.certificates().ok_or_else(no_facet)?;
        let doing = format!("checking out a certificate of {label:?}");
        let answer = certificates.check_out(&stored.license.vendor_id, &terms).await;
        let answer = self.answered(&account, doing, answer).await;
        let seen = match answer {
            Ok(checked) => {
                self.seen(&stored, &account, certificates, &checked.text).await.map(|seen| (checked, seen))
            }
            Err(error) => Err(error),
        };
        let outcome = match &seen {
            Ok((_, seen)) => seen.expires.map_or(Outcome::Done, |end| Outcome::With(format!("until {end}"))),
            Err(error) => Outcome::Failed(error.facts().code),
        };
        self.note(Verb::CheckedOut, Some(&account.name), Some(id), &label, outcome).await?;
        let (checked, seen) = seen?;
        self.checked_out.lock().await.insert(id, checked.text);
        self.host.emit(Event::LibraryChanged);
        Ok(seen)
    }

    /// What a certificate that was just checked out certifies.
    async fn seen(
        &self,
        stored: &StoredLicense,
        account: &Account,
        certificates: &dyn Certificates,
        text: &LicenseKey,
    ) -> Result<CertificateSeen, DeskError> {
        let unusable = |source| DeskError::Certificate { path: None, source };
        let certificate = Certificate::parse(text.expose()).map_err(unusable)?;
        let verified = match certificates.issuer() {
            Some(issuer) => certificate.verify(issuer).map(|()| Verification::Verified).map_err(unusable)?,
            None => Verification::NotVerified,
        };
        let key = match certificate.algorithm() {
            Algorithm::AesGcm => Some(self.key(stored, account).await?),
            Algorithm::Base64 => None,
        };
        let certified = certificate.open(key.as_ref()).map_err(unusable)?;
        Ok(seen(&certificate, &certified, verified, self.clock.now()))
    }

    /// The certificate that was checked out for a license since this program started.
    pub(crate) async fn checked_out(&self, stored: &StoredLicense) -> Result<LicenseKey, DeskError> {
        let held = self.checked_out.lock().await.get(&stored.id).cloned();
        held.ok_or_else(|| DeskError::NotCheckedOut { label: stored.license.label().to_owned() })
    }

    /// What an imported certificate certifies; nothing for any other license.
    pub async fn certificate(&self, id: LicenseId) -> Result<Option<CertificateSeen>, DeskError> {
        let (stored, _) = self.license_and_account(id).await?;
        if stored.key_form != Some(KeyForm::Certificate) {
            return Ok(None);
        }
        let now = self.clock.now();
        self.off_thread(move |vault| {
            let verified = match vault.lock().state()? {
                LockState::Unlocked(_) => verified_again(vault, id)?,
                LockState::New | LockState::Locked(_) => Verification::NotVerified,
            };
            Ok(Some(told(&stored, verified, now)))
        })
        .await
    }
}

/// Reads a certificate that is brought in. A signature that is by none of the known issuers is an error; where none is
/// known, it is not verified.
pub(crate) fn read(
    vault: &Vault,
    text: &LicenseKey,
    path: Option<&Path>,
    with: &ImportWith,
    now: Timestamp,
) -> Result<Read, DeskError> {
    let unusable = |source| DeskError::Certificate { path: path.map(Path::to_owned), source };
    let certificate = Certificate::parse(text.expose()).map_err(unusable)?;
    let given = given_issuer(with)?;
    let known = given.map_or_else(|| issuers(vault), |given| Ok(vec![given]))?;
    let verified = verification(&certificate, &known);
    if verified == Verification::Failed {
        return Err(unusable(CertificateError::NotGenuine));
    }
    let certified = opened(vault, &certificate, with).map_err(unusable_or(unusable))?;
    if let Some(given) = given {
        remember(vault, &given)?;
    }
    let seen = seen(&certificate, &certified, verified, now);
    Ok(Read { license: row(&certified, &seen), seen })
}

/// Why a certificate was not opened: for what it is, or for what the library did not tell.
enum Unopened {
    Certificate(CertificateError),
    Desk(DeskError),
}

fn unusable_or(unusable: impl Fn(CertificateError) -> DeskError) -> impl Fn(Unopened) -> DeskError {
    move |unopened| match unopened {
        Unopened::Certificate(error) => unusable(error),
        Unopened::Desk(error) => error,
    }
}

/// Opens a certificate with the key that was given, else with those that are kept.
fn opened(vault: &Vault, certificate: &Certificate, with: &ImportWith) -> Result<Certified, Unopened> {
    let given = with.license_key.as_ref().map(bare);
    if given.is_some() || certificate.algorithm() == Algorithm::Base64 {
        return certificate.open(given.as_ref()).map_err(Unopened::Certificate);
    }
    for key in kept_keys(vault).map_err(Unopened::Desk)? {
        match certificate.open(Some(&key)) {
            Err(CertificateError::OtherLicense) => {}
            opened => return opened.map_err(Unopened::Certificate),
        }
    }
    Err(Unopened::Certificate(CertificateError::NeedsKey))
}

/// The key itself of what was given as one, which may be the launcher's license file.
fn bare(given: &LicenseKey) -> LicenseKey {
    match key::recognise(given.expose()) {
        Ok(Recognised::Key { key, .. }) => key,
        Ok(Recognised::PortalToken(_) | Recognised::Address(_)) | Err(_) => {
            LicenseKey::new(given.expose().trim().to_owned())
        }
    }
}

/// The kept keys of licenses that certificates are checked out for.
fn kept_keys(vault: &Vault) -> Result<Vec<LicenseKey>, DeskError> {
    let mut keys = Vec::new();
    let certified = products::PRODUCTS.iter().filter(|known| known.formats.contains(&FORMAT));
    let mut licenses = Vec::new();
    for known in certified {
        licenses.extend(vault.library().licenses_of_product(&Product::from_word(known.product))?);
    }
    for stored in licenses {
        if stored.has_key && stored.key_form != Some(KeyForm::Certificate) {
            // One that was damaged opens nothing; it is told of where it is used.
            keys.extend(crate::keys::read_kept(vault, stored.id, false)?);
        }
    }
    Ok(keys)
}

/// The public keys that are known: the accounts' own, and those that were given with earlier certificates.
fn issuers(vault: &Vault) -> Result<Vec<IssuerKey>, DeskError> {
    let accounts = vault.library().accounts()?;
    let of_accounts = accounts.iter().filter_map(|account| account.fields.get(PUBLIC_KEY));
    let settings = vault.settings().read()?;
    let texts = of_accounts.chain(&settings.issuer_keys);
    Ok(texts.filter_map(|text| IssuerKey::parse(text).ok()).collect())
}

fn given_issuer(with: &ImportWith) -> Result<Option<IssuerKey>, DeskError> {
    let given = with.issuer_key.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let not_a_key = |_| DeskError::Connect(ConnectError::NotAPublicKey { field: "issuer-key" });
    given.map(|text| IssuerKey::parse(text).map_err(not_a_key)).transpose()
}

/// Keeps a public key that verified a certificate, for the next one.
fn remember(vault: &Vault, issuer: &IssuerKey) -> Result<(), DeskError> {
    if issuers(vault)?.contains(issuer) {
        return Ok(());
    }
    vault.settings().change(|settings| settings.issuer_keys.push(issuer.hex()))?;
    Ok(())
}

fn verification(certificate: &Certificate, known: &[IssuerKey]) -> Verification {
    match known {
        [] => Verification::NotVerified,
        known if known.iter().any(|issuer| certificate.verify(issuer).is_ok()) => Verification::Verified,
        _ => Verification::Failed,
    }
}

/// Whether a kept certificate is signed by an issuer, as far as they are known now.
fn verified_again(vault: &Vault, id: LicenseId) -> Result<Verification, DeskError> {
    let Some(text) = crate::keys::read_kept(vault, id, true)? else { return Ok(Verification::NotVerified) };
    let Ok(certificate) = Certificate::parse(text.expose()) else { return Ok(Verification::Failed) };
    Ok(verification(&certificate, &issuers(vault)?))
}

fn seen(
    certificate: &Certificate,
    certified: &Certified,
    verified: Verification,
    now: Timestamp,
) -> CertificateSeen {
    CertificateSeen {
        verified,
        encrypted: certificate.algorithm() == Algorithm::AesGcm,
        issued: Some(certified.issued),
        expires: certified.expires,
        is_expired: certified.is_expired(now),
        license_expires: certified.license.expiry,
        entitlements: certified.license.entitlements.clone(),
    }
}

/// The license of a certificate as the library lists it, with the certificate's own facts beside it.
fn row(certified: &Certified, seen: &CertificateSeen) -> License {
    let mut license = certified.license.clone();
    let told = [
        (ISSUED, seen.issued.map(|at| at.to_string())),
        (EXPIRES, seen.expires.map(|at| at.to_string())),
        (
            LICENSE_EXPIRES,
            seen.license_expires.map(|end| end.instant().map_or("never".to_owned(), |at| at.to_string())),
        ),
    ];
    let told = told.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::String(text?))));
    license.limits.extend(told);
    license.limits.insert(ENCRYPTED.to_owned(), seen.encrypted.into());
    license.expiry = certified.usable_until();
    license
}

/// What the library tells of an imported certificate.
fn told(stored: &StoredLicense, verified: Verification, now: Timestamp) -> CertificateSeen {
    let limits = &stored.license.limits;
    let expires = instant(limits, EXPIRES);
    let never = limits.get(LICENSE_EXPIRES).is_some_and(|told| told == "never").then_some(Expiry::Never);
    CertificateSeen {
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
