//! A Deployment Key: `key/<base64url>.<base64url signature>` (`docs/protocols.md`, "AICA keys", [A]).

use super::mistake::Mistake;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// What every Deployment Key begins with.
pub(super) const PREFIX: &str = "key/";

/// The length of an Ed25519 signature, RFC 8032.
const SIGNATURE_BYTES: usize = 64;

/// Checks the two parts; that the signature is the vendor's own can only be told with the vendor's key.
pub(super) fn check(text: &str) -> Result<(), Mistake> {
    let rest = text.strip_prefix(PREFIX).ok_or(Mistake::DeploymentParts)?;
    let (payload, signature) = rest.split_once('.').ok_or(Mistake::DeploymentParts)?;
    match decoded(payload) {
        Some(bytes) if !bytes.is_empty() => {}
        _ => return Err(Mistake::DeploymentPayload),
    }
    match decoded(signature) {
        Some(bytes) if bytes.len() == SIGNATURE_BYTES => Ok(()),
        _ => Err(Mistake::DeploymentSignature),
    }
}

fn decoded(part: &str) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()
}
