//! What a certificate certifies.

use jiff::Timestamp;
use license::{Algorithm, Certificate, Certified, Entitlement, Expiry, jwt::Verification};

/// How an imported certificate's own facts are named among its license's.
pub(super) const ISSUED: &str = "certificate-issued";
pub(super) const EXPIRES: &str = "certificate-expires";
pub(super) const LICENSE_EXPIRES: &str = "license-expires";
pub(super) const ENCRYPTED: &str = "certificate-encrypted";

/// The facts of an imported certificate's license that are the certificate's own.
pub const CERTIFICATE_FACTS: [&str; 4] = [ISSUED, EXPIRES, LICENSE_EXPIRES, ENCRYPTED];

/// What a certificate certifies, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateStatus {
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

/// What an opened certificate certifies.
pub(crate) fn certified_by(
    certificate: &Certificate,
    certified: &Certified,
    verified: Verification,
    now: Timestamp,
) -> CertificateStatus {
    CertificateStatus {
        verified,
        encrypted: certificate.algorithm() == Algorithm::AesGcm,
        issued: Some(certified.issued),
        expires: certified.expires,
        is_expired: certified.is_expired(now),
        license_expires: certified.license.expiry,
        entitlements: certified.license.entitlements.clone(),
    }
}
