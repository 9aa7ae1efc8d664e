//! Certificates: how one is wanted, what it certifies, and what helps to read one.

use crate::view::{CertificateView, CheckOutView, EntitlementView, SecretText, Verification};
use app::certificates::{CertificateStatus, ImportWith};
use license::{Expiry, LicenseKey, jwt};
use vendors::CheckOut;

/// How a certificate is wanted.
pub(crate) fn check_out(view: &CheckOutView) -> CheckOut {
    CheckOut {
        ttl: view.ttl_seconds.map(u64::from),
        entitlements: view.entitlements,
        encrypted: view.encrypted,
    }
}

/// What a certificate certifies.
pub(crate) fn certificate(seen: CertificateStatus) -> CertificateView {
    let entitlement = |one: license::Entitlement| EntitlementView { code: one.code, name: one.name };
    CertificateView {
        verified: verification(Some(seen.verified)),
        encrypted: seen.encrypted,
        issued: seen.issued.map(|at| at.to_string()),
        expires: seen.expires.map(|at| at.to_string()),
        expired: seen.is_expired,
        license_expires: seen.license_expires.and_then(Expiry::instant).map(|at| at.to_string()),
        license_never_expires: seen.license_expires == Some(Expiry::Never),
        entitlements: seen.entitlements.map(|all| all.into_iter().map(entitlement).collect()),
    }
}

/// Whether an issuer signed something; nothing where there is no signature to check.
pub(super) fn verification(verified: Option<jwt::Verification>) -> Verification {
    match verified {
        None => Verification::NotApplicable,
        Some(jwt::Verification::Verified) => Verification::Verified,
        Some(jwt::Verification::NotVerified) => Verification::NotVerified,
        Some(jwt::Verification::Failed) => Verification::Failed,
    }
}

/// What helps to read a certificate.
pub(crate) fn import_with(license_key: Option<SecretText>, issuer_key: Option<String>) -> ImportWith {
    let license_key = license_key.filter(|key| !key.expose().trim().is_empty());
    let license_key = license_key.map(|key| LicenseKey::new(key.into_text()));
    ImportWith { name: None, license_key, issuer_key }
}
