//! An issuer's public key, given by hand: what certificates and answers are verified with.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use ed25519_dalek::{Signature, VerifyingKey};
use std::fmt;

/// An account's Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct IssuerKey(VerifyingKey);

/// A text that is no Ed25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 public key: 64 hex digits are expected")]
pub struct NotAnIssuerKey;

impl IssuerKey {
    /// Reads 64 hex digits, which is how Keygen shows it, or 32 bytes in base64 or base64url.
    pub fn parse(text: &str) -> Result<Self, NotAnIssuerKey> {
        let bytes = bytes(text.trim()).ok_or(NotAnIssuerKey)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NotAnIssuerKey)?;
        if key.is_weak() { Err(NotAnIssuerKey) } else { Ok(Self(key)) }
    }

    /// Whether a signature over a message is by this key.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }

    /// The key as 64 hex digits in lower case.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(self.0.as_bytes())
    }
}

impl fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerKey({})", self.hex())
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    if text.len() == 64 {
        return HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok();
    }
    let unpadded = text.trim_end_matches('=');
    let of_url = BASE64_URL_SAFE_NO_PAD.decode(unpadded).ok();
    of_url.or_else(|| BASE64_STANDARD.decode(text).ok())?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    fn signing() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn the_key_is_read_in_each_of_its_spellings() {
        let bytes = signing().verifying_key().to_bytes();
        let hex = HEXLOWER.encode(&bytes);
        let spellings = [
            hex.clone(),
            hex.to_uppercase(),
            format!(" {hex}\n"),
            BASE64_STANDARD.encode(bytes),
            BASE64_URL_SAFE_NO_PAD.encode(bytes),
        ];
        for spelling in spellings {
            assert_eq!(IssuerKey::parse(&spelling).unwrap().hex(), hex, "{spelling}");
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let weak = "00".repeat(32);
        for text in ["", "abc", "zz", &"zz".repeat(32), &"+1".repeat(32), &"ab".repeat(31), weak.as_str()] {
            assert_eq!(IssuerKey::parse(text), Err(NotAnIssuerKey), "{text}");
        }
    }

    #[test]
    fn only_its_own_signature_over_the_same_message_is_good() {
        let key = IssuerKey::parse(&BASE64_STANDARD.encode(signing().verifying_key().as_bytes())).unwrap();
        let signature = signing().sign(b"license/north").to_bytes();
        assert!(key.verifies(b"license/north", &signature));
        assert!(!key.verifies(b"license/south", &signature));
        assert!(!key.verifies(b"license/north", &signature[..63]));
        let forged = SigningKey::from_bytes(&[8; 32]).sign(b"license/north").to_bytes();
        assert!(!key.verifies(b"license/north", &forged));
    }
}
