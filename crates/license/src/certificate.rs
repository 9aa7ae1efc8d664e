//! License files checked out for offline use: signed, and encrypted under the license key where that was asked for
//! (`docs/protocols.md`, "Check out a certificate").

use crate::{Expiry, IssuerKey, License, LicenseKey, resource};
use aes_gcm::{Aes256Gcm, KeyInit as _, aead::Aead as _};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use errors_derive::Declared;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A certificate's first line.
pub(crate) const BEGIN: &str = "-----BEGIN LICENSE FILE-----";
/// A certificate's last line.
pub(crate) const END: &str = "-----END LICENSE FILE-----";
/// What stands before the content where it is signed.
const SIGNED: &str = "license/";
/// The bytes of an AES-GCM nonce, of its tag, and of an Ed25519 signature.
const NONCE: usize = 12;
const TAG: usize = 16;
const SIGNATURE: usize = 64;
/// The longest name of an algorithm that is repeated.
const LONGEST_NAME: usize = 40;

/// How a certificate's content is kept; both are signed with Ed25519.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `base64+ed25519`: readable by anyone.
    Base64,
    /// `aes-256-gcm+ed25519`: readable with the license key.
    AesGcm,
}

/// Why a certificate cannot be used. Never holds text of the certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Declared)]
pub enum CertificateError {
    /// A part of the certificate cannot be read.
    #[error("the certificate's {part} cannot be read")]
    #[declared(
        "certificate-malformed",
        args(part),
        help = "it may be damaged or changed: get the whole file again, from its first line to its last"
    )]
    Malformed {
        /// `envelope`, `base64`, `json`, `signature`, `content` or `dates`.
        part: &'static str,
    },
    /// The certificate is signed or encrypted in a way that Licet does not support.
    #[error("the certificate uses {algorithm:?}, which is not supported")]
    #[declared(
        "certificate-unsupported",
        args(algorithm),
        help = "check it out with Ed25519: nothing else is supported; if it was, the file may be damaged or changed"
    )]
    Unsupported {
        /// The algorithm that it names.
        algorithm: String,
    },
    /// The certificate is not signed by an issuer that Licet knows.
    #[error("the certificate is not signed by this issuer")]
    #[declared(
        "certificate-not-genuine",
        help = "do not use it; if it is from another issuer, give the issuer's public key"
    )]
    NotGenuine,
    /// The certificate is encrypted, and its license key is needed.
    #[error("the certificate is encrypted: its license key is needed")]
    #[declared("certificate-needs-key", help = "give its license key")]
    NeedsKey,
    /// The certificate is encrypted for another license.
    #[error("the certificate is encrypted for another license")]
    #[declared("certificate-other-license", help = "give the license key that it was checked out with")]
    OtherLicense,
}

/// A certificate as it came: of the right form, not yet verified.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    enc: Zeroizing<String>,
    signature: Vec<u8>,
    algorithm: Algorithm,
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
    /// The license key, where the certificate contains it.
    pub key: Option<LicenseKey>,
}

/// What stands between a certificate's first and last line.
#[derive(Deserialize)]
struct Envelope {
    enc: String,
    sig: String,
    alg: String,
}

impl Algorithm {
    /// The name that certificates have of it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Base64 => "base64+ed25519",
            Self::AesGcm => "aes-256-gcm+ed25519",
        }
    }

    fn from_word(word: &str) -> Result<Self, CertificateError> {
        let known = [Self::Base64, Self::AesGcm].into_iter().find(|known| known.word() == word);
        known.ok_or_else(|| CertificateError::Unsupported {
            algorithm: word.chars().filter(char::is_ascii_graphic).take(LONGEST_NAME).collect(),
        })
    }
}

