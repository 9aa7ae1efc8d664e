//! License files checked out for offline use: signed, and encrypted under the license key where that was asked for.

use crate::License;
use jiff::Timestamp;

/// How a certificate's content is kept; both are signed with Ed25519.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `base64+ed25519`: readable by anyone.
    Base64,
    /// `aes-256-gcm+ed25519`: readable with the license key.
    AesGcm,
}

/// Why a certificate cannot be used. Never holds text of the certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// A part of it cannot be read.
    #[error("the certificate's {part} cannot be read")]
    Malformed {
        /// `envelope`, `base64`, `json`, `signature`, `content` or `dates`.
        part: &'static str,
    },
    /// It is signed or encrypted in a way that is not supported.
    #[error("the certificate uses {algorithm:?}, which is not supported")]
    Unsupported {
        /// The algorithm that it names.
        algorithm: String,
    },
    /// It is not signed by this issuer.
    #[error("the certificate is not signed by this issuer")]
    NotGenuine,
    /// It is encrypted, and no license key was given.
    #[error("the certificate is encrypted: its license key is needed")]
    NeedsKey,
    /// It is encrypted under another license key.
    #[error("the certificate is encrypted for another license")]
    OtherLicense,
}

/// What a certificate certifies.
#[derive(Debug, Clone, PartialEq)]
pub struct Certified {
    /// The license, with its entitlements where they were included.
    pub license: License,
    /// When the certificate was checked out.
    pub issued: Timestamp,
    /// When the certificate, not the license, ends.
    pub expires: Option<Timestamp>,
    /// For how many seconds it was checked out.
    pub ttl: Option<u64>,
}
