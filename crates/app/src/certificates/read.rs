//! Reading a certificate that is brought in: verified against the issuers that are known, opened with what is at hand.

use crate::certificates::status::{
    CertificateStatus, ENCRYPTED, EXPIRES, ISSUED, LICENSE_EXPIRES, certified_by,
};
use crate::context::AppError;
use crate::keys::issuers::PUBLIC_KEY;
use jiff::Timestamp;
use license::{
    Algorithm, Certificate, CertificateError, Certified, IssuerKey, KeyForm, License, LicenseId, LicenseKey,
    Product,
    file::Format,
    jwt::Verification,
    key::{self, Recognised},
    pasted,
};
use serde_json::Value;
use std::path::Path;
use vault::{StoredLicense, Vault};
use vendors::{ConnectError, ProductForms, Registry};

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
    pub seen: CertificateStatus,
}

/// Reads a certificate that is brought in. A signature that is by none of the known issuers is an error; where none is
/// known, it is not verified.
pub(crate) fn read(
    vault: &Vault,
    registry: Registry,
    text: &LicenseKey,
    path: Option<&Path>,
    with: &ImportWith,
    now: Timestamp,
) -> Result<Read, AppError> {
    let unusable = |source| AppError::Certificate { path: path.map(Path::to_owned), source };
    let certificate = Certificate::parse(text.expose()).map_err(unusable)?;
    let given = given_issuer(with)?;
    let known = given.map_or_else(|| issuers(vault), |given| Ok(vec![given]))?;
    let verified = verification(&certificate, &known);
    if verified == Verification::Failed {
        return Err(unusable(CertificateError::NotGenuine));
    }
    let certified = opened(vault, registry, &certificate, with).map_err(unusable_or(unusable))?;
    if let Some(given) = given {
        remember(vault, &given)?;
    }
    let seen = certified_by(&certificate, &certified, verified, now);
    Ok(Read { license: row(&certified, &seen), seen })
}

/// Why a certificate was not opened: for what it is, or for what the library did not tell.
enum Unopened {
    Certificate(CertificateError),
    App(AppError),
}

fn unusable_or(unusable: impl Fn(CertificateError) -> AppError) -> impl Fn(Unopened) -> AppError {
    move |unopened| match unopened {
        Unopened::Certificate(error) => unusable(error),
        Unopened::App(error) => error,
    }
}

/// Opens a certificate with the key that was given, else with those that are kept.
fn opened(
    vault: &Vault,
    registry: Registry,
    certificate: &Certificate,
    with: &ImportWith,
) -> Result<Certified, Unopened> {
    let given = with.license_key.as_ref().map(bare);
    if given.is_some() || certificate.algorithm() == Algorithm::Base64 {
        return certificate.open(given.as_ref()).map_err(Unopened::Certificate);
    }
    for stored in with_certificates(vault, registry).map_err(Unopened::App)? {
        // One that was damaged opens nothing; it is told of where it is used.
        let kept = crate::keys::license_keys::read_kept(vault, stored.id, false).map_err(Unopened::App)?;
        match kept.map(|key| certificate.open(Some(&key))) {
            None | Some(Err(CertificateError::OtherLicense)) => {}
            Some(opened) => return opened.map_err(Unopened::Certificate),
        }
    }
    Err(Unopened::Certificate(CertificateError::NeedsKey))
}

/// The key itself of what was given as one, which may be a license file's text.
fn bare(given: &LicenseKey) -> LicenseKey {
    match key::recognise(given.expose()) {
        Ok(Recognised::Key { key, .. }) => key,
        Ok(Recognised::PortalToken(_) | Recognised::Address(_)) | Err(_) => {
            LicenseKey::new(pasted::key(given.expose()).into_owned())
        }
    }
}

/// The licenses that certificates are checked out for and whose key is kept.
fn with_certificates(vault: &Vault, registry: Registry) -> Result<Vec<StoredLicense>, AppError> {
    let mut licenses = Vec::new();
    let has_certificates =
        |known: &&ProductForms| known.formats().any(|format| format == Format::Certificate);
    for known in registry.products().filter(has_certificates) {
        licenses.extend(vault.library().licenses_of_product(&Product::from_word(known.product))?);
    }
    licenses.retain(|stored| stored.has_key && stored.key_form != Some(KeyForm::Certificate));
    Ok(licenses)
}

/// The public keys that are known: the accounts' own, and those that were given with earlier certificates.
fn issuers(vault: &Vault) -> Result<Vec<IssuerKey>, AppError> {
    let accounts = vault.library().accounts()?;
    let of_accounts = accounts.iter().filter_map(|account| account.fields.get(PUBLIC_KEY));
    let settings = vault.settings().read();
    let texts = of_accounts.chain(&settings.issuer_keys);
    Ok(texts.filter_map(|text| IssuerKey::parse(text).ok()).collect())
}

fn given_issuer(with: &ImportWith) -> Result<Option<IssuerKey>, AppError> {
    let given = with.issuer_key.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let not_a_key = |_| AppError::Connect(ConnectError::NotAPublicKey { field: "issuer-key" });
    given.map(|text| IssuerKey::parse(text).map_err(not_a_key)).transpose()
}

/// Keeps a public key that verified a certificate, for the next one.
fn remember(vault: &Vault, issuer: &IssuerKey) -> Result<(), AppError> {
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
pub(super) fn verified_again(vault: &Vault, id: LicenseId) -> Result<Verification, AppError> {
    let Some(text) = crate::keys::license_keys::read_kept(vault, id, true)? else {
        return Ok(Verification::NotVerified);
    };
    let Ok(certificate) = Certificate::parse(text.expose()) else { return Ok(Verification::Failed) };
    Ok(verification(&certificate, &issuers(vault)?))
}

/// The license of a certificate as the library lists it, with the certificate's own facts beside it.
fn row(certified: &Certified, seen: &CertificateStatus) -> License {
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