impl Certificate {
    /// Reads a certificate's text; how its lines end, and whether it has any, does not matter.
    pub fn parse(text: &str) -> Result<Self, CertificateError> {
        let body = text.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
        let body = body.ok_or(malformed("envelope"))?;
        let body: Zeroizing<String> =
            Zeroizing::new(body.chars().filter(|c| !c.is_ascii_whitespace()).collect());
        let json = Zeroizing::new(BASE64_STANDARD.decode(body.as_bytes()).map_err(|_| malformed("base64"))?);
        let envelope: Envelope = serde_json::from_slice(&json).map_err(|_| malformed("json"))?;
        let algorithm = Algorithm::from_word(&envelope.alg)?;
        let signature = BASE64_STANDARD.decode(envelope.sig).map_err(|_| malformed("signature"))?;
        if signature.len() != SIGNATURE {
            return Err(malformed("signature"));
        }
        Ok(Self { enc: Zeroizing::new(envelope.enc), signature, algorithm })
    }

    /// How its content is kept.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether it is signed by an issuer.
    pub fn verify(&self, key: &IssuerKey) -> Result<(), CertificateError> {
        let message = Zeroizing::new(format!("{SIGNED}{}", self.enc.as_str()));
        if key.verifies(message.as_bytes(), &self.signature) {
            Ok(())
        } else {
            Err(CertificateError::NotGenuine)
        }
    }

    /// Reads the content; an encrypted one under the license key.
    pub fn open(&self, key: Option<&LicenseKey>) -> Result<Certified, CertificateError> {
        let content = match self.algorithm {
            Algorithm::Base64 => {
                Zeroizing::new(BASE64_STANDARD.decode(self.enc.as_bytes()).map_err(|_| malformed("content"))?)
            }
            Algorithm::AesGcm => self.decrypted(key.ok_or(CertificateError::NeedsKey)?)?,
        };
        certified(&serde_json::from_slice(&content).map_err(|_| malformed("content"))?)
    }

    /// The content of an encrypted certificate: ciphertext, nonce and tag, under the SHA-256 of the license key.
    fn decrypted(&self, key: &LicenseKey) -> Result<Zeroizing<Vec<u8>>, CertificateError> {
        let parts: Option<Vec<Vec<u8>>> =
            self.enc.split('.').map(|part| BASE64_STANDARD.decode(part).ok()).collect();
        let [mut sealed, nonce, tag] =
            <[Vec<u8>; 3]>::try_from(parts.unwrap_or_default()).map_err(|_| malformed("content"))?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| malformed("content"))?;
        if tag.len() != TAG {
            return Err(malformed("content"));
        }
        sealed.extend_from_slice(&tag);
        let cipher = Aes256Gcm::new(&Sha256::digest(key.expose()));
        let opened = cipher.decrypt(&nonce.into(), sealed.as_slice());
        opened.map(Zeroizing::new).map_err(|_| CertificateError::OtherLicense)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, <redacted>)", self.algorithm.word())
    }
}

impl Certified {
    /// Whether the certificate's own time is over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|end| end <= now)
    }

    /// When it stops being usable: the earlier of the certificate's and the license's end.
    pub fn usable_until(&self) -> Option<Expiry> {
        let of_license = self.license.expiry.and_then(Expiry::instant);
        match [self.expires, of_license].into_iter().flatten().min() {
            Some(end) => Some(Expiry::On(end)),
            None => self.license.expiry,
        }
    }
}

fn certified(content: &Value) -> Result<Certified, CertificateError> {
    let (mut license, key) = content.get("data").and_then(resource::license).ok_or(malformed("content"))?;
    // An empty list does not tell whether there are none, or whether they were not asked for.
    let included = content.get("included").and_then(Value::as_array).filter(|included| !included.is_empty());
    if let Some(included) = included {
        license.entitlements = Some(resource::entitlements(included));
    }
    let meta = content.get("meta").ok_or(malformed("dates"))?;
    let issued = meta.get("issued").and_then(resource::instant).ok_or(malformed("dates"))?;
    let expires = match meta.get("expiry") {
        None | Some(Value::Null) => None,
        Some(told) => Some(resource::instant(told).ok_or(malformed("dates"))?),
    };
    Ok(Certified { license, issued, expires, ttl: meta.get("ttl").and_then(Value::as_u64), key })
}

fn malformed(part: &'static str) -> CertificateError {
    CertificateError::Malformed { part }
}

#[cfg(test)]
mod tests;
